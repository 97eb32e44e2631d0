package report_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
	"thntracker/internal/thn"
)

func TestRatio_Round(t *testing.T) {
	t.Parallel()
	percent := func(num, den int64) report.Ratio {
		return report.Ratio{Num: 2 * thn.Halves(num), Den: 2 * thn.Halves(den), Per: 100}
	}
	for name, c := range map[string]struct {
		ratio  report.Ratio
		places int
		want   string
	}{
		"half up, once":              {percent(1017, 3996), 0, "25"}, // 25.4505: through 25.5 it would be 26
		"the same with a place":      {percent(1017, 3996), 1, "25.5"},
		"exactly half goes up":       {percent(1, 8), 0, "13"},
		"half below zero goes up":    {percent(-1, 8), 0, "-12"},
		"below zero":                 {percent(-3, 9), 1, "-33.3"},
		"zero":                       {percent(0, 7), 2, "0.00"},
		"less than one":              {percent(1, 2000), 2, "0.05"},
		"half kits":                  {report.Ratio{Num: 473, Den: 4, Per: 1}, 2, "118.25"},
		"a quarter scaled to a year": {report.Ratio{Num: 14, Den: 100, Per: 100, Over: report.Span{Parts: 3, InYear: 12}}, 1, "56.0"},
		"every person on earth":      {report.Ratio{Num: 16_000_000_000, Den: 2, Per: 100_000}, 2, "800000000000000.00"},
		"no denominator":             {percent(5, 0), 1, "0.0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, c.ratio.Round(c.places).String())
		})
	}
}

func TestSpanOf_twelveMonthsAreAYear(t *testing.T) {
	t.Parallel()
	require.Equal(t, report.Span{Parts: 12, InYear: 12}, report.SpanOf(thn.YearFrom(2024, 4)), "a leap day does not change a year")
	require.Equal(t, report.Span{Parts: 40, InYear: 1461}, report.SpanOf(thn.Period{From: thn.MustDate(2026, 1, 3), To: thn.MustDate(2026, 1, 13)}))
}

func TestCell_isOneThing(t *testing.T) {
	t.Parallel()
	exact := report.Ratio{Num: 4, Den: 8, Per: 100}
	for name, c := range map[string]struct {
		cell  report.Cell
		kind  report.Kind
		known bool
	}{
		"zero cell":      {report.Cell{}, report.KindNotReported, false},
		"number":         {report.Number(0), report.KindCount, true},
		"half":           {report.Counted(thn.Count{Low: 3, High: 3}), report.KindCount, true},
		"bounds":         {report.Counted(thn.Count{Low: 2, High: 8}), report.KindRange, true},
		"ratio":          {report.Divided(report.Interval{Value: exact, Low: exact, High: exact, Valued: true}), report.KindRatio, true},
		"interval":       {report.Divided(report.Interval{Low: exact, High: exact}), report.KindInterval, true},
		"words":          {report.Worded(report.Label{Text: "x"}), report.KindText, false},
		"masked":         {report.Masked(), report.KindMasked, false},
		"no denominator": {report.NoDenominator(), report.KindNoDenominator, false},
		"not applicable": {report.NotApplicable(), report.KindNotApplicable, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.kind, c.cell.Kind())
			require.Equal(t, c.known, c.cell.Known())
			if !c.known {
				require.Zero(t, c.cell.Count(), "a cell without a number carries none")
				require.Zero(t, c.cell.Ratio())
			}
		})
	}
}

func TestShow_inEveryLanguage(t *testing.T) {
	t.Parallel()
	column := report.Column{Places: 1}
	ratio := report.Divided(report.Interval{Value: report.Ratio{Num: 2, Den: 6, Per: 10000}, Low: report.Ratio{Num: 2, Den: 8, Per: 10000},
		High: report.Ratio{Num: 2, Den: 4, Per: 10000}, Valued: true})
	for code, want := range map[string][]string{
		"en": {"12,345", "236.5", "1–4", "3,333.3 (2,500.0–5,000.0)", "too few to show"},
		"fr": {"12 345", "236,5", "1–4", "3 333,3 (2 500,0–5 000,0)", "trop peu pour être montré"},
		"es": {"12.345", "236,5", "1–4", "3.333,3 (2.500,0–5.000,0)", "muy pocos para mostrarlos"},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, c := range []report.Cell{report.Number(12345), report.Counted(thn.Count{Low: 473, High: 473}), report.Counted(thn.Count{Low: 2, High: 8}), ratio, report.Masked()} {
				got = append(got, report.Show(words(t, code), column, c))
			}
			require.Equal(t, want, plainBlanks(got))
		})
	}
}

// plainBlanks makes the no-break blanks of French visible as blanks.
func plainBlanks(list []string) (out []string) {
	for _, s := range list {
		plain := []rune(s)
		for i, r := range plain {
			if r == '\u00a0' || r == '\u202f' {
				plain[i] = ' '
			}
		}
		out = append(out, string(plain))
	}
	return out
}
