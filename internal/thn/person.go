package thn

import "slices"

// Account is somebody who signs in. Handle is what they type and may be a work
// alias; no other name, address or number is kept.
type Account struct {
	ID       ID
	Handle   string
	Hash     string // of the password; empty: cannot sign in
	Language string // en, fr or es; empty: as the browser asks
	Disabled bool
	Demo     bool // refused unless the server runs the demonstration
	Epoch    int  // raised to end every session at once
}

// Role is what somebody does in a programme.
type Role string

// Roles lists them.
var Roles = []Role{RoleWorker, RoleManager, RoleAdvocate, RoleAdministrator}

// The roles.
const (
	RoleWorker        Role = "worker"
	RoleManager       Role = "manager"
	RoleAdvocate      Role = "advocate"
	RoleAdministrator Role = "administrator"
)

// Verb is something a role may do. Routes name verbs, never roles.
type Verb string

// The verbs.
const (
	VerbRecord   Verb = "record"   // give out, correct own records of the day
	VerbStock    Verb = "stock"    // receive, move, count and take off; recalls
	VerbReview   Verb = "review"   // decide about held records, see activity
	VerbCoverage Verb = "coverage" // see the programme's own figures
	VerbSetup    Verb = "setup"    // sites, areas, products, batches, denominators
	VerbImport   Verb = "import"   // load files
	VerbAdvocate Verb = "advocate" // commitments, world, national summary
	VerbPeople   Verb = "people"   // accounts and grants
)

var may = map[Role][]Verb{
	RoleWorker:        {VerbRecord, VerbStock},
	RoleManager:       {VerbRecord, VerbStock, VerbReview, VerbCoverage, VerbSetup, VerbImport, VerbAdvocate, VerbPeople},
	RoleAdvocate:      {VerbAdvocate},
	RoleAdministrator: {VerbRecord, VerbStock, VerbReview, VerbCoverage, VerbSetup, VerbImport, VerbAdvocate, VerbPeople},
}

// Grant gives an account a role in a programme, for all of it, one area with
// everything below it, or one site.
type Grant struct {
	ID        ID
	Programme ID
	Account   ID
	Role      Role
	Area      ID
	Site      ID
	Ended     bool
}

// Actor is the signed-in person as the rest of the program needs them: one
// account acting in one programme under one grant.
type Actor struct {
	Account   Account
	Programme Programme
	Grant     Grant
	Areas     []ID        // the areas the grant reaches, the whole subtree; nil: all
	Others    []Programme // where else this account may act
}

// May tells whether the actor's role allows the verb. Deny is the default.
func (a Actor) May(v Verb) bool {
	return !a.Account.Disabled && !a.Grant.Ended && slices.Contains(may[a.Grant.Role], v)
}

// Whole tells whether the grant reaches the whole programme.
func (a Actor) Whole() bool { return a.Grant.Area == "" && a.Grant.Site == "" }

// Reaches tells whether the grant reaches a site.
func (a Actor) Reaches(s Site) bool {
	if a.Grant.Site != "" {
		return a.Grant.Site == s.ID
	}
	return a.Whole() || slices.Contains(a.Areas, s.Area)
}

// ReachesArea tells whether the grant reaches an area.
func (a Actor) ReachesArea(id ID) bool {
	return a.Whole() || slices.Contains(a.Areas, id)
}

// ReachesUse tells whether the grant reaches a report: by its site, or by its
// area where a file of responders names no site.
func (a Actor) ReachesUse(u Use) bool {
	if u.Site == "" {
		return a.Grant.Site == "" && a.ReachesArea(u.Area)
	}
	return a.Reaches(Site{ID: u.Site, Area: u.Area})
}

// Member is an account as its programme sees it.
type Member struct {
	Account Account
	Grant   Grant
}
