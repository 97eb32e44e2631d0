package server

import (
	"net/http"

	"thntracker/internal/thn"
)

// Who may use a route: anyone, whoever is signed in, or whoever's role has a verb.
type Who string

// The two that are not verbs.
const (
	Anyone   Who = "anyone"
	SignedIn Who = "signed in"
)

// Route is a row of the table: there is no other way in.
type Route struct {
	Method, Path string
	Who          Who
	run          func(*Server, *request) (reply, error)
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// routes is the whole site.
func (s *Server) routes() []Route {
	record := Who(thn.VerbRecord)
	return []Route{
		{get, "/", Anyone, start},
		{get, "/livez", Anyone, live},
		{get, "/readyz", Anyone, ready},
		{get, "/static/*file", Anyone, static},
		{get, "/sign-in", Anyone, signInForm},
		{post, "/sign-in", Anyone, signIn},
		{post, "/sign-out", SignedIn, signOut},
		{get, "/first-run", Anyone, firstRunForm},
		{post, "/first-run", Anyone, firstRun},
		{post, "/preferences", Anyone, preferences},
		{post, "/programme", SignedIn, chooseProgramme},
		{get, "/more", SignedIn, more},

		{get, "/give-out", record, giveOut},
		{post, "/distributions", record, distributionCreate},
		{post, "/distributions/again", record, distributionAgain},
		{post, "/distributions/void", record, distributionVoid},
		{get, "/give-out/correct", record, correctForm},
		{post, "/give-out/correct", record, correct},
		{get, "/give-out/several", record, several},
		{post, "/give-out/several", record, severalCreate},
		{get, "/today", record, today},
		{post, "/api/v1/sync", record, sync},

		{get, "/coverage", Who(thn.VerbCoverage), coverage},
		{get, "/coverage/*file", Who(thn.VerbCoverage), coverageFile},
		{get, "/commitments", Who(thn.VerbAdvocate), commitments},
		{get, "/world", Who(thn.VerbAdvocate), world},
		{get, "/summary", Who(thn.VerbAdvocate), summary},
		{get, "/summary.csv", Who(thn.VerbAdvocate), summaryFile("csv")},
		{get, "/summary.json", Who(thn.VerbAdvocate), summaryFile("json")},
	}
}

// Routes lists the table for the test that walks it.
func Routes() []Route { return (&Server{}).routes() }
