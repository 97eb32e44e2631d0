package thn_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/thn"
)

func happened(carrier string, status thn.CarriageStatus, day thn.Date, more ...thn.Date) thn.Carriage {
	c := thn.Carriage{ID: thn.NewID(), Day: day, Site: "s", Area: "a", Carrier: thn.ID(carrier), Status: status}
	if len(more) > 0 {
		c.Expiry = more[0]
	}
	return c
}

func TestCarriers_areFollowedThroughTheirRecords(t *testing.T) {
	t.Parallel()
	day := func(m time.Month, d int) thn.Date { return thn.MustDate(2025, m, d) }
	later := thn.MustDate(2027, 1, 31)
	cases := map[string]struct {
		events              []thn.Carriage
		holds, inDate, post bool
	}{
		"trained only":                   {[]thn.Carriage{happened("x", "trained", day(1, 1))}, false, false, true},
		"issued":                         {[]thn.Carriage{happened("x", "issued", day(1, 1), later)}, true, true, true},
		"issued without an expiry":       {[]thn.Carriage{happened("x", "issued", day(1, 1))}, true, false, true},
		"past its date":                  {[]thn.Carriage{happened("x", "issued", day(1, 1), day(5, 31))}, true, false, true},
		"its last day":                   {[]thn.Carriage{happened("x", "issued", day(1, 1), day(6, 30))}, true, true, true},
		"replaced":                       {[]thn.Carriage{happened("x", "issued", day(1, 1), day(3, 31)), happened("x", "replaced", day(4, 1), later)}, true, true, true},
		"expired and replaced in a day":  {[]thn.Carriage{happened("x", "replaced", day(4, 1), later), happened("x", "expired", day(4, 1))}, true, true, true},
		"returned":                       {[]thn.Carriage{happened("x", "issued", day(1, 1), later), happened("x", "returned", day(4, 1))}, false, false, true},
		"lost":                           {[]thn.Carriage{happened("x", "issued", day(1, 1), later), happened("x", "lost", day(4, 1))}, false, false, true},
		"left, and the kit with them":    {[]thn.Carriage{happened("x", "issued", day(1, 1), later), happened("x", "left_post", day(4, 1))}, false, false, false},
		"what comes later is not known":  {[]thn.Carriage{happened("x", "issued", day(1, 1), later), happened("x", "returned", day(7, 1))}, true, true, true},
		"the order of writing is no way": {[]thn.Carriage{happened("x", "returned", day(4, 1)), happened("x", "issued", day(1, 1), later)}, false, false, true},
	}
	for name, c := range cases {
		list := thn.Carriers(c.events, day(6, 30))
		require.Len(t, list, 1, name)
		require.Equal(t, [3]bool{c.holds, c.inDate, c.post}, [3]bool{list[0].Holds(), list[0].InDate(day(6, 30)), list[0].InPost()}, name)
	}
	require.Empty(t, thn.Carriers([]thn.Carriage{happened("x", "issued", day(7, 1), later)}, day(6, 30)))
}

// However often kits are exchanged, an officer is one officer.
func TestCarriers_replacingIsNobodyNew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		who := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 20).Draw(t, "who")
		seen := map[string]bool{}
		var events []thn.Carriage
		for _, w := range who {
			seen[w] = true
			events = append(events, happened(w, rapid.SampledFrom(thn.CarriageStatuses).Draw(t, "status"), thn.MustDate(2025, 1, rapid.IntRange(1, 31).Draw(t, "day"))))
		}
		list := thn.Carriers(events, thn.MustDate(2025, 2, 1))
		if len(list) != len(seen) {
			t.Fatalf("%d carriers of %d", len(list), len(seen))
		}
	})
}
