package ingest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

const surveyFile = "Question,Who was asked,Area,From,To,Said yes,Asked,Times back,Source,Link\n" +
	"Carried on the day,people given naloxone in the past year,North,01/04/2011,31/03/2012,27,169,,NESI,https://example.org/nesi\n" +
	"Carried on the day,people given naloxone in the past year,North,01/04/2013,31/03/2014,39,741,,NESI,https://example.org/nesi\n" +
	"Came back,participants,Testland,01/06/2014,31/12/2018,958,,\"2,303\",Oslo,\n"

func TestSurveys_fileIsReadOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, "XD", "Testland")
		m := example(t, "surveys.yaml")
		require.Equal(t, counts(3, 0, 0), f.imported(t, surveyFile, m).Counts)
		require.Equal(t, counts(0, 0, 3), f.plan(t, surveyFile, m).Counts)
		p := f.imported(t, strings.Replace(surveyFile, ",39,741,", ",40,741,", 1), m)
		require.Equal(t, counts(0, 1, 2), p.Counts)
		require.Equal(t, "39", p.Items[1].Was)
		list, err := s.Surveys(t.Context(), f.programme.ID)
		require.NoError(t, err)
		require.Len(t, list, 3)
		for _, x := range list {
			if x.Question == thn.CameBack {
				require.Equal(t, []int64{958, 0, 2303}, []int64{x.Yes, x.Asked, x.Returns})
				continue
			}
			require.Equal(t, "people given naloxone in the past year", x.Sample)
			require.Contains(t, []thn.Period{thn.YearFrom(2011, time.April), thn.YearFrom(2013, time.April)}, x.Period)
		}
	})
}

func TestSurveys_refusals(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	m := example(t, "surveys.yaml")
	head := surveyFile[:strings.Index(surveyFile, "\n")+1]
	for row, key := range map[string]string{
		"Carried on the day,people,North,01/04/2011,31/03/2012,170,169,,NESI,":                             "import.error.row.survey",
		"Carried on the day,people,North,01/04/2011,31/03/2012,27,169,30,NESI,":                            "import.error.row.survey",
		"Carried on the day,,North,01/04/2011,31/03/2012,27,169,,NESI,":                                    "import.error.row.definition",
		"Carried on the day,people,North,01/04/2011,31/03/2012,27,169,,,":                                  "import.error.row.source",
		"Why not,people,North,01/04/2011,31/03/2012,27,169,,NESI,":                                         "import.error.cell.code",
		"Carried on the day,people,North,01/04/2011,31/03/2012,1.5,169,,NESI,":                             "import.error.cell.number_whole",
		"Came back,p,North,01/04/2011,31/03/2012,5,9,,S,\nCame back,p,North,01/04/2011,31/03/2012,6,9,,S,": "import.error.row.same_scope",
	} {
		p := f.plan(t, head+row+"\n", m)
		require.Len(t, p.Refused, 1, row)
		require.Equal(t, key, p.Refused[0].Key, row)
	}
	m.Numbers.HiddenMeans = []int64{1, 4}
	p := f.plan(t, head+"Carried on the day,people,North,01/04/2011,31/03/2012,<5,40,,NESI,\n", m)
	require.Equal(t, "import.error.row.survey_hidden", p.Refused[0].Key)
}
