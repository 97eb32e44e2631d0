package app_test

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"thntracker/internal/app"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/release"
	"thntracker/internal/report"
	"thntracker/internal/thn"
	"thntracker/web"
)

// spot is where a release says something: a table by its name, a row and a column
// by their codes. Denominators and levels are spots of tables of their own.
type spot struct{ table, row, column string }

// told is what is said there. Numbers are plain digits without needless zeros.
type told struct{ kind, value, low, high, numerator, denominator, text string }

// shown is what people see of it: why there is no number, words, or numbers
// without what they were made of.
func (x told) shown() told {
	x.numerator, x.denominator = "", ""
	if x.value+x.low+x.high != "" {
		x.kind = "number"
	}
	return x
}

// frozen is one published release as it was frozen, in one language: what every
// format is held against.
type frozen struct {
	*lang.Locale
	edition thn.Edition
	figures release.Figures
	page    *page.Summary
	address string // of the server
	cells   map[spot]told
	sayings []string // in which numbers may stand
}

// TestNumbers_areTheSameInEveryFormat takes each published release of the
// demonstration as the page and as every file that is offered, reads the numbers
// out of each as its language writes them, and finds those of the frozen body: the
// same in the same place, hidden where it is hidden, and no other number (DX-14, PV-24).
func TestNumbers_areTheSameInEveryFormat(t *testing.T) {
	t.Parallel()
	address, a := demonstrate(t)
	catalogue, err := lang.Open(web.Files, "lang")
	require.NoError(t, err)
	releases := map[string]thn.Edition{"XD": newest(t, a, "XD"), "GB": newest(t, a, "GB")}
	releases["XD with statements"] = state(t, a)
	for name, e := range releases {
		for _, code := range lang.Codes {
			t.Run(name+" "+code, func(t *testing.T) {
				t.Parallel()
				f := freeze(t, a, catalogue.Locale(code), address, e)
				for format, read := range typed {
					if diff := cmp.Diff(f.cells, read(t, f), cmp.AllowUnexported(told{}, spot{})); diff != "" {
						t.Errorf("%s tells other numbers than were frozen (-frozen +%s):\n%s", format, format, diff)
					}
				}
				f.comparePage(t)
				f.comparePictures(t)
				f.comparePaper(t)
				f.compareWords(t)
			})
		}
	}
}

// newest is the newest release about a country that everybody may read.
func newest(t *testing.T, a *app.App, country string) thn.Edition {
	t.Helper()
	list, err := a.Deps.Shelf.Public(t.Context(), country)
	require.NoError(t, err)
	require.NotEmpty(t, list)
	return list[0]
}

// state lets the programme of the fictional country state of every service whether
// it exists, and publishes a release that says so.
func state(t *testing.T, a *app.App) thn.Edition {
	t.Helper()
	programme, err := app.Programme(t.Context(), a.Store, "XD", "")
	require.NoError(t, err)
	for i, service := range thn.Services {
		require.NoError(t, a.Store.AddStatement(t.Context(), programme.ID, "", thn.Statement{ID: thn.NewID(), Service: service, Exists: thn.Existences[i%len(thn.Existences)],
			Source: "Drug strategy of the demonstration country, section " + string(service), URL: "https://example.org/" + string(service), Dated: thn.MustDate(2025, 5, i+1)}))
	}
	order := release.Order{Programme: programme, Audience: thn.ForPublic, Period: thn.Quarter(2026, 1), Alone: true, AsAt: clock()}
	e, err := a.Deps.Releases.Close(t.Context(), order)
	require.NoError(t, err)
	require.NoError(t, a.Deps.Releases.Publish(t.Context(), programme.ID, "", e.Number, time.Time{}))
	return e
}

// freeze reads a release as it is kept.
func freeze(t *testing.T, a *app.App, l *lang.Locale, address string, e thn.Edition) frozen {
	t.Helper()
	e, err := a.Deps.Shelf.Edition(t.Context(), e.Programme, e.Number)
	require.NoError(t, err)
	f := frozen{Locale: l, edition: e, address: address, cells: map[spot]told{}}
	f.figures, err = release.FiguresOf(e)
	require.NoError(t, err)
	f.page, err = page.Issued(l, address, e, f.figures)
	require.NoError(t, err)
	for _, table := range f.figures.Summary.Tables() {
		for _, r := range table.Rows {
			for i, c := range table.Columns {
				at := spot{table.Name, r.Label.Code, c.Label.Code}
				require.NotContains(t, f.cells, at)
				f.cells[at] = f.cell(r.Cells[i], c)
			}
		}
		for _, u := range table.Denominators {
			x := f.cell(u.Value, report.Column{})
			if x.value != "" {
				x.low, x.high = plainly(f.Number(u.Low), f.Locale), plainly(f.Number(u.High), f.Locale)
			}
			f.cells[spot{"denominators", u.Definition + " " + u.Period.String(), report.Say(l, u.Area)}] = x
		}
		for _, b := range table.Benchmarks {
			f.cells[spot{"levels", report.Say(l, b.Label()), ""}] = told{kind: "value", value: b.Level().String()}
		}
	}
	for _, c := range f.page.Asks {
		f.cells[spot{"commitments", c.ID, "paragraph"}] = told{kind: "value", value: c.Paragraph, text: f.canon(c.OP)}
		f.cells[spot{"commitments", c.ID, "position"}] = told{kind: "value", value: c.Code, text: f.canon(c.Position)}
		for _, x := range c.Evidence {
			f.cells[spot{"commitments", c.ID, x.Indicator}] = told{kind: "value", value: string(x.State), text: f.canon(x.Text)}
		}
	}
	f.sayings = f.says()
	for _, s := range f.figures.Statements {
		f.cells[spot{"statements", string(s.Service), s.Source}] = told{kind: "value", value: string(s.Exists), text: s.URL + " " + s.Dated.String()}
	}
	return f
}

// cell reads a cell of the frozen body.
func (f frozen) cell(x report.Cell, c report.Column) told {
	out := told{kind: string(x.Kind())}
	ratio := func(r report.Ratio) string { return trimmed(r.Round(c.Places).String()) }
	switch x.Kind() {
	case report.KindCount:
		out.kind, out.value = "value", x.Count().Low.String()
	case report.KindRange:
		out.low, out.high = x.Count().Low.String(), x.Count().High.String()
	case report.KindRatio, report.KindInterval:
		i := x.Ratio()
		if i.Valued {
			out.value, out.numerator, out.denominator = ratio(i.Value), i.Value.Num.String(), i.Value.Den.String()
		}
		if x.Is(report.KindRatio) {
			out.kind = "value"
		} else {
			out.low, out.high = ratio(i.Low), ratio(i.High)
		}
	case report.KindModelled:
		m := x.Model()
		out.value = plainly(f.Decimal(m.Value, c.Places), f.Locale)
		if m.Ranged() {
			out.low, out.high = plainly(f.Decimal(m.Low, c.Places), f.Locale), plainly(f.Decimal(m.High, c.Places), f.Locale)
		}
	case report.KindText:
		out.kind, out.text = "value", f.canon(report.Say(f.Locale, x.Text()))
	}
	return out
}

// sections are the findings of a summary with the table behind each, the column
// that its drawing shows, and whether it is on paper.
func (f frozen) sections() []section {
	s := f.figures.Summary
	return []section{{"months", s.Course, "", true}, {"deaths", s.PerDeath, "all", true}, {"prison", s.Prison, "", true}, {"carriage", s.Carriage, "", true},
		{"need", s.Need, "", true}, {"channels", s.Channels, "", false}, {"areas", s.Areas, "", false}, {"reach", s.ReachOver, "reach", false},
		{"first", s.FirstRepeat, "share", false}, {"supply", s.Supply, "", false}, {"recipients", s.Recipients, "", false}, {"releases", s.Releases, "of_first", false}}
}

type section struct {
	id    string
	table report.Table
	drawn string
	paper bool
}

// hold compares what was read in some spots with what was frozen there.
func (f frozen) hold(t *testing.T, format string, got map[spot]told) {
	t.Helper()
	want := map[spot]told{}
	for at := range got {
		want[at] = f.cells[at].shown()
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(told{}, spot{})); diff != "" {
		t.Errorf("%s shows other numbers than were frozen (-frozen +%s):\n%s", format, format, diff)
	}
}

// get is a file of the release as the server gives it, or its page.
func (f frozen) get(t *testing.T, name string) []byte {
	t.Helper()
	if name != "" {
		name = "/" + name
	}
	res, err := http.Get(f.address + page.EditionAddress(f.edition) + name + "?lang=" + f.Code)
	require.NoError(t, err)
	defer res.Body.Close()
	require.Equal(t, http.StatusOK, res.StatusCode, name)
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return body
}

func (f frozen) html(t *testing.T) *goquery.Document {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(bytes.NewReader(f.get(t, "")))
	require.NoError(t, err)
	return d
}

// front are the key figures in front, in order.
func (f frozen) front() (list []told) {
	s := f.figures.Summary.Key
	for _, c := range s.Columns {
		if slices.Contains([]string{"kits", "first_time", "reach", "kits_per_death", "kits_per_1000"}, c.Label.Code) {
			list = append(list, f.cells[spot{s.Name, s.Rows[0].Label.Code, c.Label.Code}].shown())
		}
	}
	return list
}

// compareWords looks for a number in the words of a format that is in no table of
// the frozen body and was not declared.
func (f frozen) compareWords(t *testing.T) {
	t.Helper()
	known := f.known()
	for format, read := range worded {
		words := f.without(read(t, f))
		for _, at := range digits.FindAllStringIndex(words, -1) {
			if n := words[at[0]:at[1]]; !known[n] {
				t.Errorf("%s says %s, which the release does not hold: …%s…", format, n, words[max(0, at[0]-60):min(len(words), at[1]+60)])
			}
		}
	}
}
