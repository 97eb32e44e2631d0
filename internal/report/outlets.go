package report

import (
	"context"

	"thntracker/internal/thn"
)

// outlets is indicator A10: sites with at least one supply in the period, of
// those that are registered at its end. Registered is not active, and pharmacies
// are many and often still, so they stand apart.
func outlets(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "outlets", Key: "report.by.outlets"}
	t.Columns = []Column{sitesNamed("registered"), sitesNamed("active"), percentNamed[Place]("active_share", perPlaces)}
	active, err := b.active(ctx)
	if err != nil {
		return t, err
	}
	for _, p := range b.outletParts() {
		if r := b.outletRow(p, active); r.Kind == RowTotal || r.Cells[0].Count().High > 0 {
			t.Rows = append(t.Rows, r)
		}
	}
	return t, nil
}

// active tells which sites gave out kits in the period, by single records or by
// a sum that lies wholly in it.
func (b *book) active(ctx context.Context) (map[thn.ID]bool, error) {
	cells, err := b.tally(ctx, b.spec.Period, []thn.Group{thn.BySite})
	active := map[thn.ID]bool{}
	for _, c := range cells {
		active[thn.ID(c.Keys[thn.BySite])] = c.Kits > 0 || active[thn.ID(c.Keys[thn.BySite])]
	}
	for _, t := range b.totals {
		if t.Measure == thn.MeasureKits && t.Site != "" && b.spec.Period.Covers(t.Period) && t.Count.Low > 0 {
			active[t.Site] = true
		}
	}
	return active, err
}

// sitesOf is a row of sites: what it is called and which sites are in it.
type sitesOf struct {
	label Label
	kind  RowKind
	holds func(thn.Site) bool
}

func (b *book) outletParts() (parts []sitesOf) {
	switch b.spec.By {
	case ByChannel:
		for _, c := range thn.Channels {
			parts = append(parts, sitesOf{label: codeLabel("channel", string(c)), holds: func(s thn.Site) bool { return s.Channel == c }})
		}
	case ByArea:
		for _, id := range b.tree.regions(b.spec.Areas) {
			run := b.tree.run(id)
			parts = append(parts, sitesOf{label: areaLabel(b.tree.area(id)), holds: func(s thn.Site) bool { return run.holds(b.tree.run(s.Area)) }})
		}
	default:
		pharmacy := func(s thn.Site) bool { return s.Channel == thn.ChannelPharmacy }
		parts = append(parts, sitesOf{label: codeLabel("channel", string(thn.ChannelPharmacy)), holds: pharmacy},
			sitesOf{label: Label{Code: "not_pharmacy", Key: "report.row.not_pharmacy"}, holds: func(s thn.Site) bool { return !pharmacy(s) }})
	}
	return append(parts, sitesOf{label: totalRow, kind: RowTotal, holds: func(thn.Site) bool { return true }})
}

func (b *book) outletRow(p sitesOf, active map[thn.ID]bool) Row {
	var registered, gave int64
	for _, s := range b.sitesInView() {
		if !s.OpenOn(b.spec.Period.Last()) || !p.holds(s) || !b.channelInView(s.Channel) {
			continue
		}
		if registered++; active[s.ID] {
			gave++
		}
	}
	return Row{Label: p.label, Kind: p.kind, Cells: []Cell{Number(registered), Number(gave), shareOf[Place](gave, registered)}}
}
