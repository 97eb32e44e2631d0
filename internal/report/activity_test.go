package report_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// record stores facts as they are.
func (p *place) record(facts ...thn.Fact) {
	p.t.Helper()
	for len(facts) > 0 {
		var subs []thn.Submission
		n := min(200, len(facts))
		for _, f := range facts[:n] {
			subs = append(subs, thn.Submission{Programme: p.programme.ID, Record: f})
		}
		outcomes, err := p.store.Append(p.t.Context(), subs)
		require.NoError(p.t, err)
		for _, o := range outcomes {
			require.Equal(p.t, thn.Stored, o)
		}
		facts = facts[n:]
	}
}

func taught(site thn.Site, day thn.Date, there ...thn.Attendance) thn.Session {
	return thn.Session{ID: thn.NewID(), Day: day, Site: site.ID, Area: site.Area, Setting: site.Setting, Method: "group", Trainer: "nurse", Attendance: there}
}

func nothing(site thn.Site, month thn.Date, about thn.RecordKind) thn.NilReturn {
	return thn.NilReturn{ID: thn.NewID(), Site: site.ID, Area: site.Area, Month: month, About: about}
}

// British Columbia to March 2014: 1,318 trained, of whom 692 (52.5 %) people who
// use opioids, 497 (37.7 %) staff or volunteers, 129 (9.8 %) friends or family.
func TestTraining_britishColumbia(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "CA", 4, "CA/British Columbia")
		site := p.site("British Columbia", "Programme sites", thn.ChannelCommunity)
		p.record(taught(site, thn.MustDate(2013, time.June, 3), thn.Attendance{Audience: "people_at_risk", People: 600}, thn.Attendance{Audience: "staff", People: 497}),
			taught(site, thn.MustDate(2014, time.March, 13), thn.Attendance{Audience: "people_at_risk", People: 92}, thn.Attendance{Audience: "family_friends", People: 129}))
		period := thn.Period{From: thn.MustDate(2012, time.August, 1), To: thn.MustDate(2014, time.April, 1)}
		table := p.build("training", p.spec(period, report.ByNone))
		for row, want := range map[string][2]string{"people_at_risk": {"692", "52.5"}, "staff": {"497", "37.7"}, "family_friends": {"129", "9.8"}, "total": {"1,318", "100.0"}} {
			require.Equal(t, want, [2]string{shown(t, table, row, "attendances"), shown(t, table, row, "attendance_share")}, row)
		}
		require.Equal(t, "2", shown(t, table, "total", "sessions"), "one session for two kinds of people is one")
		p.golden("training_columbia", table, p.build("training", p.spec(period, report.ByFiscal)), p.build("training", p.spec(period, report.ByArea)))
	})
}

// A few people of one kind are not shown, and neither is what would tell.
func TestTraining_hidesFewPeople(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, quay, _ := harbour(t, s)
		p.record(taught(quay, winter.From, thn.Attendance{Audience: "people_at_risk", People: 9}, thn.Attendance{Audience: "family_friends", People: 3}, thn.Attendance{Audience: "staff", People: 6}))
		table := p.build("training", p.spec(winter, report.ByNone))
		for row, want := range map[string]report.Kind{"people_at_risk": report.KindCount, "family_friends": report.KindMasked, "staff": report.KindMasked, "total": report.KindCount} {
			require.Equal(t, want, table.Cell(row, "attendances").Kind(), row)
			require.Equal(t, want == report.KindMasked, table.Cell(row, "attendance_share").Is(report.KindMasked), row)
		}
		spec := p.spec(winter, report.BySite)
		spec.Sites = []thn.ID{quay.ID}
		require.Equal(t, "18", shown(t, p.build("training", spec), "total", "attendances"))
		spec.Channels = []thn.Channel{quay.Channel}
		require.Equal(t, "18", shown(t, p.build("training", spec), "total", "attendances"))
		spec.Channels = []thn.Channel{thn.ChannelPharmacy}
		require.Equal(t, "not reported", shown(t, p.build("training", spec), "total", "attendances"), "another channel")
		spec.Channels, spec.Sites = nil, []thn.ID{thn.NewID()}
		require.Equal(t, "not reported", shown(t, p.build("training", spec), "total", "attendances"), "out of view")
	})
}

// The Australian pilot: 846 of 1,480 registered sites were active (57 %): 82.5 %
// of those that are no pharmacies and 52 % of the pharmacies.
func TestOutlets_australia(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "AU", 7, "AU/Pilot")
		var sites []thn.Site
		var given []thn.Fact
		day := thn.MustDate(2020, time.March, 1)
		for i := range 1480 {
			site := thn.Site{ID: thn.NewID(), Area: p.areas["Pilot"], Name: fmt.Sprint("Site ", i), Setting: "pharmacy_direct", Channel: thn.ChannelPharmacy, Supplier: "pharmacist"}
			active := i >= 251 && i < 251+639
			if i < 251 {
				site.Setting, site.Channel, site.Supplier, active = "needle_exchange", thn.ChannelCommunity, "paid_worker", i < 207
			}
			sites = append(sites, site)
			if active {
				given = append(given, thn.Distribution{ID: thn.NewID(), Day: day, Site: site.ID, Area: site.Area, Setting: site.Setting, Supplier: site.Supplier,
					Channel: site.Channel, Product: p.product, Training: "not_asked", Lines: []thn.Line{first(1, 1)}})
			}
		}
		require.NoError(t, s.AddSites(t.Context(), p.programme.ID, "", sites...))
		p.record(given...)
		closed := p.site("Pilot", "Closed since", thn.ChannelCommunity)
		p.give(closed, day, "nurse", first(1, 1))
		require.NoError(t, s.CloseSite(t.Context(), p.programme.ID, "", closed.ID, thn.MustDate(2021, time.May, 1)))
		table := p.build("outlets", p.spec(thn.Period{From: thn.MustDate(2019, time.December, 1), To: thn.MustDate(2021, time.July, 1)}, report.ByNone))
		for row, want := range map[string][3]string{"total": {"1,480", "846", "57.2"}, "pharmacy": {"1,229", "639", "52.0"}, "not_pharmacy": {"251", "207", "82.5"}} {
			require.Equal(t, want, [3]string{shown(t, table, row, "registered"), shown(t, table, row, "active"), shown(t, table, row, "active_share")}, row)
		}
	})
}

// A nil return is a report, silence is not, and a total of the site counts.
func TestReporting_countsWhoIsSilent(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, quay, ward := harbour(t, s) // both gave out kits in February, the quay in January too
		silent := p.site("West", "West gate", thn.ChannelCommunity)
		late := thn.Site{ID: thn.NewID(), Area: p.areas["West"], Name: "Late", Setting: "gp", Channel: thn.ChannelCommunity, Supplier: "doctor", Opened: thn.MustDate(2026, time.March, 9)}
		require.NoError(t, s.AddSites(t.Context(), p.programme.ID, "", late))
		p.record(nothing(ward, winter.From, thn.KindDistribution), nothing(quay, winter.From, thn.KindDistribution), taught(late, thn.MustDate(2026, time.March, 20), thn.Attendance{Audience: "staff", People: 5}))
		p.total("West", thn.Month(2026, time.March), 12, func(x *thn.PeriodTotal) { x.Site = ward.ID })
		table := p.build("reporting", p.spec(winter, report.ByNone))
		for row, want := range map[string][]string{
			"2026-01": {"3", "2", "1", "1", "1", "66.7"}, // the quay said that there was nothing, and gave out kits
			"2026-02": {"3", "2", "0", "1", "0", "66.7"},
			"2026-03": {"4", "2", "0", "2", "0", "50.0"},
			"total":   {"10", "6", "1", "4", "1", "60.0"},
		} {
			var got []string
			for _, c := range []string{"expected", "reported", "nil_only", "silent", "contradicted", "reporting_rate"} {
				got = append(got, shown(t, table, row, c))
			}
			require.Equal(t, want, got, row)
		}
		returns, err := report.SeeReturns(t.Context(), s, p.spec(thn.Month(2026, time.March), report.ByNone))
		require.NoError(t, err)
		standing := map[string]thn.Reporting{}
		for _, x := range returns.Sites {
			standing[x.Site.Name] = x.Standing()
		}
		require.Equal(t, map[string]thn.Reporting{"Late": thn.ReportingSome, "Quay van": thn.ReportingSilent, "West wing": thn.ReportingSome, silent.Name: thn.ReportingSilent}, standing)
	})
}
