package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// clockwork is a place whose clock the test sets.
func clockwork(t *testing.T, url string, now *time.Time) *place {
	s, err := store.Open(t.Context(), url, store.Options{Now: func() time.Time { return *now }, AuditKey: storetest.Key})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return newPlace(t, s, "XA", int(april))
}

// reading builds a figure as it stood.
func (p *place) reading(key string) report.Reading {
	return func(spec report.Spec) (report.Table, error) {
		return report.Build(p.t.Context(), p.store.At(spec.AsAt), key, spec)
	}
}

func (p *place) revise(key, column string, spec report.Spec, days [2]time.Time) report.Table {
	p.t.Helper()
	table, err := report.Revise(key, column, spec, days[0], days[1], p.reading(key))
	require.NoError(p.t, err)
	return table
}

// Scotland published 8,397 kits for 2017/18 and a year later 8,555.
func TestRevise_scotland(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		days := [2]time.Time{time.Date(2018, time.March, 29, 12, 0, 0, 0, time.UTC), time.Date(2019, time.November, 26, 12, 0, 0, 0, time.UTC)}
		clock := days[0]
		p := clockwork(t, url, &clock)
		year := thn.YearFrom(2017, april)
		old := thn.NewID()
		p.total("XA", year, 8397, func(x *thn.PeriodTotal) { x.ID = old })
		p.total("XA", thn.YearFrom(2016, april), 8159)
		clock = days[1]
		p.total("XA", year, 8555, func(x *thn.PeriodTotal) { x.Corrects = old })
		p.total("XA", thn.YearFrom(2018, april), 12135)
		table := p.revise("kits", "", p.spec(years(2016, 2019, april), report.ByFiscal), days)
		require.Equal(t, "158", shown(t, table, "2017/18", "difference"))
		require.Equal(t, "8,397", shown(t, table, "2017/18", "then"))
		require.Equal(t, "8,555", shown(t, table, "2017/18", "now"))
		require.Equal(t, "1.9", shown(t, table, "2017/18", "difference_share"))
		require.Equal(t, "not reported", shown(t, table, "2018/19", "then"), "nobody had said anything yet: that is not zero")
		require.Equal(t, "–", shown(t, table, "2018/19", "difference"))
		_, kept := table.Row("2016/17")
		require.False(t, kept, "what did not change is left out")
		requireSaid(t, table)
		p.golden("revision", table)
	})
}

// 82.2 to 84.0 in 100 are 1.8 points.
func TestRevise_sharesInPoints(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		days := [2]time.Time{storetest.Noon, storetest.Noon.AddDate(0, 3, 0)}
		clock := days[0]
		p := clockwork(t, url, &clock)
		year, old := thn.YearFrom(2025, april), thn.NewID()
		p.denominator(thn.AtRisk, "XA", year, "people at risk", 1000)
		p.total("XA", year, 822, firstPeople, func(x *thn.PeriodTotal) { x.ID = old })
		clock = days[1]
		p.total("XA", year, 840, firstPeople, func(x *thn.PeriodTotal) { x.Corrects = old })
		table := p.revise("reach", "reach", p.spec(year, report.ByNone), days)
		require.Len(t, table.Columns, 3, "no share of a share")
		require.Equal(t, []string{"82.2", "84.0", "1.8"}, []string{shown(t, table, table.Rows[0].Label.Code, "then"), shown(t, table, table.Rows[0].Label.Code, "now"),
			shown(t, table, table.Rows[0].Label.Code, "difference")})
	})
}

func TestRevise_recordsThatCameLateOrWereTakenOut(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		days := [2]time.Time{storetest.Noon, storetest.Noon.AddDate(0, 0, 7)}
		clock := days[0]
		p := clockwork(t, url, &clock)
		p.areas["East"] = p.areas["XA"]
		quay := p.site("East", "Quay", thn.ChannelCommunity)
		gone := at(quay, thn.MustDate(2026, time.January, 10))
		gone.ID, gone.Product, gone.Training, gone.Lines = thn.NewID(), p.product, "not_asked", []thn.Line{first(3, 3)}
		p.record(gone)
		p.give(quay, thn.MustDate(2026, time.February, 10), "peer", first(2, 2))
		clock = days[1]
		p.give(quay, thn.MustDate(2026, time.January, 20), "peer", first(10, 10))
		blank, err := thn.Blank(thn.KindDistribution, thn.NewID())
		require.NoError(t, err)
		_, err = p.store.Append(t.Context(), []thn.Submission{{Programme: p.programme.ID, Record: blank, Corrects: gone.ID, Void: true, Why: thn.WhyMistake}})
		require.NoError(t, err)
		table := p.revise("kits", "", p.spec(winter, report.ByMonth), days)
		require.Equal(t, []string{"3", "10", "7"}, []string{shown(t, table, "2026-01", "then"), shown(t, table, "2026-01", "now"), shown(t, table, "2026-01", "difference")})
		require.Equal(t, "12", shown(t, table, "total", "now"))
		_, february := table.Row("2026-02")
		require.False(t, february)
	})
}

func TestRevise_refusesAColumnThatIsNotThere(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := newPlace(t, s, "XA", 1)
	_, err := report.Revise("kits", "lives_saved", p.spec(winter, report.ByNone), storetest.Noon, storetest.Noon, p.reading("kits"))
	require.True(t, fault.Is(err, fault.NotFound), "%v", err)
}
