package app_test

import (
	"cmp"
	"encoding/xml"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
)

// comparePage holds the page: the figures in front, every table, every drawing.
func (f frozen) comparePage(t *testing.T) {
	t.Helper()
	d := f.html(t)
	var front []told
	d.Find(".figures dd").Not(".aim").Each(func(_ int, s *goquery.Selection) {
		bounds := s.Find("small").Remove()
		x := f.read(s.Text())
		if bounds.Length() > 0 {
			within := f.read(bounds.Text())
			x.low, x.high = within.low, within.high
		}
		front = append(front, x)
	})
	require.Equal(t, f.front(), front, "the figures in front on the page")
	for _, s := range f.sections() {
		part := d.Find("section#" + s.id)
		require.Equal(t, s.table.Speaks(), part.Length() == 1, s.id)
		if part.Length() == 0 {
			continue
		}
		f.hold(t, "page", f.pageTable(t, s, part.Find(".data table, .told table")))
		part.Find("svg").Each(func(_ int, svg *goquery.Selection) {
			f.compareDrawing(t, "page", s, svg.Find("text").Map(func(_ int, x *goquery.Selection) string { return x.Text() }))
		})
	}
	f.comparePageAsks(t, d.Find(".asks tbody tr"))
	require.Contains(t, f.canon(d.Find(".lead").First().Text()), f.front()[0].value, "the headline has the kits")
}

// comparePageAsks holds the commitments on the page.
func (f frozen) comparePageAsks(t *testing.T, lines *goquery.Selection) {
	t.Helper()
	var want, got [][]string
	for _, c := range f.page.Asks {
		line := []string{f.canon(c.Position)}
		for _, x := range c.Evidence {
			line = append(line, f.canon(f.T("words.labelled", "Label", x.Name, "Text", f.cells[spot{"commitments", c.ID, x.Indicator}].text)))
		}
		want = append(want, line)
	}
	lines.Each(func(_ int, line *goquery.Selection) {
		said := []string{f.canon(line.Find("td").First().Text())}
		got = append(got, append(said, line.Find("td span").Map(func(_ int, s *goquery.Selection) string { return f.canon(s.Text()) })...))
	})
	require.Equal(t, want, got, "the commitments on the page")
}

// pageTable reads a table of the page, which is turned when it has one row. Every
// cell of the release's table has to be there, folded as its drawing is.
func (f frozen) pageTable(t *testing.T, s section, table *goquery.Selection) map[spot]told {
	t.Helper()
	require.Equal(t, 1, table.Length(), s.id)
	out, rests := map[spot]told{}, map[string]told{}
	heads := table.Find("thead th").Map(func(_ int, h *goquery.Selection) string { return oneLine(h.Text()) })
	turned := heads[0] == f.T("releases.figure")
	table.Find("tbody tr").Each(func(_ int, line *goquery.Selection) {
		label := oneLine(line.Find("th bdi").First().Text())
		line.Find("td").Each(func(i int, cell *goquery.Selection) {
			row, column := f.rowCode(s.table, label), f.columnCode(s.table, heads[i+1])
			if turned {
				row, column = s.table.Rows[0].Label.Code, f.columnCode(s.table, label)
			}
			x := f.read(strings.Join(cell.Find("bdi").Map(func(_ int, b *goquery.Selection) string { return b.Text() }), " "))
			if column == "other_channels" {
				rests[row] = x
			} else {
				out[spot{s.table.Name, row, column}] = x
			}
		})
	})
	if len(rests) > 0 {
		require.Equal(t, f.rests(), rests, "what is folded together is what the others leave")
	} else {
		require.Len(t, out, len(s.table.Rows)*len(s.table.Columns), s.id)
	}
	return out
}

func (f frozen) rowCode(t report.Table, label string) string {
	i := slices.IndexFunc(t.Rows, func(r report.Row) bool { return oneLine(report.Say(f.Locale, r.Label)) == label })
	if i < 0 {
		return "no row " + label
	}
	return t.Rows[i].Label.Code
}

func (f frozen) columnCode(t report.Table, label string) string {
	i := slices.IndexFunc(t.Columns, func(c report.Column) bool { return oneLine(report.Say(f.Locale, c.Label)) == label })
	if i < 0 && label == f.T("report.column.other_channels") {
		return "other_channels"
	}
	if i < 0 {
		return "no column " + label
	}
	return t.Columns[i].Label.Code
}

// compareDrawing holds the words of a drawing: they have the figure of every mark
// that they name, and no other number but those of the scale, which are multiples of
// one step.
func (f frozen) compareDrawing(t *testing.T, format string, s section, texts []string) {
	t.Helper()
	words := f.without(strings.Join(texts, "\n"))
	for _, year := range []int{f.edition.Period.From.Year(), f.edition.Period.To.Year()} {
		words = cutOut(words, strconv.Itoa(year)) // under the first of its months
	}
	left, lacks := numbersIn(words), 0
	for _, r := range s.table.Rows {
		for _, n := range f.marked(s, r) {
			if i := slices.Index(left, n); i >= 0 {
				left = slices.Delete(left, i, i+1)
				continue
			}
			t.Errorf("the drawing %s of %s lacks %s of %s", s.id, format, n, report.Say(f.Locale, r.Label))
		}
		if s.drawn != "" && f.cells[spot{s.table.Name, r.Label.Code, s.drawn}].kind == "masked" {
			lacks++
		}
	}
	require.Equal(t, lacks, strings.Count(words, f.T("cell.masked")), "%s of %s", s.id, format)
	slices.SortFunc(left, func(x, y string) int { return cmp.Compare(parsed(t, x), parsed(t, y)) })
	step := slices.IndexFunc(left, func(n string) bool { return n != "0" })
	for _, n := range left[max(0, step):] {
		steps := parsed(t, n) / parsed(t, left[step])
		require.InDelta(t, math.Round(steps), steps, 0.001, "the drawing %s of %s has a number of its own: %v", s.id, format, left)
	}
}

func parsed(t *testing.T, number string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(number, 64)
	require.NoError(t, err)
	return v
}

// marked are the numbers that a drawing writes at the mark of a row: those of the
// drawn cell and, of a step, how many of how many.
func (f frozen) marked(s section, r report.Row) (list []string) {
	if s.drawn == "" || r.Kind == report.RowRest {
		return nil
	}
	at := func(column string) told { return f.cells[spot{s.table.Name, r.Label.Code, column}] }
	x := at(s.drawn)
	if s.id != "releases" {
		list = append(list, x.value, x.low, x.high)
	} else if x.value != "" {
		whole := func(column string) string { return f.cell(s.table.Cell(r.Label.Code, column), report.Column{}).value }
		list = append(list, at("releases").value, x.denominator, whole(s.drawn))
		if s.table.Rows[1].Label.Code != r.Label.Code {
			list = append(list, whole("of_before"))
		}
	} else {
		list = append(list, at("releases").value)
	}
	return slices.DeleteFunc(list, func(n string) bool { return n == "" })
}

// comparePictures holds every drawing that can be taken along.
func (f frozen) comparePictures(t *testing.T) {
	t.Helper()
	d := f.html(t)
	for _, s := range f.sections() {
		if d.Find("section#"+s.id+" svg").Length() > 0 {
			f.compareDrawing(t, "svg", s, svgTexts(t, f.get(t, s.id+".svg")))
		}
	}
}

// svgTexts are the words of a picture, each as it is drawn.
func svgTexts(t *testing.T, raw []byte) (list []string) {
	t.Helper()
	var drawing struct {
		Text []string `xml:"text"`
	}
	require.NoError(t, xml.Unmarshal(raw, &drawing))
	return drawing.Text
}

func svgWords(t *testing.T, f frozen) (words string) {
	for name, raw := range parts(t, f) {
		if strings.HasSuffix(name, ".svg") {
			var said struct{ Title, Desc string }
			require.NoError(t, xml.Unmarshal(raw, &struct {
				Title *string `xml:"title"`
				Desc  *string `xml:"desc"`
			}{&said.Title, &said.Desc}))
			words += said.Title + "\n" + said.Desc + "\n"
		}
	}
	return words
}

// pageWords are the words of the page outside its drawings, which are held apart.
func pageWords(t *testing.T, f frozen) string {
	d := f.html(t)
	d.Find("svg, .embed, .files").Remove()
	return textOf(d.Find("main"))
}

// textOf is text with a blank between elements.
func textOf(s *goquery.Selection) string {
	var b strings.Builder
	s.Find("*").Contents().Each(func(_ int, x *goquery.Selection) {
		if goquery.NodeName(x) == "#text" {
			b.WriteString(x.Text() + "\n")
		}
	})
	return b.String()
}
