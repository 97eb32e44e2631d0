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

func happened(s thn.Site, carrier thn.ID, status thn.CarriageStatus, day thn.Date, expiry ...thn.Date) thn.Carriage {
	c := thn.Carriage{ID: thn.NewID(), Day: day, Site: s.ID, Area: s.Area, Carrier: carrier, Status: status}
	if len(expiry) > 0 {
		c.Expiry = expiry[0]
	}
	return c
}

// A pilot in which 100 officers are trained and 81 take a kit: the uptake that
// Police Scotland published of its pilot. Replacements and returns follow.
func TestCarriage_threeNumbers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XF", 1, "XF/East", "XF/West")
		day := thn.MustDate(2025, time.October, 6)
		east := p.unit("East", "Quay", "police", thn.Date{})
		p.unit("West", "Hill", "fire", thn.Date{})
		later := thn.MustDate(2027, time.June, 30)
		var carriers []thn.ID
		for n := range 100 {
			id := thn.NewID()
			carriers = append(carriers, id)
			p.record(happened(east, id, "trained", day))
			if n < 81 {
				p.record(happened(east, id, "issued", day.AddDays(1), later))
			}
		}
		table := p.build("carriage", p.spec(autumn, report.ByNone))
		require.Equal(t, []string{"100", "81", "0", "81.0"}, []string{shown(t, table, "total", "trained"), shown(t, table, "total", "in_date"),
			shown(t, table, "total", "returned"), shown(t, table, "total", "uptake")})
		require.Equal(t, "no denominator", shown(t, table, "total", "carriage"))

		p.denominator(thn.Officers, "XF", thn.YearFrom(2025, 1), "Frontline officers up to inspector", 162)
		p.record(happened(east, carriers[0], "replaced", day.AddDays(9), later), happened(east, carriers[1], "returned", day.AddDays(9)),
			happened(east, carriers[2], "replaced", day.AddDays(9), thn.MustDate(2025, time.November, 30)), happened(east, carriers[3], "left_post", day.AddDays(9)),
			happened(east, carriers[4], "replaced", day.AddDays(9), thn.MustDate(2026, time.January, 31)))
		table = p.build("carriage", p.spec(autumn, report.ByNone))
		require.Equal(t, "99", shown(t, table, "total", "trained"), "one left the post")
		require.Equal(t, "78", shown(t, table, "total", "in_date"), "returned, past its date and gone are not; replaced is")
		require.Equal(t, "48.1", shown(t, table, "total", "carriage"))
		require.Equal(t, []string{"1", "1", "1"}, []string{shown(t, table, "total", "returned"), shown(t, table, "total", "expired"), shown(t, table, "total", "soon")})
		p.golden("carriage", table, p.build("carriage", p.spec(autumn, report.BySite)), p.build("carriage", p.spec(autumn, report.ByArea)))

		kits := p.build("kits", p.spec(autumn, report.ByNone))
		require.Equal(t, report.KindNotReported, kits.Cell("total", "all").Kind(), "officers' own naloxone is not given out")
	})
}

func called(s thn.Site, month thn.Date, eligible, patient, other, registered, followUp int) thn.LeaveBehind {
	return thn.LeaveBehind{ID: thn.NewID(), Site: s.ID, Area: s.Area, Month: month, Eligible: eligible, LeftPatient: patient, LeftOther: other, Declined: thn.NotRecorded,
		NoStock: thn.NotRecorded, NotOffered: thn.NotRecorded, Registered: registered, FollowUp: followUp}
}

// Howard County: a kit left at 120 of 239 calls, 143 of them linked to peers.
func TestLeaveBehind_howardCounty(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XF", 1, "XF/East")
		crew := p.unit("East", "Crew", "ambulance", autumn.From)
		p.record(called(crew, autumn.From, 139, 60, 10, thn.NotRecorded, 83), called(crew, autumn.From.AddMonths(1), 100, 30, 20, thn.NotRecorded, 60))
		table := p.build("leave-behind", p.spec(autumn, report.ByNone))
		require.Equal(t, "50.21", shown(t, table, "total", "left_share"))
		require.Equal(t, "59.83", shown(t, table, "total", "follow_up_share"))
		require.Equal(t, "119", shown(t, table, "total", "call_open"), "nobody says what became of the other calls")
		require.Equal(t, "not reported", shown(t, table, "total", "registered_share"))
		require.Equal(t, 1, table.Missing[0].Args["N"], "December")
		p.golden("leave_behind", table, p.build("leave-behind", p.spec(autumn, report.ByMonth)))
	})
}

// San Francisco: 232 of 1,200 kits registered, printed as 19 in 100.
func TestLeaveBehind_sanFrancisco(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XF", 1, "XF/East")
		crew := p.unit("East", "Crew", "ambulance", autumn.From)
		p.record(called(crew, autumn.From, 1500, 1000, 200, 232, thn.NotRecorded), called(crew, autumn.From.AddMonths(1), 90, 40, 0, thn.NotRecorded, thn.NotRecorded))
		require.Equal(t, "19", shown(t, p.build("leave-behind", p.spec(autumn, report.ByNone)), "total", "registered_share"), "a month that does not say is in neither number")
	})
}
