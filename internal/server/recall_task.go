package server

import (
	"net/http"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/recall"
	"thntracker/internal/thn"
)

func recallClearForm(s *Server, r *request) (reply, error) {
	f, err := s.recallFile(r)
	if err != nil {
		return reply{}, err
	}
	day := form.DayOf(s.today(r))
	answers := form.Clearing{ID: string(thn.NewID()), Place: r.query().Get("place"), DayDay: day.Day, DayMonth: day.Month, DayYear: day.Year}
	if place, ok := f.placeOf(answers.Place); ok {
		answers.Kits = r.locale.Number(max(0, place.Left))
	}
	return reply{page: s.clearPage(r, f, answers, nil)}, nil
}

func (f recallFile) placeOf(value string) (recall.Place, bool) {
	i := slices.IndexFunc(f.trace.Places, func(p recall.Place) bool { return placeValue(p) == value })
	if i < 0 {
		return recall.Place{}, false
	}
	return f.trace.Places[i], true
}

// clearPage asks what was taken off, from where. Places that are cleared are not
// offered, but for the one that was chosen.
func (s *Server) clearPage(r *request, f recallFile, answers form.Clearing, wrong error) *page.FormPage {
	l := r.locale
	p := &page.FormPage{Base: page.Base{Heading: l.T("recall.clear_title", "Lots", f.lots, "Product", f.product), Here: "recalls"}, Intro: []string{l.T("recall.clear_intro")}}
	m := s.problems(r, wrong, &p.Base)
	var options []page.Option
	for _, place := range f.trace.Places {
		value := placeValue(place)
		if place.Open() || value == answers.Place {
			options = append(options, page.Option{Value: value, Label: s.placeWords(r, place), Hint: l.N("recall.holds", place.Left, "Lot", place.Batch.Lot), Chosen: value == answers.Place})
		}
	}
	if len(options) == 0 {
		p.Intro = []string{l.T("recall.nothing_left")}
	}
	back := "/recalls/" + string(f.ID)
	place := page.Field{Kind: page.FieldRadio, Name: "place", Label: l.T("recall.place"), Error: m["place"], Options: options}
	p.Form = page.Form{Action: back + "/clear", Submit: l.T("recall.save_clear"), Cancel: back, Fields: []page.Field{idField(answers.ID), place,
		hinted(r, numberField(r, "kits", "recall.kits", answers.Kits, m, false), "recall.kits_hint"), dayField(r, "day", "recall.cleared_on", answers.Day(), m, false)}}
	return p
}

// recallClear records that kits were taken off a shelf or out of a bag. The
// ledger may lag: more than it knows of is taken off all the same.
func recallClear(s *Server, r *request) (reply, error) {
	f, err := s.recallFile(r)
	if err != nil {
		return reply{}, err
	}
	var answers form.Clearing
	err = r.form(&answers)
	if err == nil {
		err = s.clear(r, f, answers)
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		return reply{status: http.StatusUnprocessableEntity, page: s.clearPage(r, f, answers, err)}, nil
	}
	if err != nil {
		return reply{}, err
	}
	return s.answered(r, "recalls/"+string(f.ID), "recall.clear_done", nil, nil)
}

func (s *Server) clear(r *request, f recallFile, answers form.Clearing) error {
	place, known := f.placeOf(answers.Place)
	if !known {
		return fault.Fields("clear", fault.Field{Name: "place", Key: "recall.place_unknown"})
	}
	if !f.InForce() {
		return fault.Say(fault.Conflict, "clear", "recall.lifted_already", nil)
	}
	m, err := answers.ToDomain(thn.Movement{Kind: thn.MovementRecalled, Site: place.Site.ID, Bag: place.Holder.Bag, Product: f.Product, Batch: place.Batch.ID, Recall: f.ID})
	if err != nil {
		return err
	}
	return s.keep(r, m)
}

func recallBackForm(s *Server, r *request) (reply, error) {
	f, err := s.recallFile(r)
	if err != nil {
		return reply{}, err
	}
	return reply{page: s.backPage(r, f, form.Returned{ID: string(thn.NewID()), Record: r.query().Get("record")}, nil)}, nil
}

func (s *Server) backPage(r *request, f recallFile, answers form.Returned, wrong error) *page.FormPage {
	l := r.locale
	p := &page.FormPage{Base: page.Base{Heading: l.T("recall.back_title"), Here: "recalls"}, Intro: []string{l.T("recall.back_intro")}}
	m := s.problems(r, wrong, &p.Base)
	if f.InForce() {
		p.Intro = append(p.Intro, l.T("recall.back_in_force"))
	}
	var options []page.Option
	for _, x := range f.movements {
		options = append(options, page.Option{Value: string(x.ID), Label: l.N("recall.movement", x.Kits, "Place", s.movementPlace(r, f, x), "Date", l.Date(x.Day)), Chosen: string(x.ID) == answers.Record})
	}
	back := "/recalls/" + string(f.ID)
	p.Form = page.Form{Action: back + "/back", Submit: l.T("recall.back"), Cancel: back,
		Fields: []page.Field{idField(answers.ID), {Kind: page.FieldRadio, Name: "record", Label: l.T("recall.record"), Error: m["record"], Options: options}}}
	return p
}

// recallBack takes one movement of the recall back.
func recallBack(s *Server, r *request) (reply, error) {
	f, err := s.recallFile(r)
	if err != nil {
		return reply{}, err
	}
	var answers form.Returned
	err = r.form(&answers)
	if err == nil && !slices.ContainsFunc(f.movements, func(m thn.Movement) bool { return string(m.ID) == answers.Record }) {
		err = fault.Fields("take back", fault.Field{Name: "record", Key: "recall.record_unknown"})
	}
	if err == nil {
		_, err = s.Intake.Void(r.ctx, r.actor, thn.ID(answers.Record), thn.ID(answers.ID), thn.WhyMistake)
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		return reply{status: http.StatusUnprocessableEntity, page: s.backPage(r, f, answers, err)}, nil
	}
	if err != nil {
		return reply{}, err
	}
	return s.answered(r, "recalls/"+string(f.ID), "recall.back_done", nil, nil)
}
