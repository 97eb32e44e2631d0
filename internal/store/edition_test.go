package store_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func (p *place) edition() thn.Edition {
	return thn.Edition{Programme: p.programme.ID, ID: thn.NewID(), Country: p.programme.Country, Audience: thn.ForPublic, Period: thn.Quarter(2026, 1), State: thn.EditionClosed,
		Provisional: true, Alone: true, Notice: thn.MustDate(2026, 6, 1), AsAt: time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC), Hash: strings.Repeat("a", 64), Body: []byte(`{"a":"é"}`), Counts: []byte(`{}`)}
}

// A release comes back as it was stored, numbers count up, and it is published once.
// PV-27.
func TestEditions_areNumberedAndPublishedOnce(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, programme := t.Context(), p.programme.ID
		reader := thn.Account{ID: thn.NewID(), Handle: "reader"}
		require.NoError(t, p.AddAccount(ctx, "", reader, thn.Grant{ID: thn.NewID(), Programme: programme, Account: reader.ID, Role: thn.RoleAdvocate}))
		want, err := p.AddEdition(ctx, p.by, p.edition())
		require.NoError(t, err)
		require.Equal(t, 1, want.Number)
		got, err := p.Edition(ctx, programme, 1)
		require.NoError(t, err)
		counts, err := p.Counts(ctx, programme, want.ID)
		require.NoError(t, err)
		require.Equal(t, want.Counts, counts)
		want.Counts = nil // never read with the rest
		require.Equal(t, want, got)

		second := p.edition()
		second.Revises, second.Reason = 1, "late records of two sites"
		second, err = p.AddEdition(ctx, p.by, second)
		require.NoError(t, err)
		require.Equal(t, 2, second.Number)
		third := p.edition()
		third.Revises, third.Reason = 1, "again"
		_, err = p.AddEdition(ctx, p.by, third)
		require.True(t, fault.Is(err, fault.Conflict), "%v", err)

		hour := time.Date(2026, 6, 1, 7, 0, 0, 0, time.UTC)
		require.NoError(t, p.Publish(ctx, programme, p.by, want.ID, hour, reader.ID))
		require.True(t, fault.Is(p.Publish(ctx, programme, p.by, want.ID, hour), fault.Conflict))
		got, err = p.Edition(ctx, programme, 1)
		require.NoError(t, err)
		require.Equal(t, []thn.ID{reader.ID}, got.Readers)
		require.False(t, got.Open(hour.Add(-time.Second)))
		require.True(t, got.Open(hour))

		list, err := p.Editions(ctx, programme)
		require.NoError(t, err)
		require.Len(t, list, 2)
		require.Equal(t, 2, list[0].Number)
		require.Empty(t, list[0].Body)
		_, err = p.Edition(ctx, thn.NewID(), 1)
		require.True(t, fault.Is(err, fault.NotFound), "another programme's")
	})
}

// Two who close at once get two numbers.
func TestEditions_closedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		var wg sync.WaitGroup
		for range 6 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if _, err := p.AddEdition(t.Context(), p.by, p.edition()); err != nil {
					require.True(t, fault.Is(err, fault.Conflict), "%v", err)
				}
			}()
		}
		wg.Wait()
		list, err := p.Editions(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.NotEmpty(t, list)
		for i, e := range list {
			require.Equal(t, len(list)-i, e.Number)
		}
	})
}

// Through the shelf nothing but published releases can be read: PV-22. On
// PostgreSQL the database itself refuses. DX-16: so no answer takes longer because of
// what a release hides.
func TestShelf_holdsReleasesOnly(t *testing.T) {
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, storetest.Open(t, url))
		ctx := t.Context()
		shelf, err := store.OpenShelf(ctx, url)
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, shelf.Close()) })
		closed, err := p.AddEdition(ctx, p.by, p.edition())
		require.NoError(t, err)
		_, err = shelf.Edition(ctx, p.programme.ID, closed.Number)
		require.True(t, fault.Is(err, fault.NotFound), "not published yet")
		require.NoError(t, p.Publish(ctx, p.programme.ID, p.by, closed.ID, time.Date(2026, 6, 1, 7, 0, 0, 0, time.UTC)))
		got, err := shelf.Edition(ctx, p.programme.ID, closed.Number)
		require.NoError(t, err)
		require.Equal(t, closed.Body, got.Body)
		list, err := shelf.Public(ctx, p.programme.Country)
		require.NoError(t, err)
		require.Len(t, list, 1)
		list, err = shelf.Public(ctx, "ZZ")
		require.NoError(t, err)
		require.Empty(t, list)

		for _, write := range []string{"UPDATE editions SET body = 'x'", "DELETE FROM editions"} {
			require.Error(t, shelf.Raw(ctx, write), write)
		}
		if p.Engine() == store.Postgres {
			for table := range store.Rows() {
				if table != "editions" && table != "edition_readers" && table != "announcements" {
					require.ErrorContains(t, shelf.Raw(ctx, "SELECT 1 FROM "+table), "permission denied", table)
				}
			}
		}
	})
}
