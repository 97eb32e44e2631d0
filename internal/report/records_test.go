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

// harbour is a programme with its own records in two districts and a published
// total of one channel that holds some of them.
func harbour(t *testing.T, s *store.Store) (p *place, quay, ward thn.Site) {
	p = newPlace(t, s, "XD", 4, "XD/East", "XD/West", "East/Quay", "East/Dock")
	quay, ward = p.site("Quay", "Quay van", thn.ChannelCommunity), p.site("West", "West wing", thn.ChannelPrison)
	p.give(quay, thn.MustDate(2026, time.January, 10), "paid_worker", first(2, 3), repeat(thn.ReasonUsedSelf, 2))
	p.give(quay, thn.MustDate(2026, time.February, 28), "peer", first(1, 1), repeat("lost", 1))
	p.give(ward, thn.MustDate(2026, time.February, 14), "prison_staff", first(4, 4))
	return p, quay, ward
}

var winter = thn.Quarter(2026, 1)

func TestKits_recordsByMonthAndArea(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, _, _ := harbour(t, s)
		p.golden("kits_records", p.build("kits", p.spec(winter, report.ByMonth)), p.build("kits", p.spec(winter, report.ByArea)),
			p.build("kits", p.spec(winter, report.BySite)), p.build("kits", p.spec(winter, report.BySupplier)), p.build("kits", p.spec(winter, report.ByProduct)),
			p.build("first-repeat", p.spec(winter, report.ByNone)), p.build("repeat-used", p.spec(winter, report.ByMonth)),
			p.build("peer-share", p.spec(winter, report.ByNone)))
	})
}

func TestKits_recordsInsideAPublishedTotalArePartsOfIt(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, _, _ := harbour(t, s)
		p.total("East", winter, 20, via(thn.ChannelCommunity))
		table := p.build("kits", p.spec(winter, report.ByMonth))
		require.Equal(t, "20", shown(t, table, "total", "community_outlet"))
		require.Equal(t, "13", shown(t, table, "not_divided", "community_outlet"), "7 of the 20 are recorded here")
		require.Equal(t, "24", shown(t, table, "total", "all"), "prison kits are outside the total's box")
		p.golden("kits_mixed", table)
	})
}

func TestKits_totalThatEndsWithinAMonth(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, _, _ := harbour(t, s)
		p.total("XD", thn.Period{From: thn.MustDate(2026, time.January, 5), To: thn.MustDate(2026, time.February, 20)}, 10)
		table := p.build("kits", p.spec(winter, report.ByNone))
		require.Equal(t, "12", shown(t, table, "total", "all"), "10 published, and the 2 kits of 28 February")
	})
}

func TestKits_straddlingTotalIsNamedAndLeftOut(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, _, _ := harbour(t, s)
		p.total("XD", thn.YearFrom(2025, april), 500)
		table := p.build("kits", p.spec(thn.YearFrom(2026, time.January), report.ByNone))
		require.Equal(t, "11", shown(t, table, "total", "all"))
		require.Equal(t, "outside", table.Notes[0].Code)
		require.Equal(t, "Published figures for April 2025 to March 2026 (500) reach outside the period and cannot be divided; they are left out.",
			report.Say(words(t, "en"), table.Notes[0]))
	})
}

func TestKits_boundsStayBounds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XH", 1, "XH/North", "XH/South", "XH/West")
		year := thn.YearFrom(2020, time.January)
		p.total("North", year, 0, between(1, 4))
		p.total("South", year, 0, func(x *thn.PeriodTotal) { x.Count = thn.Count{Low: 473, High: 473} })
		p.total("West", year, 0)
		p.golden("kits_bounds", p.build("kits", p.spec(year, report.ByArea)))
		p.total("XH", year, 300)
		table := p.build("kits", p.spec(year, report.ByArea))
		require.Equal(t, "59.5–62.5", shown(t, table, "not_divided", "all"))
		require.Equal(t, "0", shown(t, table, "WE", "all"), "a published zero is zero")
	})
}

func TestKits_knownOnlyByItsBreakdown(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XI", 1)
		year := thn.YearFrom(2020, time.January)
		for r, n := range map[thn.Recipient]int64{thn.RecipientAtRisk: 60, thn.RecipientFamily: 30, thn.RecipientUnknown: 10} {
			p.total("XI", year, n, to(r))
		}
		p.total("XI", year, 70, again(""))
		require.Equal(t, "100", shown(t, p.build("kits", p.spec(year, report.ByNone)), "total", "all"), "once, by the breakdown that reaches further")
	})
}

func TestKits_negativeResidualIsMarked(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XJ", 1)
		year := thn.YearFrom(2020, time.January)
		p.total("XJ", year, 90)
		p.total("XJ", year, 60, via(thn.ChannelPharmacy))
		p.total("XJ", year, 40, via(thn.ChannelPrison))
		table := p.build("kits", p.spec(year, report.ByYear))
		require.Equal(t, "-10", shown(t, table, "2020", "not_stated"))
		require.Equal(t, "90", shown(t, table, "2020", "all"), "the published total stands")
		require.Equal(t, "negative", table.Rows[0].Marks[0].Code)
	})
}

func TestBuild_viewIsNeverWiderThanAsked(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, quay, _ := harbour(t, s)
		p.total("XD", winter, 900)
		p.total("East", winter, 20, via(thn.ChannelCommunity))
		p.denominator(thn.AtRisk, "East", thn.YearFrom(2025, time.January), "people at risk", 40)
		spec := p.spec(winter, report.ByNone)
		spec.Areas = []thn.ID{p.areas["East"], p.areas["Quay"], p.areas["Dock"]}
		require.Equal(t, "20", shown(t, p.build("kits", spec), "total", "all"), "the national total is out of sight")
		table := p.build("kits-by-area", spec)
		require.Equal(t, "East", table.Head.Area.Text)
		spec.Sites = []thn.ID{quay.ID}
		require.Equal(t, "7", shown(t, p.build("kits", spec), "total", "all"), "totals of the area are out of sight of one site")
		require.Equal(t, report.KindNoDenominator, p.build("kits-by-area", spec).Cell("total", "kits_per_100").Kind(), "an area's people are not a site's")
		spec.Areas, spec.Sites = []thn.ID{}, nil
		require.Equal(t, report.KindNotReported, p.build("kits", spec).Cell("total", "all").Kind())
	})
}

func TestKitsByArea_againstOneKitEach(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, _, _ := harbour(t, s)
		p.denominator(thn.AtRisk, "East", thn.YearFrom(2024, time.January), "people at risk", 50, interval(40, 70))
		p.denominator(thn.AtRisk, "XD", thn.YearFrom(2024, time.January), "people at risk", 100)
		p.denominator(thn.AtRisk, "East", thn.YearFrom(2027, time.January), "people at risk", 1)
		table := p.build("kits-by-area", p.spec(winter, report.ByNone))
		require.Equal(t, "56.0 (40.0–70.0)", shown(t, table, "EA", "kits_per_100"), "7 kits in a quarter are 28 a year")
		require.Equal(t, "44.0", shown(t, table, "total", "kits_per_100"))
		require.Equal(t, report.KindNoDenominator, table.Cell("WE", "kits_per_100").Kind())
		p.golden("kits_by_area", table)
	})
}

func TestReach_countsRecordsAndTotalsTogether(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, _, _ := harbour(t, s)
		p.total("XD", thn.Period{From: thn.MustDate(2020, 1, 1), To: thn.MustDate(2026, 1, 1)}, 93, firstPeople)
		p.denominator(thn.AtRisk, "XD", thn.YearFrom(2024, time.January), "people at risk", 0, func(d *thn.Denominator) {
			d.Suppressed, d.Low, d.High = true, 200, 400
		})
		table := p.build("reach", p.spec(winter, report.ByNone))
		require.Equal(t, "100", shown(t, table, table.Rows[0].Label.Code, "people_reached"), "93 before, and 7 recorded since")
		require.Equal(t, "25.0–50.0", shown(t, table, table.Rows[0].Label.Code, "reach"))
	})
}

func TestReach_withoutADenominatorIsNotZero(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, _, _ := harbour(t, s)
		table := p.build("reach", p.spec(winter, report.ByNone))
		require.Equal(t, "no denominator", shown(t, table, "none", "reach"))
		require.Equal(t, "7", shown(t, table, "none", "people_reached"))
	})
}

func TestKitsPerDeath_ofAnAreaWithoutDeaths(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XK", 1, "XK/North", "XK/South", "XK/West")
		year := thn.YearFrom(2020, time.January)
		for _, a := range []string{"North", "South", "West"} {
			p.total(a, year, 45)
		}
		p.denominator(thn.OpioidDeaths, "North", year, "deaths", 0)
		p.denominator(thn.OpioidDeaths, "South", year, "deaths", 0, func(d *thn.Denominator) { d.Suppressed, d.Low, d.High = true, 1, 9 })
		table := p.build("kits-per-death", p.spec(year, report.ByArea))
		require.Equal(t, report.KindNotApplicable, table.Cell("NO", "all").Kind(), "no deaths: nothing to divide by")
		require.Equal(t, "5.00–45.00", shown(t, table, "SO", "all"))
		require.Equal(t, report.KindNoDenominator, table.Cell("WE", "all").Kind())
	})
}

// A kit without its lot is one that a recall cannot follow.
func TestTraceability_countsKitsWithTheirLot(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, quay, _ := harbour(t, s)
		batch := thn.Batch{ID: thn.NewID(), Product: p.product, Lot: "L1", Expiry: thn.MustDate(2028, time.May, 31)}
		require.NoError(t, s.AddBatches(t.Context(), p.programme.ID, "", batch))
		d := thn.Distribution{ID: thn.NewID(), Day: thn.MustDate(2026, time.March, 3), Site: quay.ID, Area: quay.Area, Setting: quay.Setting, Channel: quay.Channel, Supplier: "peer",
			Product: p.product, Batch: batch.ID, Training: "brief", Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 9}}}
		_, err := s.Append(t.Context(), []thn.Submission{{Programme: p.programme.ID, Record: d}})
		require.NoError(t, err)
		p.total("XD", winter, 900)
		table := p.build("traceability", p.spec(winter, report.ByNone))
		require.Equal(t, "9", shown(t, table, "total", "lot"))
		require.Equal(t, "20", shown(t, table, "total", "all"), "the 900 published kits name no lot")
		require.Equal(t, "45.0", shown(t, table, "total", "share"))
		p.golden("traceability", table, p.build("traceability", p.spec(winter, report.BySite)), p.build("traceability", p.spec(winter, report.ByMonth)))
	})
}

// A peer may work in a prison or in the street: the cut is by the kind of place,
// and the total stays what it was.
func TestPeerShare_cutsAcrossKindsOfPlace(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XD", 1, "XD/East")
		gate, quay := p.site("East", "Gate", thn.ChannelPrison), p.site("East", "Quay", thn.ChannelCommunity)
		gate.Setting = "prison"
		p.give(gate, thn.MustDate(2026, time.January, 8), thn.SupplierPeer, first(6, 6))
		p.give(gate, thn.MustDate(2026, time.January, 9), "prison_staff", first(2, 2))
		p.give(quay, thn.MustDate(2026, time.January, 9), thn.SupplierPeer, first(5, 5))
		p.give(quay, thn.MustDate(2026, time.January, 9), "paid_worker", first(11, 11))
		table := p.build("peer-share", p.spec(winter, report.BySetting))
		require.Equal(t, []string{"6", "8", "75.0"}, []string{shown(t, table, "prison", "peer"), shown(t, table, "prison", "all"), shown(t, table, "prison", "share")})
		require.Equal(t, "5", shown(t, table, "needle_exchange", "peer"))
		require.Equal(t, "24", shown(t, table, "total", "all"), "peers are not added to it")
		require.Len(t, table.Rows, 3, "kinds of place without a kit have no row")
	})
}

// A year in whose course records begin is no whole one, and says so; one that a
// published total holds is.
func TestKits_yearInWhichRecordsBegin(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XB", 1, "XB/East")
		quay := p.site("East", "Quay", thn.ChannelCommunity)
		p.give(quay, thn.MustDate(2024, time.December, 3), "peer", first(5, 5))
		p.give(quay, thn.MustDate(2025, time.June, 3), "peer", first(7, 7))
		p.denominator(thn.OpioidDeaths, "XB", thn.YearFrom(2024, time.January), "deaths", 4)
		three := years(2023, 2026, time.January)
		marks := func() map[string][]string {
			found := map[string][]string{}
			for _, r := range p.build("kits-per-death", p.spec(three, report.ByYear)).Rows {
				for _, m := range r.Marks {
					found[r.Label.Code] = append(found[r.Label.Code], report.Say(words(t, "en"), m))
				}
			}
			return found
		}
		require.Equal(t, map[string][]string{"2024": {"What is known begins in December 2024; what was given out before is not in it."}}, marks())
		p.total("XB", thn.YearFrom(2024, time.January), 60)
		require.Empty(t, marks())
	})
}
