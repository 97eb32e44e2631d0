package report

import (
	"cmp"
	"slices"

	"thntracker/internal/thn"
)

// SmallestInside is the smallest count that a programme's own cross-tables of
// people and uses show: 1 to 4 are masked inside a programme.
const SmallestInside = 5

// small tells whether a count is one that is not shown below a limit. Nothing is
// not small: zero is an answer.
func small(c thn.Count, least int64) bool { return c.High > 0 && c.Low < thn.Halves(2*least) }

// things are measures of what is no person: few of them tell on nobody.
var things = []Measure{MeasureStock, MeasureSites, MeasureSessions, MeasureDays}

// guardedBelow masks small counts, ratios of them, and one more cell wherever a
// total would give a single masked cell away. Things are not people.
func (t Table) guardedBelow(least int64) Table {
	out := t
	out.Rows = nil
	for _, r := range t.Rows {
		r.Cells = slices.Clone(r.Cells)
		for i, c := range r.Cells {
			if !slices.Contains(things, t.Columns[i].Measure) && tooSmall(c, least) {
				r.Cells[i] = Masked()
			}
		}
		out.Rows = append(out.Rows, r)
	}
	for out.complement(least) {
	}
	for _, r := range out.Rows {
		out.hideRatios(r)
		out.hideAttained(r)
	}
	out.Denominators = slices.Clone(t.Denominators)
	for i, u := range out.Denominators {
		if tooSmall(u.Value, least) {
			out.Denominators[i].Value, out.Denominators[i].Low, out.Denominators[i].High = Masked(), 0, 0
		}
	}
	hidden := out.masked()
	out.Notes = slices.DeleteFunc(slices.Clone(t.Notes), func(l Label) bool { return tells(l, least) || hidden && l.Code == residualCode })
	return out
}

// maskedBelow masks counts below a limit, one more cell wherever a total would
// give a single masked cell away, and the ratios that would restore either.
func (t Table) maskedBelow(smallest int64) Table {
	few := func(n thn.Halves) bool { return n > 0 && n < 2*thn.Halves(smallest) }
	out := t
	out.Rows = nil
	for _, r := range t.Rows {
		r.Cells = slices.Clone(r.Cells)
		for i, c := range r.Cells {
			if (c.Is(KindCount) || c.Is(KindRange)) && few(c.Count().Low) {
				r.Cells[i] = Masked()
			}
		}
		out.Rows = append(out.Rows, r)
	}
	for out.complement(smallest) {
	}
	for n, r := range out.Rows {
		for i, c := range r.Cells {
			ratio := c.Ratio().Value
			if (c.Is(KindRatio) || c.Is(KindInterval)) && (few(ratio.Num) || few(ratio.Den) || hidden(t.Rows[n], r, ratio)) {
				r.Cells[i] = Masked()
			}
		}
	}
	return out
}

// hidden tells whether a ratio is of a number that its row no longer shows.
func hidden(was, now Row, r Ratio) bool {
	for i, c := range was.Cells {
		if n := c.Count().Low; c.Is(KindCount) && now.Cells[i].Is(KindMasked) && (n == r.Num || n == r.Den) {
			return true
		}
	}
	return false
}

// masked tells whether any cell is hidden.
func (t Table) masked() bool {
	return slices.ContainsFunc(t.Rows, func(r Row) bool {
		return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Is(KindMasked) })
	})
}

// tells is a note that names a small count.
func tells(l Label, least int64) bool {
	for _, v := range l.Args {
		if c, ok := v.(thn.Count); ok && small(c, least) {
			return true
		}
	}
	return false
}

func tooSmall(c Cell, least int64) bool {
	switch c.Kind() {
	case KindCount, KindRange:
		return small(c.Count(), least)
	case KindRatio, KindInterval:
		i := c.Ratio()
		return small(thn.Count{Low: i.Low.Num, High: i.High.Num}, least) || small(thn.Count{Low: i.High.Den, High: i.Low.Den}, least)
	}
	return false
}

// complement masks a further cell for every sum that gives away what is masked in
// it, and tells whether it had to.
func (t Table) complement(least int64) bool {
	again := false
	for i, c := range t.Columns {
		if c.Measure == MeasureRatio || c.Measure == MeasureStock || len(t.Rows) < 2 || t.Rows[len(t.Rows)-1].Kind != RowTotal {
			continue
		}
		var parts []*Cell
		for _, r := range t.Rows[:len(t.Rows)-1] {
			parts = append(parts, &r.Cells[i])
		}
		again = hideNext(parts, t.Rows[len(t.Rows)-1].Cells[i], least) || again
	}
	for _, r := range t.Rows {
		for w, whole := range t.Columns {
			if !whole.Sum || whole.Measure == MeasureRatio {
				continue
			}
			var parts []*Cell
			for _, i := range t.Parts(w) {
				parts = append(parts, &r.Cells[i])
			}
			again = hideNext(parts, r.Cells[w], least) || again
		}
	}
	return again
}

// hideNext masks the smallest part above zero when the masked ones are known
// without being shown: there is one, or what they come to leaves each of them a
// single number, the lowest or the highest that is masked.
func hideNext(parts []*Cell, whole Cell, least int64) bool {
	var shown []*Cell
	var masked, sum int64
	for _, p := range parts {
		switch {
		case p.Is(KindMasked):
			masked++
		case p.Known() && p.Count().High > 0:
			shown, sum = append(shown, p), sum+int64(p.Count().Low)
		}
	}
	rest := int64(whole.Count().Low) - sum
	told := masked == 1 || masked > 1 && whole.Is(KindCount) && (rest == 2*masked || rest == 2*masked*(least-1))
	if !told || len(shown) == 0 {
		return false
	}
	*slices.MinFunc(shown, func(a, b *Cell) int { return cmp.Compare(a.Count().High, b.Count().High) }) = Masked()
	return true
}

// hideRatios masks the ratios of a row that lost its kits: they would restore them.
func (t Table) hideRatios(r Row) {
	lost := slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Is(KindMasked) }) && len(t.Rows) > 1
	for i := range r.Cells {
		if lost && t.Columns[i].Measure == MeasureRatio && r.Cells[i].Known() {
			r.Cells[i] = Masked()
		}
	}
}

// hideAttained takes back what a row says about its target when it lost a number:
// a share of the level would restore it.
func (t Table) hideAttained(r Row) {
	i := t.Column(attainment.Label.Code)
	if i >= 0 && slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Is(KindMasked) }) {
		r.Cells[i] = NotApplicable()
	}
}
