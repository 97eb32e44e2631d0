package report_test

import (
	"os"
	"slices"
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
		require.NotEmpty(t, i.Source.Source, i.Key)
		require.True(t, i.Source == report.Proposed || strings.HasPrefix(i.Source.URL, "http"), "%s: the source has an address", i.Key)
		for _, code := range lang.Codes {
			for _, key := range []string{i.NameKey(), i.DefinitionKey(), i.TrapKey(), i.FormulaKey(), i.Unit} {
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
				requireUnits(t, i, table)
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

// requireUnits tells whether every ratio of a table names what it divides, by a
// conversion that has a name, and every sum has parts that count the same.
func requireUnits(t *testing.T, i report.Indicator, table report.Table) {
	t.Helper()
	for at, c := range table.Columns {
		where := i.Key + ", " + c.Label.Code
		require.NotEmpty(t, c.Measure, where)
		require.Equal(t, c.Measure == report.MeasureRatio, c.Num != "", where)
		require.Equal(t, c.Num != "", c.Den != "", where)
		named := c.Num == c.Den || slices.ContainsFunc(report.Conversions, func(x report.Conversion) bool { return x.Num == c.Num && x.Den == c.Den })
		require.True(t, named, "%s divides %s by %s, and no conversion is named so", where, c.Num, c.Den)
		for _, p := range table.Parts(at) {
			require.Equal(t, c.Measure, table.Columns[p].Measure, where)
		}
		for _, r := range table.Rows {
			if k := r.Cells[at].Kind(); k == report.KindRatio || k == report.KindInterval {
				require.Equal(t, report.MeasureRatio, c.Measure, "%s holds a ratio", where)
			}
		}
	}
	for _, u := range table.Denominators {
		require.Contains(t, i.Denominators, u.Kind, i.Key)
	}
}

// What an entry says it counts is what its tables hold.
func TestIndicators_measuresAreThoseOfTheirTables(t *testing.T) {
	t.Parallel()
	p, _, _ := harbour(t, storetest.SQLite(t))
	for _, i := range report.Indicators {
		require.NotEmpty(t, i.Num, i.Key)
		ok := false
		for _, c := range p.build(i.Key, p.spec(winter, report.ByNone)).Columns {
			ok = ok || i.Den == "" && c.Measure == i.Num || i.Den != "" && c.Num == i.Num && c.Den == i.Den
		}
		require.True(t, ok, "%s: no column of %s over %s", i.Key, i.Num, i.Den)
		for _, code := range lang.Codes {
			for _, m := range []report.Measure{i.Num, i.Den} {
				require.True(t, m == "" || words(t, code).Has("measure."+string(m)), "measure.%s in %s", m, code)
			}
		}
	}
}
