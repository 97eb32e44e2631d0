package sheet

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
)

func TestDateStyle_reads(t *testing.T) {
	t.Parallel()
	none, dmy, mdy := DateStyle{}, DateStyle{Order: DMY}, DateStyle{Order: MDY}
	for _, c := range []struct {
		text  string
		style DateStyle
		want  string
	}{
		{"2018-04-01", none, "2018-04-01"},
		{"2018/4/1", none, "2018-04-01"},
		{"2018.04.01", none, "2018-04-01"},
		{"2021-11-17T15:25:28Z", none, "2021-11-17"},
		{"2021-11-17T15:25:28", none, "2021-11-17"},
		{"2021-11-17T23:59:59-06:00", none, "2021-11-17"},
		{"2021-11-17 15:25", none, "2021-11-17"},
		{"2021-11-17T15:25:28.000", none, "2021-11-17"},
		{"01/04/2018", dmy, "2018-04-01"},
		{"01/04/2018", mdy, "2018-01-04"},
		{"12/31/2019 21:20", mdy, "2019-12-31"},
		{"12/31/2019 9:20 PM", mdy, "2019-12-31"},
		{"31.12.2019", dmy, "2019-12-31"},
		{"1-4-2018", dmy, "2018-04-01"},
		{"1 April 2018", none, "2018-04-01"},
		{"1st Apr 2018", none, "2018-04-01"},
		{"April 1, 2018", none, "2018-04-01"},
		{"Apr. 1 2018", none, "2018-04-01"},
		{"1er avril 2018", none, "2018-04-01"},
		{"1 de abril de 2018", none, "2018-04-01"},
		{"15 août 2018", none, "2018-08-15"},
		{"31-Dec-2019", none, "2019-12-31"},
		{"2020-02-29", none, "2020-02-29"},
		{"43466", DateStyle{Serial: true}, "2019-01-01"},
		{"43466.75", DateStyle{Serial: true}, "2019-01-01"},
		{"43100", DateStyle{Serial: true, From1904: true}, "2022-01-01"},
		{"٢٠١٨-٠٤-٠١", none, "2018-04-01"},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			got, err := c.style.Parse(c.text)
			require.NoError(t, err)
			require.Equal(t, c.want, got.String())
		})
	}
}

func TestDateStyle_refuses(t *testing.T) {
	t.Parallel()
	none, dmy, mdy := DateStyle{}, DateStyle{Order: DMY}, DateStyle{Order: MDY}
	for _, c := range []struct {
		text  string
		style DateStyle
		key   string
		args  map[string]any
	}{
		{"", none, "date", nil},
		{"soon", none, "date", nil},
		{"1 market 2018", none, "date", nil},
		{"43466", none, "date", nil},
		{"0", DateStyle{Serial: true}, "date", nil},
		{"9999999", DateStyle{Serial: true}, "date", nil},
		{"01/04/2018", none, "date_order", nil},
		{"31/12/2019", none, "date_order", nil},
		{"01-01-24", mdy, "date_short_year", nil},
		{"31/06/2019", dmy, "date_impossible", map[string]any{"Day": 31, "Month": "2019-06", "Days": 30}},
		{"2019-06-31", none, "date_impossible", map[string]any{"Days": 30}},
		{"2019-02-29", none, "date_impossible", map[string]any{"Days": 28}},
		{"31 June 2019", none, "date_impossible", map[string]any{"Days": 30}},
		{"0 June 2019", none, "date_impossible", nil},
		{"12/31/2019", dmy, "date_month", map[string]any{"Month": 31}},
		{"2019-13-01", none, "date_month", nil},
		{"0219-01-01", none, "date_year", map[string]any{"Year": 219}},
		{"2999-01-01", none, "date_year", nil},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			_, err := c.style.Parse(c.text)
			refused(t, err, "cell."+c.key, c.args)
		})
	}
}

func TestPeriodStyle_reads(t *testing.T) {
	t.Parallel()
	none, april := PeriodStyle{}, PeriodStyle{FiscalStart: time.April}
	for _, c := range []struct {
		text        string
		style       PeriodStyle
		from, until string
	}{
		{"2018", none, "2018-01-01", "2019-01-01"},
		{"2018.0", none, "2018-01-01", "2019-01-01"},
		{"2018-q1", none, "2018-01-01", "2018-04-01"},
		{"2018 Q4", none, "2018-10-01", "2019-01-01"},
		{"Q2 2018", none, "2018-04-01", "2018-07-01"},
		{"2018T3", none, "2018-07-01", "2018-10-01"},
		{"1er trimestre 2018", none, "2018-01-01", "2018-04-01"},
		{"2.º trimestre de 2018", none, "2018-04-01", "2018-07-01"},
		{"2018-q1-q2", none, "2018-01-01", "2018-07-01"},
		{"2018-h2", none, "2018-07-01", "2019-01-01"},
		{"q3", PeriodStyle{Year: 2018}, "2018-07-01", "2018-10-01"},
		{"2016/17", april, "2016-04-01", "2017-04-01"},
		{"2016/2017", april, "2016-04-01", "2017-04-01"},
		{"2016-17", april, "2016-04-01", "2017-04-01"},
		{"2016-2017", april, "2016-04-01", "2017-04-01"},
		{"2011-12", april, "2011-04-01", "2012-04-01"},
		{"2011/12", april, "2011-04-01", "2012-04-01"},
		{"1999/00", april, "1999-04-01", "2000-04-01"},
		{"2011/12-2016/17", april, "2011-04-01", "2017-04-01"},
		{"2018-12", april, "2018-12-01", "2019-01-01"},
		{"2011-12", none, "2011-12-01", "2012-01-01"},
		{"2019-2023", none, "2019-01-01", "2024-01-01"},
		{"2019–2023", none, "2019-01-01", "2024-01-01"},
		{"2019-23", none, "2019-01-01", "2024-01-01"},
		{"2022-23", PeriodStyle{PairIsSpan: true}, "2022-01-01", "2024-01-01"},
		{"2022-2023", none, "2022-01-01", "2024-01-01"},
		{"2018/03", april, "2018-03-01", "2018-04-01"},
		{"2018-03", none, "2018-03-01", "2018-04-01"},
		{"03/2018", none, "2018-03-01", "2018-04-01"},
		{"Mar 2018", none, "2018-03-01", "2018-04-01"},
		{"marzo de 2018", none, "2018-03-01", "2018-04-01"},
		{"2018 mars", none, "2018-03-01", "2018-04-01"},
		{"Mar", PeriodStyle{Year: 2018}, "2018-03-01", "2018-04-01"},
		{"Jan-Jul 2019", none, "2019-01-01", "2019-08-01"},
		{"2019-12-31", none, "2019-12-31", "2020-01-01"},
		{"31/12/2019", PeriodStyle{Dates: DateStyle{Order: DMY}}, "2019-12-31", "2020-01-01"},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			got, err := c.style.Parse(c.text)
			require.NoError(t, err)
			require.Equal(t, c.from+" "+c.until, got.From.String()+" "+got.Until.String())
		})
	}
}

func TestPeriodStyle_refuses(t *testing.T) {
	t.Parallel()
	none, april := PeriodStyle{}, PeriodStyle{FiscalStart: time.April}
	for _, c := range []struct {
		text  string
		style PeriodStyle
		key   string
	}{
		{"", none, "period"},
		{"always", none, "period"},
		{"Jul 2009-2015/16", april, "period"},
		{"2016/17", none, "period_fiscal"},
		{"2011/12-2016/17", none, "period_fiscal"},
		{"2011/12", none, "period_fiscal"},
		{"2016/18", april, "period"},
		{"2016/2018", april, "period"},
		{"2023-2019", none, "period"},
		{"1900-2000", none, "period"},
		{"2018-q5", none, "period_quarter"},
		{"2018-q0", none, "period_quarter"},
		{"2018-q2-q1", none, "period_quarter"},
		{"Mar", none, "period_year"},
		{"q3", none, "period_year"},
		{"Jul-Jan 2019", none, "period"},
		{"1066", none, "date_year"},
		{"2019-06-31", none, "date_impossible"},
		{"01/04/2018", none, "date_order"},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			_, err := c.style.Parse(c.text)
			refused(t, err, "cell."+c.key, nil)
		})
	}
}

func FuzzPeriodStyle_parse(f *testing.F) {
	for _, s := range []string{"2018", "2016/17", "2018-q1-q2", "2011/12-2016/17", "Jan-Jul 2019", "31/06/2019", "12/31/2019 21:20", "1er avril 2018", "43466"} {
		f.Add(s, 4, false)
		f.Add(s, 0, true)
	}
	f.Fuzz(func(t *testing.T, s string, month int, told bool) {
		style := PeriodStyle{PairIsSpan: told}
		if month >= 1 && month <= 12 {
			style.FiscalStart = time.Month(month)
		}
		if told {
			style.Dates = DateStyle{Order: DMY, Serial: true}
		}
		span, err := style.Parse(s)
		if err != nil {
			if key, _ := fault.Sentence(err); key == "" {
				t.Fatalf("%q: no sentence: %v", s, err)
			}
			return
		}
		if span.Until.String() <= span.From.String() || span.From.Add(0, 0, 0) != span.From {
			t.Fatalf("%q: %v", s, span)
		}
	})
}
