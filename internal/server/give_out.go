package server

import (
	"net/http"
	"slices"
	"strconv"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// The answers a worker sees first; the rest of each list is for imports.
var (
	askedRecipients = []thn.Recipient{thn.RecipientAtRisk, thn.RecipientFamily, thn.RecipientWorker, thn.RecipientNotAsked}
	askedSupplies   = []thn.Supply{thn.SupplyFirst, thn.SupplyRepeat, thn.SupplySpare, thn.SupplyNotAsked}
	askedReasons    = []thn.Reason{thn.ReasonUsedOther, thn.ReasonUsedSelf, "lost", "stolen", "confiscated", "expired", "given_away", "other", thn.ReasonNotAsked}
	askedTrainings  = []thn.Training{"brief", "full", "none_needed", "declined", "not_asked"}
)

// giveOut opens the form for one person.
func giveOut(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	if len(b.open) == 0 {
		return reply{}, errNoSites
	}
	site, product, err := s.offered(r, b)
	if err != nil {
		return reply{}, err
	}
	posted := form.Distribution{ID: string(thn.NewID()), Site: string(site), Product: product, Day: "today", Kits: "1", Training: s.lastTraining(r)}
	p := s.giveOutPage(r, b, posted, nil)
	p.Saved, p.Again = s.savedToday(r, b), s.again(r, b)
	if p.Recalled, err = s.recalled(r); err != nil {
		return reply{}, err
	}
	return reply{page: p}, nil
}

func (s *Server) lastTraining(r *request) string {
	if l, ok := s.lastOf(r); ok && l.Record.Training != "" {
		return string(l.Record.Training)
	}
	return "brief"
}

// giveOutPage draws the form with the person's own answers in it.
func (s *Server) giveOutPage(r *request, b *bench, f form.Distribution, wrong error) *page.GiveOut {
	p := &page.GiveOut{Base: page.Base{Heading: r.locale.T("give.title"), Here: "give_out", NotRecorded: r.locale.T("give.not_recorded_text")}, Action: "/distributions", ID: f.ID, Correcting: f.Corrects}
	if f.Corrects != "" {
		p.Heading, p.Action = r.locale.T("give.correct_title"), "/give-out/correct"
	}
	m := s.problems(r, wrong, &p.Base)
	p.Site = s.siteField(r, b, thn.ID(f.Site), m["site"])
	p.Site0 = b.siteWords(thn.ID(f.Site))
	p.Product = s.kitField(r, b, f.Product, m["product"])
	p.Product0 = s.kitWords(r, b, f.Product)
	p.From, p.From0 = s.fromField(r, b, &f.From, thn.ID(f.Site), f.Product, m["from"])
	p.Day, p.Day0 = s.dayField(r, f.Day, form.Day{Day: f.DayDay, Month: f.DayMonth, Year: f.DayYear}, m["day"])
	p.Recipient = codeField(r, "recipient", "give.recipient", "recipient", askedRecipients, f.Recipient, m["recipient"])
	p.Supply = codeField(r, "supply", "give.supply", "supply", askedSupplies, f.Supply, m["supply"])
	p.Reason = codeField(r, "reason", "give.reason", "reason", askedReasons, f.Reason, m["reason"])
	p.Reason.Hint = r.locale.T("give.reason_hint")
	p.Kits = page.Field{Label: r.locale.T("give.kits"), Value: f.Kits, Error: m["kits"]}
	p.Training = codeField(r, "training", "give.training_field", "training", askedTrainings, f.Training, m["training"])
	p.Training0 = r.locale.T("code.training." + f.Training)
	p.More = colleagueFields(r, f, b.sites[thn.ID(f.Site)], m)
	p.Asked = askedFields(r, f, m)
	p.Warning = s.kitWarning(r, b, f.Product)
	return p
}

// askedFields are the questions that this programme asks beyond the usual. Not
// asked is chosen from the start, so that none of them costs a tap; what is not
// known is for imports.
func askedFields(r *request, f form.Distribution, m map[string]string) (fields []page.Field) {
	asks := r.actor.Programme.Asks
	if asks.AgeBand {
		fields = append(fields, codeField(r, "age_band", "asked.age_band", "age_band", sayable(thn.AgeBands), f.AgeBand, m["age_band"]))
	}
	if asks.Gender {
		fields = append(fields, codeField(r, "gender", "asked.gender", "gender", sayable(thn.Genders), f.Gender, m["gender"]))
	}
	if asks.Carriage {
		fields = append(fields, codeField(r, "carriage", "asked.carriage", "carriage", sayable(thn.CarriageAnswers), f.Carriage, m["carriage"]))
	}
	for i := range fields {
		o := fields[i].Options
		fields[i].Optional, fields[i].Options = true, append(o, page.Option{Label: r.locale.T("asked.not_asked"), Chosen: !slices.ContainsFunc(o, func(x page.Option) bool { return x.Chosen })})
	}
	return fields
}

// sayable leaves out the answer that only an import gives.
func sayable[C ~string](codes []C) []C {
	return slices.DeleteFunc(slices.Clone(codes), func(c C) bool { return c == "unknown" })
}

// colleagueFields let a record be written down for somebody without an account:
// the role of whoever gave the kit, and one's own.
func colleagueFields(r *request, f form.Distribution, site thn.Site, m map[string]string) []page.Field {
	own := f.Recorder
	if own == "" {
		own = string(site.Supplier)
	}
	them := codes(r, "colleague", "give.colleague", "supplier", thn.Suppliers, f.Colleague, m, true)
	them.Options[0].Label = r.locale.T("give.colleague_none")
	me := codes(r, "recorder", "give.recorder", "supplier", thn.Suppliers, own, m, true)
	return []page.Field{hinted(r, them, "give.colleague_hint"), me}
}

// kitWarning says what speaks against the kit that is chosen. It never stops the
// record: what was given has been given.
func (s *Server) kitWarning(r *request, b *bench, product string) string {
	for _, k := range b.kits {
		switch {
		case k.value() != product || k.batch.ID == "":
		case k.batch.Quarantined:
			return r.locale.T("batch.aside_chosen")
		case k.batch.Expiry.Before(s.today(r)):
			return r.locale.T("give.expired")
		}
	}
	return ""
}

func (s *Server) dayField(r *request, choice string, other form.Day, wrong string) (page.DayField, string) {
	words := map[string]string{"today": r.locale.T("give.today"), "yesterday": r.locale.T("give.yesterday")}[choice]
	if d, err := other.Date(); choice == "other" && err == nil {
		words = r.locale.Date(d)
	} else if choice == "other" {
		words = r.locale.T("give.other_day")
	}
	return page.DayField{Choice: choice, Field: page.Field{Kind: page.FieldDate, Name: "day", Label: r.locale.T("give.day"), Error: wrong,
		Day: other.Day, Month: other.Month, Year: other.Year}}, words
}

// distributionCreate saves the form for one person. The plus and minus buttons
// also land here when script is off: they change the number and ask again.
func distributionCreate(s *Server, r *request) (reply, error) {
	posted, b, err := s.readDistribution(r)
	if err != nil && b == nil {
		return reply{}, err
	}
	if posted.Step != "" {
		posted.Kits = stepped(posted.Kits, posted.Step, 1)
		return reply{page: s.giveOutPage(r, b, posted, nil)}, nil
	}
	record := thn.Distribution{}
	if err == nil {
		record, err = posted.ToDomain(s.today(r))
	}
	if err == nil {
		err = s.store(r, record, false, "")
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		return reply{status: http.StatusUnprocessableEntity, page: s.giveOutPage(r, b, posted, err)}, nil
	}
	if err != nil {
		return reply{}, err
	}
	return seeOther("/give-out")
}

// readDistribution reads the form; with a step button nothing is checked yet.
func (s *Server) readDistribution(r *request) (posted form.Distribution, b *bench, err error) {
	if b, err = s.bench(r); err != nil {
		return posted, nil, err
	}
	err = r.form(&posted)
	if fault.Is(err, fault.TooLarge) {
		return posted, nil, err
	}
	if unread := s.reach(r, b, thn.ID(posted.Site)); unread != nil {
		return posted, nil, unread
	}
	return posted, b, err
}

// stepped moves a typed number by a step and keeps it between least and 99.
func stepped(text, step string, least int) string {
	n, _ := form.Count(text) // what is not a number starts from zero
	by, err := strconv.Atoi(step)
	if err != nil {
		by = 0
	}
	return strconv.Itoa(min(thn.MaxKits, max(least, n+by)))
}

// store records and remembers what became of it. colleague is the sign-in name of
// whoever it is written down for, if they have one.
func (s *Server) store(r *request, d thn.Distribution, group bool, colleague string) error {
	result, err := s.Intake.RecordFor(r.ctx, r.actor, colleague, d)
	if err != nil {
		return err
	}
	s.remember(r, last{ID: d.ID, Day: s.today(r).String(), Group: group, Record: d, Outcome: result.Outcome, Cause: result.Cause, Expired: result.Expired, Short: s.shortOf(r, d, result)})
	return nil
}

// againPosted is the "same again" button.
type againPosted struct {
	ID string `form:"id" validate:"required,id"`
}

// distributionAgain saves the last record once more, for today.
func distributionAgain(s *Server, r *request) (reply, error) {
	var posted againPosted
	if err := r.form(&posted); err != nil {
		return reply{}, err
	}
	l, ok := s.lastOf(r)
	if !ok || !repeatable(l.Record) {
		return seeOther("/give-out")
	}
	d := l.Record
	d = d.Only(thn.Asks{}) // another person: what somebody said of themselves is asked anew
	d.ID, d.Day, d.Area = thn.ID(posted.ID), s.today(r), ""
	if err := s.store(r, d, false, ""); err != nil {
		return reply{}, err
	}
	return seeOther("/give-out")
}
