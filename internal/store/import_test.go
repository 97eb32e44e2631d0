package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// founded gives a programme with its country.
func founded(t testing.TB, s *store.Store) (thn.Programme, thn.Area) {
	t.Helper()
	p := thn.Programme{ID: thn.NewID(), Name: "Test", Country: "XD", Zone: "UTC", Fiscal: 4}
	root := thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Code: "XD", Name: "Testland"}
	require.NoError(t, s.Found(context.Background(), thn.Founding{Programme: p, Country: root}))
	return p, root
}

// loadOf is one of everything, a child area before nothing it needs.
func loadOf(p thn.Programme, root thn.Area) thn.Load {
	area := thn.Area{ID: thn.NewID(), Parent: root.ID, Kind: "region", Code: "XD-1", Name: "North"}
	site := thn.Site{ID: thn.NewID(), Area: area.ID, Name: "Harbour", Setting: "needle_exchange", Channel: thn.ChannelCommunity, Supplier: "unknown"}
	product := thn.Product{ID: thn.NewID(), Code: "nasal", Name: "Nasal", Route: "nasal"}
	year := thn.YearFrom(2019, time.January)
	return thn.Load{
		Areas: []thn.Area{area}, Sites: []thn.Site{site}, Products: []thn.Product{product},
		Totals: []thn.PeriodTotal{{ID: thn.NewID(), Measure: thn.MeasureKits, Area: area.ID, Period: year,
			Channels: []thn.Channel{thn.ChannelPharmacy}, Count: thn.Count{Low: 2, High: 8}, Published: "<5", Source: "Survey"}},
		Denominators: []thn.Denominator{{ID: thn.NewID(), Kind: thn.Residents, Area: area.ID, Period: year,
			Value: 900, Low: 900, High: 900, Definition: "residents", Source: "Census"}},
		Surveys: []thn.Survey{{ID: thn.NewID(), Question: thn.CarryingNow, Area: area.ID, Period: year, Yes: 27, Asked: 169, Sample: "people supplied", Source: "NESI"}},
		Records: []thn.Submission{{Programme: p.ID, Record: thn.Distribution{ID: thn.NewID(), Day: thn.MustDate(2019, time.May, 4), Site: site.ID, Area: area.ID,
			Setting: "needle_exchange", Supplier: "unknown", Channel: thn.ChannelCommunity, Product: product.ID, Training: "not_asked",
			Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 2}}}}},
	}
}

func TestImport_storesEverythingOfAFile(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		p, root := founded(t, s)
		load := loadOf(p, root)
		var heard []int
		require.NoError(t, s.Import(ctx, p.ID, "", load, func(n int) { heard = append(heard, n) }))
		require.Equal(t, []int{3, 4, 5, 6, 7}, heard)
		require.Equal(t, 7, load.Size())

		totals, err := s.Totals(ctx, p.ID)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(load.Totals, totals, cmp.AllowUnexported(thn.Date{})))
		denominators, err := s.Denominators(ctx, p.ID)
		require.NoError(t, err)
		require.Equal(t, load.Denominators, denominators)
		surveys, err := s.Surveys(ctx, p.ID)
		require.NoError(t, err)
		require.Equal(t, load.Surveys, surveys)
		cells, err := s.Tally(ctx, thn.Query{Programme: p.ID, Period: thn.YearFrom(2019, time.January)})
		require.NoError(t, err)
		require.Equal(t, int64(2), cells[0].Kits)
	})
}

func TestImport_allOrNothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		p, root := founded(t, s)
		load := loadOf(p, root)
		bad := load.Records[0]
		record := bad.Record.(thn.Distribution)
		record.ID, record.Site = thn.NewID(), thn.NewID()
		bad.Record = record
		load.Records = append(load.Records, bad)
		require.Error(t, s.Import(ctx, p.ID, "", load, nil))
		areas, err := s.Areas(ctx, p.ID)
		require.NoError(t, err)
		require.Equal(t, []thn.Area{root}, areas)
		totals, err := s.Totals(ctx, p.ID)
		require.NoError(t, err)
		require.Empty(t, totals)
	})
}

func TestImport_refusesWhatMovedOn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		p, root := founded(t, s)
		load := loadOf(p, root)
		require.NoError(t, s.Import(ctx, p.ID, "", load, nil))
		err := s.Import(ctx, p.ID, "", thn.Load{Totals: load.Totals}, nil)
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)

		newer := load.Totals[0]
		newer.Corrects, newer.ID = newer.ID, thn.NewID()
		require.NoError(t, s.Import(ctx, p.ID, "", thn.Load{Totals: []thn.PeriodTotal{newer}}, nil))
		newer.ID = thn.NewID()
		err = s.Import(ctx, p.ID, "", thn.Load{Totals: []thn.PeriodTotal{newer}}, nil)
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)
	})
}

func TestImport_refusesForeignRecords(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p, root := founded(t, s)
	load := loadOf(p, root)
	load.Records[0].Programme = thn.NewID()
	require.True(t, fault.Is(s.Import(context.Background(), p.ID, "", load, nil), fault.Invalid))
}

func TestKnown_followsVersions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		p, root := founded(t, s)
		load := loadOf(p, root)
		require.NoError(t, s.Import(ctx, p.ID, "", load, nil))
		first := load.Records[0].Record.(thn.Distribution)
		second := first
		second.ID = thn.NewID()
		second.Lines = []thn.Line{{Recipient: thn.RecipientFamily, Supply: thn.SupplyFirst, People: 1, Kits: 3}, {Recipient: thn.RecipientAtRisk, Supply: thn.SupplySpare, People: 1, Kits: 1}}
		_, err := s.Append(ctx, []thn.Submission{{Programme: p.ID, Record: second, Corrects: first.ID}})
		require.NoError(t, err)

		known, err := s.Known(ctx, p.ID, []thn.ID{first.ID, second.ID, thn.NewID()})
		require.NoError(t, err)
		want := thn.Known{Latest: second.ID, Record: second}
		require.Equal(t, map[thn.ID]thn.Known{first.ID: want, second.ID: want}, known)

		void := thn.NewID()
		_, err = s.Append(ctx, []thn.Submission{{Programme: p.ID, Record: thn.Distribution{ID: void}, Corrects: second.ID, Void: true, Why: thn.WhyMistake}})
		require.NoError(t, err)
		known, err = s.Known(ctx, p.ID, []thn.ID{first.ID, load.Totals[0].ID})
		require.NoError(t, err)
		require.Equal(t, map[thn.ID]thn.Known{first.ID: {Latest: void, Void: true}, load.Totals[0].ID: {Latest: load.Totals[0].ID}}, known)

		none, err := s.Known(ctx, thn.NewID(), []thn.ID{first.ID})
		require.NoError(t, err)
		require.Empty(t, none)
	})
}

func TestSaveMapping_replacesByName(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		p, _ := founded(t, s)
		m := thn.SavedMapping{ID: thn.NewID(), Name: "Quarterly", Kind: "totals", Body: "kind: totals\n"}
		require.NoError(t, s.SaveMapping(ctx, p.ID, "", m))
		newer := m
		newer.ID, newer.Body = thn.NewID(), "kind: totals\nheader: 2\n"
		require.NoError(t, s.SaveMapping(ctx, p.ID, "", newer))
		saved, err := s.Mappings(ctx, p.ID)
		require.NoError(t, err)
		newer.ID = m.ID
		require.Equal(t, []thn.SavedMapping{newer}, saved)
	})
}
