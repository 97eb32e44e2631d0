package report

import (
	"context"

	"thntracker/internal/thn"
)

// traceability is indicator G5: kits whose lot was recorded, of all kits of
// single records. A batch has its expiry, so that the lot says both; published
// totals say neither and stay out. It is how far a recall could reach.
func traceability(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	groups := []thn.Group{thn.ByBatch}
	if g := groupOf[b.spec.By]; g != "" {
		groups = append(groups, g)
	}
	cells, err := b.tally(ctx, b.spec.Period, groups)
	if err != nil {
		return t, err
	}
	var all, recorded []*fact
	for _, c := range cells {
		f := &fact{box: b.space.ofCell(c, b.spec.Period), count: thn.ExactKits(c.Kits)}
		all = append(all, f)
		if c.Keys[thn.ByBatch] != "" {
			recorded = append(recorded, f)
		}
	}
	lots, kits := newPool[Kit](nil, recorded), newPool[Kit](nil, all)
	t.Columns = []Column{kitsNamed("lot"), kitsNamed("all"), percentNamed[Kit]("share", perPlaces)}
	b.shareRows(&t, func(x box) share[Kit] {
		s := share[Kit]{num: lots.in(x), base: kits.in(x), whole: true}
		s.num.known = s.base.known // kits of which no lot is known: none
		return s
	})
	t.Notes = append(t.Notes, Label{Code: "single", Key: "report.note.single_records"})
	return t, nil
}
