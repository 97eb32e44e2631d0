package setup_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/account"
	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/setup"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
	"thntracker/web"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

const password = "lantern gravel seven otter"

func noon() time.Time { return storetest.Noon }

// today is what the clock of every test shows.
var today = thn.DateOf(storetest.Noon, time.UTC)

// bench is a programme with two regions, a site in each, one product and one
// batch, and the people who act in it.
type bench struct {
	*setup.Setup
	t            *testing.T
	store        *store.Store
	programme    thn.Programme
	root         thn.Area
	north, south thn.Area
	quay, hill   thn.Site // in north, in south
	product      thn.Product
	batch        thn.Batch
}

// each runs a body on both engines.
func each(t *testing.T, body func(b *bench)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) { body(newBench(t, s)) })
}

func newBench(t *testing.T, s *store.Store) *bench {
	t.Helper()
	ctx := context.Background()
	accounts := account.New(s, account.Options{Now: noon})
	b := &bench{t: t, store: s, Setup: setup.New(s, accounts, setup.Options{Now: noon, Zone: time.LoadLocation})}
	b.programme, b.root = b.found("Harbour programme")
	b.north = thn.Area{ID: thn.NewID(), Parent: b.root.ID, Kind: "region", Code: "N", Name: "North"}
	b.south = thn.Area{ID: thn.NewID(), Parent: b.root.ID, Kind: "region", Code: "S", Name: "South"}
	require.NoError(t, s.AddAreas(ctx, b.programme.ID, "", b.north, b.south))
	b.quay, b.hill = b.site("Quay"), b.site("Hill")
	b.quay.Code, b.hill.Area = "Q1", b.south.ID
	require.NoError(t, s.AddSites(ctx, b.programme.ID, "", b.quay, b.hill))
	products, err := s.Products(ctx, b.programme.ID)
	require.NoError(t, err)
	b.product = products[0]
	b.batch = thn.Batch{ID: thn.NewID(), Product: b.product.ID, Lot: "AB12", Expiry: thn.MustDate(2028, time.January, 31)}
	require.NoError(t, s.AddBatches(ctx, b.programme.ID, "", b.batch))
	return b
}

func (b *bench) found(name string) (thn.Programme, thn.Area) {
	b.t.Helper()
	f, err := b.Founding(setup.Start{Name: name, Country: "XD", Zone: "UTC", Fiscal: 4})
	require.NoError(b.t, err)
	require.NoError(b.t, b.store.Found(context.Background(), f))
	return f.Programme, f.Country
}

// site is a site in the north, yet to be added.
func (b *bench) site(name string) thn.Site {
	return thn.Site{ID: thn.NewID(), Area: b.north.ID, Name: name, Setting: "needle_exchange", Channel: thn.ChannelCommunity, Supplier: "paid_worker",
		Opened: thn.MustDate(2025, time.March, 1)}
}

// as is somebody with a role in the whole programme, an area or a site.
func (b *bench) as(role thn.Role, where ...thn.ID) thn.Actor {
	b.t.Helper()
	a := thn.Actor{Account: thn.Account{ID: thn.NewID()}, Programme: b.programme, Grant: thn.Grant{ID: thn.NewID(), Programme: b.programme.ID, Role: role}}
	if len(where) == 0 {
		return a
	}
	if where[0] == b.quay.ID || where[0] == b.hill.ID {
		a.Grant.Site = where[0]
		return a
	}
	areas, err := b.store.Areas(context.Background(), b.programme.ID)
	require.NoError(b.t, err)
	a.Grant.Area, a.Areas = where[0], thn.Below(areas, where[0])
	return a
}

// stranger has a role in another programme of the installation.
func (b *bench) stranger(role thn.Role) thn.Actor {
	b.t.Helper()
	p, _ := b.found("Another programme")
	a := b.as(role)
	a.Programme, a.Grant.Programme = p, p.ID
	return a
}

// refused wants one message at one field, and words for it in the catalogue.
func refused(t *testing.T, err error, field, key string) {
	t.Helper()
	require.True(t, fault.Is(err, fault.Invalid), "%v", err)
	for _, f := range fault.FieldsOf(err) {
		if f.Name == field && f.Key == key {
			spoken(t, key)
			return
		}
	}
	t.Errorf("no %s at %s: %+v", key, field, fault.FieldsOf(err))
}

// kind wants an error of a kind, with words in the catalogue if it has a sentence.
func kind(t *testing.T, err error, want fault.Kind) {
	t.Helper()
	require.True(t, fault.Is(err, want), "want %s, got %v", want, err)
	if key, _ := fault.Sentence(err); key != "" {
		spoken(t, key)
	}
}

func spoken(t *testing.T, key string) {
	t.Helper()
	catalogue, err := lang.Open(web.Files, "lang")
	require.NoError(t, err)
	require.True(t, catalogue.Locale("en").Has(key), "no words for %s", key)
}
