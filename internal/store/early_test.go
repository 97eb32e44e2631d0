package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// Of those who are named, each has read a release before its hour or has not;
// other releases, other readers and other acts change nothing.
func TestEarlyReaders_whoDid(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, programme := t.Context(), p.programme.ID
		var readers []thn.ID
		for _, handle := range []string{"Berta", "ana"} {
			a := thn.Account{ID: thn.NewID(), Handle: handle}
			require.NoError(t, p.AddAccount(ctx, "", a, thn.Grant{ID: thn.NewID(), Programme: programme, Account: a.ID, Role: thn.RoleAdvocate}))
			readers = append(readers, a.ID)
		}
		hour := storetest.Noon.UTC().Truncate(time.Hour)
		var ids []thn.ID
		for n, from := range []time.Time{hour.AddDate(0, 0, 2), hour.AddDate(0, 0, 1)} {
			x := p.edition()
			x.Period = thn.Quarter(2025, n+1)
			e, err := p.AddEdition(ctx, p.by, x)
			require.NoError(t, err)
			require.NoError(t, p.Publish(ctx, programme, p.by, e.ID, from, readers[:2-n]...))
			ids = append(ids, e.ID)
		}
		require.NoError(t, p.NoteReading(ctx, programme, readers[0], ids[0]))
		require.NoError(t, p.NoteReading(ctx, programme, readers[0], ids[0]))
		require.NoError(t, p.NoteReading(ctx, programme, readers[1], ids[1]))
		got, err := p.EarlyReaders(ctx, programme, hour)
		require.NoError(t, err)
		require.Equal(t, []thn.EarlyReader{{Edition: 2, Handle: "Berta"}, {Edition: 1, Handle: "ana"}, {Edition: 1, Handle: "Berta", Hour: hour.Format("2006-01-02T15")}}, got)
		got, err = p.EarlyReaders(ctx, programme, hour.AddDate(0, 0, 1))
		require.NoError(t, err)
		require.Len(t, got, 2, "of releases that open later")
		got, err = p.EarlyReaders(ctx, thn.NewID(), hour)
		require.NoError(t, err)
		require.Empty(t, got)
	})
}
