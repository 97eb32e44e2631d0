package ingest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/ingest"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

const given = `
kind: distributions
dates: {order: dmy}
fields:
  day: {column: Date}
  site: {column: Site}
  product: {column: Product}
  kits: {column: Kits}
`

func (f fixture) kits(t *testing.T) (records, kits int64) {
	t.Helper()
	cells, err := f.store.Tally(context.Background(), thn.Query{Programme: f.programme.ID, Period: thn.Period{From: thn.MustDate(2000, 1, 1), To: thn.MustDate(2100, 1, 1)}})
	require.NoError(t, err)
	return cells[0].Records, cells[0].Kits
}

func TestDistributions_asTheFormsHaveThem(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, "XD", "Testland")
		m := example(t, "kits-given-out.yaml")
		header := "Record,Date,Site,Product,Lot,Kits,Given to,First or repeat,Why replaced,Training\n"
		file := header + "1,03/05/2019,Harbour Exchange,nasal-4,L-77,2,Person at risk,First kit,,Short\n" +
			"2,04/05/2019,H1,Nasal 4 mg,,,Family or friend,Replacement,Used up,\n" +
			"3,04/05/2019,H1,Nasal 4 mg,NA,1,prefer not to say,Extra,,unknown\n" +
			"Total for May,,,,,4,,,,\n"
		file = strings.Replace(file, "Total for May,", ",Total for May", 1)
		for range 2 {
			p := f.plan(t, file, m)
			require.Empty(t, p.Refused)
			require.Equal(t, 1, p.SkippedCount)
			require.NoError(t, f.Commit(context.Background(), p, nil))
			records, kits := f.kits(t)
			require.Equal(t, [2]int64{3, 4}, [2]int64{records, kits})
		}
		require.Equal(t, counts(0, 0, 3), f.plan(t, file, m).Counts)

		// The author corrects record 2.
		later := strings.Replace(file, "Replacement,Used up", "Replacement,Lost", 1)
		p := f.imported(t, later, m)
		require.Equal(t, counts(0, 1, 2), p.Counts)
		require.Equal(t, counts(0, 0, 3), f.imported(t, later, m).Counts)
		_, kits := f.kits(t)
		require.Equal(t, int64(4), kits)
		cells, err := s.Tally(context.Background(), thn.Query{Programme: f.programme.ID, Period: thn.Month(2019, time.May), Groups: []thn.Group{thn.ByReason}})
		require.NoError(t, err)
		require.Equal(t, "lost", cells[1].Keys[thn.ByReason])
	})
}

// Two people of one kind on one day are two records, and stay two.
func TestDistributions_withoutNumbersAreKnownByContent(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	file := "Date,Site,Product,Kits\n03/05/2019,H1,nasal-4,1\n03/05/2019,H1,nasal-4,1\n"
	require.Equal(t, counts(2, 0, 0), f.imported(t, file, mapping(t, given)).Counts)
	require.Equal(t, counts(0, 0, 2), f.imported(t, file, mapping(t, given)).Counts)
	require.Equal(t, counts(1, 0, 2), f.imported(t, file+"03/05/2019,H1,nasal-4,1\n", mapping(t, given)).Counts)
	records, _ := f.kits(t)
	require.Equal(t, int64(3), records)
}

func TestDistributions_whatAPersonTookOutStaysOut(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, given+"  key: {column: Key}\n")
	id := thn.NewID()
	file := "Date,Site,Product,Kits,Key\n03/05/2019,H1,nasal-4,1," + string(id) + "\n"
	f.imported(t, file, m)
	_, err := f.store.Append(context.Background(), []thn.Submission{{Programme: f.programme.ID, Record: thn.Distribution{ID: thn.NewID()}, Corrects: id, Void: true, Why: thn.WhyMistake}})
	require.NoError(t, err)
	p := f.imported(t, file, m)
	require.Equal(t, "import.skip.taken_out", p.Skipped[0].Key)
	require.Zero(t, p.Size())
}

func TestDistributions_refusals(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, given+"  batch: {column: Lot}\n  supply: {column: Supply}\n  reason: {column: Reason}\n  key: {column: Key}\n")
	for row, c := range map[string]struct{ key, column string }{
		"03/05/2019,Harbor Exchange,nasal-4,1,,,,":                   {"cell.site_offered", "B (Site)"},
		"03/05/2019,Elsewhere,nasal-4,1,,,,":                         {"cell.site_unknown", "B (Site)"},
		"03/05/2019,H1,nasal-5,1,,,,":                                {"cell.product_offered", "C (Product)"},
		"03/05/2019,H1,spoons,1,,,,":                                 {"cell.product_unknown", "C (Product)"},
		"03/05/2019,H1,nasal-4,0,,,,":                                {"cell.kits_range", "D (Kits)"},
		"03/05/2019,H1,nasal-4,100,,,,":                              {"cell.kits_range", "D (Kits)"},
		"03/05/2019,H1,nasal-4,<5,,,,":                               {"cell.kits_range", "D (Kits)"},
		"03/05/2019,H1,nasal-4,0.5,,,,":                              {"cell.number_whole", "D (Kits)"},
		"03/05/2019,H1,nasal-4,-1,,,,":                               {"cell.number_negative", "D (Kits)"},
		"03/05/2019,H1,nasal-4,,,,,":                                 {"cell.needed", "D (Kits)"},
		"03/05/2019,H1,nasal-4,1,L-78,,,":                            {"cell.batch_unknown", "E (Lot)"},
		"03/05/2019,H1,nasal-4,1,,sometimes,,":                       {"cell.code", "F (Supply)"},
		"03/05/2019,H1,nasal-4,1,,first,lost,":                       {"cell.reason_alone", "G (Reason)"},
		"31/06/2019,H1,nasal-4,1,,,,":                                {"cell.date_impossible", "A (Date)"},
		"03/05/2029,H1,nasal-4,1,,,,":                                {"cell.day_future", "A (Date)"},
		"03/05/2017,H1,nasal-4,1,,,,":                                {"cell.site_closed", "A (Date)"},
		",H1,nasal-4,1,,,,":                                          {"cell.needed", "A (Date)"},
		"03/05/2019,H1,nasal-4,1,,,,a\n04/05/2019,H1,nasal-4,1,,,,a": {"row.same_key", ""},
	} {
		p := f.plan(t, "Date,Site,Product,Kits,Lot,Supply,Reason,Key\n"+row+"\n", m)
		require.Equal(t, 1, p.RefusedCount, row)
		require.Equal(t, "import.error."+c.key, p.Refused[0].Key, row)
		require.Equal(t, c.column, p.Refused[0].Args["Column"], row)
	}
}

func TestDistributions_notesAndNamesAreRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, given)
	for header, key := range map[string]string{"Notes": "forbidden.bare_note", "Name": "forbidden.bare_name", "DOB": "forbidden.birth", "GPS": "forbidden.coordinates"} {
		_, err := f.Plan(context.Background(), open(t, "given.csv", []byte("Date,Site,Product,Kits,"+header+"\n"), m), m, nil)
		refused(t, err, key, map[string]any{"Row": 1, "Column": "E (" + header + ")"})
	}
}

func TestAreas_parentsMayComeLater(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, "kind: areas\nfields:\n  name: {column: Name}\n  code: {column: Code}\n  parent: {column: In}\n  kind: {column: Kind}\n  from: {column: From}\n")
	file := "Name,Code,In,Kind,From\nOld Town,W-1,West,district,2019-01-01\nWest,XD-W,,region,\nNorth,XD-N,Testland,region,\n"
	p := f.imported(t, file, m)
	require.Equal(t, counts(2, 0, 1), p.Counts)
	areas, err := f.store.Areas(context.Background(), f.programme.ID)
	require.NoError(t, err)
	byName := map[string]thn.Area{}
	for _, a := range areas {
		byName[a.Name] = a
	}
	require.Equal(t, byName["West"].ID, byName["Old Town"].Parent)
	require.Equal(t, byName["Testland"].ID, byName["West"].Parent)
	require.Equal(t, "2019-01-01", byName["Old Town"].ValidFrom.String())
	require.Equal(t, counts(0, 0, 3), f.imported(t, file, m).Counts)

	p = f.plan(t, "Name,Code,In,Kind,From\nNord,XD-N,,region,\nEast,,Atlantis,region,\n", m)
	require.Equal(t, "import.error.cell.differs", p.Refused[0].Key)
	require.Equal(t, "import.error.cell.area_unknown", p.Refused[1].Key)
}

func TestSites_followTheirSetting(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, "kind: sites\nfields:\n  name: {column: Site name}\n  code: {column: Code}\n  area: {column: Area}\n  setting: {column: Type}\n  peer_led: {column: Peer led}\n")
	file := "Site name,Code,Area,Type,Peer led\nHigh Street Pharmacy,P1,North,Pharmacy direct,no\nPeers,P2,XD-N,peer network,Yes\n"
	require.Equal(t, counts(2, 0, 0), f.imported(t, file, m).Counts)
	require.Equal(t, counts(0, 0, 2), f.imported(t, file, m).Counts)
	sites, err := f.store.Sites(context.Background(), f.programme.ID)
	require.NoError(t, err)
	for _, s := range sites {
		switch s.Code {
		case "P1":
			require.Equal(t, thn.ChannelPharmacy, s.Channel)
		case "P2":
			require.Equal(t, thn.ChannelPeer, s.Channel)
			require.True(t, s.PeerLed)
		}
	}
	p := f.plan(t, "Site name,Code,Area,Type,Peer led\nHigh Street Pharmacy,P1,North,gp,no\nX,,North,,\n", m)
	require.Equal(t, "import.error.cell.differs", p.Refused[0].Key)
	require.Equal(t, "import.error.cell.needed", p.Refused[1].Key)
}

func TestProducts_amountsAreWhole(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, "kind: products\nfields:\n  name: {column: Product}\n  code: {column: Code}\n  route: {column: Route}\n  dose_mg: {column: mg}\n  units_per_kit: {column: Units}\n")
	file := "Product,Code,Route,mg,Units\nSpray,spray-1.8,nasal,1.8,2\nNasal 4 mg,nasal-4,nasal,,2\n"
	p := f.plan(t, file, m)
	require.Equal(t, "import.error.cell.differs", p.Refused[0].Key, "the registered one has one dose in a unit")
	file = strings.Replace(file, "Nasal 4 mg,nasal-4,nasal,,2\n", "", 1)
	require.Equal(t, counts(1, 0, 0), f.imported(t, file, m).Counts)
	require.Equal(t, counts(0, 0, 1), f.imported(t, file, m).Counts)
	products, err := f.store.Products(context.Background(), f.programme.ID)
	require.NoError(t, err)
	for _, x := range products {
		if x.Code == "spray-1.8" {
			require.Equal(t, thn.Product{ID: x.ID, Code: "spray-1.8", Name: "Spray", Route: "nasal", DoseMicrograms: 1800, UnitsPerKit: 2, KitThousandths: 1000}, x)
		}
	}
	p = f.plan(t, "Product,Code,Route,mg,Units\nA,a,nasal,<5,2\nB,b,nasal,1,2.5\nC,c,airmail,1,2\n", m)
	var keys []string
	for _, r := range p.Refused {
		keys = append(keys, r.Key)
	}
	require.Equal(t, []string{"import.error.cell.amount", "import.error.cell.amount", "import.error.cell.code"}, keys)
}

var _ ingest.Store = (*store.Store)(nil)
