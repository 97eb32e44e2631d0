package report_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
)

func TestIndicators_areWholeEntries(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, i := range report.Indicators {
		require.False(t, seen[i.Key], "%s twice", i.Key)
		seen[i.Key] = true
		require.NotEmpty(t, i.Ref, i.Key)
		require.Positive(t, i.Version, i.Key)
		require.NotEmpty(t, i.Source.Source, i.Key)
		require.True(t, i.Source == report.Proposed || strings.HasPrefix(i.Source.URL, "http"), "%s: the source has an address", i.Key)
		for _, code := range lang.Codes {
			for _, key := range []string{i.NameKey(), i.DefinitionKey(), i.TrapKey(), i.Unit} {
				require.NotContains(t, words(t, code).T(key), "⟦", "%s in %s", key, code)
			}
		}
	}
}

// Every text that a table can name is in the catalogue of every language itself,
// not only in the one that stands in.
func TestLabels_areInEveryLanguage(t *testing.T) {
	t.Parallel()
	c, err := catalogue()
	require.NoError(t, err)
	have := map[string]map[string]bool{}
	for _, code := range lang.Codes {
		have[code] = map[string]bool{}
		for _, key := range c.Keys(code) {
			have[code][key] = true
		}
	}
	for _, key := range namedKeys(t) {
		for _, code := range lang.Codes {
			require.True(t, have[code][key], "%s is not in %s", key, code)
		}
	}
}

// namedKeys reads the keys that this package's code spells out.
func namedKeys(t *testing.T) (keys []string) {
	t.Helper()
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		code, err := os.ReadFile(f.Name())
		require.NoError(t, err)
		for _, part := range strings.Split(string(code), `"`) {
			if strings.HasPrefix(part, "report.") && !strings.HasSuffix(part, ".") && !strings.ContainsAny(part, " ()") {
				keys = append(keys, part)
			}
		}
	}
	require.Greater(t, len(keys), 30)
	for _, by := range report.Splits {
		keys = append(keys, "report.by."+string(by), "report.row.not_divided."+string(by))
	}
	return keys
}

func TestBuild_everyIndicatorAndSplit(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, _, _ := harbour(t, s)
		p.total("East", winter, 20)
		for _, i := range report.Indicators {
			for _, by := range append([]report.By{report.ByNone}, i.Splits...) {
				table := p.build(i.Key, p.spec(winter, by))
				require.Equal(t, i.Key, table.Name)
				require.Equal(t, []string{i.Key}, table.Definitions)
				require.NotEmpty(t, table.Rows, "%s by %s", i.Key, by)
				for _, r := range table.Rows {
					require.Len(t, r.Cells, len(table.Columns), "%s by %s, %s", i.Key, by, r.Label.Code)
				}
				requireSaid(t, table)
			}
		}
	})
}

// requireSaid tells whether every label of a table has words.
func requireSaid(t *testing.T, table report.Table) {
	t.Helper()
	labels := append(append([]report.Label{table.RowHead}, table.Notes...), table.Missing...)
	for _, c := range table.Columns {
		labels = append(labels, c.Label)
	}
	for _, r := range table.Rows {
		labels = append(append(labels, r.Label), r.Marks...)
	}
	for _, code := range lang.Codes {
		for _, l := range labels {
			said := report.Say(words(t, code), l)
			require.NotEmpty(t, said, "%+v", l)
			require.NotContains(t, said, "⟦")
			require.NotContains(t, said, "<no value>")
		}
	}
}

func TestBuild_refuses(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := newPlace(t, s, "XL", 1)
	_, err := report.Build(t.Context(), s, "lives-saved", p.spec(winter, report.ByNone))
	require.True(t, fault.Is(err, fault.NotFound))
	key, args := fault.Sentence(err)
	require.Equal(t, "There is no report “lives-saved”. Choose one of: "+strings.Join(report.Keys(), ", ")+".",
		words(t, "en").Args(key, args))
	_, err = report.Build(t.Context(), s, "reach", p.spec(winter, report.ByMonth))
	require.True(t, fault.Is(err, fault.Invalid))
	_, err = report.Build(t.Context(), s, "kits", p.spec(winter, "postcode"))
	require.True(t, fault.Is(err, fault.Invalid))
	_, err = report.Build(t.Context(), storetest.Broken(t), "kits", p.spec(winter, report.ByNone))
	require.Error(t, err)
}
