package setup_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/setup"
	"thntracker/internal/thn"
)

// A programme gives its word to one of its own country, and takes it back.
func TestContribute(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := b.t.Context(), b.as(thn.RoleManager)
		country := manager.Programme.Country
		found := func(name, country string) thn.ID {
			id, err := b.Found(ctx, "", setup.Start{Name: name, Country: country, CountryName: country, Zone: "UTC", Fiscal: 1})
			require.NoError(b.t, err)
			return id
		}
		neighbour, abroad := found("Another programme", country), found("A programme abroad", "XP")
		refused(b.t, b.Contribute(ctx, manager, abroad), "publisher", "contribution.choose")
		refused(b.t, b.Contribute(ctx, manager, manager.Programme.ID), "publisher", "contribution.choose")
		refused(b.t, b.Contribute(ctx, manager, ""), "publisher", "contribution.same")
		kind(b.t, b.Contribute(ctx, b.as(thn.RoleManager, b.north.ID), neighbour), fault.Denied)
		require.NoError(b.t, b.Contribute(ctx, manager, neighbour))
		refused(b.t, b.Contribute(ctx, manager, neighbour), "publisher", "contribution.same")
		c, err := b.Country(ctx, manager)
		require.NoError(b.t, err)
		publisher, any := c.Publisher()
		require.True(b.t, any)
		require.Equal(b.t, neighbour, publisher.ID)
		require.NoError(b.t, b.Contribute(ctx, manager, ""))
		c, err = b.Country(ctx, manager)
		require.NoError(b.t, err)
		_, any = c.Publisher()
		require.False(b.t, any)
		require.Len(b.t, c.Words, 2)
	})
}
