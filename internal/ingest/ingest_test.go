package ingest_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/ingest"
	"thntracker/internal/sheet"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

var today = thn.MustDate(2026, time.March, 1)

// fixture is a founded programme with one of everything that records name.
type fixture struct {
	*ingest.Importer
	store     *store.Store
	programme thn.Programme
	site      thn.Site
	product   thn.Product
	batch     thn.Batch
}

func newFixture(t *testing.T, s *store.Store, country, name string) fixture {
	t.Helper()
	ctx := context.Background()
	f := fixture{store: s, programme: thn.Programme{ID: thn.NewID(), Name: name, Country: country, Zone: "UTC", Fiscal: 4}}
	root := thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Code: country, Name: name}
	f.product = thn.Product{ID: thn.NewID(), Code: "nasal-4", Name: "Nasal 4 mg", Route: "nasal", DosesPerUnit: 1, UnitsPerKit: 2, KitThousandths: 1000}
	require.NoError(t, s.Found(ctx, thn.Founding{Programme: f.programme, Country: root, Products: []thn.Product{f.product}}))
	north := thn.Area{ID: thn.NewID(), Parent: root.ID, Kind: "region", Code: country + "-N", Name: "North"}
	require.NoError(t, s.AddAreas(ctx, f.programme.ID, "", north))
	f.site = thn.Site{ID: thn.NewID(), Area: north.ID, Name: "Harbour Exchange", Code: "H1", Setting: "needle_exchange",
		Channel: thn.ChannelCommunity, Supplier: "paid_worker", Opened: thn.MustDate(2018, time.January, 1)}
	require.NoError(t, s.AddSites(ctx, f.programme.ID, "", f.site))
	f.batch = thn.Batch{ID: thn.NewID(), Product: f.product.ID, Lot: "L-77", Expiry: thn.MustDate(2027, time.January, 31)}
	require.NoError(t, s.AddBatches(ctx, f.programme.ID, "", f.batch))
	f.Importer = ingest.New(s, f.programme, "", today)
	return f
}

func mapping(t *testing.T, text string) ingest.Mapping {
	t.Helper()
	m, err := ingest.ParseMapping([]byte(text))
	require.NoError(t, err)
	return m
}

func example(t *testing.T, name string) ingest.Mapping {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "scripts", "mappings", name))
	require.NoError(t, err)
	return mapping(t, string(text))
}

func open(t *testing.T, name string, content []byte, m ingest.Mapping) *sheet.Book {
	t.Helper()
	b, err := sheet.Open(name, bytes.NewReader(content), m.Options())
	require.NoError(t, err)
	return b
}

// plan reads a text table with a mapping.
func (f fixture) plan(t *testing.T, content string, m ingest.Mapping) *ingest.Plan {
	t.Helper()
	p, err := f.Plan(context.Background(), open(t, "given.csv", []byte(content), m), m, nil)
	require.NoError(t, err)
	return p
}

// imported plans and commits.
func (f fixture) imported(t *testing.T, content string, m ingest.Mapping) *ingest.Plan {
	t.Helper()
	p := f.plan(t, content, m)
	require.Empty(t, p.Refused)
	require.NoError(t, f.Commit(context.Background(), p, nil))
	return p
}

func (f fixture) totals(t *testing.T) []thn.PeriodTotal {
	t.Helper()
	list, err := f.store.Totals(context.Background(), f.programme.ID)
	require.NoError(t, err)
	return list
}

func (f fixture) denominators(t *testing.T) []thn.Denominator {
	t.Helper()
	list, err := f.store.Denominators(context.Background(), f.programme.ID)
	require.NoError(t, err)
	return list
}

func counts(fresh, changed, known int) map[ingest.Status]int {
	return map[ingest.Status]int{ingest.StatusNew: fresh, ingest.StatusChanged: changed, ingest.StatusKnown: known}
}
