package ingest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/ingest"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

const givenAndAsked = given + `  supply: {column: Again}
  age_band: {column: Age group}
  gender: {column: Gender}
  carriage: {column: Where it is}
`

func (f fixture) asking(asks thn.Asks) fixture {
	f.programme.Asks = asks
	f.Importer = ingest.New(f.store, f.programme, "", today)
	return f
}

func TestDistributions_answersThatSomeProgrammesAsk(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, "XD", "Testland")
		m := mapping(t, givenAndAsked)
		recent, old := today.AddMonths(-3), thn.AnswersFrom(today).AddDays(-1)
		line := func(d thn.Date, rest string) string {
			return d.String()[8:] + "/" + d.String()[5:7] + "/" + d.String()[:4] + ",H1,nasal-4,1," + rest + "\n"
		}
		header := "Date,Site,Product,Kits,Again,Age group,Gender,Where it is\n"
		file := header + line(recent, "spare,25-34,Woman,close at hand") + line(recent, "first,declined,,") + line(old, "first,25-34,Man,")

		_, err := f.planned(t, file, m)
		require.Equal(t, "import.error.forbidden.not_asked", sentence(err))
		_, err = f.asking(thn.Asks{AgeBand: true, Gender: true}).planned(t, file, m)
		require.Equal(t, "import.error.forbidden.not_asked", sentence(err))

		f = f.asking(thn.Asks{AgeBand: true, Gender: true, Carriage: true})
		require.Equal(t, counts(3, 0, 0), f.imported(t, file, m).Counts)
		cells, err := s.Tally(t.Context(), thn.Query{Programme: f.programme.ID, Period: thn.Period{From: old, To: today}, Groups: []thn.Group{thn.ByAgeBand, thn.ByGender, thn.ByCarriage}})
		require.NoError(t, err)
		var got [][3]string
		for _, c := range cells {
			got = append(got, [3]string{c.Keys[thn.ByAgeBand], c.Keys[thn.ByGender], c.Keys[thn.ByCarriage]})
		}
		require.ElementsMatch(t, [][3]string{{"", "", ""}, {"25_34", "woman", "close_at_hand"}, {"declined", "", ""}}, got, "what would be erased tonight is not taken")

		_, err = s.EraseAnswers(t.Context(), f.programme.ID, today)
		require.NoError(t, err)
		require.Equal(t, counts(0, 0, 3), f.imported(t, file, m).Counts, "the same file finds its records after they were emptied")

		p := f.plan(t, header+line(recent, "first,25-34,woman,carrying")+line(recent, "spare,34,woman,"), m)
		require.Equal(t, 2, p.RefusedCount, "there was no kit before; an exact age")
	})
}

// A column that a file has and a programme does not ask is not proposed.
func TestPropose_onlyWhatIsAsked(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	file := "Date,Site,Product,Kits,Age group,Gender\n03/05/2019,H1,nasal-4,1,25-34,woman\n"
	for _, asks := range []thn.Asks{{}, {Gender: true}} {
		m, _, err := f.asking(asks).Propose(open(t, "given.csv", []byte(file), ingest.Mapping{}), ingest.Distributions)
		require.NoError(t, err)
		_, gender := m.Fields[ingest.FieldGender]
		require.Equal(t, asks.Gender, gender)
		require.NotContains(t, m.Fields, ingest.FieldAgeBand)
	}
}

func (f fixture) planned(t *testing.T, content string, m ingest.Mapping) (*ingest.Plan, error) {
	return f.Plan(t.Context(), open(t, "given.csv", []byte(content), m), m, nil)
}

func sentence(err error) string {
	key, _ := fault.Sentence(err)
	return key
}
