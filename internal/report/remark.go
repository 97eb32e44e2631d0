package report

import (
	"cmp"
	"slices"

	"thntracker/internal/thn"
)

// remark adds to a table what its totals oblige it to say: where they come from,
// which were left out because they reach outside the period or overlap others,
// and that nothing was reported at all.
func (b *book) remark(t *Table, p *pool[Kit], whole sum[Kit]) {
	t.Sources = citations(t.Sources, p.totals)
	t.Notes = append(t.Notes, outside[Kit](p.late)...)
	if n := leftOut(p, whole); n > 0 {
		t.Notes = append(t.Notes, Label{Code: "overlap", Key: "report.note.overlap", Args: map[string]any{"N": n}})
	}
	if n := b.asideIn(); n > 0 {
		t.Notes = append(t.Notes, Label{Code: "aside", Key: "report.note.aside", Args: map[string]any{"N": n}})
	}
	if !whole.known {
		t.Missing = append(t.Missing, Label{Code: "nothing", Key: "report.missing.nothing"})
	}
}

// asideIn counts the totals of the question's days that are put aside.
func (b *book) asideIn() (n int) {
	for _, t := range b.aside {
		if t.Period.Overlaps(b.spec.Period) {
			n++
		}
	}
	return n
}

func citations(list []Citation, totals []*fact) []Citation {
	for _, f := range totals {
		c := Citation{Source: f.total.Source, URL: f.total.URL, AsAt: f.total.AsAt}
		if c.Source != "" && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b Citation) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.URL, b.URL), cmp.Compare(a.AsAt.String(), b.AsAt.String()))
	})
	return list
}

// outside names the totals that cannot be divided at the period's edge, one note
// for each stretch of days that they are about.
func outside[U Unit](late []*fact) (notes []Label) {
	byPeriod := map[thn.Period][]*fact{}
	var periods []thn.Period
	for _, f := range late {
		p := f.total.Period
		if byPeriod[p] == nil {
			periods = append(periods, p)
		}
		byPeriod[p] = append(byPeriod[p], f)
	}
	slices.SortFunc(periods, func(a, b thn.Period) int { return cmp.Compare(a.String(), b.String()) })
	for _, p := range periods {
		pool := newPool[U](byPeriod[p], nil)
		all := box{}
		for i, f := range pool.totals {
			all = around(all, f.box, i == 0)
		}
		notes = append(notes, Label{Code: "outside", Key: "report.note.outside", Args: map[string]any{"Of": p, "Kits": pool.in(all).count().Count}})
	}
	return notes
}

// around is the smallest box that holds both; the first stands alone.
func around(a, b box, first bool) box {
	if first {
		return b
	}
	grow := func(x, y span) span { return span{min(x.from, y.from), max(x.to, y.to)} }
	return box{day: grow(a.day, b.day), area: grow(a.area, b.area), site: grow(a.site, b.site), product: grow(a.product, b.product),
		channel: a.channel | b.channel, setting: a.setting | b.setting, supplier: a.supplier | b.supplier, recipient: a.recipient | b.recipient, supply: a.supply | b.supply, reason: a.reason | b.reason}
}

// leftOut counts the totals that overlap the counted ones without being part of one.
func leftOut[U Unit](p *pool[U], whole sum[U]) (n int) {
	for _, f := range p.totals {
		part := false
		for t := range whole.totals {
			part = part || t.box.holds(f.box)
		}
		if !part {
			n++
		}
	}
	return n
}
