package page

import (
	"slices"
	"strconv"

	"thntracker/internal/ingest"
	"thntracker/internal/lang"
	"thntracker/internal/thn"
)

// ImportPreview shows what a file would do: what its columns are taken for, what
// would be stored, and every row that would not, with the reason.
type ImportPreview struct {
	Base
	Action  string
	Columns []Field // a chooser for each field
	About   []Field // source, definition, vintage
	Text    string  // the mapping as it is kept
	Ready   bool
	Empty   bool // the plan stores nothing: all of it is there already
	Counts  []Key
	Sums    Table
	Sample  Table
	Items   Table
	Refused []string
	Skipped []string
	Notes   []string // of rows that are stored and should be looked at
	Offers  []Offer
	Added   []string
	Dropped []string // headers of columns that are not read
}

// MainForm is the id of the form.
func (*ImportPreview) MainForm() string { return mainForm }

// Template names the file.
func (*ImportPreview) Template() string { return "import_preview" }

// Offer is a name that nothing is called, with what it may mean.
type Offer struct {
	Written string
	Options []Option
}

// Import is what the preview draws.
type Import struct {
	Mapping        ingest.Mapping
	Text           string
	Sample         ingest.Sample
	Plan           *ingest.Plan // nil while the mapping is not complete
	Fields, Needed []ingest.Field
}

// Draw fills the preview.
func (p *ImportPreview) Draw(l *lang.Locale, i Import) {
	p.Text = i.Text
	for _, f := range i.Fields {
		if c := i.Mapping.Fields[f]; len(c.Headers) == 0 && !c.Cells {
			p.Columns = append(p.Columns, chooser(l, f, c, i.Sample.Headers, !slices.Contains(i.Needed, f)))
		}
	}
	for _, x := range []struct{ name, value string }{{"source", i.Mapping.Source}, {"definition", i.Mapping.Definition}, {"as_at", i.Mapping.AsAt}} {
		p.About = append(p.About, Field{Kind: FieldText, Name: x.name, Label: l.T("import.about." + x.name), Value: x.value, Optional: true})
	}
	p.Dropped = i.Mapping.Drop
	p.sample(l, i.Sample)
	if i.Plan != nil {
		p.plan(l, i.Plan)
	}
}

func chooser(l *lang.Locale, f ingest.Field, c ingest.Column, headers []string, optional bool) Field {
	out := Field{Kind: FieldSelect, Name: "field:" + string(f), Label: l.T("import.field." + string(f)), Optional: optional, Options: []Option{{Label: l.T("import.no_column")}}}
	if c.Value != "" {
		out.Options[0].Label = l.T("import.fixed", "Value", c.Value)
	}
	for _, h := range headers {
		out.Options = append(out.Options, Option{Value: h, Label: h, Chosen: h == c.Column})
	}
	return out
}

// sampleShown is how many rows and columns of the file are shown.
const (
	sampleRows    = 5
	sampleColumns = 12
)

func (p *ImportPreview) sample(l *lang.Locale, s ingest.Sample) {
	p.Sample = Table{ID: "sample", Caption: l.T("import.sample", "Row", strconv.Itoa(s.HeaderRow))}
	var shown []int
	for i, h := range s.Headers {
		if len(shown) < sampleColumns && !slices.Contains(p.Dropped, h) {
			shown = append(shown, i)
			p.Sample.Columns = append(p.Sample.Columns, Column{Label: h})
		}
	}
	for _, r := range s.Rows[:min(sampleRows, len(s.Rows))] {
		var row Row
		for _, i := range shown {
			row.Cells = append(row.Cells, Cell{Text: r[i]})
		}
		p.Sample.Rows = append(p.Sample.Rows, row)
	}
}

func (p *ImportPreview) plan(l *lang.Locale, plan *ingest.Plan) {
	p.Ready, p.Empty = plan.Ready(), plan.Size() == 0
	for _, x := range []struct {
		key string
		n   int
	}{{"import.count.rows", plan.Rows}, {"import.count.new", plan.Counts[ingest.StatusNew]}, {"import.count.changed", plan.Counts[ingest.StatusChanged]},
		{"import.count.known", plan.Counts[ingest.StatusKnown]}, {"import.count.refused", plan.RefusedCount}, {"import.count.skipped", plan.SkippedCount}} {
		p.Counts = append(p.Counts, Key{Number: l.Number(x.n), Words: l.T(x.key)})
	}
	for _, r := range plan.Refused {
		p.Refused = append(p.Refused, l.Args(r.Key, plain(l, r.Args)))
	}
	for _, s := range plan.Skipped {
		p.Skipped = append(p.Skipped, l.Args(s.Key, plain(l, s.Args)))
	}
	for _, n := range plan.Notes {
		p.Notes = append(p.Notes, l.Args(n.Key, plain(l, n.Args)))
	}
	p.places(plan)
	p.sums(l, plan)
	p.items(l, plan)
}

func (p *ImportPreview) places(plan *ingest.Plan) {
	for _, x := range plan.Places {
		switch x.How {
		case "added":
			p.Added = append(p.Added, x.Name)
		case "offered":
			o := Offer{Written: x.Written}
			for _, name := range x.Offers {
				o.Options = append(o.Options, Option{Value: name, Label: name})
			}
			p.Offers = append(p.Offers, o)
		}
	}
}

func (p *ImportPreview) sums(l *lang.Locale, plan *ingest.Plan) {
	p.Sums = Table{ID: "sums", Caption: l.T("import.sums"), Columns: []Column{{Label: l.T("coverage.period")}, {Label: l.T("import.group")}, {Label: l.T("import.measure")}, {Label: l.T("import.sum"), Numeric: true}}}
	for _, s := range plan.Sums {
		p.Sums.Rows = append(p.Sums.Rows, Row{Cells: []Cell{{Text: s.Period}, {Text: groupWords(l, s.Group)}, {Text: l.T("import.measure." + s.Measure)}, {Text: s.Count.String(), Numeric: true}}})
	}
}

// groupWords names the channels of a sum; a definition stays as its source has it.
func groupWords(l *lang.Locale, group string) string {
	text := ""
	for i, c := range thn.SplitChannels(group) {
		if !slices.Contains(thn.Channels, c) {
			return group
		}
		if i > 0 {
			text += " + "
		}
		text += l.T("code.channel." + string(c))
	}
	return text
}

func (p *ImportPreview) items(l *lang.Locale, plan *ingest.Plan) {
	const shown = 50
	p.Items = Table{ID: "items", Caption: l.T("import.items"), Columns: []Column{{Label: l.T("import.row")}, {Label: l.T("import.status")}}}
	for _, f := range plan.Columns {
		p.Items.Columns = append(p.Items.Columns, Column{Label: l.T("import.field." + string(f))})
	}
	for _, x := range plan.Items[:min(shown, len(plan.Items))] {
		row := Row{Cells: []Cell{{Text: strconv.Itoa(x.Row)}, {Text: l.T("import.status." + string(x.Status)), Note: x.Was}}}
		for _, v := range x.Values {
			row.Cells = append(row.Cells, Cell{Text: v})
		}
		p.Items.Rows = append(p.Items.Rows, row)
	}
}
