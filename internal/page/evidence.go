package page

import (
	"thntracker/internal/baseline"
	"thntracker/internal/commitment"
	"thntracker/internal/lang"
	"thntracker/internal/release"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// speaking pairs the key figures of a summary with the indicators that
// commitments name.
var speaking = []struct{ column, indicator string }{
	{"kits", "kits"}, {"reach", "reach"}, {"kits_per_death", "kits-per-death"}, {"peer_share", "peer-share"}, {"repeat_share", "first-repeat"},
}

// EvidenceOf gathers what speaks to the commitments: the figures of a release, and
// for each service what the programme states in it, else the country's row of the
// baseline.
func EvidenceOf(l *lang.Locale, f release.Figures, country string) commitment.Evidence {
	var ev commitment.Evidence
	s := f.Summary
	for _, x := range speaking {
		i := s.Key.Column(x.column)
		if i < 0 || len(s.Key.Rows) == 0 {
			continue
		}
		cell := s.Key.Rows[0].Cells[i]
		ev = append(ev, commitment.Item{Indicator: x.indicator, State: evidenceState(cell), Text: figure(l, cell, s.Key.Columns[i])})
	}
	ev = append(ev, prisonEvidence(l, s.Prison))
	row, known := baseline.Find(country)
	for _, service := range thn.Services {
		mark := Marked(row, string(service))
		if x, stated := f.Stated(service); stated {
			ev = append(ev, statedEvidence(l, x, mark))
		} else if known && mark != "" {
			ev = append(ev, commitment.Item{Indicator: "baseline:" + string(service), State: commitment.State(mark), Text: l.T("world.mark." + string(mark))})
		}
	}
	return ev
}

// prisonEvidence says how many who left prison at risk were supplied, of what the
// establishments counted before what others published; without that, the kits.
func prisonEvidence(l *lang.Locale, t report.Table) commitment.Item {
	item := commitment.Item{Indicator: "prison-release", State: commitment.NotReported}
	for _, said := range []struct{ column, key string }{{"supplied_share", "commitment.evidence.prison_share"}, {"kits_per_1000", "commitment.evidence.prison_kits"}} {
		i := t.Column(said.column)
		for _, r := range t.Rows {
			cell := r.Cells[i]
			item.State, item.Text = evidenceState(cell), figure(l, cell, t.Columns[i])
			if cell.Known() {
				item.Text = l.T(said.key, "Value", item.Text)
				return item
			}
		}
	}
	return item
}

// evidenceState says what a cell is as evidence.
func evidenceState(c report.Cell) commitment.State {
	switch c.Kind() {
	case report.KindMasked:
		return commitment.Masked
	case report.KindNoDenominator:
		return commitment.NoDenominator
	case report.KindNotReported, report.KindNotApplicable:
		return commitment.NotReported
	}
	return commitment.Measured
}

// CommitmentTable is the commitments of a country as a table of words, for files
// and the command line.
func CommitmentTable(l *lang.Locale, head report.Head, ev commitment.Evidence) report.Table {
	t := report.Table{Name: "commitments", Title: "nav.commitments", Head: head, RowHead: report.Label{Code: "id", Text: "ID"},
		Columns: wordColumns("paragraph", "title", "asks", "standing", "position", "evidence"),
		Notes:   []report.Label{{Code: "limits", Key: "commitment.limits"}, {Code: "no_score", Key: "commitment.no_score"}}}
	for _, a := range asks(l, ev) {
		evidence := ""
		for i, e := range a.Evidence {
			if i > 0 {
				evidence += "; "
			}
			evidence += e.Name + ": " + e.Text
			if e.Source != "" {
				evidence += " (" + e.Source + ")"
			}
		}
		t.Rows = append(t.Rows, wordRow(report.Label{Code: a.ID, Text: a.ID}, a.OP, a.Title, a.Text, a.Standing, a.Position, evidence))
	}
	return t
}

// BaselineTable is the baseline of countries as a table of words.
func BaselineTable(l *lang.Locale, head report.Head) report.Table {
	c := baseline.Count()
	t := report.Table{Name: "baseline", Title: "world.list_title", Head: head, RowHead: report.Label{Code: "iso2", Text: "ISO"},
		Columns: wordColumns(append(append([]string{"country", "region"}, Services...), "first_year", "confidence", "source", "url")...),
		Notes: []report.Label{{Code: "published", Key: "world.intro_published", Args: map[string]any{"Published": c.Published}},
			{Code: "identified", Key: "world.intro_identified", Args: map[string]any{"Identified": c.Identified, "High": c.High, "Medium": c.Medium}},
			{Code: "apart", Key: "world.intro_apart"}}}
	for _, r := range baseline.All() {
		row := worldRow(l, r, false)
		values := make([]string, 0, len(t.Columns))
		for i, c := range row.Cells {
			values = append(values, c.Text)
			if i == 0 { // the page puts the region beneath the country
				values = append(values, c.Note)
			}
		}
		t.Rows = append(t.Rows, wordRow(report.Label{Code: r.ISO2, Text: r.ISO2}, append(values[:len(values)-1], r.Source.Title, r.Source.URL)...))
	}
	return t
}

func wordColumns(codes ...string) (columns []report.Column) {
	for _, code := range codes {
		columns = append(columns, report.Column{Label: report.Label{Code: code, Text: code}, Measure: report.MeasureText})
	}
	return columns
}

func wordRow(label report.Label, values ...string) report.Row {
	row := report.Row{Label: label}
	for _, v := range values {
		row.Cells = append(row.Cells, report.Worded(report.Label{Text: v}))
	}
	return row
}
