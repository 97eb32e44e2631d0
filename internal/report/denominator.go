package report

import (
	"cmp"
	"slices"

	"thntracker/internal/thn"
)

// series is one published series of a denominator: the same definition from the
// same source. Two series are never added up or drawn as one line: where one
// follows another in a column, the row says so.
type series struct {
	definition, source string
	entries            []thn.Denominator
}

// seriesOf lists the series of a kind that speak about an area, newest first.
func (b *book) seriesOf(kind thn.DenominatorKind, areas ...thn.ID) []series {
	found := map[string]*series{}
	for _, d := range b.denominators {
		if d.Kind != kind || !slices.Contains(areas, d.Area) {
			continue
		}
		key := d.Series()
		if found[key] == nil {
			found[key] = &series{definition: d.Definition, source: d.Source}
		}
		found[key].entries = append(found[key].entries, d)
	}
	var list []series
	for _, s := range found {
		slices.SortFunc(s.entries, newestFirst)
		list = append(list, *s)
	}
	slices.SortFunc(list, func(x, y series) int { return newestFirst(x.entries[0], y.entries[0]) })
	return list
}

// newestFirst leaves no two denominators of different content equal.
func newestFirst(x, y thn.Denominator) int {
	return cmp.Or(cmp.Compare(y.Period.To.String(), x.Period.To.String()), cmp.Compare(y.Period.From.String(), x.Period.From.String()),
		cmp.Compare(y.AsAt.String(), x.AsAt.String()), cmp.Compare(x.Definition, y.Definition), cmp.Compare(x.Source, y.Source),
		cmp.Compare(x.Area, y.Area), cmp.Compare(x.ID, y.ID))
}

// baseArea is the area whose denominators of a kind a whole table is set
// against: the smallest one that holds everything in view and has any. What was
// published for a larger one goes before what was added up here.
func (b *book) baseArea(kind thn.DenominatorKind) (thn.ID, bool) {
	chain := b.tree.chain(b.spec.Areas)
	for _, sums := range []bool{false, true} {
		for _, id := range slices.Backward(chain) {
			if slices.ContainsFunc(b.denominators, func(d thn.Denominator) bool {
				return d.Kind == kind && d.Area == id && (b.added[d.Scope()] > 0) == sums
			}) {
				return id, true
			}
		}
	}
	return "", false
}

// upTo is the newest entry for an area whose period had begun by the end of p.
func (s series) upTo(area thn.ID, p thn.Period) (thn.Denominator, bool) {
	for _, d := range s.entries {
		if d.Area == area && d.Period.From.Before(p.To) {
			return d, true
		}
	}
	return thn.Denominator{}, false
}

// within is what a series says about an area in exactly the period: one entry, or
// several that tile it. Deaths of the years 2011 to 2013 add up; a gap does not.
func (s series) within(area thn.ID, p thn.Period) ([]thn.Denominator, bool) {
	for _, d := range s.entries {
		if d.Area == area && d.Period == p {
			return []thn.Denominator{d}, true
		}
	}
	var tiles []thn.Denominator
	at := p.From
	for at.Before(p.To) {
		next, ok := s.startingAt(area, at, p)
		if !ok {
			return nil, false
		}
		tiles, at = append(tiles, next), next.Period.To
	}
	return tiles, true
}

// startingAt is the longest entry that begins on a day and ends within p.
func (s series) startingAt(area thn.ID, at thn.Date, p thn.Period) (best thn.Denominator, ok bool) {
	for _, d := range s.entries {
		if d.Area == area && d.Period.From == at && p.Covers(d.Period) && (!ok || best.Period.To.Before(d.Period.To)) {
			best, ok = d, true
		}
	}
	return best, ok
}

// counts is what each kind of denominator counts.
var counts = map[thn.DenominatorKind]Measure{thn.AtRisk: MeasurePeople, thn.Residents: MeasurePeople, thn.Officers: MeasurePeople,
	thn.OpioidDeaths: MeasureDeaths, thn.ReleaseDeaths: MeasureDeaths, thn.Releases: MeasureReleases}

// amount is a denominator of one unit as it divides: a value with bounds, or bounds
// alone.
type amount[U Unit] struct {
	value, low, high int64
	valued           bool
	provisional      bool
}

// amountOf adds denominators up. One that counts something else is no part of it.
func amountOf[U Unit](list ...thn.Denominator) amount[U] {
	a := amount[U]{valued: true}
	for _, d := range list {
		if counts[d.Kind] != MeasureOf[U]() {
			continue
		}
		a.value, a.low, a.high = a.value+d.Value, a.low+d.Low, a.high+d.High
		a.valued = a.valued && !d.Suppressed
		a.provisional = a.provisional || d.Provisional
	}
	return a
}

// cell shows the denominator itself.
func (a amount[U]) cell() Cell {
	if a.valued {
		return Number(a.value)
	}
	return Counted(thn.Count{Low: 2 * thn.Halves(a.low), High: 2 * thn.Halves(a.high)})
}

// used lists denominators for the table's foot.
func (b *book) used(t *Table, list ...thn.Denominator) {
	for _, d := range list {
		u := Used{Kind: d.Kind, Definition: d.Definition, Area: areaLabel(b.tree.area(d.Area)), Period: d.Period, Value: valueOf(d),
			Low: d.Low, High: d.High, Source: Citation{Source: d.Source, URL: d.URL, AsAt: d.AsAt}, Provisional: d.Provisional}
		if !slices.ContainsFunc(t.Denominators, func(x Used) bool { return x.same(u) }) {
			t.Denominators = append(t.Denominators, u)
			b.noteSum(t, d)
		}
	}
}

// noteSum says that nobody published the number: it was added up here.
func (b *book) noteSum(t *Table, d thn.Denominator) {
	if n := b.added[d.Scope()]; n > 0 {
		t.Notes = append(t.Notes, Label{Code: "sum", Key: "report.note.sum", Args: map[string]any{"Definition": d.Definition, "Area": b.tree.area(d.Area).Name,
			"Of": d.Period, "N": n}})
	}
}

// valueOf shows a denominator of any kind: its value, or its bounds alone.
func valueOf(d thn.Denominator) Cell {
	if d.Suppressed {
		return Counted(thn.Count{Low: 2 * thn.Halves(d.Low), High: 2 * thn.Halves(d.High)})
	}
	return Number(d.Value)
}

func (u Used) same(o Used) bool {
	return u.Kind == o.Kind && u.Definition == o.Definition && u.Area.Code == o.Area.Code && u.Period == o.Period && u.Source == o.Source &&
		u.Low == o.Low && u.High == o.High && u.Value.Count() == o.Value.Count()
}
