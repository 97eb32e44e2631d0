package server

import (
	"thntracker/internal/form"
	"thntracker/internal/intake"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// aidSend opens the form by which kits leave for a request of another programme.
func aidSend(s *Server, r *request) (reply, error) {
	request, err := s.request(r)
	if err != nil {
		return reply{}, err
	}
	product, err := s.kitByCode(r, request.Code, true)
	if err != nil {
		return reply{}, err
	}
	return s.sendForm(r, request, form.AidMove{ID: string(thn.NewID()), Product: product, Kits: countText(request.Kits)}.On(s.today(r)), nil)
}

func (s *Server) request(r *request) (thn.AidPost, error) {
	of, id, err := otherOf(r)
	if err != nil {
		return thn.AidPost{}, err
	}
	return s.Aid.Request(r.ctx, r.actor, of, id)
}

func (s *Server) sendForm(r *request, request thn.AidPost, f form.AidMove, wrong error) (reply, error) {
	intro := r.locale.N("aid.send_intro", request.Kits, "Product", request.Product)
	p := &page.FormPage{Base: page.Base{Heading: r.locale.T("aid.send_title"), Here: "aid"}, Intro: []string{intro, expiredWords(r, request)}}
	p.Form = page.Form{Action: "/aid/" + string(request.ID) + "/send?of=" + string(request.Programme), Submit: r.locale.T("aid.send_submit")}
	return s.moveForm(r, p, f, wrong, true)
}

// moveForm finishes either side's form: site, kit, number and day.
func (s *Server) moveForm(r *request, p *page.FormPage, f form.AidMove, wrong error, lots bool) (reply, error) {
	kits, err := s.kitChoice(r, f.Product, "", lots)
	if err != nil {
		return reply{}, err
	}
	site, err := s.openSites(r, f.Site, "")
	if err != nil {
		return reply{}, err
	}
	again := func(wrong error) *page.FormPage {
		m := s.problems(r, wrong, &p.Base)
		kits.Error, site.Error = m["product"], m["site"]
		p.Form.Cancel = "/aid"
		p.Form.Fields = []page.Field{idField(f.ID), site, kits, numberField(r, "kits", "aid.kits", f.Kits, m, false), dayField(r, "day", "aid.day", f.Day(), m, false)}
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "aid", "", wrong, again)
}

func aidSent(s *Server, r *request) (reply, error) {
	request, err := s.request(r)
	if err != nil {
		return reply{}, err
	}
	var f form.AidMove
	result, err := intake.Result{}, r.form(&f)
	if err == nil {
		result, err = s.handOver(r, request, f)
	}
	if err != nil {
		return s.sendForm(r, request, f, err)
	}
	return s.aidBooked(r, result, "aid.sent_done")
}

func (s *Server) handOver(r *request, request thn.AidPost, f form.AidMove) (intake.Result, error) {
	m, err := f.ToDomain()
	if err != nil {
		return intake.Result{}, err
	}
	m, h, err := s.Aid.Sending(r.ctx, r.actor, request, m)
	if err != nil {
		return intake.Result{}, err
	}
	return s.Intake.HandOver(r.ctx, r.actor, m, h)
}

// aidReceive opens the form by which kits from another programme are taken over.
func aidReceive(s *Server, r *request) (reply, error) {
	h, err := s.coming(r)
	if err != nil {
		return reply{}, err
	}
	product, err := s.kitByCode(r, h.Code, false)
	if err != nil {
		return reply{}, err
	}
	return s.receiveForm(r, h, form.AidMove{ID: string(thn.NewID()), Product: product, Kits: countText(h.Sent)}.On(s.today(r)), nil)
}

func (s *Server) coming(r *request) (thn.HandOver, error) {
	of, id, err := otherOf(r)
	if err != nil {
		return thn.HandOver{}, err
	}
	return s.Aid.Coming(r.ctx, r.actor, of, id)
}

func (s *Server) receiveForm(r *request, h thn.HandOver, f form.AidMove, wrong error) (reply, error) {
	l := r.locale
	intro := []string{l.N("aid.receive_intro", h.Sent, "Product", h.Product, "Date", l.Date(h.Day))}
	if h.Lot != "" && !h.Expiry.IsZero() {
		intro = append(intro, l.T("aid.receive_lot", "Lot", h.Lot, "Date", l.Date(h.Expiry)))
	}
	p := &page.FormPage{Base: page.Base{Heading: l.T("aid.receive_title"), Here: "aid"}, Intro: append(intro, l.T("aid.receive_count"))}
	p.Form = page.Form{Action: "/aid/" + string(h.ID) + "/receive?of=" + string(h.Giver), Submit: l.T("aid.receive_submit")}
	return s.moveForm(r, p, f, wrong, false)
}

func aidReceived(s *Server, r *request) (reply, error) {
	h, err := s.coming(r)
	if err != nil {
		return reply{}, err
	}
	var f form.AidMove
	result, err := intake.Result{}, r.form(&f)
	if err == nil {
		result, err = s.takeOver(r, h, f)
	}
	if err != nil {
		return s.receiveForm(r, h, f, err)
	}
	return s.aidBooked(r, result, "aid.received_done")
}

func (s *Server) takeOver(r *request, h thn.HandOver, f form.AidMove) (intake.Result, error) {
	m, err := f.ToDomain()
	if err != nil {
		return intake.Result{}, err
	}
	if m, err = s.Aid.Arriving(r.ctx, r.actor, h, m); err != nil {
		return intake.Result{}, err
	}
	return s.Intake.Record(r.ctx, r.actor, m)
}

// aidBooked goes back to the board and says what became of the record.
func (s *Server) aidBooked(r *request, result intake.Result, done string) (reply, error) {
	words := r.locale.T(done)
	if result.Outcome == thn.Held {
		words = r.locale.T("give.held", "Cause", r.locale.T("held."+result.Cause))
	}
	s.notice(r, words)
	return seeOther("/aid")
}
