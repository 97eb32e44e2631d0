package server

import (
	"net/http"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/intake"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// reviewCorrectForm opens what was sent in the form that such records are made
// with.
func reviewCorrectForm(s *Server, r *request) (reply, error) {
	w, f, err := s.puttingRight(r)
	if err != nil {
		return reply{}, err
	}
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	f.ID, f.Corrects = string(thn.NewID()), string(w.ID)
	return reply{page: s.rightPage(r, b, w, f, nil)}, nil
}

// puttingRight gives the held record that the address names, in the form; not
// found where the form cannot say it.
func (s *Server) puttingRight(r *request) (intake.Waiting, form.Distribution, error) {
	w, err := s.looked(r)
	if err != nil {
		return w, form.Distribution{}, err
	}
	f, ok := form.HeldDistribution(w.Payload, s.today(r))
	if !ok || !mayPutRight(w) {
		return w, f, fault.Say(fault.NotFound, "put right", "review.gone", nil)
	}
	return w, f, nil
}

func (s *Server) rightPage(r *request, b *bench, w intake.Waiting, f form.Distribution, wrong error) *page.GiveOut {
	p := s.giveOutPage(r, b, f, wrong)
	p.From, p.More = nil, nil // out of whose bag, and in whose place, is what was sent: see unasked
	p.Heading, p.Here, p.Action, p.Correcting = r.locale.T("review.put_right_title"), "review", "/review/"+string(w.ID)+"/correct", string(w.ID)
	return p
}

// reviewCorrect stores what was put right.
func reviewCorrect(s *Server, r *request) (reply, error) {
	w, _, err := s.puttingRight(r)
	if err != nil {
		return reply{}, err
	}
	posted, b, err := s.readDistribution(r)
	if err != nil && b == nil {
		return reply{}, err
	}
	if posted.Step != "" {
		posted.Kits = stepped(posted.Kits, posted.Step, 1)
		return reply{page: s.rightPage(r, b, w, posted, nil)}, nil
	}
	record := thn.Distribution{}
	if err == nil {
		record, err = posted.ToDomain(s.today(r))
	}
	if err == nil {
		err = s.Review.PutRight(r.ctx, r.actor, w.ID, thn.ID(posted.ID), unasked(w, record))
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		return reply{status: http.StatusUnprocessableEntity, page: s.rightPage(r, b, w, posted, err)}, nil
	}
	return s.decided(r, "review.accepted", err)
}

// unasked keeps what was sent and the form does not ask, as long as it still
// fits: it was said of the place that it was sent with.
func unasked(w intake.Waiting, d thn.Distribution) thn.Distribution {
	sent, ok := w.Fact.(thn.Distribution)
	if !ok || sent.Site != d.Site {
		return d
	}
	d.Setting, d.Supplier, d.Channel, d.Recorder = sent.Setting, sent.Supplier, sent.Channel, sent.Recorder
	if !slices.Contains(w.Blocked, "bag_unknown") {
		d.Bag = sent.Bag
	}
	return d
}
