package setup_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

func TestAddArea_refusals(t *testing.T) {
	each(t, func(b *bench) {
		ctx := context.Background()
		good := func() thn.Area {
			return thn.Area{ID: thn.NewID(), Parent: b.north.ID, Kind: "district", Code: "N1", Name: "Old Town"}
		}
		for name, c := range map[string]struct {
			change     func(*thn.Area)
			field, key string
		}{
			"no name":              {func(a *thn.Area) { a.Name = "" }, "name", "setup.name_missing"},
			"a name that is there": {func(a *thn.Area) { a.Parent, a.Name = b.root.ID, "  nörth " }, "name", "setup.area_taken"},
			"a code that is there": {func(a *thn.Area) { a.Code = "S" }, "code", "setup.code_taken"},
			"another country":      {func(a *thn.Area) { a.Kind = thn.AreaCountry }, "kind", "setup.area_kind"},
			"an unknown kind":      {func(a *thn.Area) { a.Kind = "planet" }, "kind", "setup.area_kind"},
			"nowhere":              {func(a *thn.Area) { a.Parent = "" }, "parent", "setup.area_parent"},
			"an unknown parent":    {func(a *thn.Area) { a.Parent = thn.NewID() }, "parent", "setup.area_parent"},
			"far off":              {func(a *thn.Area) { a.ValidFrom = thn.MustDate(2062, time.March, 1) }, "from", "setup.day_far"},
		} {
			b.t.Run(name, func(t *testing.T) {
				a := good()
				c.change(&a)
				refused(t, b.AddArea(ctx, b.as(thn.RoleManager), a), c.field, c.key)
			})
		}
		a := good()
		require.NoError(b.t, b.AddArea(ctx, b.as(thn.RoleManager), a))
		require.NoError(b.t, b.AddArea(ctx, b.as(thn.RoleManager), a), "the button pressed twice")
		got, err := b.Area(ctx, b.as(thn.RoleManager), a.ID)
		require.NoError(b.t, err)
		require.Equal(b.t, a, got)
	})
}

func TestEndArea(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		kind(b.t, b.EndArea(ctx, manager, b.root.ID, today), fault.Conflict)
		refused(b.t, b.EndArea(ctx, manager, b.north.ID, today), "from", "setup.area_in_use")
		require.NoError(b.t, b.CloseSite(ctx, manager, b.quay.ID, today))
		refused(b.t, b.EndArea(ctx, manager, b.north.ID, today.AddDays(-1)), "from", "setup.area_in_use")
		refused(b.t, b.EndArea(ctx, manager, b.north.ID, thn.Date{}), "from", "setup.day_missing")
		require.NoError(b.t, b.EndArea(ctx, manager, b.north.ID, today))
		kind(b.t, b.EndArea(ctx, manager, b.north.ID, today), fault.Conflict)
		refused(b.t, b.AddSite(ctx, manager, b.site("Late")), "area", "setup.area_unknown")
		refused(b.t, b.AddArea(ctx, manager, thn.Area{ID: thn.NewID(), Parent: b.north.ID, Kind: "district", Name: "Late"}), "parent", "setup.area_parent")
	})
}

func TestAddSite_refusals(t *testing.T) {
	each(t, func(b *bench) {
		ctx := context.Background()
		for name, c := range map[string]struct {
			change     func(*thn.Site)
			field, key string
		}{
			"no name":              {func(s *thn.Site) { s.Name = "\u00a0" }, "name", "setup.name_missing"},
			"a name that is there": {func(s *thn.Site) { s.Name = "QUAY" }, "name", "setup.site_taken"},
			"a code that is there": {func(s *thn.Site) { s.Code = "Q1" }, "code", "setup.code_taken"},
			"an unknown area":      {func(s *thn.Site) { s.Area = thn.NewID() }, "area", "setup.area_unknown"},
			"a moving setting":     {func(s *thn.Site) { s.Setting = "street_outreach" }, "setting", "setup.choose_list"},
			"an unknown channel":   {func(s *thn.Site) { s.Channel = "drone" }, "channel", "setup.choose_list"},
			"an unknown supplier":  {func(s *thn.Site) { s.Supplier = "robot" }, "supplier", "setup.choose_list"},
			"far off":              {func(s *thn.Site) { s.Opened = today.AddDays(400) }, "opened", "setup.day_far"},
		} {
			b.t.Run(name, func(t *testing.T) {
				s := b.site("New")
				c.change(&s)
				refused(t, b.AddSite(ctx, b.as(thn.RoleManager), s), c.field, c.key)
			})
		}
	})
}

func TestAddSite_channelFollowsTheSetting(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		s := b.site("Gate")
		s.Setting, s.Channel = "prison", ""
		require.NoError(b.t, b.AddSite(ctx, manager, s))
		require.NoError(b.t, b.AddSite(ctx, manager, s), "the button pressed twice")
		got, err := b.Site(ctx, manager, s.ID)
		require.NoError(b.t, err)
		require.Equal(b.t, thn.ChannelPrison, got.Channel)
		sites, err := b.Sites(ctx, manager)
		require.NoError(b.t, err)
		require.Len(b.t, sites, 3)
	})
}

func TestCloseSite(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		refused(b.t, b.CloseSite(ctx, manager, b.quay.ID, thn.Date{}), "from", "setup.day_missing")
		refused(b.t, b.CloseSite(ctx, manager, b.quay.ID, b.quay.Opened.AddDays(-1)), "from", "setup.day_before_begin")
		refused(b.t, b.CloseSite(ctx, manager, b.quay.ID, thn.MustDate(2062, time.March, 1)), "from", "setup.day_far")
		require.NoError(b.t, b.CloseSite(ctx, manager, b.quay.ID, today))
		kind(b.t, b.CloseSite(ctx, manager, b.quay.ID, today), fault.Conflict)
		site, err := b.Site(ctx, manager, b.quay.ID)
		require.NoError(b.t, err)
		require.Equal(b.t, today, site.Closed)
	})
}

// Whoever is bound to an area touches nothing outside it, and learns nothing of it.
func TestPlaces_stayWithinReach(t *testing.T) {
	each(t, func(b *bench) {
		ctx := context.Background()
		for name, c := range map[string]struct {
			actor        thn.Actor
			areas, sites int
		}{
			"the whole programme": {b.as(thn.RoleManager), 3, 2},
			"the north":           {b.as(thn.RoleManager, b.north.ID), 1, 1},
			"one site":            {b.as(thn.RoleManager, b.quay.ID), 0, 1},
			"another programme":   {b.stranger(thn.RoleAdministrator), 1, 0},
		} {
			areas, err := b.Areas(ctx, c.actor)
			require.NoError(b.t, err)
			require.Len(b.t, areas, c.areas, name)
			sites, err := b.Sites(ctx, c.actor)
			require.NoError(b.t, err)
			require.Len(b.t, sites, c.sites, name)
		}
		for name, actor := range map[string]thn.Actor{"the north": b.as(thn.RoleManager, b.north.ID), "one site": b.as(thn.RoleManager, b.quay.ID),
			"another programme": b.stranger(thn.RoleAdministrator)} {
			b.t.Run(name, func(t *testing.T) {
				kind(t, b.CloseSite(ctx, actor, b.hill.ID, today), fault.NotFound)
				kind(t, b.EndArea(ctx, actor, b.south.ID, today), fault.NotFound)
				site := b.site("Intruder")
				site.Area = b.south.ID
				refused(t, b.AddSite(ctx, actor, site), "area", "setup.area_unknown")
				refused(t, b.AddArea(ctx, actor, thn.Area{ID: thn.NewID(), Parent: b.south.ID, Kind: "district", Name: "x"}), "parent", "setup.area_parent")
			})
		}
	})
}
