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

func TestFirstSupplies_areNeverASumOfIncrements(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := scotland(t, s)
		year := p.build("first-supplies", p.spec(thn.YearFrom(2017, april), report.ByNone))
		require.Equal(t, "2,458", shown(t, year, "total", "first_time"))
		require.Equal(t, "23,096", shown(t, year, "total", "people_reached"), "not 21,189 and 2,458")
		both := p.build("first-supplies", p.spec(years(2016, 2018, april), report.ByFiscal))
		require.Equal(t, "3,386", shown(t, both, "2016/17", "first_time"))
		require.Equal(t, "21,189", shown(t, both, "2016/17", "people_reached"))
		require.Equal(t, "23,096", shown(t, both, "2017/18", "people_reached"))
		p.golden("first_supplies", both)
	})
}

// What a running total adds over the one before is the count that was hidden.
func TestFirstSupplies_aRunningTotalGivesNoSmallCountAway(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t), "XM", 1)
	quay := p.site("XM", "Quay", thn.ChannelCommunity)
	for month, people := range []int{20, 3, 30} {
		p.give(quay, thn.MustDate(2026, time.Month(month+1), 1), "paid_worker", first(people, people))
	}
	table := p.build("first-supplies", p.spec(winter, report.ByMonth))
	require.Equal(t, report.KindMasked, table.Cell("2026-02", "first_time").Kind())
	for _, row := range []string{"2026-01", "2026-02", "2026-03"} {
		require.Equal(t, report.KindMasked, table.Cell(row, "people_reached").Kind(), row)
	}
	require.Equal(t, "53", shown(t, table, "total", "people_reached"))
}

func TestResidual_isShownAndAboveOneInAHundredSaysSo(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t), "XB", int(april))
	quarter := thn.Quarter(2021, 3)
	p.total("XB", quarter, 7219)
	for c, n := range map[thn.Channel]int64{thn.ChannelCommunity: 5640, thn.ChannelPrison: 399, thn.ChannelPharmacy: 862, thn.ChannelAmbulance: 295} {
		p.total("XB", quarter, n, via(c))
	}
	table := p.build("residual", p.spec(quarter, report.ByNone))
	require.Equal(t, "23", shown(t, table, "channel", "residual"))
	require.Equal(t, "0.3", shown(t, table, "channel", "residual_share"))
	require.Equal(t, "not reported", shown(t, table, "recipient", "residual"), "nobody names recipients: that is no residual")
	p.golden("residual", table)
	require.False(t, report.Alarming(1, 100))
	require.True(t, report.Alarming(2, 100))
	require.True(t, report.Alarming(-1, 100))
}

// Northern Ireland: the sex of 12 of 256 persons was not recorded. Here it is who
// the kit was for.
func TestCompleteness_unknownNotAskedAndDeclinedApart(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XI", 1)
		quay := p.site("XI", "Quay", thn.ChannelCommunity)
		answer := func(r thn.Recipient, n int) {
			for ; n > 0; n -= min(n, 40) {
				lines := make([]thn.Line, min(n, 40))
				for i := range lines {
					lines[i] = thn.Line{Recipient: r, Supply: thn.SupplyFirst, People: 1, Kits: 1}
				}
				p.give(quay, winter.From, "paid_worker", lines...)
			}
		}
		answer(thn.RecipientAtRisk, 244)
		answer(thn.RecipientUnknown, 6)
		answer(thn.RecipientNotAsked, 4)
		answer(thn.RecipientDeclined, 2)
		table := p.build("completeness", p.spec(winter, report.ByNone))
		for column, want := range map[string]string{"answers_of": "256", "known": "244", "unknown": "6", "not_asked": "4", "declined": "2", "known_share": "95.3"} {
			require.Equal(t, want, shown(t, table, "recipient", column), column)
		}
		require.Equal(t, "not reported", shown(t, table, "reason", "answers_of"), "reasons are asked of repeat supplies")
		require.Equal(t, "0.0", shown(t, table, "batch", "known_share"))
		p.golden("completeness", table, p.build("completeness", p.spec(winter, report.BySite)))
	})
}

func TestTimeliness_medianAndShareWithinSevenDays(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XT", 1)
		quay := p.site("XT", "Quay", thn.ChannelCommunity)
		now := thn.DateOf(storetest.Noon, time.UTC)
		period := thn.Period{From: now.AddDays(-60), To: now.AddDays(1)}
		for _, days := range []int{0, 0, 1, 7, 8, 30} {
			p.give(quay, now.AddDays(-days), "paid_worker", first(1, 1), repeat("lost", 1))
		}
		table := p.build("timeliness", p.spec(period, report.ByNone))
		for column, want := range map[string]string{"records": "6", "delay": "4", "prompt": "4", "prompt_share": "66.7"} {
			require.Equal(t, want, shown(t, table, "total", column), column)
		}
		p.give(quay, now.AddDays(-5), "paid_worker", first(1, 1))
		table = p.build("timeliness", p.spec(period, report.BySite))
		require.Equal(t, "5", shown(t, table, "total", "delay"), "the middle of seven")
		before := thn.Period{From: period.From, To: now.AddDays(-29)}
		require.Equal(t, "1", shown(t, p.build("timeliness", p.spec(before, report.ByNone)), "total", "records"), "days count, not months")
		require.Equal(t, report.KindNotReported, p.build("timeliness", p.spec(thn.YearFrom(1999, 1), report.ByNone)).Cell("total", "delay").Kind())
	})
}

func TestUseModel_hasEveryMonthOfEveryRegion(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XU", 1, "XU/East", "XU/West")
		quay := p.site("East", "Quay", thn.ChannelCommunity)
		p.move(quay, winter.From, thn.MovementReceived, 100)
		p.give(quay, winter.From, "paid_worker", first(6, 6), repeat(thn.ReasonUsedOther, 2))
		p.usesOf("East", winter.From, 7, on(1, "lay"))
		table := p.build("use-model-export", p.spec(winter, report.ByNone))
		require.Len(t, table.Rows, 2*3, "two regions, three months")
		p.golden("use_model", table)
	})
}

func TestExpiredInCommunity_isAnUpperBound(t *testing.T) {
	t.Parallel()
	p := newPlace(t, storetest.SQLite(t), "XQ", int(april), "XQ/East")
	givenOf417063(p)
	before := p.build("expired-in-community", p.spec(thn.Period{From: thn.MustDate(2016, april, 1), To: thn.MustDate(2017, time.April, 2)}, report.ByNone))
	require.Equal(t, "0", shown(t, before, "total", "outside"), "on its last day a kit is in date")
	after := p.build("expired-in-community", p.spec(thn.Period{From: thn.MustDate(2016, april, 1), To: thn.MustDate(2017, time.May, 2)}, report.ByNone))
	require.Equal(t, "5,527", shown(t, after, "417063", "outside"))
	p.golden("expired_in_community", after)
}

// Every table says what was not reported, of its own days and places, and names no site.
func TestBuild_saysWhatIsMissing(t *testing.T) {
	t.Parallel()
	p, _, _ := harbour(t, storetest.SQLite(t))
	for _, i := range report.Indicators {
		said := 0
		table := p.build(i.Key, p.spec(winter, report.ByNone))
		for _, l := range append(table.Missing, table.Notes...) {
			if l.Code == "reporting" {
				said++
				require.NotContains(t, report.Say(words(t, "en"), l), "Harbour")
			}
		}
		require.Equal(t, !i.Alone, said == 1, i.Key)
	}
	later := report.Spec{Programme: p.programme, Period: thn.YearFrom(2031, 1), AsAt: storetest.Noon}
	for _, l := range p.build("kits", later).Missing {
		require.NotEqual(t, "reporting", l.Code, "of months to come nobody could have told anything")
	}
}
