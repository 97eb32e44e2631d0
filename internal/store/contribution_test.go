package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// The newest word counts; the older ones stay.
func TestContributions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, q := newPlace(t, s).programme, newPlace(t, s).programme
		ctx := t.Context()
		say := func(programme, publisher thn.ID) {
			t.Helper()
			require.NoError(t, s.AddContribution(ctx, "", thn.Contribution{Programme: programme, Publisher: publisher, Role: thn.RoleManager}))
		}
		none, err := s.Contributors(ctx, p.ID)
		require.NoError(t, err)
		require.Empty(t, none)
		say(q.ID, p.ID)
		list, err := s.Contributors(ctx, p.ID)
		require.NoError(t, err)
		require.Equal(t, []thn.ID{q.ID}, list)
		say(q.ID, "")
		list, err = s.Contributors(ctx, p.ID)
		require.NoError(t, err)
		require.Empty(t, list, "taken back")
		said, err := s.Contributions(ctx, q.ID)
		require.NoError(t, err)
		require.Len(t, said, 2)
		require.Equal(t, []thn.ID{"", p.ID}, []thn.ID{said[0].Publisher, said[1].Publisher}, "the newest first")
		require.Error(t, s.AddContribution(ctx, "", thn.Contribution{Programme: p.ID, Publisher: p.ID}))

		e := (&place{programme: p}).edition()
		e.With = []thn.ID{q.ID}
		e, err = s.AddEdition(ctx, "", e)
		require.NoError(t, err)
		part, err := s.PartOf(ctx, q.ID)
		require.NoError(t, err)
		require.Len(t, part, 1)
		require.Equal(t, e.ID, part[0].ID)
		own, err := s.PartOf(ctx, p.ID)
		require.NoError(t, err)
		require.Empty(t, own)
	})
}
