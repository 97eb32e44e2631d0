package report

import (
	"slices"
	"strings"

	"thntracker/internal/thn"
)

// addUp lets the areas below stand for an area that has no figure of a kind:
// where every one of them has a figure of the same series and the same period,
// their sum is one. Bounds are summed as bounds, which is wider than the interval
// of the sum would be if the estimates erred independently; nobody knows that
// they do. Anything less than agreement is no sum, and unadded says why.
func (b *book) addUp() {
	b.added = map[string]int{}
	for _, kind := range thn.DenominatorKinds {
		of := map[thn.ID][]thn.Denominator{}
		for _, d := range b.denominators {
			if d.Kind == kind {
				of[d.Area] = append(of[d.Area], d)
			}
		}
		for _, a := range slices.Backward(b.tree.areas) { // what is below comes first
			if len(of[a.ID]) == 0 {
				of[a.ID] = b.sumsFor(a.ID, of)
				b.denominators = append(b.denominators, of[a.ID]...)
			}
		}
	}
}

// sumsFor adds up each series and period that all areas below have.
func (b *book) sumsFor(area thn.ID, of map[thn.ID][]thn.Denominator) (sums []thn.Denominator) {
	tried := map[string]bool{}
	for _, child := range b.tree.children[area] {
		for _, d := range of[child] {
			key := d.Series() + d.Period.String()
			if tried[key] {
				continue
			}
			tried[key] = true
			if sum, n := b.sumOf(area, d, of); n > 1 {
				sums = append(sums, sum)
				b.added[sum.Scope()] = n
			}
		}
	}
	return sums
}

// sumOf adds the figures like one, and counts those that somebody published. It
// counts none when an area that existed at the time lacks its own.
func (b *book) sumOf(area thn.ID, like thn.Denominator, of map[thn.ID][]thn.Denominator) (sum thn.Denominator, n int) {
	sum = like
	sum.ID, sum.Area, sum.Value, sum.Low, sum.High, sum.Provisional, sum.Suppressed = "", area, 0, 0, 0, false, false
	for _, child := range b.tree.children[area] {
		if !existed(b.tree.area(child), like.Period) {
			continue
		}
		i := slices.IndexFunc(of[child], func(d thn.Denominator) bool { return d.Series() == like.Series() && d.Period == like.Period })
		if i < 0 {
			return sum, 0
		}
		d := of[child][i]
		sum.Value, sum.Low, sum.High = sum.Value+d.Value, sum.Low+d.Low, sum.High+d.High
		sum.Provisional, sum.Suppressed = sum.Provisional || d.Provisional, sum.Suppressed || d.Suppressed
		if sum.AsAt.IsZero() || sum.AsAt.Before(d.AsAt) {
			sum.AsAt = d.AsAt
		}
		n += max(1, b.added[d.Scope()])
	}
	return sum, n
}

// existed tells whether an area was one on some day of a period.
func existed(a thn.Area, p thn.Period) bool {
	return (a.ValidFrom.IsZero() || a.ValidFrom.Before(p.To)) && (a.ValidTo.IsZero() || p.From.Before(a.ValidTo))
}

// mostNamed is how many areas a sentence can name.
const mostNamed = 3

// unadded says why the figures of the areas below do not stand for an area that
// has none itself. ok is false when there is nothing below to add.
func (b *book) unadded(kind thn.DenominatorKind, area thn.ID) (why Label, ok bool) {
	var lacking []string
	some := false
	for _, child := range b.tree.children[area] {
		if b.has(kind, child) {
			some = true
		} else {
			lacking = append(lacking, b.tree.area(child).Name)
		}
	}
	of := Label{Key: "code.denominator." + string(kind)}
	args := map[string]any{"Area": b.tree.area(area).Name, "Kind": of, "N": len(lacking), "Names": strings.Join(lacking, ", ")}
	switch {
	case !some || b.has(kind, area):
		return why, false
	case len(lacking) == 0:
		return Label{Code: "not_added", Key: "report.missing.sum_differs", Args: args}, true
	case len(lacking) > mostNamed:
		return Label{Code: "not_added", Key: "report.missing.sum_many", Args: args}, true
	}
	return Label{Code: "not_added", Key: "report.missing.sum_lacks", Args: args}, true
}

func (b *book) has(kind thn.DenominatorKind, area thn.ID) bool {
	return slices.ContainsFunc(b.denominators, func(d thn.Denominator) bool { return d.Kind == kind && d.Area == area })
}

// lack tells why the areas below do not stand for the area that a whole table is about.
func (b *book) lack(t *Table, kind thn.DenominatorKind) {
	chain := b.tree.chain(b.spec.Areas)
	if len(chain) == 0 || b.spec.Sites != nil {
		return
	}
	if why, ok := b.unadded(kind, chain[len(chain)-1]); ok {
		t.Missing = append(t.Missing, why)
	}
}
