package gs1_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/fault"
	"thntracker/internal/gs1"
	"thntracker/internal/thn"
)

var today = thn.MustDate(2026, time.November, 23)

func TestParse(t *testing.T) {
	march := thn.MustDate(2027, time.March, 31)
	full := gs1.Code{GTIN: "05012345678900", Lot: "ABC123", Expiry: march, MonthOnly: true}
	day := gs1.Code{GTIN: "05012345678900", Lot: "ABC123", Expiry: thn.MustDate(2027, time.March, 15), Produced: thn.MustDate(2024, time.March, 15)}
	for name, c := range map[string]struct {
		text string
		want gs1.Code
	}{
		"with parentheses":                  {"(01)05012345678900(17)270300(10)ABC123", full},
		"blanks between the parts":          {" (01) 05012345678900 (17) 270300 (10) ABC123 ", full},
		"as a scanner sends it":             {"]d2010501234567890010ABC123\x1d17270300", full},
		"a linear code":                     {"]C1010501234567890017270300" + "10ABC123", full},
		"separator first":                   {"\x1d010501234567890017270300" + "10ABC123", full},
		"separator made visible":            {"010501234567890010ABC123␝17270300", full},
		"to the day, with production":       {"0105012345678900172703151124031510ABC123", day},
		"the serial number is read past":    {"01050123456789001727030010ABC123\x1d21SERIAL99", full},
		"serial number before the lot":      {"0105012345678900" + "21SERIAL99\x1d" + "1727030010ABC123", full},
		"a national number is read past":    {"01050123456789001727030010ABC123\x1d71012345678", full},
		"the same number twice":             {"(01)05012345678900(01)05012345678900(17)270300(10)ABC123", full},
		"a lot with parentheses":            {"(10)A(B)1(17)270300", gs1.Code{Lot: "A(B)1", Expiry: march, MonthOnly: true}},
		"the number under the bars":         {"5012345678900", gs1.Code{GTIN: "05012345678900"}},
		"only a date":                       {"17270300", gs1.Code{Expiry: march, MonthOnly: true}},
		"February of a leap year":           {"17280200", gs1.Code{Expiry: thn.MustDate(2028, time.February, 29), MonthOnly: true}},
		"fifty years ahead":                 {"17760100", gs1.Code{Expiry: thn.MustDate(2076, time.January, 31), MonthOnly: true}},
		"fifty-one ahead is forty-nine ago": {"17770100", gs1.Code{Expiry: thn.MustDate(1977, time.January, 31), MonthOnly: true}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := gs1.Parse(c.text, today)
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(c.want, got, cmp.Comparer(func(a, b thn.Date) bool { return a == b })))
		})
	}
}

func TestParse_saysWhichPartIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ text, key, part string }{
		"nothing":                     {"  ", "gs1.empty", ""},
		"only a mark":                 {"]d2", "gs1.empty", ""},
		"words":                       {"naloxone", "gs1.not_code", "naloxone"},
		"an address":                  {"https://example.org/01/05012345678900", "gs1.not_code", "https://example.org/01/05012345678900"},
		"a slip in the number":        {"(01)05012345678901(17)270300", "gs1.gtin", "(01)05012345678901"},
		"a digit short":               {"(01)0501234567890(17)270300", "gs1.short", "(01)0501234567890"},
		"cut off":                     {"0105012345", "gs1.short", "(01)05012345"},
		"letters in the number":       {"010501234567890X", "gs1.gtin", "(01)0501234567890X"},
		"month 13":                    {"(17)271300", "gs1.date", "(17)271300"},
		"31 February":                 {"(17)270231", "gs1.date", "(17)270231"},
		"month 0 to the day":          {"(17)270015", "gs1.date", "(17)270015"},
		"letters in the date":         {"(17)27MAR1", "gs1.date", "(17)27MAR1"},
		"a lot of 21 signs":           {"(10)ABCDEFGHIJKLMNOPQRSTU", "gs1.lot", "(10)ABCDEFGHIJKLMNOPQRSTU"},
		"a lot that is empty":         {"(10)(17)270300", "gs1.lot", "(10)"},
		"a lot in other letters":      {"(10)ÄB1", "gs1.lot", "(10)ÄB1"},
		"two lots":                    {"(10)A(10)B", "gs1.twice", "(10)B"},
		"expired before it was made":  {"(11)270301(17)260300", "gs1.order", ""},
		"only a serial number":        {"(21)XYZ", "gs1.nothing", ""},
		"a separator inside a number": {"01050123\x1d4567890010AB", "gs1.short", "(01)050123␝4567890010AB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := gs1.Parse(c.text, today)
			fields := fault.FieldsOf(err)
			require.Len(t, fields, 1)
			require.Equal(t, "code", fields[0].Name)
			require.Equal(t, c.key, fields[0].Key)
			require.Equal(t, c.part, fields[0].Args["Part"])
		})
	}
}

// Whatever a box says comes back the same, written either way and in any order.
func TestParse_readsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`[0-9]{13}`).Draw(t, "number")
		want := gs1.Code{GTIN: checked(body), Lot: rapid.StringMatching(`[0-9A-Za-z/.:_-]{1,20}`).Draw(t, "lot")}
		month := today.AddMonths(rapid.IntRange(-580, 580).Draw(t, "months"))
		day := rapid.IntRange(0, 28).Draw(t, "day")
		want.Expiry, want.MonthOnly = month.AddDays(day-1), day == 0
		if day == 0 {
			want.Expiry = month.AddMonths(1).AddDays(-1)
		}
		parts := rapid.Permutation([][2]string{{"01", want.GTIN}, {"10", want.Lot}, {"21", "S1"},
			{"17", fmt.Sprintf("%02d%02d%02d", month.Year()%100, month.Month(), day)}}).Draw(t, "order")
		var raw, bracketed strings.Builder
		for _, p := range parts {
			raw.WriteString(p[0] + p[1])
			if p[0] == "10" || p[0] == "21" {
				raw.WriteString("\x1d")
			}
			bracketed.WriteString("(" + p[0] + ")" + p[1])
		}
		for _, text := range []string{raw.String(), bracketed.String(), gs1.Visible(raw.String()), "]d2" + raw.String()} {
			got, err := gs1.Parse(text, today)
			if err != nil || got != want {
				t.Fatalf("%q gives %+v, %v instead of %+v", text, got, err, want)
			}
		}
	})
}

// checked puts the check digit behind 13 digits.
func checked(body string) string {
	for d := '0'; d <= '9'; d++ {
		if s := body + string(d); gs1.Valid(s) {
			return s
		}
	}
	panic("no check digit fits " + body)
}

func TestSame(t *testing.T) {
	require.True(t, gs1.Same("5012345678900", "05012345678900"))
	require.False(t, gs1.Same("", ""))
	require.False(t, gs1.Same("5012345678900", "4006381333931"))
}

// FuzzParse: nothing that a scanner may send breaks it, and it never keeps what
// it could not have read.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"(01)05012345678900(17)270300(10)ABC123", "]d2010501234567890010ABC123\x1d17270300", "(", "17", "()1", "(999)"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := gs1.Parse(text, today)
		if err != nil {
			require.Len(t, fault.FieldsOf(err), 1)
			return
		}
		require.NotEqual(t, gs1.Code{}, c)
		require.True(t, c.GTIN == "" || len(c.GTIN) == 14 && gs1.Valid(c.GTIN))
		require.LessOrEqual(t, len(c.Lot), 20)
	})
}
