package release

import (
	"slices"

	"thntracker/internal/disclosure"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// leastNumerator is the fewest of anything that a share or a rate is made of: with
// fewer it says more about chance, and about people, than about a programme.
const leastNumerator = 20

// hide takes out of a draft what is not shown, and everything that was made of it.
func (w *weave) hide(d *report.Draft, safe disclosure.Protected) {
	for key, at := range w.spots {
		if !safe.Shown[key].Hidden {
			continue
		}
		for _, s := range at {
			if s.cube >= 0 {
				d.Kits[s.cube].Table.Rows[s.row].Cells[s.column] = report.Masked()
			} else {
				d.Tables[s.other].Rows[s.row].Cells[s.column] = report.Masked()
			}
		}
	}
	course := d.Kits[0].Table
	channels := slices.ContainsFunc(course.Rows[len(course.Rows)-1].Cells, masked)
	for i := range d.Kits {
		w.quiet(&d.Kits[i].Table)
		d.Kits[i].Answers = nil
	}
	for i := range d.Tables {
		t := &d.Tables[i]
		// What points of access gave is a sum of channels: a reader who has it takes
		// the shown channels off it.
		if t.Name == "need" && channels {
			blank(t)
		}
		hideMade(t)
		hideBases(t, w.smallest)
		w.quiet(t)
	}
}

// hides tells whether a table hides anything.
func hides(t report.Table) bool {
	return slices.ContainsFunc(t.Rows, func(r report.Row) bool { return slices.ContainsFunc(r.Cells, masked) })
}

func masked(c report.Cell) bool { return c.Is(report.KindMasked) }

// blank hides every number of a table.
func blank(t *report.Table) {
	for r := range t.Rows {
		for i, c := range t.Rows[r].Cells {
			if c.Known() {
				t.Rows[r].Cells[i] = report.Masked()
			}
		}
	}
}

// made tells columns that are computed from others.
func made(c report.Column) bool {
	return c.Measure == report.MeasureRatio || c.Measure == report.MeasureModelled || c.Label.Code == "base"
}

// hideMade hides what was made of a hidden count. Shares of one whole go together:
// each of them, and the base they are of, would give the whole or the others away.
func hideMade(t *report.Table) {
	together := slices.Contains([]string{"first-repeat", "releases", "peer-share", "need", "carriage"}, t.Name) && hides(*t)
	for r := range t.Rows {
		lost := together || slices.ContainsFunc(t.Rows[r].Cells, masked)
		for i, c := range t.Rows[r].Cells {
			switch {
			case made(t.Columns[i]) && c.Known() && (lost || few(c)):
				t.Rows[r].Cells[i] = report.Masked()
			case lost && c.Is(report.KindText) && len(c.Text().Args) > 0: // how far a target is reached
				t.Rows[r].Cells[i] = report.NotApplicable()
			}
		}
	}
}

// few tells a ratio of so little that it is not shown.
func few(c report.Cell) bool {
	if !c.Is(report.KindRatio) && !c.Is(report.KindInterval) {
		return false
	}
	i := c.Ratio()
	return i.High.Num > 0 && min(i.Low.Num, i.High.Num) < 2*leastNumerator
}

// hideBases hides what others published and is itself too small to repeat.
func hideBases(t *report.Table, smallest int64) {
	t.Denominators = slices.Clone(t.Denominators)
	for i, u := range t.Denominators {
		if n := u.Value.Count(); u.Value.Known() && n.High > 0 && n.Low < thn.Halves(2*smallest) {
			t.Denominators[i].Value, t.Denominators[i].Low, t.Denominators[i].High = report.Masked(), 0, 0
		}
	}
}

// quiet takes out the remarks that would tell a number that the table hides, or
// one that is too small; and of several programmes every number, because what one
// of them published stands behind it.
func (w *weave) quiet(t *report.Table) {
	hidden := hides(*t) || w.several
	tells := func(l report.Label) bool {
		for _, v := range l.Args {
			switch v := v.(type) {
			case thn.Count:
				if hidden || v.High > 0 && v.Low < thn.Halves(2*w.smallest) {
					return true
				}
			case report.Cell:
				if hidden && v.Known() || few(v) {
					return true
				}
			}
		}
		return false
	}
	t.Notes = slices.DeleteFunc(slices.Clone(t.Notes), tells)
	t.Missing = slices.DeleteFunc(slices.Clone(t.Missing), tells)
	for r := range t.Rows {
		t.Rows[r].Marks = slices.DeleteFunc(slices.Clone(t.Rows[r].Marks), tells)
	}
}
