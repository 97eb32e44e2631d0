package server

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// recentSessions is how many of a site's sessions are shown under the form.
const recentSessions = 5

// lastTraining is what the session remembers of the latest training, so that the
// next one starts from it and today's can be undone. It stays on the server.
type lastTraining struct {
	Record  thn.Session
	On      string // when it was recorded: tomorrow it can no longer be undone here
	Voided  bool
	Outcome thn.Outcome
	Cause   string
}

func (s *Server) lastTrainingOf(r *request) (l lastTraining, ok bool) {
	raw := s.sessions.GetBytes(r.ctx, keyTraining)
	return l, raw != nil && json.Unmarshal(raw, &l) == nil
}

func (s *Server) rememberTraining(r *request, l lastTraining) {
	raw, err := json.Marshal(l)
	if err != nil {
		panic(err) // domain values always marshal
	}
	s.sessions.Put(r.ctx, keyTraining, raw)
}

// training opens the form for a session.
func training(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	if len(b.open) == 0 {
		return reply{}, errNoSites
	}
	site, _ := s.assumed(r, b)
	f := form.Training{ID: string(thn.NewID()), Day: "today", Method: string(thn.Methods[0])}
	if l, ok := s.lastTrainingOf(r); ok {
		f.Method, f.Trainer = string(l.Record.Method), string(l.Record.Trainer)
		if slices.ContainsFunc(b.open, func(x thn.Site) bool { return x.ID == l.Record.Site }) {
			site = l.Record.Site
		}
	}
	if f.Trainer == "" {
		f.Trainer = string(b.sites[site].Supplier)
	}
	f.Site = string(site)
	p, err := s.trainingPage(r, b, f, nil)
	p.Saved = s.savedTraining(r, b)
	return reply{page: p}, err
}

func (s *Server) trainingPage(r *request, b *bench, f form.Training, wrong error) (p *page.Training, err error) {
	p = s.trainingFields(r, b, f, wrong)
	p.Recent, err = s.recentTable(r, b.sites[thn.ID(f.Site)])
	return p, err
}

// trainingFields draws the questions, without what was recorded before.
func (s *Server) trainingFields(r *request, b *bench, f form.Training, wrong error) *page.Training {
	p := &page.Training{Base: page.Base{Heading: r.locale.T("training.title"), Here: "training"}, ID: f.ID}
	m := s.problems(r, wrong, &p.Base)
	p.Site, p.Site0 = s.siteField(r, b, thn.ID(f.Site), m["site"]), b.siteWords(thn.ID(f.Site))
	p.Day, p.Day0 = s.dayField(r, f.Day, form.Day{Day: f.DayDay, Month: f.DayMonth, Year: f.DayYear}, m["day"])
	p.Method = codes(r, "method", "training.method", "method", thn.Methods, f.Method, m, false)
	p.Trainer = hinted(r, codes(r, "trainer", "training.trainer", "supplier", thn.Suppliers, f.Trainer, m, false), "training.trainer_hint")
	for _, a := range thn.Audiences {
		p.Tallies = append(p.Tallies, page.Field{Name: string(a), Label: r.locale.T("code.audience." + string(a)), Value: *f.Counts()[a], Error: m[string(a)]})
	}
	return p
}

// recentTable lists a site's latest sessions: how many came, never who, and a
// few people only as a few.
func (s *Server) recentTable(r *request, site thn.Site) (t page.Table, err error) {
	sessions, err := s.Records.RecentSessions(r.ctx, r.actor.Programme.ID, site.ID, recentSessions)
	if !r.actor.Reaches(site) {
		return t, err
	}
	l := r.locale
	t = page.Table{ID: "recent", Caption: l.T("training.recent", "Site", site.Name),
		Columns: []page.Column{{Label: l.T("give.day")}, {Label: l.T("training.method")}, {Label: l.T("training.recent_people"), Numeric: true}}}
	for _, x := range sessions {
		people := l.Number(x.People())
		if x.People() < report.SmallestInside {
			people = l.T("training.few")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: l.Date(x.Day)}, {Text: l.T("code.method." + string(x.Method))}, {Text: people, Numeric: true}}})
	}
	return t, err
}

// trainingCreate saves a session. The plus buttons also land here when script is
// off: they change a count and ask again.
func trainingCreate(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	var posted form.Training
	err = r.form(&posted)
	if fault.Is(err, fault.TooLarge) {
		return reply{}, err
	}
	if count, ok := posted.Counts()[thn.Audience(posted.Step)]; ok {
		n, _ := form.Count(*count) // what is not a number starts from zero
		*count = strconv.Itoa(min(thn.MaxAttendance, n+1))
		p, err := s.trainingPage(r, b, posted, nil)
		return reply{page: p}, err
	}
	var record thn.Session
	if err == nil {
		record, err = posted.ToDomain(s.today(r))
	}
	if err == nil {
		err = s.storeTraining(r, record)
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		p, broken := s.trainingPage(r, b, posted, err)
		return reply{status: http.StatusUnprocessableEntity, page: p}, broken
	}
	if err != nil {
		return reply{}, err
	}
	return seeOther("/training")
}

func (s *Server) storeTraining(r *request, record thn.Session) error {
	result, err := s.Intake.Record(r.ctx, r.actor, record)
	if err == nil {
		s.rememberTraining(r, lastTraining{Record: record, On: s.today(r).String(), Outcome: result.Outcome, Cause: result.Cause})
	}
	return err
}

// savedTraining describes the last session if it was recorded today.
func (s *Server) savedTraining(r *request, b *bench) *page.Saved {
	l, ok := s.lastTrainingOf(r)
	if !ok || l.On != s.today(r).String() {
		return nil
	}
	saved := &page.Saved{ID: string(l.Record.ID), VoidID: string(thn.NewID()), Voided: l.Voided, Undo: "/training/void"}
	switch {
	case l.Voided:
		saved.Words = r.locale.T("give.undone")
	case l.Outcome == thn.Held:
		saved.Words, saved.Voided = r.locale.T("give.held", "Cause", r.locale.T("held."+l.Cause)), true
	default:
		saved.Words = r.locale.N("training.saved", l.Record.People(), "Site", b.sites[l.Record.Site].Name, "Day", r.locale.Date(l.Record.Day))
	}
	return saved
}

// trainingVoid takes out a session of today.
func trainingVoid(s *Server, r *request) (reply, error) {
	var posted voidPosted
	if err := r.form(&posted); err != nil {
		return reply{}, err
	}
	if _, err := s.Intake.Void(r.ctx, r.actor, thn.ID(posted.ID), thn.ID(posted.Void), thn.WhyUndo); err != nil {
		return reply{}, err
	}
	if l, ok := s.lastTrainingOf(r); ok && string(l.Record.ID) == posted.ID {
		l.Voided = true
		s.rememberTraining(r, l)
	}
	return seeOther("/training")
}
