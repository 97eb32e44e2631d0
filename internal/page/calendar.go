package page

import (
	"thntracker/internal/baseline"
	"thntracker/internal/lang"
	"thntracker/internal/release"
	"thntracker/internal/thn"
)

// Calendar draws when releases were said to appear and when they did. It shows
// days and reasons and no figure, so it may say of a release that is not open yet
// what was announced of it.
type Calendar struct {
	Today     thn.Date
	Countries bool                       // each row says of which country
	Audiences bool                       // each row says for whom instead
	Link      func(thn.Edition) string   // to a release that came; nil: nowhere
	Acts      func(release.Due) []Option // what may be done about one that is to come; nil: nothing
}

// Tables are what is to come, what came, and which announcements were changed;
// those that would be empty are left out. On a phone three columns stand beside
// each other, so what belongs to a day stands beneath it.
func (c Calendar) Tables(l *lang.Locale, list []release.Due) (tables []Table) {
	coming := c.table(l, "coming", "calendar.appears", "calendar.announced")
	came := c.table(l, "came", "calendar.came_on", "calendar.said")
	moved := c.table(l, "moved", "calendar.from", "calendar.to", "calendar.said_on")
	if c.Acts != nil {
		coming.Columns = append(coming.Columns, Column{Label: l.T("list.actions"), Acts: true})
	}
	for _, d := range list {
		moved.Rows = append(moved.Rows, c.moves(l, d)...)
		switch stands := d.Standing(c.Today); stands {
		case release.Withdrawn: // is among the changes
		case release.Awaited, release.Overdue:
			row := c.row(l, d, Cell{Text: l.Date(d.Appears()), Note: standing(l, d, stands)}, Cell{Text: l.Date(d.Notice())})
			if c.Acts != nil {
				row.Cells = append(row.Cells, Cell{Links: c.Acts(d)})
			}
			coming.Rows = append(coming.Rows, row)
		default:
			came.Rows = append(came.Rows, c.row(l, d, Cell{Text: l.Date(d.Came()), Note: standing(l, d, stands)}, saidCell(l, d)))
		}
	}
	for _, t := range []Table{coming, came, moved} {
		if len(t.Rows) > 0 {
			tables = append(tables, t)
		}
	}
	return tables
}

func (c Calendar) table(l *lang.Locale, id string, columns ...string) Table {
	t := Table{ID: id, Caption: l.T("calendar." + id), Columns: []Column{{Label: l.T("edition.period")}}}
	for _, key := range columns {
		t.Columns = append(t.Columns, Column{Label: l.T(key)})
	}
	return t
}

// row begins with the period, and of whom or for whom it is beneath.
func (c Calendar) row(l *lang.Locale, d release.Due, cells ...Cell) Row {
	first := Cell{Text: l.Period(d.Period)}
	if c.Link != nil && d.Edition.Number > 0 {
		first.URL = c.Link(d.Edition)
	}
	if c.Countries {
		first.Note = baseline.Name(d.Country, l.Code)
	}
	if c.Audiences {
		first.Note = l.T("edition.audience." + string(d.Audience))
	}
	return Row{Cells: append([]Cell{first}, cells...)}
}

// moves are the changes of what was announced of one release, the newest first.
func (c Calendar) moves(l *lang.Locale, d release.Due) (rows []Row) {
	for i := len(d.Said) - 1; i > 0; i-- {
		x := d.Said[i]
		rows = append(rows, c.row(l, d, Cell{Text: dayOrTaken(l, d.Said[i-1].Appears)}, Cell{Text: dayOrTaken(l, x.Appears), Note: x.Reason}, Cell{Text: l.Date(x.Announced)}))
	}
	return rows
}

func standing(l *lang.Locale, d release.Due, s release.Standing) string {
	return l.T("calendar.standing."+string(s), "N", max(d.Appears().DaysUntil(d.Came()), 0))
}

// saidCell is the day that was announced, and since when.
func saidCell(l *lang.Locale, d release.Due) (c Cell) {
	c.Text = "–"
	if !d.Appears().IsZero() {
		c.Text = l.Date(d.Appears())
	}
	if !d.Notice().IsZero() {
		c.Note = l.T("calendar.since", "Date", l.Date(d.Notice()))
	}
	return c
}

func dayOrTaken(l *lang.Locale, day thn.Date) string {
	if day.IsZero() {
		return l.T("calendar.withdrawn")
	}
	return l.Date(day)
}
