package report

import (
	"slices"

	"thntracker/internal/thn"
)

// SmallestShown is the smallest count of people, contacts, deaths or kits that
// leaves a programme.
const SmallestShown = 10

// Summary is the national summary of a period: what may leave the programme. It is
// read off a draft in which package release has hidden what may not be seen.
type Summary struct {
	Head        Head
	Key         Table // one row: the figures of the first page
	Channels    Table // kits by channel
	Time        Table // kits by quarter, or by year when the period is longer than one
	Course      Table // the same by channel
	Areas       Table // kits by area over time
	Supply      Table // kits by first and again, by channel
	Recipients  Table // kits by who took them, by channel
	FirstRepeat Table
	ReachOver   Table
	PerDeath    Table
	Prison      Table // kits and people over releases at risk
	Releases    Table // how far releases got towards leaving with a kit
	Carriage    Table // first responders
	Need        Table // modelled
}

// Tables lists the summary's tables in reading order.
func (s Summary) Tables() []Table {
	return []Table{s.Key, s.Channels, s.Time, s.Course, s.Areas, s.Supply, s.Recipients, s.FirstRepeat, s.ReachOver, s.PerDeath, s.Prison, s.Releases, s.Carriage, s.Need}
}

// Summary reads the summary off a draft: it computes nothing from what is hidden,
// because what is hidden is no longer there.
func (d Draft) Summary() Summary {
	course := d.Kits[0].Table
	s := Summary{Head: d.Head, Course: course, Supply: d.Kits[1].Table, Recipients: d.Kits[2].Table, Areas: d.Kits[3].Table,
		FirstRepeat: *d.Named("first-repeat"), ReachOver: *d.Named("reach"), PerDeath: d.Named("kits-per-death").onlyColumns("kits", "deaths", "all"),
		Prison: *d.Named("prison-kits"), Releases: *d.Named("releases"), Carriage: *d.Named("carriage"), Need: *d.Named("need")}
	s.Channels, s.Time = course.footed(), course.onlyColumns(allKits.Code)
	s.Channels.Name, s.Time.Name = "kits-by-"+string(ByChannel), "kits-by-"+course.RowHead.Code
	s.Key = s.keyFigures(*d.Named("first-supplies"), *d.Named("peer-share"))
	return s
}

// footed turns a table by its foot: a row for each column, and the total.
func (t Table) footed() Table {
	out := t
	out.RowHead = Label{Code: string(ByChannel), Key: "report.by.channel"}
	out.Columns, out.Rows = []Column{{Label: allKits, Measure: MeasureKits, Sum: true}}, nil
	foot := t.Rows[len(t.Rows)-1]
	for i, c := range t.Columns {
		row := Row{Label: c.Label, Cells: []Cell{foot.Cells[i]}}
		switch {
		case c.Sum:
			row.Label, row.Kind = totalRow, RowTotal
		case c.Label.Code == notStated.Code:
			row.Kind = RowRest
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// keyFigures gathers the figures of the first page in one row, each as the table
// that it stands in shows it.
func (s Summary) keyFigures(first, peer Table) Table {
	t := Table{Name: "key-figures", Title: "report.summary.key", Head: s.Head, RowHead: Label{Code: "period", Key: "report.by.period"},
		Definitions: []string{"kits", "first-supplies", "reach", "first-repeat", "kits-per-death", "peer-share", "prison-kits"}, Benchmarks: s.PerDeath.Benchmarks}
	row := Row{Label: Label{Code: s.Head.Period.String(), Period: s.Head.Period}}
	add := func(c Column, x Cell) { t.Columns, row.Cells = append(t.Columns, c), append(row.Cells, x) }
	add(kitsColumn, s.Channels.Cell(totalRow.Code, allKits.Code))
	add(peopleNamed("first_time"), first.Cell(totalRow.Code, "first_time"))
	reach, _ := reachSpan(s.ReachOver)
	add(reachPer100.column("reach", perPlaces), reach)
	if n := len(s.PerDeath.Rows); n > 0 {
		last := s.PerDeath.Rows[n-1]
		add(kitsPerDeathYear.column("kits_per_death", deathPlaces), last.Cells[len(last.Cells)-1])
		t.Notes = append(t.Notes, Label{Code: "deaths_of", Key: "report.note.deaths_of", Args: map[string]any{"Of": last.Label}})
		row.Marks = append(row.Marks, last.Marks...)
	}
	add(percentNamed[Kit]("repeat_share", 0), s.FirstRepeat.Cell(string(thn.SupplyRepeat), "share"))
	add(percentNamed[Kit]("peer_share", perPlaces), peer.Cell(totalRow.Code, "share"))
	if len(s.Prison.Rows) > 0 {
		add(kitsPer1000Releases.column("kits_per_1000", perPlaces), s.Prison.Cell(s.Prison.Rows[0].Label.Code, "kits_per_1000"))
	}
	t.Rows = []Row{row}
	for _, l := range s.Time.Missing {
		if l.Code == reportingCode {
			t.Missing = append(t.Missing, l) // once, and of the period that the page is about
		}
	}
	for _, x := range []Table{s.ReachOver, s.PerDeath, s.Prison} {
		t.Denominators = append(t.Denominators, x.Denominators...)
		t.Missing = append(t.Missing, withoutCode(x.Missing, reportingCode)...)
	}
	return t
}

// onlyColumns keeps the columns of these codes.
func (t Table) onlyColumns(codes ...string) Table {
	out := t
	out.Columns, out.Rows = nil, nil
	keep := func(i int) bool { return slices.Contains(codes, t.Columns[i].Label.Code) }
	for i, c := range t.Columns {
		if keep(i) {
			out.Columns = append(out.Columns, c)
		}
	}
	for _, r := range t.Rows {
		var cells []Cell
		for i, c := range r.Cells {
			if keep(i) {
				cells = append(cells, c)
			}
		}
		r.Cells = cells
		out.Rows = append(out.Rows, r)
	}
	return out
}
