package server

import (
	"encoding/json"
	"net/http"
	"strconv"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// The answers a worker is offered; the rest of each list is for responders and files.
var (
	askedGivers   = []thn.Giver{"lay", "self", "outreach", "staff", "ambulance", "police", "other", thn.GiverUnknown}
	askedDoses    = []string{"1", "2", "more", "not_known"}
	askedOutcomes = []thn.Survival{thn.Survived, thn.Died, thn.SurvivalNotKnown, thn.SurvivalNotRecorded}
)

// used opens the form. Nothing is chosen beforehand but where and when: what
// stays open was not asked.
func used(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	if len(b.open) == 0 {
		return reply{}, errNoSites
	}
	return reply{page: s.usedPage(r, b, form.Use{UseWhen: s.newUse(r, b)}, nil)}, nil
}

func (s *Server) newUse(r *request, b *bench) form.UseWhen {
	site, _ := s.assumed(r, b)
	return form.UseWhen{ID: string(thn.NewID()), Site: string(site), When: "this"}
}

func (s *Server) usedPage(r *request, b *bench, f form.Use, wrong error) *page.Used {
	p := &page.Used{Base: page.Base{Heading: r.locale.T("used.title"), Here: "used", NotRecorded: r.locale.T("used.not_recorded_text")}, ID: f.ID}
	m := s.problems(r, wrong, &p.Base)
	p.Site, p.Site0 = s.siteField(r, b, thn.ID(f.Site), m["site"]), b.siteWords(thn.ID(f.Site))
	p.Site.Label = r.locale.T("used.site")
	p.When, p.WhenOther = s.whenFields(r, f.UseWhen, m)
	p.Giver = codeField(r, "giver", "used.giver", "giver", askedGivers, f.Giver, m["giver"])
	p.Doses = page.Field{Kind: page.FieldRadio, Name: "doses", Label: r.locale.T("used.doses"), Error: m["doses"]}
	for _, code := range askedDoses {
		p.Doses.Options = append(p.Doses.Options, page.Option{Value: code, Label: r.locale.T("used.doses." + code), Chosen: code == f.Doses})
	}
	p.Number = numberField(r, "doses_number", "used.doses_number", f.DosesNumber, nil, false)
	p.Outcome = codeField(r, "outcome", "used.outcome", "outcome", askedOutcomes, f.Outcome, m["outcome"])
	p.Ambulance = codeField(r, "ambulance", "used.ambulance", "answer", thn.Answers, f.Ambulance, m["ambulance"])
	p.More = []page.Field{
		codeField(r, "breathing", "used.breathing", "answer", thn.Answers, f.Breathing, m["breathing"]),
		codes(r, "place", "used.place", "place", thn.Places, f.Place, m, false),
		codes(r, "relation", "used.relation", "relation", thn.Relations, f.Relation, m, false),
		codes(r, "reporter", "used.reporter", "reporter", thn.Reporters, f.Reporter, m, false),
		productField(r, b, "product", f.Product, m["product"])}
	p.MoreOpen = f.Breathing+f.Place+f.Relation+f.Reporter+f.Product != ""
	return p
}

// whenFields ask for this month, the last, or another month or day.
func (s *Server) whenFields(r *request, f form.UseWhen, m map[string]string) (choice, other page.Field) {
	today := s.today(r)
	choice = page.Field{Kind: page.FieldRadio, Name: "when", Label: r.locale.T("used.when"), Error: m["when"]}
	for _, o := range []page.Option{{Value: "this", Label: r.locale.Month(today)}, {Value: "last", Label: r.locale.Month(today.AddMonths(-1))}, {Value: "other", Label: r.locale.T("used.when_other")}} {
		o.Chosen = o.Value == f.When
		choice.Options = append(choice.Options, o)
	}
	return choice, page.Field{Kind: page.FieldDate, Name: "month", Label: r.locale.T("used.when_other"), Hint: r.locale.T("used.when_hint"),
		Day: f.WhenDay, Month: f.WhenMonth, Year: f.WhenYear}
}

// productField asks for the product; which batch it was nobody knows by then.
func productField(r *request, b *bench, name, chosen, wrong string) page.Field {
	f := page.Field{Kind: page.FieldSelect, Name: name, Label: r.locale.T("used.product"), Error: wrong, Options: []page.Option{{Label: r.locale.T("used.product_none")}}}
	for _, k := range b.kits {
		if k.batch.ID == "" {
			f.Options = append(f.Options, page.Option{Value: string(k.product.ID), Label: k.product.Name, Chosen: string(k.product.ID) == chosen})
		}
	}
	return f
}

// useCreate saves the form of five questions.
func useCreate(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	var posted form.Use
	err = r.form(&posted)
	if fault.Is(err, fault.TooLarge) {
		return reply{}, err
	}
	return s.usePosted(r, posted.ToDomain, err, func(wrong error) page.Page { return s.usedPage(r, b, posted, wrong) })
}

// usePosted stores what a form says and thanks, or gives the form back.
func (s *Server) usePosted(r *request, read func(thn.Date) (thn.Use, error), err error, again func(error) page.Page) (reply, error) {
	var u thn.Use
	if err == nil {
		u, err = read(s.today(r))
	}
	if err == nil {
		err = s.storeUse(r, u)
	}
	switch {
	case err == nil:
		return seeOther("/used/saved")
	case fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0:
		return reply{status: http.StatusUnprocessableEntity, page: again(err)}, nil
	}
	return reply{}, err
}

// lastUse is what the session remembers of the latest use, to thank for it and
// to undo it today.
type lastUse struct {
	Day     string
	Voided  bool
	Record  thn.Use
	Outcome thn.Outcome
	Cause   string
}

func (s *Server) storeUse(r *request, u thn.Use) error {
	result, err := s.Intake.Record(r.ctx, r.actor, u)
	if err == nil {
		s.rememberUse(r, lastUse{Day: s.today(r).String(), Record: u, Outcome: result.Outcome, Cause: result.Cause})
	}
	return err
}

func (s *Server) rememberUse(r *request, l lastUse) {
	raw, err := json.Marshal(l)
	if err != nil {
		panic(err) // domain values always marshal
	}
	s.sessions.Put(r.ctx, keyLastUse, raw)
}

func (s *Server) lastUseOf(r *request) (l lastUse, ok bool) {
	raw := s.sessions.GetBytes(r.ctx, keyLastUse)
	if raw == nil || json.Unmarshal(raw, &l) != nil || l.Day != s.today(r).String() {
		return lastUse{}, false
	}
	return l, true
}

// useSaved thanks, and says what was saved.
func useSaved(s *Server, r *request) (reply, error) {
	l := r.locale
	p := &page.Thanks{Base: page.Base{Heading: l.T("used.thanks"), Here: "used"}, Words: l.T("used.nothing")}
	last, ok := s.lastUseOf(r)
	switch {
	case !ok:
		p.Heading = l.T("used.title")
	case last.Voided:
		p.Words = l.T("used.undone")
	case last.Outcome == thn.Held:
		p.Words = l.T("give.held", "Cause", l.T("held."+last.Cause))
	default:
		b, err := s.bench(r)
		if err != nil {
			return reply{}, err
		}
		p.Words, p.ID, p.VoidID = l.T("used.thanks_lead"), string(last.Record.ID), string(thn.NewID())
		p.Facts = s.useFacts(r, last.Record, b.sites[last.Record.Site].Name)
	}
	return reply{page: p}, nil
}

// useFacts puts a report into words, an answer a line; the page of twins uses
// them too.
func (s *Server) useFacts(r *request, u thn.Use, site string) []page.Told {
	l := r.locale
	event := l.Date(u.Event)
	if u.MonthOnly {
		event = l.Month(u.Event)
	}
	var givers, outcomes []string
	for _, p := range u.Persons {
		outcomes = append(outcomes, l.T("code.outcome."+string(p.Outcome)))
		for _, a := range p.Given {
			givers = append(givers, l.T("code.giver."+string(a.Giver)))
		}
	}
	doses := l.T("used.doses.not_known")
	if n := u.AllDoses(); n > 0 {
		doses = l.Number(n)
	}
	facts := []page.Told{{Label: l.T("twins.event"), Value: event}, {Label: l.T("used.site"), Value: site}}
	if len(u.Persons) > 1 {
		facts = append(facts, page.Told{Label: l.T("used.persons"), Value: strconv.Itoa(len(u.Persons))})
	}
	return append(facts, page.Told{Label: l.T("used.giver"), Value: l.Beside(givers...)}, page.Told{Label: l.T("used.doses"), Value: doses},
		page.Told{Label: l.T("used.outcome"), Value: l.Beside(outcomes...)}, page.Told{Label: l.T("used.ambulance"), Value: l.T("code.answer." + string(u.Ambulance))},
		page.Told{Label: l.T("used.place"), Value: l.T("code.place." + string(u.Place))}, page.Told{Label: l.T("report.by.reporter"), Value: l.T("code.reporter." + string(u.Reporter))})
}

// useVoid takes out a use of today.
func useVoid(s *Server, r *request) (reply, error) {
	var posted form.Undo
	if err := r.form(&posted); err != nil {
		return reply{}, err
	}
	if _, err := s.Intake.Void(r.ctx, r.actor, thn.ID(posted.ID), thn.ID(posted.Void), thn.WhyUndo); err != nil {
		return reply{}, err
	}
	if l, ok := s.lastUseOf(r); ok && string(l.Record.ID) == posted.ID {
		l.Voided = true
		s.rememberUse(r, l)
	}
	return seeOther("/used/saved")
}
