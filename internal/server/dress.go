package server

import (
	"thntracker/internal/fault"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// places lists where each role's work is, in the order it is done. A place is
// shown to whoever may use it.
var places = []struct {
	group string
	verb  thn.Verb
	key   string
	url   string
}{
	{"nav.group.work", thn.VerbRecord, "give_out", "/give-out"},
	{"nav.group.work", thn.VerbRecord, "several", "/give-out/several"},
	{"nav.group.work", thn.VerbRecord, "sheet", "/give-out/sheet"},
	{"nav.group.work", thn.VerbRecord, "used", "/used"},
	{"nav.group.work", thn.VerbRecord, "training", "/training"},
	{"nav.group.work", thn.VerbRecord, "today", "/today"},
	{"nav.group.work", thn.VerbRecord, "phone", "/app/"},
	{"nav.group.work", thn.VerbRecord, "returns", "/returns"},
	{"nav.group.work", thn.VerbRecord, "give_back", "/give-back"},
	{"nav.group.work", thn.VerbRecord, "rescue", "/rescue"},
	{"nav.group.stock", thn.VerbStock, "stock", "/stock"},
	{"nav.group.stock", thn.VerbStock, "alerts", "/alerts"},
	{"nav.group.stock", thn.VerbStock, "recalls", "/recalls"},
	{"nav.group.stock", thn.VerbStock, "aid", "/aid"},
	{"nav.group.figures", thn.VerbCoverage, "coverage", "/coverage"},
	{"nav.group.figures", thn.VerbCoverage, "digest", "/digest"},
	{"nav.group.figures", thn.VerbCoverage, "need", "/need"},
	{"nav.group.figures", thn.VerbCoverage, "figures", "/figures"},
	{"nav.group.figures", thn.VerbRecord, "releases", "/releases"},
	{"nav.group.figures", thn.VerbRecord, "responders", "/responders"},
	{"nav.group.figures", thn.VerbRecord, "leave-behind", "/leave-behind"},
	{"nav.group.figures", thn.VerbAdvocate, "commitments", "/commitments"},
	{"nav.group.figures", thn.VerbAdvocate, "world", "/world"},
	{"nav.group.figures", thn.VerbAdvocate, "summary", "/summary"},
	{"nav.group.figures", thn.VerbSetup, "editions", "/editions"},
	{"nav.group.review", thn.VerbReview, "review", "/review"},
	{"nav.group.review", thn.VerbReview, "twins", "/used/twins"},
	{"nav.group.review", thn.VerbReview, "activity", "/activity"},
	{"nav.group.setup", thn.VerbSetup, "sites", "/sites"},
	{"nav.group.setup", thn.VerbSetup, "areas", "/areas"},
	{"nav.group.setup", thn.VerbSetup, "denominators", "/denominators"},
	{"nav.group.setup", thn.VerbSetup, "surveys", "/surveys"},
	{"nav.group.setup", thn.VerbSetup, "targets", "/targets"},
	{"nav.group.setup", thn.VerbSetup, "statements", "/statements"},
	{"nav.group.setup", thn.VerbSetup, "contribution", "/contribution"},
	{"nav.group.setup", thn.VerbSetup, "totals", "/totals"},
	{"nav.group.setup", thn.VerbSetup, "products", "/products"},
	{"nav.group.setup", thn.VerbSetup, "batches", "/batches"},
	{"nav.group.setup", thn.VerbSetup, "questions", "/questions"},
	{"nav.group.setup", thn.VerbSetup, "poster", "/poster"},
	{"nav.group.setup", thn.VerbPeople, "people", "/people"},
	{"nav.group.setup", thn.VerbPeople, "phones", "/phones"},
	{"nav.group.setup", thn.VerbPeople, "staff_training", "/training/staff"},
	{"nav.group.setup", thn.VerbImport, "imports", "/imports"},
}

// barKeys are the places in the phone's bar; the last is always More.
var barKeys = map[thn.Role][]string{
	thn.RoleWorker:        {"give_out", "used", "stock"},
	thn.RoleManager:       {"coverage", "give_out", "summary"},
	thn.RoleAdministrator: {"coverage", "give_out", "summary"},
	thn.RoleAdvocate:      {"summary", "commitments", "world"},
}

// home is where a role starts.
var home = map[thn.Role]string{thn.RoleWorker: "/give-out", thn.RoleManager: "/coverage", thn.RoleAdministrator: "/coverage", thn.RoleAdvocate: "/summary"}

// dress fills what every page shares.
func (s *Server) dress(r *request, b *page.Base) {
	b.Lang = r.locale.Code
	b.Theme = s.sessions.GetString(r.ctx, keyTheme)
	b.Path = r.gin.Request.URL.RequestURI()
	if b.Notice == "" && s.sessions.Exists(r.ctx, keyNotice) {
		b.Notice = s.sessions.PopString(r.ctx, keyNotice)
	}
	if !r.signedIn() {
		return
	}
	b.SignedIn, b.Handle, b.Role = true, r.actor.Account.Handle, "role."+string(r.actor.Grant.Role)
	b.Programme, b.Demo = r.actor.Programme.Name, r.actor.Programme.Demo
	s.navigate(r, b)
	if len(r.actor.Others) > 0 {
		for _, p := range r.actor.Others {
			b.Others = append(b.Others, page.Option{Value: string(p.ID), Label: p.Name})
		}
	}
}

func (s *Server) navigate(r *request, b *page.Base) {
	byKey := map[string]page.Place{}
	for _, p := range places {
		if !r.actor.May(p.verb) || !s.concerns(r, p.key) {
			continue
		}
		place := page.Place{Key: p.key, URL: p.url, Here: b.Here == p.key}
		byKey[p.key] = place
		if n := len(b.Groups); n == 0 || b.Groups[n-1].Key != p.group {
			b.Groups = append(b.Groups, page.Group{Key: p.group})
		}
		last := &b.Groups[len(b.Groups)-1]
		last.Places = append(last.Places, place)
	}
	for _, key := range barKeys[r.actor.Grant.Role] {
		b.Bar = append(b.Bar, byKey[key])
	}
	b.Bar = append(b.Bar, page.Place{Key: "more", URL: "/more", Here: b.Here == "more"})
}

// stations are the places that only sites of some settings record in.
var stations = map[string][]thn.Setting{"releases": {prison}, "responders": thn.ResponderSettings, "leave-behind": {ambulance}}

// concerns tells whether a place is anything to a worker: those of prisons and
// responders are shown to who works at one, and to whoever sees figures. A site
// that cannot be read shows less, not more.
func (s *Server) concerns(r *request, key string) bool {
	settings, some := stations[key]
	if !some || r.actor.May(thn.VerbCoverage) {
		return true
	}
	if r.actor.Grant.Site == "" {
		return false
	}
	sites, err := s.ownSites(r, settings...)
	return err == nil && len(sites) > 0
}

// notRecorded says what a worker's form does not keep, so that it can be shown to
// whoever is asked. Other people's forms ask nothing about anybody.
func notRecorded(r *request) string {
	switch r.route.Who {
	case Who(thn.VerbRecord):
		return r.locale.T("give.not_recorded_text")
	case Who(thn.VerbStock):
		return r.locale.T("words.not_recorded_stock")
	}
	return ""
}

// problems turns the fields to put right into the summary at the top and gives
// the message of each field.
func (s *Server) problems(r *request, err error, b *page.Base) map[string]string {
	messages := map[string]string{}
	for _, f := range fault.FieldsOf(err) {
		if f.Key == again {
			continue
		}
		text := r.locale.Args(f.Key, s.words(r, f.Args))
		if _, twice := messages[f.Name]; twice {
			continue
		}
		messages[f.Name] = text
		b.Problems = append(b.Problems, page.Problem{ID: f.Name, Text: text})
	}
	return messages
}
