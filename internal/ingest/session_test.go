package ingest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/ingest"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

const sessions = "Session,Date,Site,How,Trainer role,Who came,How many\n" +
	"S1,03/05/2019,Harbour Exchange,Group,Nurse,People at risk,12\n" +
	"S1,03/05/2019,H1,Group,Nurse,Friends and family,3\n" +
	",04/05/2019,H1,One to one,,,1\n" +
	",04/05/2019,H1,One to one,,,1\n" +
	",Total,,,,,17\n"

func (f fixture) trained(t *testing.T) (n, people int64) {
	t.Helper()
	cells, err := f.store.Trainings(t.Context(), thn.TrainingQuery{Programme: f.programme.ID, Period: thn.Period{From: thn.MustDate(2000, 1, 1), To: thn.MustDate(2100, 1, 1)}})
	require.NoError(t, err)
	return cells[0].Sessions, cells[0].People
}

func TestTrainings_rowsOfOneNumberAreOneSession(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, "XD", "Testland")
		m := example(t, "training.yaml")
		p := f.imported(t, sessions, m)
		require.Equal(t, counts(3, 0, 0), p.Counts)
		require.Equal(t, 1, p.SkippedCount)
		require.Equal(t, ingest.Item{Row: 2, Status: ingest.StatusNew, Values: []string{"03/05/2019", "Harbour Exchange", "group", "people_at_risk + family_friends", "12 + 3"}}, p.Items[0])
		for range 2 {
			n, people := f.trained(t)
			require.Equal(t, [2]int64{3, 17}, [2]int64{n, people})
			require.Equal(t, counts(0, 0, 3), f.imported(t, sessions, m).Counts)
		}
		p = f.imported(t, strings.Replace(sessions, "People at risk,12", "People at risk,10", 1), m)
		require.Equal(t, counts(0, 1, 2), p.Counts)
		n, people := f.trained(t)
		require.Equal(t, [2]int64{3, 15}, [2]int64{n, people}, "the author corrected the session")
	})
}

func TestTrainings_refusals(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := example(t, "training.yaml")
	for name, c := range map[string]struct{ from, to, key string }{
		"another day under one number":  {"S1,03/05/2019,H1", "S1,05/05/2019,H1", "import.error.row.same_key"},
		"one audience twice":            {"Friends and family,3", "People at risk,3", "import.error.row.same_key"},
		"nobody":                        {"Friends and family,3", "Friends and family,0", "import.error.cell.people_range"},
		"more than a hall holds":        {"Friends and family,3", "Friends and family,1000", "import.error.cell.people_range"},
		"no count":                      {"Friends and family,3", "Friends and family,", "import.error.cell.needed"},
		"a day to come":                 {"04/05/2019,H1,One to one,,,1\n,Total", "04/05/2099,H1,One to one,,,1\n,Total", "import.error.cell.day_future"},
		"a site that is not registered": {"Harbour Exchange", "Nowhere at all", "import.error.cell.site_unknown"},
	} {
		p := f.plan(t, strings.Replace(sessions, c.from, c.to, 1), m)
		require.NotEmpty(t, p.Refused, name)
		require.Equal(t, c.key, p.Refused[0].Key, name)
	}
	m.Fields[ingest.FieldTrainer] = ingest.Column{Value: "nurse"}
	_, err := f.Plan(t.Context(), open(t, "sessions.csv", []byte(strings.Replace(sessions, "Trainer role", "Participant name", 1)), m), m, nil)
	require.Error(t, err, "who was there is counted, not listed")
}

func TestTrainings_proposesByHeaders(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	content := "Date,Site,Method,Trainer,Audience,Attendees\n13/05/2019,H1,group,nurse,staff,4\n"
	m, _, err := f.Propose(open(t, "sessions.csv", []byte(content), ingest.Mapping{}), ingest.Trainings)
	require.NoError(t, err)
	require.NoError(t, m.Check())
	require.Len(t, m.Fields, 6)
	require.Equal(t, "Attendees", m.Fields[ingest.FieldPeople].Column)
}
