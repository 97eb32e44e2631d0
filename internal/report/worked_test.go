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

const april = time.April

// scotland holds the published figures that the worked examples are about.
func scotland(t *testing.T, s *store.Store) *place {
	p := newPlace(t, s, "GB", int(april), "GB/Scotland", "GB/Wales")
	year := func(y int) thn.Period { return thn.YearFrom(y, april) }
	both := via(thn.ChannelCommunity, thn.ChannelPrison)
	p.total("Scotland", year(2011), 2730, via(thn.ChannelCommunity))
	p.total("Scotland", year(2011), 2370, via(thn.ChannelCommunity), to(thn.RecipientAtRisk))
	p.total("Scotland", year(2011), 295, via(thn.ChannelCommunity), to(thn.RecipientWorker))
	p.total("Scotland", year(2011), 60, via(thn.ChannelCommunity), to(thn.RecipientFamily))
	p.total("Scotland", year(2011), 715, via(thn.ChannelPrison))
	for _, y := range []struct {
		from                                                        int
		all, community, prison, pharmacy, repeats, used, firstPeope int64
	}{{2016, 8159, 6497, 700, 962, 3471, 882, 3386}, {2017, 8397, 6924, 664, 809, 3996, 1017, 2458}} {
		p.total("Scotland", year(y.from), y.all)
		p.total("Scotland", year(y.from), y.community, via(thn.ChannelCommunity))
		p.total("Scotland", year(y.from), y.prison, via(thn.ChannelPrison))
		p.total("Scotland", year(y.from), y.pharmacy, via(thn.ChannelPharmacy))
		p.total("Scotland", year(y.from), y.repeats, both, again(""))
		p.total("Scotland", year(y.from), y.used, both, again(thn.ReasonUsedOther))
		p.total("Scotland", year(y.from), y.firstPeope, firstPeople)
	}
	p.total("Scotland", years(2011, 2017, april), 37609)
	p.total("Scotland", years(2011, 2018, april), 46037)
	p.total("Scotland", years(2011, 2017, april), 21189, firstPeople)
	p.total("Scotland", years(2011, 2018, april), 23096, firstPeople)
	p.total("Wales", year(2015), 3186)
	p.total("Wales", thn.Period{From: thn.MustDate(2009, time.July, 1), To: thn.MustDate(2016, april, 1)}, 10552)
	return p
}

func TestKits_scotlandByFinancialYear(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := scotland(t, s)
		table := p.build("kits", p.spec(years(2016, 2018, april), report.ByFiscal))
		require.Equal(t, "8,159", shown(t, table, "2016/17", "all"))
		require.Equal(t, "8,397", shown(t, table, "2017/18", "all"))
		require.Equal(t, -1, table.Column("not_stated"), "the channels reach the totals")
		p.golden("kits_scotland", table)
	})
}

func TestKits_oneYearHasARowForEachChannel(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := scotland(t, s)
		p.golden("kits_scotland_channels", p.build("kits", p.spec(thn.YearFrom(2016, april), report.ByNone)))
	})
}

func TestKits_restatedCumulativeLeavesARest(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XA", int(april))
		p.total("XA", years(2011, 2017, april), 37609)
		p.total("XA", thn.YearFrom(2017, april), 8397)
		p.total("XA", years(2011, 2018, april), 46037)
		table := p.build("kits", p.spec(years(2011, 2018, april), report.ByFiscal))
		require.Equal(t, "46,037", shown(t, table, "total", "all"))
		require.Equal(t, "8,397", shown(t, table, "2017/18", "all"))
		require.Equal(t, "37,640", shown(t, table, "not_divided", "all"), "six years nobody divided, and 31 that were added later")
	})
}

func TestKits_remainderByRecipient(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := scotland(t, s)
		spec := p.spec(thn.YearFrom(2011, april), report.ByRecipient)
		spec.Channels = []thn.Channel{thn.ChannelCommunity}
		table := p.build("kits", spec)
		require.Equal(t, "2,370", shown(t, table, "person_at_risk", "all"))
		require.Equal(t, "5", shown(t, table, "not_divided", "all"))
		require.Equal(t, "2,730", shown(t, table, "total", "all"))
		p.golden("kits_recipient", table)
	})
}

func TestKits_quarterKeepsItsResidual(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XB", int(april), "XB/Scotland")
		quarter := thn.Quarter(2025, 2)
		p.total("Scotland", quarter, 9672)
		for c, n := range map[thn.Channel]int64{thn.ChannelCommunity: 7724, thn.ChannelPrison: 437, thn.ChannelPharmacy: 1045, thn.ChannelAmbulance: 441} {
			p.total("Scotland", quarter, n, via(c))
		}
		p.golden("kits_residual", p.build("kits", p.spec(quarter, report.ByMonth)), p.build("kits", p.spec(quarter, report.ByQuarter)),
			p.build("kits", p.spec(quarter, report.ByNone)))
	})
}

func TestShares_scotland(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := scotland(t, s)
		spec := p.spec(years(2016, 2018, april), report.ByFiscal)
		firsts, used := p.build("first-repeat", spec), p.build("repeat-used", spec)
		require.Equal(t, "48", shown(t, firsts, "2016/17", "repeat_share"))
		require.Equal(t, "53", shown(t, firsts, "2017/18", "repeat_share"))
		require.Equal(t, "7,197", shown(t, firsts, "2016/17", "base"), "community and prison, not all 8,159")
		require.Equal(t, "25.4", shown(t, used, "2016/17", "share"))
		require.Equal(t, "25.5", shown(t, used, "2017/18", "share"))
		p.golden("shares_scotland", firsts, used, p.build("first-repeat", p.spec(thn.YearFrom(2016, april), report.ByNone)))
	})
}

func TestReach_everyDenominatorGivesItsOwnAnswer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XC", int(april), "XC/Scotland")
		p.total("Scotland", years(2011, 2018, april), 23096, firstPeople)
		p.denominator(thn.AtRisk, "Scotland", years(2012, 2013, april), "problem drug use, 2012/13", 61500)
		table := p.build("reach", p.spec(years(2017, 2018, april), report.ByNone))
		require.Equal(t, "376", shown(t, table, table.Rows[0].Label.Code, "reach_1000"))

		p.total("Scotland", years(2011, 2021, april), 32969, firstPeople)
		p.denominator(thn.AtRisk, "Scotland", years(2020, 2021, april), "implied by the published 57.53 per cent", 57300)
		p.denominator(thn.AtRisk, "Scotland", years(2019, 2020, april), "opioid dependence, 2019/20 model", 47100, interval(45700, 48600))
		p.denominator(thn.AtRisk, "Scotland", years(2022, 2023, april), "opioid dependence, 2022/23 model", 43400, interval(41900, 45100))
		table = p.build("reach", p.spec(years(2022, 2023, april), report.ByNone))
		require.Equal(t, "57.5", shown(t, table, "2020-04-01/2021-04-01", "reach"))
		require.Equal(t, "70.0 (67.8–72.1)", shown(t, table, "2019-04-01/2020-04-01", "reach"))
		require.Equal(t, "76.0 (73.1–78.7)", shown(t, table, "2022-04-01/2023-04-01", "reach"))
		p.golden("reach_scotland", table)
	})
}

func TestReach_isNotASumOfPublishedIncrements(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := scotland(t, s)
		p.denominator(thn.AtRisk, "GB", years(2017, 2018, april), "people at risk", 100000)
		table := p.build("reach", p.spec(thn.YearFrom(2017, april), report.ByNone))
		require.Equal(t, "23,096", shown(t, table, table.Rows[0].Label.Code, "people_reached"))
		p.golden("reach_restated", table)
	})
}

func TestKitsPerDeath_workedExamples(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XE", int(april), "XE/Scotland")
		three := years(2011, 2014, time.January)
		p.total("Scotland", three, 12000)
		for i, n := range []int64{404, 404, 404} { // 1,212 deaths, published for the three years together
			p.denominator(thn.OpioidDeaths, "Scotland", thn.YearFrom(2011+i, time.January), "opioid-related deaths", n)
		}
		require.Equal(t, "9.90", shown(t, p.build("kits-per-death", p.spec(three, report.ByNone)), "all", "kits_per_death"))

		p.total("Scotland", thn.YearFrom(2022, april), 28689)
		p.denominator(thn.OpioidDeaths, "Scotland", thn.YearFrom(2022, time.January), "drug misuse deaths", 1051)
		table := p.build("kits-per-death", p.spec(thn.YearFrom(2022, april), report.ByFiscal))
		require.Equal(t, "27.30", shown(t, table, "2022/23", "all"))
		row, _ := table.Row("2022/23")
		require.Equal(t, "approximate", row.Marks[0].Code, "a financial year over a calendar year says so")
	})
}

// rhodeIsland holds the yearly sums of the catalogue's Rhode Island workbook.
func rhodeIsland(t *testing.T, s *store.Store) *place {
	p := newPlace(t, s, "US", 7, "US/Rhode Island", "Rhode Island/Providence", "Rhode Island/Pawtucket")
	for _, y := range []struct {
		year                                          int
		community, providence, pharmacy, deaths, town int64
	}{{2015, 932, 207, 979, 0, 0}, {2016, 3090, 687, 2564, 290, 0}, {2017, 4202, 1265, 2893, 286, 0}, {2018, 7950, 2601, 8007, 272, 0}, {2019, 8241, 2808, 11098, 256, 0}} {
		year := thn.YearFrom(y.year, time.January)
		p.total("Providence", year, y.providence, via(thn.ChannelCommunity))
		p.total("Rhode Island", year, y.community, via(thn.ChannelCommunity))
		p.total("Rhode Island", year, y.pharmacy, via(thn.ChannelPharmacy))
		if y.deaths > 0 {
			p.denominator(thn.OpioidDeaths, "Rhode Island", year, "opioid overdose deaths", y.deaths)
		}
	}
	return p
}

func TestRhodeIsland(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := rhodeIsland(t, s)
		five := years(2015, 2020, time.January)
		kits, deaths := p.build("kits", p.spec(five, report.ByYear)), p.build("kits-per-death", p.spec(five, report.ByYear))
		require.Equal(t, "24,415", shown(t, kits, "total", "community_outlet"))
		require.Equal(t, "25,541", shown(t, kits, "total", "pharmacy"))
		require.Equal(t, "49,956", shown(t, kits, "total", "all"))
		require.Equal(t, "32.19", shown(t, deaths, "2019", "community_outlet"))
		require.Equal(t, "75.54", shown(t, deaths, "2019", "all"))
		require.Equal(t, report.KindNoDenominator, deaths.Cell("2015", "all").Kind(), "no deaths are known for 2015, which is not 0 deaths")
		p.golden("rhode_island", kits, deaths, p.build("kits", p.spec(five, report.ByArea)), p.build("kits-per-death", p.spec(thn.YearFrom(2019, time.January), report.ByNone)))
	})
}

func TestKitsPerDeath_providenceWithProvisionalYear(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XF", 1, "XF/Providence")
		p.total("Providence", thn.YearFrom(2021, time.January), 11089)
		p.total("Providence", thn.YearFrom(2022, time.January), 12000)
		p.denominator(thn.OpioidDeaths, "Providence", thn.YearFrom(2021, time.January), "opioid deaths", 85)
		p.denominator(thn.OpioidDeaths, "Providence", thn.YearFrom(2022, time.January), "opioid deaths", 47, provisional)
		table := p.build("kits-per-death", p.spec(years(2021, 2023, time.January), report.ByYear))
		require.Equal(t, "130.46", shown(t, table, "2021", "all"))
		row, _ := table.Row("2022")
		require.Equal(t, "provisional", row.Marks[0].Code)
	})
}

func TestPeerShare_ofPublishedKits(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XG", int(april))
		p.total("XG", thn.Quarter(2025, 2), 9672)
		p.total("XG", thn.Quarter(2025, 2), 600, via(thn.ChannelPeer))
		table := p.build("peer-share", p.spec(thn.Quarter(2025, 2), report.ByNone))
		require.Equal(t, "6.2", shown(t, table, "total", "share"))
		p.golden("peer_share", table)
	})
}
