package report_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"thntracker/internal/export"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
	"thntracker/web"
)

var update = flag.Bool("update", false, "write the goldens anew")

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// place is a programme in a store, with its areas by name.
type place struct {
	t         *testing.T
	store     *store.Store
	programme thn.Programme
	areas     map[string]thn.ID
	product   thn.ID
}

// newPlace founds a programme; names are "Parent/Child", parents first.
func newPlace(t *testing.T, s *store.Store, country string, fiscal int, areas ...string) *place {
	t.Helper()
	p := &place{t: t, store: s, areas: map[string]thn.ID{country: thn.NewID()}, product: thn.NewID(),
		programme: thn.Programme{ID: thn.NewID(), Name: "Programme " + country, Country: country, Zone: "UTC", Fiscal: fiscal}}
	require.NoError(t, s.Found(t.Context(), thn.Founding{Programme: p.programme,
		Country:  thn.Area{ID: p.areas[country], Kind: thn.AreaCountry, Code: country, Name: country},
		Products: []thn.Product{{ID: p.product, Code: "nasal", Name: "Nasal", Route: "nasal"}}}))
	for _, path := range areas {
		parent, name, _ := strings.Cut(path, "/")
		p.areas[name] = thn.NewID()
		require.NoError(t, s.AddAreas(t.Context(), p.programme.ID, "", thn.Area{ID: p.areas[name], Parent: p.areas[parent], Kind: "region",
			Code: strings.ToUpper(name[:2]), Name: name}))
	}
	return p
}

// total is a published sum in short: an exact number of kits unless changed.
func (p *place) total(area string, period thn.Period, kits int64, change ...func(*thn.PeriodTotal)) {
	p.t.Helper()
	t := thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasureKits, Area: p.areas[area], Period: period, Count: thn.ExactKits(kits), Source: "Published report",
		URL: "https://example.org/report"}
	for _, c := range change {
		c(&t)
	}
	require.NoError(p.t, p.store.AddTotals(p.t.Context(), p.programme.ID, "", t))
}

func via(channels ...thn.Channel) func(*thn.PeriodTotal) {
	return func(t *thn.PeriodTotal) { t.Channels = channels }
}

func to(r thn.Recipient) func(*thn.PeriodTotal) { return func(t *thn.PeriodTotal) { t.Recipient = r } }

func again(r thn.Reason) func(*thn.PeriodTotal) {
	return func(t *thn.PeriodTotal) { t.Supply, t.Reason = thn.SupplyRepeat, r }
}

// firstPeople is people at risk given a first kit.
func firstPeople(t *thn.PeriodTotal) {
	t.Measure, t.Supply, t.Recipient = thn.MeasurePeople, thn.SupplyFirst, thn.RecipientAtRisk
}

func between(low, high int64) func(*thn.PeriodTotal) {
	return func(t *thn.PeriodTotal) { t.Count = thn.Count{Low: thn.Halves(2 * low), High: thn.Halves(2 * high)} }
}

func (p *place) denominator(kind thn.DenominatorKind, area string, period thn.Period, definition string, value int64, change ...func(*thn.Denominator)) {
	p.t.Helper()
	d := thn.Denominator{ID: thn.NewID(), Kind: kind, Area: p.areas[area], Period: period, Value: value, Low: value, High: value, Definition: definition,
		Source: "Statistics", URL: "https://example.org/statistics"}
	for _, c := range change {
		c(&d)
	}
	require.NoError(p.t, p.store.AddDenominators(p.t.Context(), p.programme.ID, "", d))
}

func interval(low, high int64) func(*thn.Denominator) {
	return func(d *thn.Denominator) { d.Low, d.High = low, high }
}

func provisional(d *thn.Denominator) { d.Provisional = true }

// site opens a place that gives out kits.
func (p *place) site(area, name string, channel thn.Channel) thn.Site {
	p.t.Helper()
	s := thn.Site{ID: thn.NewID(), Area: p.areas[area], Name: name, Setting: "needle_exchange", Channel: channel, Supplier: "paid_worker"}
	require.NoError(p.t, p.store.AddSites(p.t.Context(), p.programme.ID, "", s))
	return s
}

// give records one distribution.
func (p *place) give(site thn.Site, day thn.Date, supplier thn.Supplier, lines ...thn.Line) {
	p.t.Helper()
	d := thn.Distribution{ID: thn.NewID(), Day: day, Site: site.ID, Area: site.Area, Setting: site.Setting, Supplier: supplier, Channel: site.Channel,
		Product: p.product, Training: "not_asked", Lines: lines}
	outcomes, err := p.store.Append(p.t.Context(), []thn.Submission{{Programme: p.programme.ID, Record: d}})
	require.NoError(p.t, err)
	require.Equal(p.t, []thn.Outcome{thn.Stored}, outcomes)
}

func first(people, kits int) thn.Line {
	return thn.Line{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: people, Kits: thn.Kits(kits)}
}

func repeat(reason thn.Reason, kits int) thn.Line {
	return thn.Line{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyRepeat, Reason: reason, People: 1, Kits: thn.Kits(kits)}
}

func years(from, to int, start time.Month) thn.Period {
	return thn.Period{From: thn.YearFrom(from, start).From, To: thn.YearFrom(to, start).From}
}

func (p *place) spec(period thn.Period, by report.By) report.Spec {
	return report.Spec{Programme: p.programme, Period: period, By: by, AsAt: storetest.Noon}
}

func (p *place) build(key string, spec report.Spec) report.Table {
	p.t.Helper()
	table, err := report.Build(p.t.Context(), p.store, key, spec)
	require.NoError(p.t, err)
	return table
}

var catalogue = sync.OnceValues(func() (*lang.Catalogue, error) { return lang.Open(web.Files, "lang") })

func words(t *testing.T, code string) *lang.Locale {
	t.Helper()
	c, err := catalogue()
	require.NoError(t, err)
	return c.Locale(code)
}

// golden holds tables, as a terminal shows them, against a file. Both engines
// are held against the same one.
func (p *place) golden(name string, tables ...report.Table) {
	p.t.Helper()
	f, err := export.Find("table")
	require.NoError(p.t, err)
	var got strings.Builder
	require.NoError(p.t, f.Write(&got, words(p.t, "en"), export.Document{Name: name, Tables: tables}))
	path := filepath.Join("testdata", name+".golden")
	if *update {
		require.NoError(p.t, os.MkdirAll("testdata", 0o755))
		require.NoError(p.t, os.WriteFile(path, []byte(got.String()), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(p.t, err)
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		p.t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

// shown is a cell as English shows it.
func shown(t *testing.T, table report.Table, row, column string) string {
	t.Helper()
	i := table.Column(column)
	require.GreaterOrEqual(t, i, 0, "no column %q in %v", column, table.Columns)
	return report.Show(words(t, "en"), table.Columns[i], table.Cell(row, column))
}
