package report

import "thntracker/internal/thn"

// Version is a way in which an indicator is defined, from a day on. It is a new one
// when the same data would give another figure.
type Version struct {
	From   thn.Date // the first day whose figures are by it; zero: the first record
	Change string   // catalogue key of what changed and why; the first version has none
}

// Versions is the history of a definition, oldest first. An empty one is a
// definition that never changed.
type Versions []Version

// Number counts the versions: it is the number of the last.
func (v Versions) Number() int { return max(1, len(v)) }

// Since is the first day whose figures are by the last version; zero: all days.
func (v Versions) Since() thn.Date {
	if len(v) == 0 {
		return thn.Date{}
	}
	return v[len(v)-1].From
}

// Changes lists the versions after the first: what changed, and when.
func (v Versions) Changes() Versions { return v[min(1, len(v)):] }

// seam marks where a definition changed within the table: at the first row that
// has days by the new one, so that no line is drawn across it. A table whose rows
// are no stretches of time says it in a note.
func (t *Table) seam(versions Versions, period thn.Period) {
	for _, v := range versions.Changes() {
		if !period.From.Before(v.From) || !v.From.Before(period.To) {
			continue
		}
		args := map[string]any{"Date": v.From, "Why": Label{Key: v.Change}}
		if i := t.rowOf(v.From); i >= 0 {
			t.Rows[i].Marks = append(t.Rows[i].Marks, Label{Code: seamCode, Key: "report.mark.version", Args: args})
		} else {
			t.Notes = append(t.Notes, Label{Code: "version", Key: "report.note.version", Args: args})
		}
	}
}

const seamCode = "break"

// rowOf is the ordinary row that a day lies in; -1 when rows are no stretches of time.
func (t *Table) rowOf(day thn.Date) int {
	for i, r := range t.Rows {
		if p := r.Label.Period; r.Kind == RowPlain && day.Before(p.To) && !day.Before(p.From) {
			return i
		}
	}
	return -1
}

// Seam tells why the rows before this one must not be compared with it: the
// definition changed, or what it is set against.
func (r Row) Seam() (Label, bool) {
	for _, m := range r.Marks {
		if m.Code == seamCode {
			return m, true
		}
	}
	return Label{}, false
}
