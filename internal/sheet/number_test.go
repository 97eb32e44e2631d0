package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
)

func exactly(units int64, places int) Number {
	d := Decimal{Units: units, Places: places}
	return Number{Low: d, High: d}
}

func between(low, high int64) Number {
	return Number{Low: Decimal{Units: low}, High: Decimal{Units: high}}
}

func with(n Number, change func(*Number)) Number {
	change(&n)
	return n
}

func approximate(n *Number) { n.Approximate = true }
func percent(n *Number)     { n.Percent = true }
func money(n *Number)       { n.Money = true }
func open(n *Number)        { n.Open = true }

// Every way of writing here was seen in a real file or is its nearest relative.
func TestNumberStyle_reads(t *testing.T) {
	t.Parallel()
	comma := NumberStyle{DecimalComma: true}
	told := NumberStyle{Missing: []string{"999"}, Zero: []string{"–"}, Hidden: []string{"s"}, Unknown: []string{"?"}}
	cases := []struct {
		text  string
		style NumberStyle
		want  Number
	}{
		{"0", NumberStyle{}, exactly(0, 0)},
		{"5", NumberStyle{}, exactly(5, 0)},
		{" 5\u00a0", NumberStyle{}, exactly(5, 0)},
		{"007", NumberStyle{}, exactly(7, 0)},
		{"2,730", NumberStyle{}, exactly(2730, 0)},
		{"308,745,538", NumberStyle{}, exactly(308745538, 0)},
		{"23,851.20", NumberStyle{}, exactly(238512, 1)},
		{"8.0", NumberStyle{}, exactly(8, 0)},
		{"236.5", NumberStyle{}, exactly(2365, 1)},
		{"1 234", NumberStyle{}, exactly(1234, 0)},
		{"1\u202f234", NumberStyle{}, exactly(1234, 0)},
		{"1'234", NumberStyle{}, exactly(1234, 0)},
		{"0.0227710594", NumberStyle{}, exactly(227710594, 10)},
		{"1.234,5", comma, exactly(12345, 1)},
		{"1.234", comma, exactly(1234, 0)},
		{"1,5", comma, exactly(15, 1)},
		{"1 234,5", comma, exactly(12345, 1)},
		{"-3", NumberStyle{}, exactly(-3, 0)},
		{"−3", NumberStyle{}, exactly(-3, 0)},
		{"(3)", NumberStyle{}, exactly(-3, 0)},
		{"١٢٣", NumberStyle{}, exactly(123, 0)},
		{"$1,200.50", NumberStyle{}, with(exactly(12005, 1), money)},
		{"12 €", comma, with(exactly(12, 0), money)},
		{"59.17%", NumberStyle{}, with(exactly(5917, 2), percent)},
		{"<1%", NumberStyle{}, with(between(0, 1), percent)},
		{"approximately 100", NumberStyle{}, with(exactly(100, 0), approximate)},
		{"c. 100", NumberStyle{}, with(exactly(100, 0), approximate)},
		{"~100", NumberStyle{}, with(exactly(100, 0), approximate)},
		{"environ 100", NumberStyle{}, with(exactly(100, 0), approximate)},
		{"<5", NumberStyle{}, between(1, 4)},
		{"< 5", NumberStyle{}, between(1, 4)},
		{"fewer than 10", NumberStyle{}, between(1, 9)},
		{"moins de 5", NumberStyle{}, between(1, 4)},
		{"≤5", NumberStyle{}, between(1, 5)},
		{"<=4", NumberStyle{}, between(1, 4)},
		{"<2", NumberStyle{}, between(1, 1)},
		{"<0.2", NumberStyle{}, Number{High: Decimal{2, 1}}},
		{"1-4", NumberStyle{}, between(1, 4)},
		{"1 – 4", NumberStyle{}, between(1, 4)},
		{"1 to 4", NumberStyle{}, between(1, 4)},
		{"1 à 4", NumberStyle{}, between(1, 4)},
		{"1,000-2,000", NumberStyle{}, between(1000, 2000)},
		{"0.2 - 0.4", NumberStyle{}, Number{Low: Decimal{2, 1}, High: Decimal{4, 1}}},
		{">0.6", NumberStyle{}, with(exactly(6, 1), open)},
		{"5+", NumberStyle{}, with(exactly(5, 0), open)},
		{"", NumberStyle{}, Number{State: Missing}},
		{" \u00a0", NumberStyle{}, Number{State: Missing}},
		{"NA", NumberStyle{}, Number{State: Missing}},
		{"n/a", NumberStyle{}, Number{State: Missing}},
		{"NULL", NumberStyle{}, Number{State: Missing}},
		{".", NumberStyle{}, Number{State: Missing}},
		{"999", NumberStyle{}, exactly(999, 0)},
		{"999", told, Number{State: Missing}},
		{"–", told, Number{}},
		{"Unknown", NumberStyle{}, Number{State: Unknown}},
		{"uu", NumberStyle{}, Number{State: Unknown}},
		{"?", told, Number{State: Unknown}},
		{"suppressed", NumberStyle{}, Number{State: Hidden}},
		{"*", NumberStyle{}, Number{State: Hidden}},
		{"S", told, Number{State: Hidden}},
	}
	for _, c := range cases {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			got, err := c.style.Parse(c.text)
			require.NoError(t, err)
			c.want.Text = Clean(c.text)
			require.Empty(t, cmp.Diff(c.want, got))
		})
	}
}

func TestNumberStyle_refuses(t *testing.T) {
	t.Parallel()
	comma := NumberStyle{DecimalComma: true}
	for _, c := range []struct {
		text  string
		style NumberStyle
		key   string
	}{
		{"many", NumberStyle{}, "number"},
		{"5 kits", NumberStyle{}, "number"},
		{"S", NumberStyle{}, "number"},
		{"NaN", NumberStyle{}, "number"},
		{"Inf", NumberStyle{}, "number"},
		{"0x10", NumberStyle{}, "number"},
		{"1_000", NumberStyle{}, "number"},
		{"3-", NumberStyle{}, "number"},
		{"--3", NumberStyle{}, "number"},
		{"-", NumberStyle{}, "number_dash"},
		{"—", NumberStyle{}, "number_dash"},
		{"1,5", NumberStyle{}, "number_style"},
		{"1.234,5", NumberStyle{}, "number_style"},
		{"1,23,456", NumberStyle{}, "number_style"},
		{"1.234.567", NumberStyle{}, "number_style"},
		{"236.5", comma, "number_style"},
		{"1.06E+06", NumberStyle{}, "number_shortened"},
		{"1,06E+06", comma, "number_shortened"},
		{"1234567890123456", NumberStyle{}, "number_long"},
		{"0.1234567890123456", NumberStyle{}, "number_long"},
		{"<1", NumberStyle{}, "number_bound"},
		{"<0", NumberStyle{}, "number_bound"},
		{"<-5", NumberStyle{}, "number_bound"},
		{"4-1", NumberStyle{}, "number_bound"},
		{"<five", NumberStyle{}, "number"},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			_, err := c.style.Parse(c.text)
			refused(t, err, "cell."+c.key, map[string]any{"Value": c.text})
			require.True(t, fault.Is(err, fault.Invalid))
		})
	}
}

func TestNumber_counts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text      string
		low, high int64 // in halves
		halves    string
		whole     string
	}{
		{"5", 10, 10, "", ""},
		{"8.0", 16, 16, "", ""},
		{"236.5", 473, 473, "", "number_whole"},
		{"<5", 2, 8, "", ""},
		{"0", 0, 0, "", ""},
		{"1-2.5", 2, 5, "", "number_whole"},
		{"0.25", 0, 0, "number_half", "number_whole"},
		{"1.234", 0, 0, "number_half", "number_whole"},
		{"<0.2", 0, 0, "number_half", "number_whole"},
		{"-3", 0, 0, "number_negative", "number_negative"},
		{"48%", 0, 0, "number_percent", "number_percent"},
		{"<1%", 0, 0, "number_percent", "number_percent"},
		{"$5", 0, 0, "number_money", "number_money"},
		{"about 100", 0, 0, "number_approximate", "number_approximate"},
		{"5+", 0, 0, "number_open", "number_open"},
		{"NA", 0, 0, "number_missing", "number_missing"},
		{"*", 0, 0, "number_missing", "number_missing"},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			n, err := NumberStyle{}.Parse(c.text)
			require.NoError(t, err)
			low, high, err := n.Halves()
			checkCount(t, err, c.halves, [2]int64{c.low, c.high}, [2]int64{low, high})
			low, high, err = n.Whole()
			checkCount(t, err, c.whole, [2]int64{c.low / 2, c.high / 2}, [2]int64{low, high})
		})
	}
}

func checkCount(t *testing.T, err error, key string, want, got [2]int64) {
	t.Helper()
	if key != "" {
		refused(t, err, "cell."+key, nil)
		return
	}
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestDecimal_float(t *testing.T) {
	t.Parallel()
	require.Equal(t, 0.0227710594, Decimal{227710594, 10}.Float())
}

func FuzzNumberStyle_parse(f *testing.F) {
	for _, s := range []string{"23,851.20", "<5", "1-4", "(3)", "≤٥", "approximately 100", "<1%", "1.06E+06", "$5", "c.5"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, comma bool) {
		n, err := NumberStyle{DecimalComma: comma}.Parse(s)
		if err != nil {
			if key, _ := fault.Sentence(err); key == "" {
				t.Fatalf("%q: no sentence: %v", s, err)
			}
			return
		}
		if n.High.less(n.Low) {
			t.Fatalf("%q: bounds cross: %+v", s, n)
		}
		low, high, err := n.Halves()
		if err == nil && (low < 0 || high < low) {
			t.Fatalf("%q: %d to %d halves", s, low, high)
		}
	})
}
