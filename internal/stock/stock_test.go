package stock_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/account"
	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/stock"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
	"thntracker/web"
)

func noon() time.Time { return storetest.Noon }

var today = thn.DateOf(storetest.Noon, time.UTC)

// place is a programme with two regions and a site in each, one product with
// three batches, and the people who act in it.
type place struct {
	*stock.Stock
	t                 *testing.T
	store             *store.Store
	programme         thn.Programme
	north, south      thn.Area
	quay, hill        thn.Site
	spray, needle     thn.Product
	soon, late, past  thn.Batch
	worker, colleague thn.Actor // both of the north
	manager           thn.Actor // of the whole programme
}

func eachPlace(t *testing.T, body func(p *place)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) { body(newPlace(t, s)) })
}

func newPlace(t *testing.T, s *store.Store) *place {
	t.Helper()
	ctx := context.Background()
	p := &place{Stock: stock.New(s, noon), t: t, store: s}
	p.programme = thn.Programme{ID: thn.NewID(), Name: "Test", Country: "XD", Zone: "UTC", Fiscal: 4}
	root := thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "Testland"}
	p.north = thn.Area{ID: thn.NewID(), Parent: root.ID, Kind: "region", Name: "North"}
	p.south = thn.Area{ID: thn.NewID(), Parent: root.ID, Kind: "region", Name: "South"}
	p.quay = thn.Site{ID: thn.NewID(), Area: p.north.ID, Name: "Quay", Setting: "needle_exchange", Channel: thn.ChannelCommunity, Supplier: "nurse"}
	p.hill = thn.Site{ID: thn.NewID(), Area: p.south.ID, Name: "Hill", Setting: "prison", Channel: thn.ChannelPrison, Supplier: "prison_staff"}
	p.spray = thn.Product{ID: thn.NewID(), Code: "spray", Name: "Spray", Route: "nasal"}
	p.needle = thn.Product{ID: thn.NewID(), Code: "needle", Name: "Syringe", Route: "intramuscular"}
	p.soon = thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: "S", Expiry: today.AddDays(40)}
	p.late = thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: "L", Expiry: today.AddDays(400)}
	p.past = thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: "P", Expiry: today.AddDays(-1)}
	require.NoError(t, s.Found(ctx, thn.Founding{Programme: p.programme, Country: root, Products: []thn.Product{p.spray, p.needle}}))
	require.NoError(t, s.AddAreas(ctx, p.programme.ID, "", p.north, p.south))
	require.NoError(t, s.AddSites(ctx, p.programme.ID, "", p.quay, p.hill))
	require.NoError(t, s.AddBatches(ctx, p.programme.ID, "", p.soon, p.late, p.past))
	p.worker, p.colleague, p.manager = p.person("wren", thn.RoleWorker, p.north.ID), p.person("lark", thn.RoleWorker, p.north.ID), p.person("heron", thn.RoleManager, "")
	return p
}

func (p *place) person(handle string, role thn.Role, area thn.ID) thn.Actor {
	p.t.Helper()
	g := thn.Grant{Programme: p.programme.ID, Role: role, Area: area}
	a, err := account.New(p.store, account.Options{Now: noon}).Create(context.Background(), "", thn.Account{Handle: handle}, "lantern gravel seven otter", g)
	require.NoError(p.t, err)
	actor := thn.Actor{Account: a, Programme: p.programme, Grant: g}
	if area != "" {
		actor.Areas = []thn.ID{area}
	}
	return actor
}

// record stores facts as they are; changes may correct the record before.
func (p *place) record(facts ...thn.Fact) {
	p.t.Helper()
	for _, f := range facts {
		p.submit(thn.Submission{Record: f})
	}
}

func (p *place) submit(sub thn.Submission) {
	p.t.Helper()
	sub.Programme = p.programme.ID
	if sub.By == "" {
		sub.By = p.worker.Account.ID
	}
	out, err := p.store.Append(context.Background(), []thn.Submission{sub})
	require.NoError(p.t, err)
	require.Equal(p.t, thn.Stored, out[0])
}

func (p *place) received(b thn.Batch, kits int) thn.Movement {
	return thn.Movement{ID: thn.NewID(), Day: today, Kind: thn.MovementReceived, Site: p.quay.ID, Product: p.spray.ID, Batch: b.ID, Kits: kits}
}

func (p *place) given(product thn.Product, batch, bag thn.ID, kits thn.Kits) thn.Distribution {
	return thn.Distribution{ID: thn.NewID(), Day: today, Site: p.quay.ID, Area: p.north.ID, Setting: "needle_exchange", Supplier: "nurse", Channel: thn.ChannelCommunity,
		Product: product.ID, Batch: batch, Bag: bag, Training: "brief", Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: kits}}}
}

func (p *place) shelf(actor thn.Actor, site thn.Site) stock.Shelf {
	p.t.Helper()
	f, err := p.Shelf(context.Background(), actor, site.ID, today)
	require.NoError(p.t, err)
	return f
}

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
