package server

import (
	"net/url"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/release"
	"thntracker/internal/thn"
)

// publicCalendar tells everybody what will appear on which day, and whether what
// appeared kept to it.
func publicCalendar(s *Server, r *request, look onShelf) (page.Page, error) {
	l := r.locale
	p := &page.Shelf{Base: page.Base{Heading: l.T("calendar.title"), Wide: true}, Lead: l.T("calendar.lead"), Empty: l.T("calendar.none"),
		Back: page.Option{Value: s.linked(r, "/public"), Label: l.T("edition.public.all")}}
	p.More = page.Calendar{Today: thn.DateOf(s.Now(), utc), Countries: true, Link: s.toEdition(r)}.Tables(l, release.Expected(look.said, look.open))
	if len(p.More) > 0 && p.More[0].ID == "coming" {
		p.Table, p.More = p.More[0], p.More[1:]
	}
	return p, nil
}

func (s *Server) calendarLink(r *request) page.Option {
	return page.Option{Value: s.linked(r, "/public/calendar"), Label: r.locale.T("calendar.title")}
}

// toEdition leads to the page of a public release.
func (s *Server) toEdition(r *request) func(thn.Edition) string {
	return func(e thn.Edition) string { return s.linked(r, page.EditionAddress(e)) }
}

// ownCalendar is the calendar of the actor's programme, for every audience.
func (s *Server) ownCalendar(r *request, list []thn.Edition) ([]page.Table, error) {
	said, err := s.Releases.Ledger.Announcements(r.ctx, r.actor.Programme.ID)
	if err != nil {
		return nil, err
	}
	var open []thn.Edition
	for _, e := range list {
		if e.Open(s.Now()) {
			open = append(open, e)
		}
	}
	move := func(d release.Due) []page.Option {
		return []page.Option{{Value: "/editions/announce?" + url.Values{"period": {d.Period.Param()}, "for": {string(d.Audience)}}.Encode(), Label: r.locale.T("calendar.change")}}
	}
	return page.Calendar{Today: thn.DateOf(s.Now(), utc), Audiences: true, Acts: move}.Tables(r.locale, release.Expected(said, open)), nil
}

func editionAnnounce(s *Server, r *request) (reply, error) {
	f := form.Announce{Period: r.query().Get("period"), For: r.query().Get("for")}
	if f.For == "" {
		f.For = string(thn.ForPublic)
	}
	return s.announceForm(r, f, nil)
}

func (s *Server) announceForm(r *request, f form.Announce, wrong error) (reply, error) {
	if !s.mayClose(r) {
		return reply{}, fault.New(fault.Denied, "announce release", "not for the whole programme")
	}
	l := r.locale
	again := func(wrong error) *page.FormPage {
		p := s.adding(r, "editions", "/editions/announce", wrong, func(m map[string]string) []page.Field {
			return []page.Field{hinted(r, textField(r, "period", "edition.period", f.Period, m, false), "edition.period_hint"),
				choice(r, "for", "edition.audience", m["for"], audiences(r, f.For)), hinted(r, dayField(r, "appears", "calendar.appears", f.Appears(), m, false), "calendar.appears_hint"),
				hinted(r, textField(r, "reason", "calendar.reason", f.Reason, m, true), "calendar.reason_hint")}
		})
		p.Heading, p.Intro, p.Form.Submit = l.T("calendar.announce"), []string{l.T("calendar.announce_lead")}, l.T("calendar.say")
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "editions", "", wrong, again)
}

// announceFields says beside which field a refusal stands, where it is not the day.
var announceFields = map[string]string{"calendar.error.reason": "reason", "calendar.error.first": "reason", "calendar.error.published": "period", "edition.error.overlap": "period", "calendar.error.overlap": "period"}

func editionAnnounced(s *Server, r *request) (reply, error) {
	var f form.Announce
	if err := r.form(&f); err != nil {
		return s.announceForm(r, f, err)
	}
	if !s.mayClose(r) {
		return reply{}, fault.New(fault.Denied, "announce release", "not for the whole programme")
	}
	n := release.Notice{Programme: r.actor.Programme, Audience: thn.Readership(f.For), Reason: f.Reason, By: r.actor.Account.ID}
	var err error
	if n.Period, err = thn.ParsePeriod(f.Period, time.Month(r.actor.Programme.Fiscal)); err != nil {
		return s.announceForm(r, f, fault.Fields("announce release", fault.Field{Name: "period", Key: "edition.bad_period"}))
	}
	if !f.Appears().Empty() {
		if n.Appears, err = f.Appears().Date(); err != nil {
			return s.announceForm(r, f, fault.Fields("announce release", fault.Field{Name: "appears", Key: "setup.day_missing"}))
		}
	}
	if err := s.Releases.Announce(r.ctx, n); err != nil {
		return s.announceForm(r, f, besides(err, "appears", announceFields))
	}
	s.looks.again()
	return s.answered(r, "editions", "calendar.done", nil, nil)
}

// audiences offers who a release is for.
func audiences(r *request, chosen string) (list []page.Option) {
	for _, a := range thn.Readerships {
		list = append(list, page.Option{Value: string(a), Label: r.locale.T("edition.audience." + string(a)), Chosen: chosen == string(a)})
	}
	return list
}
