// Package activity tells a manager what happened in their own area: who did what
// to which kind of thing, in which hour, and never a value. It reads the audit
// through the store, keeps what lies out of reach away, and replaces a person by
// their role after half a year. It knows neither pages nor tables. Start at See.
package activity

import (
	"context"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Store is what activity needs of the database.
type Store interface {
	// Activity reads entries of the audit, newest first.
	Activity(ctx context.Context, q thn.ActQuery) ([]thn.Act, error)
	// Sites lists a programme's sites.
	Sites(ctx context.Context, programme thn.ID) ([]thn.Site, error)
	// Areas lists a programme's areas.
	Areas(ctx context.Context, programme thn.ID) ([]thn.Area, error)
	// People lists who may act in a programme, ended roles included.
	People(ctx context.Context, programme thn.ID) ([]thn.Member, error)
}

const (
	shown      = 50   // acts on a page
	readAtOnce = 200  // entries in one read
	readAtMost = 5000 // entries behind one page: a small area in a busy programme is read in steps
	namedFor   = 6    // months for which a person is named; after that their role is
)

// Activity is the use case. It is safe for concurrent use.
type Activity struct {
	store Store
	now   func() time.Time
}

// New makes the use case over a store and a clock.
func New(store Store, now func() time.Time) *Activity { return &Activity{store: store, now: now} }

// Filter narrows what is shown. Empty fields leave it open.
type Filter struct {
	Before int64 // for the next page: Page.Older
	Site   thn.ID
	Kind   string
	Person thn.ID
}

// Act is what somebody did, with names for what may be named.
type Act struct {
	thn.Act
	Handle string   // empty where it is too long ago, or for the command line
	Role   thn.Role // instead of the handle; empty when nothing is known of them
	Place  string   // name of the site or area; empty: the programme as a whole
}

// Page is a run of acts, with what can be asked for.
type Page struct {
	Acts   []Act
	Older  int64 // pass it as Before for what came earlier; 0: there is nothing earlier
	Sites  []thn.Site
	People []thn.Account
}

// See lists what happened within the actor's reach. What belongs to no place is
// for whoever sees the whole programme.
func (a *Activity) See(ctx context.Context, actor thn.Actor, f Filter) (Page, error) {
	const op = "see activity"
	if !actor.May(thn.VerbReview) {
		return Page{}, fault.New(fault.Denied, op, "role %q", actor.Grant.Role)
	}
	v, err := a.view(ctx, actor, f)
	if err != nil {
		return Page{}, fault.Wrap(op, err)
	}
	if !v.offers() {
		return Page{}, fault.Say(fault.NotFound, op, "problem.not_found_text", nil)
	}
	err = v.read(ctx)
	return v.page, fault.Wrap(op, err)
}

// view is one page being put together.
type view struct {
	store  Store
	actor  thn.Actor
	filter Filter
	since  string // the hour from which people are named
	sites  map[thn.ID]thn.Site
	areas  map[thn.ID]thn.Area
	people map[thn.ID]thn.Member
	page   Page
}

func (a *Activity) view(ctx context.Context, actor thn.Actor, f Filter) (*view, error) {
	v := &view{store: a.store, actor: actor, filter: f, since: a.now().UTC().AddDate(0, -namedFor, 0).Format("2006-01-02T15"),
		sites: map[thn.ID]thn.Site{}, areas: map[thn.ID]thn.Area{}, people: map[thn.ID]thn.Member{}}
	sites, err := a.store.Sites(ctx, actor.Programme.ID)
	if err != nil {
		return nil, err
	}
	areas, err := a.store.Areas(ctx, actor.Programme.ID)
	if err != nil {
		return nil, err
	}
	people, err := a.store.People(ctx, actor.Programme.ID)
	if err != nil {
		return nil, err
	}
	for _, s := range sites {
		v.sites[s.ID] = s
		if actor.Reaches(s) {
			v.page.Sites = append(v.page.Sites, s)
		}
	}
	for _, x := range areas {
		v.areas[x.ID] = x
	}
	for _, m := range people {
		if _, twice := v.people[m.Account.ID]; !twice && v.grantInReach(m.Grant) {
			v.page.People = append(v.page.People, m.Account)
		}
		v.people[m.Account.ID] = m
	}
	return v, nil
}

// grantInReach tells whether somebody's role lies within the actor's own.
func (v *view) grantInReach(g thn.Grant) bool {
	if g.Site == "" && g.Area == "" {
		return v.actor.Whole()
	}
	return v.reaches(thn.Act{Site: g.Site, Area: g.Area})
}

// offers tells whether the filter names only what the page would offer: another
// area's site does not exist here.
func (v *view) offers() bool {
	site, person := v.filter.Site == "", v.filter.Person == ""
	for _, s := range v.page.Sites {
		site = site || s.ID == v.filter.Site
	}
	for _, p := range v.page.People {
		person = person || p.ID == v.filter.Person
	}
	return site && person
}

// read goes back through the audit until the page is full.
func (v *view) read(ctx context.Context) error {
	q := thn.ActQuery{Programme: v.actor.Programme.ID, Before: v.filter.Before, Account: v.filter.Person, Kind: v.filter.Kind, Limit: readAtOnce}
	for range readAtMost / readAtOnce {
		acts, err := v.store.Activity(ctx, q)
		if err != nil {
			return err
		}
		for _, act := range acts {
			q.Before = act.Seq
			if v.filter.Person != "" && act.Hour < v.since {
				return nil // from here on nobody is told by name
			}
			if !v.wanted(act) {
				continue
			}
			if len(v.page.Acts) == shown {
				v.page.Older = v.page.Acts[shown-1].Seq
				return nil
			}
			v.page.Acts = append(v.page.Acts, v.named(act))
		}
		if len(acts) < readAtOnce {
			return nil
		}
	}
	v.page.Older = q.Before
	return nil
}

func (v *view) wanted(act thn.Act) bool {
	return v.reaches(act) && (v.filter.Site == "" || act.Site == v.filter.Site)
}

func (v *view) reaches(act thn.Act) bool {
	site, known := v.sites[act.Site]
	switch {
	case v.actor.Whole():
		return true
	case act.Site != "":
		return known && v.actor.Reaches(site)
	}
	return act.Area != "" && v.actor.Grant.Site == "" && v.actor.ReachesArea(act.Area)
}

func (v *view) named(act thn.Act) Act {
	a := Act{Act: act, Place: v.sites[act.Site].Name}
	if a.Place == "" {
		a.Place = v.areas[act.Area].Name
	}
	m := v.people[act.Account]
	if act.Hour >= v.since {
		a.Handle = m.Account.Handle
	} else {
		a.Role = m.Grant.Role
	}
	return a
}
