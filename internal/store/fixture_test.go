package store_test

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// place is a programme with enough to record in: two regions with a site each,
// two products, one batch of the first.
type place struct {
	*store.Store
	programme     thn.Programme
	root          thn.Area
	north, south  thn.Area
	harbour, mill thn.Site
	spray, needle thn.Product
	lot           thn.Batch
	by            thn.ID
}

func newPlace(t testing.TB, s *store.Store) *place {
	t.Helper()
	ctx := context.Background()
	p := &place{Store: s, by: thn.NewID()}
	p.programme, p.root = founded(t, s)
	p.north = thn.Area{ID: thn.NewID(), Parent: p.root.ID, Kind: "region", Code: "XD-N", Name: "North"}
	p.south = thn.Area{ID: thn.NewID(), Parent: p.root.ID, Kind: "region", Name: "South"}
	p.harbour = thn.Site{ID: thn.NewID(), Area: p.north.ID, Name: "Harbour", Code: "H1", Setting: "needle_exchange", Channel: thn.ChannelCommunity, Supplier: "nurse"}
	p.mill = thn.Site{ID: thn.NewID(), Area: p.south.ID, Name: "Mill", Setting: "prison", Channel: thn.ChannelPrison, Supplier: "prison_staff"}
	p.spray = thn.Product{ID: thn.NewID(), Code: "spray", Name: "Spray", Route: "nasal"}
	p.needle = thn.Product{ID: thn.NewID(), Code: "needle", Name: "Syringe", Route: "intramuscular"}
	p.lot = thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: "L1", Expiry: thn.MustDate(2028, 2, 29)}
	require.NoError(t, s.AddAreas(ctx, p.programme.ID, p.by, p.north, p.south))
	require.NoError(t, s.AddSites(ctx, p.programme.ID, p.by, p.harbour, p.mill))
	require.NoError(t, s.AddProducts(ctx, p.programme.ID, p.by, p.spray, p.needle))
	require.NoError(t, s.AddBatches(ctx, p.programme.ID, p.by, p.lot))
	return p
}

// each runs body in a fresh place on either engine.
func each(t *testing.T, body func(t *testing.T, p *place)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) { body(t, newPlace(t, s)) })
}

// given is one first kit, given out at the harbour on a day of March.
func (p *place) given(kits thn.Kits) thn.Distribution {
	return thn.Distribution{ID: thn.NewID(), Day: thn.MustDate(2026, 3, 1), Site: p.harbour.ID, Area: p.north.ID, Setting: "needle_exchange", Supplier: "nurse",
		Channel: thn.ChannelCommunity, Product: p.spray.ID, Training: "brief", Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: kits}}}
}

func (p *place) sub(d thn.Distribution) thn.Submission {
	return thn.Submission{Programme: p.programme.ID, By: p.by, Record: d}
}

func (p *place) correction(of thn.ID, d thn.Distribution) thn.Submission {
	sub := p.sub(d)
	sub.Corrects, sub.Why = of, thn.WhyMistake
	return sub
}

func (p *place) void(of thn.ID) thn.Submission {
	return thn.Submission{Programme: p.programme.ID, By: p.by, Record: thn.Distribution{ID: thn.NewID()}, Corrects: of, Void: true, Why: thn.WhyUndo}
}

// append sends one submission and gives its outcome.
func (p *place) append(t *testing.T, sub thn.Submission) thn.Outcome {
	t.Helper()
	outcomes, err := p.Append(context.Background(), []thn.Submission{sub})
	require.NoError(t, err)
	require.Len(t, outcomes, 1)
	return outcomes[0]
}

var always = thn.Period{From: thn.MustDate(1950, 1, 1), To: thn.MustDate(2150, 1, 1)}

// kits sums the programme's current kits.
func (p *place) kits(t *testing.T) int64 {
	t.Helper()
	cells, err := p.Tally(context.Background(), thn.Query{Programme: p.programme.ID, Period: always})
	require.NoError(t, err)
	require.Len(t, cells, 1)
	return cells[0].Kits
}

// causes lists why records are held.
func (p *place) causes(t *testing.T) (list []string) {
	t.Helper()
	held, err := p.HeldRecords(context.Background(), p.programme.ID)
	require.NoError(t, err)
	for _, h := range held {
		list = append(list, h.Cause)
	}
	return list
}

// count counts the rows of a table.
func (p *place) count(t *testing.T, table string) int {
	t.Helper()
	rows, err := p.Texts(context.Background(), "SELECT '' FROM "+table)
	require.NoError(t, err)
	return len(rows)
}

// altered changes the distribution of a submission.
func altered(sub thn.Submission, change func(d *thn.Distribution)) thn.Submission {
	d := sub.Record.(thn.Distribution)
	change(&d)
	sub.Record = d
	return sub
}
