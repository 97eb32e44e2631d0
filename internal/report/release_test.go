package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// unit opens a site of one setting, with the channel that it has by itself.
func (p *place) unit(area, name string, setting thn.Setting, opened thn.Date) thn.Site {
	p.t.Helper()
	s := thn.Site{ID: thn.NewID(), Area: p.areas[area], Name: name, Code: name, Setting: setting, Channel: thn.ChannelOf(setting), Supplier: "other", Opened: opened}
	require.NoError(p.t, p.store.AddSites(p.t.Context(), p.programme.ID, "", s))
	return s
}

// left is a month of releases; steps that are -1 were not recorded.
func left(s thn.Site, month thn.Date, steps ...int) thn.Release {
	r := thn.Release{ID: thn.NewID(), Site: s.ID, Area: s.Area, Month: month, Definition: "reception_test", Total: thn.NotRecorded, Unplanned: thn.NotRecorded, Reached: map[thn.Step]int{}}
	for i, n := range steps {
		if n != thn.NotRecorded {
			r.Reached[thn.Steps[i]] = n
		}
	}
	_, r.Grows = r.Growing()
	return r
}

// prisons is two establishments from October to December: one whole, with a step
// that grows, the other without November and with open steps.
func prisons(t *testing.T, s *store.Store) *place {
	p := newPlace(t, s, "XP", 1, "XP/East", "XP/West")
	october := thn.MustDate(2025, time.October, 1)
	gate, mill := p.unit("East", "Gate", "prison", october), p.unit("West", "Mill", "prison", october)
	first := left(gate, october, 40, 30, 25, 20, 20, 18)
	first.DropOuts = map[thn.DropOut]int{"declined": 10, "court_release": 8}
	p.record(first, left(gate, october.AddMonths(1), 50, 35, 36, 30, 30, 25), left(gate, october.AddMonths(2), 60, 45, 45, 40, 38, 30),
		left(mill, october, 20, -1, 10, 8, -1, 6), left(mill, october.AddMonths(2), 30, -1, 20, 15, -1, -1))
	return p
}

var autumn = thn.Period{From: thn.MustDate(2025, time.October, 1), To: thn.MustDate(2026, time.January, 1)}

func TestReleases_cascade(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := prisons(t, s)
		table := p.build("releases", p.spec(autumn, report.ByNone))
		require.Equal(t, "200", shown(t, table, "at_risk", "releases"))
		require.Equal(t, "110", shown(t, table, "offered", "releases"))
		require.Equal(t, "73.3", shown(t, table, "offered", "of_first"), "110 of the 150 of the months that recorded it")
		require.Equal(t, "79", shown(t, table, "handed_over", "releases"))
		require.Equal(t, "46.5", shown(t, table, "handed_over", "of_first"), "79 of 170")
		require.Equal(t, "months", table.Missing[0].Code)
		require.Equal(t, 1, table.Missing[0].Args["N"], "November of the Mill")
		row, _ := table.Row("trained")
		require.Equal(t, "grows", row.Marks[0].Code)
		p.golden("releases_cascade", table, p.build("release-drop-outs", p.spec(autumn, report.ByNone)),
			p.build("releases", p.spec(autumn, report.BySite)), p.build("releases", p.spec(autumn, report.ByMonth)), p.build("releases", p.spec(autumn, report.ByArea)))
	})
}

// A number below five in a table of places or months is not shown, nor what
// would give it away.
func TestReleases_smallCountsOfAPlaceAreMasked(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t), "XP", 1, "XP/East")
	october := thn.MustDate(2025, time.October, 1)
	gate, mill := p.unit("East", "Gate", "prison", october), p.unit("East", "Mill", "prison", october)
	p.record(left(gate, october, 40, 30, 25, 20, 20, 18), left(mill, october, 12, 8, 7, 6, 6, 3))
	table := p.build("releases", p.spec(autumn, report.BySite))
	for _, row := range []string{"Gate", "Mill"} {
		require.True(t, table.Cell(row, "handed_over").Is(report.KindMasked), row)
		require.True(t, table.Cell(row, "of_first").Is(report.KindMasked), row)
	}
	require.Equal(t, "21", shown(t, table, "total", "handed_over"))
}

// A corrected month counts once, one taken out not at all, and a month that the
// period cuts in two is not divided.
func TestReleases_onlyWhatStands(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XP", 1, "XP/East")
		october := thn.MustDate(2025, time.October, 1)
		gate := p.unit("East", "Gate", "prison", october)
		first, second := left(gate, october, 40, -1, -1, -1, -1, 18), left(gate, october, 44, -1, -1, -1, -1, 20)
		p.record(first, left(gate, october.AddMonths(1), 50, -1, -1, -1, -1, 20))
		_, err := s.Append(t.Context(), []thn.Submission{{Programme: p.programme.ID, Record: second, Corrects: first.ID, Why: thn.WhyMistake}})
		require.NoError(t, err)
		require.Equal(t, "94", shown(t, p.build("releases", p.spec(autumn, report.ByNone)), "at_risk", "releases"))
		cut := thn.Period{From: october.AddDays(9), To: autumn.To}
		require.Equal(t, "50", shown(t, p.build("releases", p.spec(cut, report.ByNone)), "at_risk", "releases"))
	})
}

// Scotland 2011/12: 715 kits over 19,792 liberations of which 36 in 100 were
// positive for opioids at reception, published as about 100 for each 1,000.
func TestPrisonKits_scotland(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XA", int(april))
		year := thn.YearFrom(2011, april)
		p.total("XA", year, 715, via(thn.ChannelPrison))
		p.denominator(thn.Releases, "XA", year, "Liberations, 36 in 100 opioid-positive at reception", 7125)
		table := p.build("prison-kits", p.spec(year, report.ByNone))
		require.Equal(t, "100.4", shown(t, table, year.String(), "kits_per_1000"))
		require.Equal(t, report.KindNotReported, table.Cell(year.String(), "supplied_share").Kind())
		p.golden("prison_kits_scotland", table)
	})
}

// England 2018/19: 4,008 of 23,230 who left while in treatment for opiates.
func TestPrisonKits_england(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XA", int(april))
		year := thn.YearFrom(2018, april)
		p.total("XA", year, 4008, via(thn.ChannelPrison), func(x *thn.PeriodTotal) { x.Measure = thn.MeasurePeople })
		p.denominator(thn.Releases, "XA", year, "People leaving who were in prison treatment for opiates", 23230)
		table := p.build("prison-kits", p.spec(year, report.ByNone))
		require.Equal(t, "17.3", shown(t, table, year.String(), "supplied_share"))
		require.Equal(t, report.KindNotReported, table.Cell(year.String(), "kits_per_1000").Kind())
	})
}

// The same figures from single records: kits at the gate over what the
// establishments counted, and the handed-over step for the people.
func TestPrisonKits_fromRecords(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := prisons(t, s)
		none := p.build("prison-kits", p.spec(thn.Month(2024, time.May), report.ByNone))
		require.Equal(t, report.KindNoDenominator, none.Cell("none", "kits_per_1000").Kind())
		sites, err := s.Sites(t.Context(), p.programme.ID)
		require.NoError(t, err)
		for range 3 {
			p.give(sites[0], thn.MustDate(2025, time.October, 20), "prison_staff", first(10, 20))
		}
		table := p.build("prison-kits", p.spec(autumn, report.ByNone))
		require.Equal(t, "300.0", shown(t, table, "cascade", "kits_per_1000"), "60 kits over 200 releases")
		require.Equal(t, "46.5", shown(t, table, "cascade", "supplied_share"))
		p.golden("prison_kits_records", table)
	})
}
