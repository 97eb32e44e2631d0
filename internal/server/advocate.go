package server

import (
	"slices"
	"strconv"

	"thntracker/internal/baseline"
	"thntracker/internal/fault"
	"thntracker/internal/page"
	"thntracker/internal/release"
	"thntracker/internal/thn"
)

// commitments shows what was asked and how the country stands, on the evidence of
// the newest release that the reader may see.
func commitments(s *Server, r *request) (reply, error) {
	_, _, figures, err := s.edition(r)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return reply{}, err
	}
	country := baseline.Name(r.actor.Programme.Country, r.locale.Code)
	p := &page.Commitments{Base: page.Base{Heading: r.locale.T("commitment.title"), Here: "commitments", Wide: true}, Country: country}
	p.Draw(r.locale, page.EvidenceOf(r.locale, figures, r.actor.Programme.Country))
	return reply{page: p}, nil
}

// world shows the baseline of countries, with what the programme states in the
// newest release that the reader may see.
func world(s *Server, r *request) (reply, error) {
	_, _, figures, err := s.edition(r)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return reply{}, err
	}
	q := r.query()
	v := page.WorldView{Own: r.actor.Programme.Country, Service: "thn", Sort: q.Get("sort"), Stated: figures.Statements}
	if !slices.Contains(page.Services, v.Sort) {
		v.Sort = ""
	}
	p := &page.World{Base: page.Base{Heading: r.locale.T("world.title"), Here: "world", Wide: true}}
	if err := p.Draw(r.locale, v); err != nil {
		return reply{}, err
	}
	return reply{page: p}, nil
}

// summary is the national summary as a release has it: the newest that the reader
// may see, or the one whose number the address names.
func summary(s *Server, r *request) (reply, error) {
	list, e, figures, err := s.edition(r)
	country := baseline.Name(r.actor.Programme.Country, r.locale.Code)
	if fault.Is(err, fault.NotFound) && r.query().Get("number") == "" {
		return reply{page: s.noSummary(r, country)}, nil
	}
	if err != nil {
		return reply{}, err
	}
	if err := s.noteEarly(r, e); err != nil {
		return reply{}, err
	}
	p, err := page.Issued(r.locale, s.host(r), e, figures)
	if err != nil {
		return reply{}, err
	}
	p.Here = "summary"
	p.Status = append(s.standing(r, e), p.Status...)
	for _, x := range list {
		if x.Number != e.Number {
			p.Editions = append(p.Editions, page.Option{Value: "/summary?number=" + strconv.Itoa(x.Number), Label: r.locale.Period(x.Period), Hint: s.stateWords(r, x, list)})
		}
	}
	under := "/summary/" + strconv.Itoa(e.Number)
	p.Files = filesOf(r, under, "")
	pictured(r, under, "", p.Figures, p.More, p.Details)
	return reply{page: p}, nil
}

func (s *Server) noSummary(r *request, country string) *page.Summary {
	p := &page.Summary{Base: page.Base{Wide: true, Here: "summary", Heading: r.locale.T("nav.summary")}, Country: country, Empty: r.locale.T("edition.none") + " " + r.locale.T("edition.none_reader")}
	if s.mayClose(r) {
		p.Start = page.Option{Value: "/editions/new", Label: r.locale.T("edition.new")}
	}
	return p
}

// edition finds the release that the address names, or the newest one, and lists
// those that the reader may see. Whoever closes releases sees those that are not
// published yet; a named reader sees one before its hour.
func (s *Server) edition(r *request) (list []thn.Edition, e thn.Edition, f release.Figures, err error) {
	all, err := s.Releases.Ledger.Editions(r.ctx, r.actor.Programme.ID)
	if err != nil {
		return nil, e, f, err
	}
	for _, x := range all {
		if x.State == thn.EditionPublished && !x.Open(s.Now()) { // who is named for it stands in it
			if x, err = s.Releases.Ledger.Edition(r.ctx, x.Programme, x.Number); err != nil {
				return nil, e, f, err
			}
		}
		if s.maySee(r, x) {
			list = append(list, x)
		}
	}
	number, _ := strconv.Atoi(r.query().Get("number")) // what is no number is no release
	if r.query().Get("number") == "" && len(list) > 0 {
		number = list[0].Number
	}
	if !slices.ContainsFunc(list, func(x thn.Edition) bool { return x.Number == number }) {
		return list, e, f, fault.Say(fault.NotFound, "find release", "problem.not_found_text", nil)
	}
	if e, err = s.Releases.Ledger.Edition(r.ctx, r.actor.Programme.ID, number); err != nil {
		return list, e, f, err
	}
	f, err = release.FiguresOf(e)
	return list, e, f, err
}

func (s *Server) maySee(r *request, e thn.Edition) bool {
	return e.Open(s.Now()) || s.mayClose(r) || e.State == thn.EditionPublished && slices.Contains(e.Readers, r.actor.Account.ID)
}

// mayClose tells who answers for releases: whoever sets up the whole programme.
func (s *Server) mayClose(r *request) bool { return r.actor.May(thn.VerbSetup) && r.actor.Whole() }

// noteEarly puts into the audit that somebody read a release before its hour.
func (s *Server) noteEarly(r *request, e thn.Edition) error {
	if e.State != thn.EditionPublished || e.Open(s.Now()) {
		return nil
	}
	return s.EarlyReading(r.ctx, e.Programme, r.actor.Account.ID, e.ID)
}

// standing says what kind of release this is, when not everybody sees it.
func (s *Server) standing(r *request, e thn.Edition) []string {
	switch {
	case e.State == thn.EditionClosed:
		return []string{r.locale.T("edition.closed_only")}
	case !e.Open(s.Now()):
		return []string{r.locale.T("edition.embargo", "Date", r.locale.Date(thn.DateOf(e.From, utc)), "Hour", e.From.UTC().Format("15:04"))}
	}
	return nil
}

// host is where this server is reached, for addresses that leave it; empty when
// pages are written down for a place that nobody has named.
func (s *Server) host(r *request) string {
	if s.still != nil {
		return s.still.address
	}
	scheme := "https://"
	if r.gin.Request.TLS == nil && r.gin.GetHeader("X-Forwarded-Proto") != "https" {
		scheme = "http://"
	}
	return scheme + r.gin.Request.Host
}
