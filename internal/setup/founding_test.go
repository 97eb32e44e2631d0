package setup_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/setup"
	"thntracker/internal/thn"
)

// founder checks answers and stores nothing.
func founder() *setup.Setup {
	return setup.New(nil, nil, setup.Options{Now: noon, Zone: time.LoadLocation})
}

func TestFounding_checksEveryAnswer(t *testing.T) {
	t.Parallel()
	good := setup.Start{Name: "  Coast  ", Country: "ke", CountryName: "Kenya", Zone: "Africa/Nairobi", Fiscal: 7}
	f, err := founder().Founding(good)
	require.NoError(t, err)
	require.Equal(t, "Coast", f.Programme.Name)
	require.Equal(t, "KE", f.Programme.Country)
	require.Equal(t, thn.Area{ID: f.Country.ID, Kind: thn.AreaCountry, Code: "KE", Name: "Kenya"}, f.Country)
	require.Len(t, f.Products, len(setup.Products()))

	for name, c := range map[string]struct {
		change     func(*setup.Start)
		field, key string
	}{
		"no name":            {func(s *setup.Start) { s.Name = " " }, "programme", "setup.name_missing"},
		"a name too long":    {func(s *setup.Start) { s.Name = strings.Repeat("ö", 121) }, "programme", "setup.name_long"},
		"a name that turns":  {func(s *setup.Start) { s.Name = "Coast\u202eevil" }, "programme", "setup.name_signs"},
		"a name with a line": {func(s *setup.Start) { s.Name = "Coast\nline" }, "programme", "setup.name_signs"},
		"broken text":        {func(s *setup.Start) { s.Name = "Coast\xff" }, "programme", "setup.name_signs"},
		"three letters":      {func(s *setup.Start) { s.Country = "KEN" }, "country", "setup.country_unknown"},
		"a union":            {func(s *setup.Start) { s.Country = "EU" }, "country", "setup.country_unknown"},
		"one letter":         {func(s *setup.Start) { s.Country = "K" }, "country", "setup.country_unknown"},
		"no country":         {func(s *setup.Start) { s.Country = "" }, "country", "setup.country_unknown"},
		"no zone":            {func(s *setup.Start) { s.Zone = "" }, "zone", "setup.zone_unknown"},
		"this machine":       {func(s *setup.Start) { s.Zone = "Local" }, "zone", "setup.zone_unknown"},
		"a path":             {func(s *setup.Start) { s.Zone = "../../etc/passwd" }, "zone", "setup.zone_unknown"},
		"month 0":            {func(s *setup.Start) { s.Fiscal = 0 }, "fiscal", "setup.month_unknown"},
		"month 13":           {func(s *setup.Start) { s.Fiscal = 13 }, "fiscal", "setup.month_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			start := good
			c.change(&start)
			_, err := founder().Founding(start)
			refused(t, err, c.field, c.key)
		})
	}
}

func TestFounding_countries(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{"XD": "XD", "xd": "XD", "GB": "GB", "UK": "GB", "QM": "QM", "AA": "AA", "XK": "XK"} {
		f, err := founder().Founding(setup.Start{Name: "x", Country: typed, Zone: "UTC", Fiscal: 1})
		require.NoError(t, err, typed)
		require.Equal(t, want, f.Programme.Country, typed)
		require.Equal(t, want, f.Country.Name, "the code stands in for a name")
	}
}

func TestFound_storesTheWholeOrNothing(t *testing.T) {
	each(t, func(b *bench) {
		ctx := context.Background()
		before, err := b.store.Programmes(ctx)
		require.NoError(b.t, err)
		_, err = b.Found(ctx, "", setup.Start{Name: "Coast", Country: "KE", Zone: "Mars/Olympus", Fiscal: 1})
		kind(b.t, err, fault.Invalid)
		id, err := b.Found(ctx, "", setup.Start{Name: "Coast", Country: "KE", CountryName: "Kenya", Zone: "Africa/Nairobi", Fiscal: 1})
		require.NoError(b.t, err)
		after, err := b.store.Programmes(ctx)
		require.NoError(b.t, err)
		require.Len(b.t, after, len(before)+1)
		areas, err := b.store.Areas(ctx, id)
		require.NoError(b.t, err)
		require.Len(b.t, areas, 1)
		products, err := b.store.Products(ctx, id)
		require.NoError(b.t, err)
		require.Len(b.t, products, len(setup.Products()))
	})
}

// The seed carries the published amounts; what a pharmacist has yet to check on
// the pack is not given as settled.
func TestProducts_amountsAndWhatIsUnconfirmed(t *testing.T) {
	t.Parallel()
	type amounts struct {
		dose, doses, units int
		confirmed          bool
	}
	got := map[string]amounts{}
	for _, p := range setup.Products() {
		got[p.Code] = amounts{p.DoseMicrograms, p.DosesPerUnit, p.UnitsPerKit, p.Confirmed}
		require.Equal(t, 1000, p.KitThousandths, p.Code)
		require.Contains(t, thn.Routes, p.Route, p.Code)
	}
	require.Equal(t, map[string]amounts{
		"prenoxad": {400, 5, 1, true}, "nyxoid": {1800, 1, 2, false}, "nasal-4mg": {4000, 1, 2, false}, "kloxxado": {8000, 1, 0, false},
		"ventizolve": {1260, 1, 0, false}, "zimhi": {5000, 1, 0, false}, "ampoule": {400, 1, 3, true},
	}, got)
}
