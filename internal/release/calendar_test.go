package release_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/release"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func (p *place) notice(appears thn.Date, reason string) release.Notice {
	return release.Notice{Programme: p.programme, Audience: thn.ForPublic, Period: year, Appears: appears, Reason: reason}
}

// expected is the calendar of the programme as readers see it at the place's hour.
func (p *place) expected(t *testing.T) []release.Due {
	t.Helper()
	said, err := p.Announcements(t.Context(), p.programme.ID)
	require.NoError(t, err)
	list, err := p.Editions(t.Context(), p.programme.ID)
	require.NoError(t, err)
	var open []thn.Edition
	for _, e := range list {
		if e.Open(*p.now) {
			open = append(open, e)
		}
	}
	return release.Expected(said, open)
}

// A day is announced, moved with a reason, kept to by publishing, and told to
// whoever reads the release.
func TestAnnounce_untilItAppears(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, url)
		p.furnish(t)
		today := thn.DateOf(*p.now, time.UTC)
		first, second := today.AddDays(2), today.AddDays(5)
		require.NoError(t, p.releases.Announce(t.Context(), p.notice(first, "")))
		require.NoError(t, p.releases.Announce(t.Context(), p.notice(first, "")), "said twice is said once")
		for name, c := range map[string]struct {
			change release.Notice
			key    string
		}{
			"another day without a reason": {p.notice(second, " "), "calendar.error.reason"},
			"too many words":               {p.notice(second, strings.Repeat("x", thn.LongestReason+1)), "calendar.error.reason"},
			"a day that is over":           {p.notice(today.AddDays(-1), "x"), "calendar.error.past"},
		} {
			key, _ := fault.Sentence(p.releases.Announce(t.Context(), c.change))
			require.Equal(t, c.key, key, name)
		}
		*p.now = p.now.AddDate(0, 0, 1)
		require.NoError(t, p.releases.Announce(t.Context(), p.notice(second, "a late return")))
		list := p.expected(t)
		require.Len(t, list, 1)
		require.Equal(t, release.Awaited, list[0].Standing(today))
		require.Equal(t, release.Overdue, list[0].Standing(second.AddDays(1)))
		require.Equal(t, second, list[0].Appears())
		require.Len(t, list[0].Said, 2)

		e, err := p.releases.Close(t.Context(), p.order())
		require.NoError(t, err)
		require.Equal(t, today, e.Notice, "the day on which it was first announced")
		for _, from := range []time.Time{{}, p.now.AddDate(0, 0, 1), p.now.AddDate(0, 0, 9)} {
			key, _ := fault.Sentence(p.releases.Publish(t.Context(), p.programme.ID, "", e.Number, from))
			require.Equal(t, "calendar.error.other_day", key, "%v", from)
		}
		hour := time.Date(second.Year(), second.Month(), second.Day(), 9, 0, 0, 0, time.UTC)
		require.NoError(t, p.releases.Publish(t.Context(), p.programme.ID, "", e.Number, hour))
		require.Zero(t, p.expected(t)[0].Edition.Number, "before its hour nothing of it is known")
		key, _ := fault.Sentence(p.releases.Announce(t.Context(), p.notice(second.AddDays(1), "x")))
		require.Equal(t, "calendar.error.published", key)
		*p.now = hour
		list = p.expected(t)
		require.Len(t, list, 1)
		require.Equal(t, release.OnDay, list[0].Standing(second))
		require.Equal(t, 1, list[0].Edition.Number)
	})
}

// What came late is said to be late, and what is taken back stays as history.
func TestAnnounce_lateAndTakenBack(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, url)
		p.furnish(t)
		today := thn.DateOf(*p.now, time.UTC)
		key, _ := fault.Sentence(p.releases.Announce(t.Context(), p.notice(today, "x")))
		require.Equal(t, "calendar.error.first", key)
		key, _ = fault.Sentence(p.releases.Announce(t.Context(), p.notice(thn.Date{}, "")))
		require.Equal(t, "calendar.error.nothing", key)
		open := p.notice(today, "")
		open.Period = thn.YearFrom(2026, time.January)
		key, _ = fault.Sentence(p.releases.Announce(t.Context(), open))
		require.Equal(t, "calendar.error.open_period", key)

		require.NoError(t, p.releases.Announce(t.Context(), p.notice(today, "")))
		*p.now = p.now.AddDate(0, 0, 3)
		e, err := p.releases.Close(t.Context(), p.order())
		require.NoError(t, err)
		require.NoError(t, p.releases.Publish(t.Context(), p.programme.ID, "", e.Number, time.Time{}), "its day has passed: late is better than never")
		require.Equal(t, release.Late, p.expected(t)[0].Standing(today.AddDays(3)))
		part := p.notice(today.AddDays(9), "")
		part.Period = thn.Quarter(2025, 1)
		key, _ = fault.Sentence(p.releases.Announce(t.Context(), part))
		require.Equal(t, "edition.error.overlap", key)

		other := p.notice(today.AddDays(9), "")
		other.Period = thn.YearFrom(2024, time.January)
		require.NoError(t, p.releases.Announce(t.Context(), other))
		half := other
		half.Period = thn.Quarter(2024, 3)
		key, _ = fault.Sentence(p.releases.Announce(t.Context(), half))
		require.Equal(t, "calendar.error.overlap", key)
		other.Appears, other.Reason = thn.Date{}, "no data for the year"
		require.NoError(t, p.releases.Announce(t.Context(), other))
		list := p.expected(t)
		require.Equal(t, release.Withdrawn, list[0].Standing(today), "what did not come stands first")
		require.Equal(t, year, list[1].Period)
		require.NoError(t, p.releases.Announce(t.Context(), half), "what was taken back is in nobody's way")
	})
}

func TestDue_standing(t *testing.T) {
	t.Parallel()
	day := thn.MustDate(2026, 3, 10)
	came := func(d thn.Date) thn.Edition {
		return thn.Edition{Number: 1, From: time.Date(d.Year(), d.Month(), d.Day(), 9, 0, 0, 0, time.UTC)}
	}
	said := []thn.Announcement{{Appears: day.AddDays(-4)}, {Appears: day}}
	for want, d := range map[release.Standing]release.Due{
		release.Awaited:   {Said: said},
		release.OnDay:     {Said: said, Edition: came(day)},
		release.Early:     {Said: said, Edition: came(day.AddDays(-4))},
		release.Late:      {Said: said, Edition: came(day.AddDays(1))},
		release.Unsaid:    {Edition: came(day)},
		release.Withdrawn: {Said: append(said[:1:1], thn.Announcement{Reason: "x"})},
	} {
		require.Equal(t, want, d.Standing(day))
	}
	require.Equal(t, release.Overdue, release.Due{Said: said}.Standing(day.AddDays(1)))

	revised, first := came(day.AddDays(30)), came(day)
	revised.Number = 2
	for _, editions := range [][]thn.Edition{{revised, first}, {first, revised}} {
		list := release.Expected(nil, editions)
		require.Len(t, list, 1)
		require.Equal(t, day, list[0].Came(), "a revision has not come late")
	}
}
