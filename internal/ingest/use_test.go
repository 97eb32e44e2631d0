package ingest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/ingest"
	"thntracker/internal/sheet"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

const calls = `
kind: uses
source: A service
fields:
  incident: {column: Call}
  person: {column: Patient number}
  administration: {column: Given}
  day: {column: Date}
  area: {column: Region}
  giver: {column: By, codes: {Crew: ambulance, Bystander: lay}}
  doses: {column: Doses}
  outcome: {column: Alive, codes: {Y: survived, N: died, U: not_known}}
drop: [Age, Latitude]
`

const callsHead = "Call,Patient number,Given,Date,Region,By,Doses,Alive,Age,Latitude\n"

// used counts what the programme holds on the four levels.
func (f fixture) used(t *testing.T) thn.UseCell {
	t.Helper()
	cells, err := f.store.UseTally(context.Background(), thn.UseQuery{Programme: f.programme.ID,
		Period: thn.Period{From: thn.MustDate(1950, 1, 1), To: thn.MustDate(2150, 1, 1)}})
	require.NoError(t, err)
	require.Len(t, cells, 1)
	cells[0].Keys = nil
	return cells[0]
}

func TestUses_rowsOfOneEventAreOneRecord(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, "XD", "Testland")
		file := callsHead +
			"7,1,1,2019-05-03,North,Crew,2,Y,30,1.5\n" + // the same administration for two suspected drugs
			"7,1,1,2019-05-03,North,Crew,2,Y,30,1.5\n" +
			"7,1,2,2019-05-03,North,Bystander,0,Y,30,1.5\n" + // 0: nobody knows
			"7,2,,2019-05-04,North,,,U,30,1.5\n" + // past midnight, nothing given
			"8,1,3,2019-05-03,North,Crew,1,N,30,1.5\n"
		p := f.imported(t, file, mapping(t, calls))
		require.Equal(t, ingest.Levels{Incidents: 2, Persons: 3, Administrations: 3, Doses: 3}, p.Uses)
		require.Equal(t, counts(2, 0, 0), p.Counts)
		require.Equal(t, []string{"Age", "Latitude"}, p.Dropped)
		require.Equal(t, thn.UseCell{Incidents: 2, Given: 2, Persons: 3, Administrations: 3, Doses: 3}, f.used(t))
		shuffled := callsHead + strings.Join([]string{"8,1,3,2019-05-03,North,Crew,1,N,30,1.5", "7,2,,2019-05-04,North,,,U,30,1.5", "7,1,2,2019-05-03,North,Bystander,0,Y,30,1.5",
			"7,1,1,2019-05-03,North,Crew,2,Y,30,1.5"}, "\n") + "\n"
		require.Equal(t, counts(0, 0, 2), f.imported(t, shuffled, mapping(t, calls)).Counts, "another order is the same file")
		list, err := s.Uses(context.Background(), f.programme.ID, thn.MustDate(2019, 1, 1))
		require.NoError(t, err)
		for _, u := range list {
			require.Equal(t, "2019-05-03", u.Event.String())
			require.Equal(t, u.Event, u.Reported)
		}
	})
}

func TestUses_aChangedRowIsANewVersionAndKeepsWhatAPersonDecided(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, "XD", "Testland")
		row := "7,1,1,2019-05-03,North,Crew,2,Y,30,1.5\n"
		f.imported(t, callsHead+row+"8,1,3,2019-05-03,North,Crew,1,N,30,1.5\n", mapping(t, calls))
		list, err := s.Uses(context.Background(), f.programme.ID, thn.MustDate(2019, 1, 1))
		require.NoError(t, err)
		twin := list[0].Use
		twin.ID, twin.TwinOf = thn.NewID(), list[1].ID
		if twin.Persons[0].Outcome == thn.Died { // let the one that the file will change be the twin
			twin = list[1].Use
			twin.ID, twin.TwinOf = thn.NewID(), list[0].ID
		}
		was := map[bool]thn.ID{true: list[0].ID, false: list[1].ID}[twin.TwinOf == list[1].ID]
		_, err = s.Append(context.Background(), []thn.Submission{{Programme: f.programme.ID, Record: twin, Corrects: was, Why: thn.WhyMistake}})
		require.NoError(t, err)
		p := f.imported(t, callsHead+strings.Replace(row, ",2,Y", ",3,Y", 1)+"8,1,3,2019-05-03,North,Crew,1,N,30,1.5\n", mapping(t, calls))
		require.Equal(t, counts(0, 1, 1), p.Counts)
		require.Equal(t, int64(1), f.used(t).Incidents, "the twin is still left out")
	})
}

func TestUses_withoutKeysEveryRowIsAnEvent(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := mapping(t, "kind: uses\nfields:\n  period: {column: Month}\n  site: {column: Site}\n  doses: {column: Doses}\n  ambulance: {column: Called}\n  product: {column: Kit}\n")
	file := "Month,Site,Doses,Called,Kit\n2019-05,H1,2,yes,nasal-4\n2019-05,H1,2,yes,nasal-4\n2019-06,H1,,not asked,\n"
	require.Equal(t, counts(3, 0, 0), f.imported(t, file, m).Counts)
	require.Equal(t, counts(0, 0, 3), f.imported(t, file, m).Counts)
	require.Equal(t, thn.UseCell{Incidents: 3, Given: 3, Persons: 3, Administrations: 3, Doses: 4}, f.used(t))
}

func TestUses_refusals(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	first := "7,1,1,2019-05-03,North,Crew,2,Y,30,1.5\n"
	for row, key := range map[string]string{
		",1,1,2019-05-03,North,Crew,2,Y,,":             "cell.needed",
		"9,,1,2019-05-03,North,Crew,2,Y,,":             "cell.needed",
		"9,1,1,2029-05-03,North,Crew,2,Y,,":            "cell.day_future",
		"9,1,1,2019-05-03,North,Crew,41,Y,,":           "cell.doses_range",
		"9,1,1,2019-05-03,North,Crew,1.5,Y,,":          "cell.amount",
		"9,1,1,2019-05-03,North,Magic,1,Y,,":           "cell.code",
		"9,1,1,2019-05-03,Nowhere at all,Crew,1,Y,,":   "cell.area_unknown",
		first + "7,1,2,2019-05-03,Testland,Crew,1,Y,,": "row.same_incident",
		first + "7,1,2,2019-05-03,North,Crew,1,N,,":    "row.same_person",
		first + "7,1,1,2019-05-03,North,Crew,1,Y,,":    "row.same_given",
	} {
		p := f.plan(t, callsHead+row+"\n", mapping(t, calls))
		require.Equal(t, 1, p.RefusedCount, row)
		require.Equal(t, "import.error."+key, p.Refused[0].Key, row)
		require.False(t, p.Ready())
	}
}

func TestUses_columnsAboutAPersonAreDroppedOrRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	for header, key := range map[string]string{"Age": "forbidden.particulars", "Incident Time": "forbidden.particulars", "Ward": "forbidden.particulars",
		"Gender Desc": "forbidden.particulars", "Susp OD Drug Desc": "forbidden.particulars", "GPS": "forbidden.coordinates", "Client ID": "forbidden.number"} {
		m := mapping(t, strings.Replace(calls, "drop: [Age, Latitude]", "", 1))
		head := "Call,Patient number,Given,Date,Region,By,Doses,Alive," + header + "\n"
		_, err := f.Plan(context.Background(), open(t, "calls.csv", []byte(head), m), m, nil)
		refused(t, err, key, map[string]any{"Row": 1, "Column": "I (" + header + ")"})
		m.Drop = []string{strings.ToUpper(header)}
		p, err := f.Plan(context.Background(), open(t, "calls.csv", []byte(head), m), m, nil)
		require.NoError(t, err, header)
		require.Equal(t, []string{header}, p.Dropped)
	}
	_, err := ingest.ParseMapping([]byte(strings.Replace(calls, "drop: [Age, Latitude]", "drop: [date]", 1)))
	refused(t, err, "map.drop", map[string]any{"Value": "Date"})
	_, err = ingest.ParseMapping([]byte("kind: uses\nfields:\n  doses: {column: Doses}\n"))
	refused(t, err, "map.needed", map[string]any{"Value": "day"})
}

func TestUses_headersAreRecognised(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	book, err := sheet.Open("odin.csv", strings.NewReader("Incident ID,Incident Date,Victim ID,Administration ID,Dose Count,Survive\n1,2019-01-04,1,1,2,Y\n"), sheet.Options{})
	require.NoError(t, err)
	m, _, err := f.Propose(book, ingest.Uses)
	require.NoError(t, err)
	got := map[ingest.Field]string{}
	for field, c := range m.Fields {
		got[field] = c.Column
	}
	require.Equal(t, map[ingest.Field]string{ingest.FieldIncident: "Incident ID", ingest.FieldDay: "Incident Date", ingest.FieldPerson: "Victim ID",
		ingest.FieldGiven: "Administration ID", ingest.FieldUsedDoses: "Dose Count", ingest.FieldOutcome: "Survive"}, got)
}

// The files of Winnipeg and Pennsylvania give the totals of their catalogue, and
// a second import changes nothing.
func TestUses_realFiles(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, c := range []struct {
			country, file, mapping string
			rows                   int
			levels                 ingest.Levels
			years                  map[string]int64
		}{
			{"CA", "winnipeg_naloxone_2023-12-01.csv", "winnipeg.yaml", 19_905, ingest.Levels{Incidents: 13_347, Persons: 19_905, Administrations: 19_905, Doses: 30_053},
				map[string]int64{"2007": 4, "2008": 265, "2009": 511, "2010": 698, "2011": 776, "2012": 868, "2013": 691, "2014": 846, "2015": 1096, "2016": 2310,
					"2017": 2300, "2018": 1584, "2019": 2018, "2020": 3786, "2021": 4071, "2022": 3631, "2023": 4598}},
			{"US", "pa_odin_2019-08.csv", "odin.yaml", 11_673, ingest.Levels{Incidents: 8_369, Persons: 8_525, Administrations: 5_945, Doses: 8_940},
				map[string]int64{"2018": 5957, "2019": 2983}},
		} {
			f := newFixture(t, s, c.country, c.country)
			f.Importer = ingest.New(s, f.programme, "", thn.MustDate(2024, time.January, 1))
			for _, want := range []map[ingest.Status]int{counts(c.levels.Incidents, 0, 0), counts(0, 0, c.levels.Incidents)} {
				p := f.importReal(t, c.file, c.mapping)
				require.Equal(t, c.rows, p.Rows)
				require.Equal(t, c.levels, p.Uses)
				require.Equal(t, want, p.Counts)
				require.Equal(t, c.years, sums(p, "doses", ""))
				got := f.used(t)
				require.Equal(t, c.levels, ingest.Levels{Incidents: int(got.Incidents), Persons: int(got.Persons), Administrations: int(got.Administrations), Doses: int(got.Doses)})
			}
		}
	})
}
