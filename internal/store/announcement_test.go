package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func (p *place) announcement(change func(*thn.Announcement)) thn.Announcement {
	a := thn.Announcement{Programme: p.programme.ID, ID: thn.NewID(), Country: p.programme.Country, Audience: thn.ForPublic, Period: thn.Quarter(2026, 1),
		Appears: thn.MustDate(2026, 6, 1), Announced: thn.MustDate(2026, 5, 1)}
	if change != nil {
		change(&a)
	}
	return a
}

// Announcements are added and never changed, and readers outside find those that
// are for everybody.
func TestAnnouncements_areHistory(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, storetest.Open(t, url))
		ctx := t.Context()
		shelf, err := store.OpenShelf(ctx, url)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, shelf.Close()) })
		want := []thn.Announcement{p.announcement(nil), p.announcement(func(a *thn.Announcement) { a.Appears, a.Reason = thn.Date{}, "no data" }),
			p.announcement(func(a *thn.Announcement) { a.Audience = thn.ForNation })}
		for i := range want {
			require.NoError(t, p.AddAnnouncement(ctx, p.by, want[i]))
			want[i].Number = i + 1
		}
		for name, wrong := range map[string]func(*thn.Announcement){
			"no reason":  func(a *thn.Announcement) { a.Appears = thn.Date{} },
			"no period":  func(a *thn.Announcement) { a.Period = thn.Period{} },
			"no readers": func(a *thn.Announcement) { a.Audience = "all" },
			"no country": func(a *thn.Announcement) { a.Country = "" },
		} {
			require.Error(t, p.AddAnnouncement(ctx, p.by, p.announcement(wrong)), name)
		}
		got, err := p.Announcements(ctx, p.programme.ID)
		require.NoError(t, err)
		require.Equal(t, want, got)
		for country, n := range map[string]int{"": 2, p.programme.Country: 2, "ZZ": 0} {
			list, err := shelf.Announced(ctx, country)
			require.NoError(t, err)
			require.Equal(t, want[:n], append([]thn.Announcement{}, list...), country)
		}
		got, err = p.Announcements(ctx, thn.NewID())
		require.NoError(t, err)
		require.Empty(t, got, "another programme's")
	})
}
