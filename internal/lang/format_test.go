package lang_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
	"thntracker/internal/thn"
)

// golden is one thing written in each language.
type golden struct {
	name       string
	write      func(*lang.Locale) string
	en, fr, es string
}

func check(t *testing.T, list []golden) {
	t.Helper()
	c := open(t)
	for _, g := range list {
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			want := map[string]string{"en": g.en, "fr": g.fr, "es": g.es}
			got := map[string]string{}
			for _, code := range lang.Codes {
				got[code] = g.write(c.Locale(code))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
}

func day(t *testing.T, text string) thn.Date {
	t.Helper()
	d, err := thn.ParseDate(text)
	require.NoError(t, err)
	return d
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	whole := func(n any) func(*lang.Locale) string {
		return func(l *lang.Locale) string { return l.Number(n) }
	}
	decimal := func(v float64, places int) func(*lang.Locale) string {
		return func(l *lang.Locale) string { return l.Decimal(v, places) }
	}
	check(t, []golden{
		{"none", whole(0), "0", "0", "0"},
		{"three digits", whole(int64(999)), "999", "999", "999"},
		{"four digits", whole(1234), "1,234", "1\u202f234", "1.234"},
		{"a million", whole(1_000_000), "1,000,000", "1\u202f000\u202f000", "1.000.000"},
		{"below none", whole(-1234), "-1,234", "-1\u202f234", "-1.234"},
		{"one place", decimal(1234.5, 1), "1,234.5", "1\u202f234,5", "1.234,5"},
		{"two places", decimal(0.125, 2), "0.13", "0,13", "0,13"},
		{"kept nought", decimal(7, 1), "7.0", "7,0", "7,0"},
		{"half goes up", decimal(2.5, 0), "3", "3", "3"},
	})
}

func TestDays(t *testing.T) {
	t.Parallel()
	date := func(text string) func(*lang.Locale) string {
		return func(l *lang.Locale) string { return l.Date(day(t, text)) }
	}
	month := func(text string) func(*lang.Locale) string {
		return func(l *lang.Locale) string { return l.Month(day(t, text)) }
	}
	check(t, []golden{
		{"a day", date("2026-11-23"), "23 November 2026", "23 novembre 2026", "23 de noviembre de 2026"},
		{"first of a month", date("2026-08-01"), "1 August 2026", "1er août 2026", "1 de agosto de 2026"},
		{"eleventh", date("2026-01-11"), "11 January 2026", "11 janvier 2026", "11 de enero de 2026"},
		{"leap day", date("2028-02-29"), "29 February 2028", "29 février 2028", "29 de febrero de 2028"},
		{"no day", func(l *lang.Locale) string { return l.Date(thn.Date{}) }, "", "", ""},
		{"month", month("2026-11-23"), "November 2026", "novembre 2026", "noviembre de 2026"},
	})
}

// An axis has room for a month only without its full stop.
func TestMonthsOnAnAxis(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec ",
		"fr": "janv févr mars avr mai juin juil août sept oct nov déc ",
		"es": "ene feb mar abr may jun jul ago sept oct nov dic ",
	}
	c := open(t)
	for _, code := range lang.Codes {
		got := ""
		for m := time.January; m <= time.December; m++ {
			got += c.Locale(code).MonthShort(thn.Month(2026, m).From) + " "
		}
		require.Equal(t, want[code], got, code)
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	period := func(p thn.Period) func(*lang.Locale) string {
		return func(l *lang.Locale) string { return l.Period(p) }
	}
	financial := func(p thn.Period) func(*lang.Locale) string {
		return func(l *lang.Locale) string { return l.Financial(p) }
	}
	days := func(from, to string) thn.Period {
		p, err := thn.NewPeriod(day(t, from), day(t, to))
		require.NoError(t, err)
		return p
	}
	check(t, []golden{
		{"month", period(thn.Month(2026, time.March)), "March 2026", "mars 2026", "marzo de 2026"},
		{"quarter", period(thn.Quarter(2026, 1)), "January to March 2026", "janvier à mars 2026", "enero a marzo de 2026"},
		{"last quarter", period(thn.Quarter(2026, 4)), "October to December 2026", "octobre à décembre 2026", "octubre a diciembre de 2026"},
		{"year", period(thn.YearFrom(2026, time.January)), "2026", "2026", "2026"},
		{"twelve months", period(thn.YearFrom(2025, time.April)), "April 2025 to March 2026", "avril 2025 à mars 2026", "abril de 2025 a marzo de 2026"},
		{"financial year", financial(thn.YearFrom(2025, time.April)), "2025/26", "2025/26", "2025/26"},
		{"over a century", financial(thn.YearFrom(2099, time.July)), "2099/00", "2099/00", "2099/00"},
		{"days", period(days("2026-03-05", "2026-04-02")), "5 March 2026 to 1 April 2026", "du 5 mars 2026 au 1er avril 2026", "del 5 de marzo de 2026 al 1 de abril de 2026"},
		{"five months", period(days("2026-01-01", "2026-06-01")), "1 January 2026 to 31 May 2026", "du 1er janvier 2026 au 31 mai 2026", "del 1 de enero de 2026 al 31 de mayo de 2026"},
	})
}

func TestCounted(t *testing.T) {
	t.Parallel()
	group := func(n any) func(*lang.Locale) string {
		return func(l *lang.Locale) string { return l.N("give.saved_group", n, "Site", "Centre") }
	}
	check(t, []golden{
		{"none", group(0), "Saved: 0 kits for a group, Centre.", "Enregistré\u00a0: 0 trousse pour un groupe, Centre.", "Guardado: 0 kits para un grupo, Centre."},
		{"one", group(1), "Saved: 1 kit for a group, Centre.", "Enregistré\u00a0: 1 trousse pour un groupe, Centre.", "Guardado: 1 kit para un grupo, Centre."},
		{"two", group(int64(2)), "Saved: 2 kits for a group, Centre.", "Enregistré\u00a0: 2 trousses pour un groupe, Centre.", "Guardado: 2 kits para un grupo, Centre."},
		{"a million", group(1_000_000), "Saved: 1,000,000 kits for a group, Centre.", "Enregistré\u00a0: 1\u202f000\u202f000 de trousses pour un groupe, Centre.", "Guardado: 1.000.000 de kits para un grupo, Centre."},
	})
}
