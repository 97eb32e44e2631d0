package activity_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/activity"
	"thntracker/internal/fault"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// place is a programme with a site in each of two regions, a worker in each, a
// manager of the north and one of everything.
type place struct {
	store         *store.Store
	programme     thn.Programme
	north, south  thn.Area
	harbour, mill thn.Site
	product       thn.Product
	people        map[string]thn.Actor
}

func newPlace(t *testing.T, s *store.Store) *place {
	t.Helper()
	p := &place{store: s, people: map[string]thn.Actor{}}
	p.programme = thn.Programme{ID: thn.NewID(), Name: "Test", Country: "XD", Zone: "UTC", Fiscal: 4}
	root := thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "Testland"}
	p.north = thn.Area{ID: thn.NewID(), Parent: root.ID, Kind: "region", Name: "North"}
	p.south = thn.Area{ID: thn.NewID(), Parent: root.ID, Kind: "region", Name: "South"}
	p.harbour = thn.Site{ID: thn.NewID(), Area: p.north.ID, Name: "Harbour", Setting: "gp", Channel: thn.ChannelCommunity, Supplier: "nurse"}
	p.mill = thn.Site{ID: thn.NewID(), Area: p.south.ID, Name: "Mill", Setting: "gp", Channel: thn.ChannelCommunity, Supplier: "nurse"}
	p.product = thn.Product{ID: thn.NewID(), Code: "spray", Name: "Spray", Route: "nasal"}
	require.NoError(t, s.Found(t.Context(), thn.Founding{Programme: p.programme, Country: root, Products: []thn.Product{p.product}}))
	require.NoError(t, s.AddAreas(t.Context(), p.programme.ID, "", p.north, p.south))
	require.NoError(t, s.AddSites(t.Context(), p.programme.ID, "", p.harbour, p.mill))
	for handle, g := range map[string]thn.Grant{
		"harbour-worker": {Role: thn.RoleWorker, Site: p.harbour.ID}, "mill-worker": {Role: thn.RoleWorker, Site: p.mill.ID},
		"north-manager": {Role: thn.RoleManager, Area: p.north.ID}, "chief": {Role: thn.RoleManager},
	} {
		p.join(t, handle, g)
	}
	return p
}

func (p *place) join(t *testing.T, handle string, g thn.Grant) {
	t.Helper()
	account := thn.Account{ID: thn.NewID(), Handle: handle}
	g.ID, g.Programme, g.Account = thn.NewID(), p.programme.ID, account.ID
	require.NoError(t, p.store.AddAccount(t.Context(), "", account, g))
	actor := thn.Actor{Account: account, Programme: p.programme, Grant: g}
	if g.Area != "" {
		actor.Areas = []thn.ID{g.Area}
	}
	p.people[handle] = actor
}

// give records a kit at a site and gives the id.
func (p *place) give(t *testing.T, by string, at thn.Site, corrects thn.ID, void bool) thn.ID {
	t.Helper()
	d := thn.Distribution{ID: thn.NewID(), Day: thn.MustDate(2026, 3, 1), Site: at.ID, Area: at.Area, Setting: "gp", Supplier: "nurse", Channel: thn.ChannelCommunity,
		Product: p.product.ID, Training: "brief", Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 1}}}
	sub := thn.Submission{Programme: p.programme.ID, By: p.people[by].Account.ID, Record: d, Corrects: corrects, Void: void}
	if void {
		sub.Record = thn.Distribution{ID: d.ID}
	}
	out, err := p.store.Append(t.Context(), []thn.Submission{sub})
	require.NoError(t, err)
	require.Equal(t, thn.Stored, out[0])
	return d.ID
}

func each(t *testing.T, body func(t *testing.T, p *place)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) { body(t, newPlace(t, s)) })
}

func at(now time.Time) func() time.Time { return func() time.Time { return now } }

// lines puts a page into words: who, action, kind, place.
func (p *place) lines(t *testing.T, who string, f activity.Filter) (list []string, page activity.Page) {
	t.Helper()
	page, err := activity.New(p.store, at(storetest.Noon)).See(t.Context(), p.people[who], f)
	require.NoError(t, err)
	for _, a := range page.Acts {
		list = append(list, a.Handle+" "+a.Action+" "+a.Kind+" "+a.Place)
	}
	return list, page
}

func TestSee_staysWithinTheArea(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		first := p.give(t, "harbour-worker", p.harbour, "", false)
		other := p.give(t, "mill-worker", p.mill, "", false)
		second := p.give(t, "harbour-worker", p.harbour, first, false)
		p.give(t, "harbour-worker", p.harbour, second, true)
		p.give(t, "mill-worker", p.mill, other, true)
		for _, site := range []thn.Site{p.harbour, p.mill} {
			require.NoError(t, p.store.Hold(t.Context(), thn.HeldRecord{Programme: p.programme.ID, Kind: thn.KindDistribution, Record: thn.NewID(), By: p.people["mill-worker"].Account.ID,
				Cause: "site_closed", Payload: `{"site":"` + string(site.ID) + `"}`}))
		}
		denominator := thn.Denominator{ID: thn.NewID(), Kind: thn.Residents, Area: p.south.ID, Period: thn.Month(2026, time.March), Definition: "D", Source: "S"}
		require.NoError(t, p.store.AddDenominators(t.Context(), p.programme.ID, "", denominator))
		require.NoError(t, p.store.AddSurveys(t.Context(), p.programme.ID, "", thn.Survey{ID: thn.NewID(), Question: thn.Aware, Area: p.south.ID, Period: denominator.Period, Yes: 5, Asked: 9, Sample: "W", Source: "S"}))
		require.NoError(t, p.store.OpenBag(t.Context(), p.programme.ID, "", thn.Bag{ID: thn.NewID(), Site: p.mill.ID, Account: p.people["mill-worker"].Account.ID}))

		list, page := p.lines(t, "north-manager", activity.Filter{})
		require.Equal(t, []string{
			"mill-worker hold distribution Harbour",
			"harbour-worker void distribution Harbour",
			"harbour-worker correct distribution Harbour",
			"harbour-worker record distribution Harbour",
		}, list[:4])
		for _, line := range list[4:] {
			require.Regexp(t, `^ (grant|add) (account|site|area) (North|Harbour)$`, line)
		}
		require.Len(t, list, 4+2+2, "two roles, an area and a site of the north")
		require.Equal(t, []thn.Site{p.harbour}, page.Sites)
		require.Len(t, page.People, 2)

		all, _ := p.lines(t, "chief", activity.Filter{})
		require.Contains(t, all, "mill-worker void distribution Mill")
		require.Contains(t, all, " add bag Mill")
		require.Contains(t, all, " found programme ")
		require.Len(t, all, 1+2+2+4+5+2+1+1+1)
		require.Equal(t, " add bag Mill", all[0])
		require.Contains(t, all[1], "survey South")
		require.Contains(t, all[2], "denominator South")

		for name, f := range map[string]activity.Filter{"site": {Site: p.mill.ID}, "person": {Person: p.people["mill-worker"].Account.ID}, "nobody": {Person: thn.NewID()}} {
			_, err := activity.New(p.store, at(storetest.Noon)).See(t.Context(), p.people["north-manager"], f)
			require.True(t, fault.Is(err, fault.NotFound), name)
		}
		_, err := activity.New(p.store, at(storetest.Noon)).See(t.Context(), p.people["harbour-worker"], activity.Filter{})
		require.True(t, fault.Is(err, fault.Denied))
	})
}

func TestSee_filters(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.give(t, "harbour-worker", p.harbour, "", false)
		p.give(t, "mill-worker", p.mill, "", false)
		for want, f := range map[string]activity.Filter{
			"harbour-worker record distribution Harbour": {Site: p.harbour.ID, Kind: "distribution"},
			"mill-worker record distribution Mill":       {Person: p.people["mill-worker"].Account.ID},
			" found programme ":                          {Kind: "programme"},
		} {
			list, _ := p.lines(t, "chief", f)
			require.Equal(t, []string{want}, list)
		}
		list, _ := p.lines(t, "chief", activity.Filter{Kind: "nonsense"})
		require.Empty(t, list)
	})
}

// Pages follow each other without a gap and without an entry twice, also for
// somebody who sees few of the entries.
func TestSee_pages(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		for range 120 {
			p.give(t, "harbour-worker", p.harbour, "", false)
			p.give(t, "mill-worker", p.mill, "", false)
		}
		for who, want := range map[string]int{"chief": 240, "north-manager": 120} {
			seen, f := map[int64]bool{}, activity.Filter{Kind: "distribution"}
			for {
				_, page := p.lines(t, who, f)
				require.LessOrEqual(t, len(page.Acts), 50)
				for _, a := range page.Acts {
					require.False(t, seen[a.Seq])
					seen[a.Seq] = true
				}
				if f.Before = page.Older; f.Before == 0 {
					break
				}
			}
			require.Len(t, seen, want, who)
		}
	})
}

// After half a year a person is their role, and cannot be asked for by name.
func TestSee_forgetsWhoItWas(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.give(t, "harbour-worker", p.harbour, "", false)
		for later, want := range map[time.Time][2]string{
			storetest.Noon.AddDate(0, 6, 0):                {"harbour-worker", ""},
			storetest.Noon.AddDate(0, 6, 0).Add(time.Hour): {"", "worker"},
		} {
			a := activity.New(p.store, at(later))
			page, err := a.See(t.Context(), p.people["chief"], activity.Filter{Kind: "distribution"})
			require.NoError(t, err)
			require.Equal(t, want, [2]string{page.Acts[0].Handle, string(page.Acts[0].Role)})
			page, err = a.See(t.Context(), p.people["chief"], activity.Filter{Person: p.people["harbour-worker"].Account.ID})
			require.NoError(t, err)
			require.Equal(t, want[0] != "", len(page.Acts) > 0)
		}
	})
}
