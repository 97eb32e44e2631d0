package server

import (
	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// notThere is said of what is not there or not the reader's.
func notThere(op string) error { return fault.Say(fault.NotFound, op, "problem.not_found_text", nil) }

// aidNew opens the form for an offer or a request. An alert brings the kits that
// it is about, an offer that is taken up brings its product and number.
func aidNew(s *Server, r *request) (reply, error) {
	if err := s.Aid.Refusal(r.actor); err != nil {
		return reply{}, err
	}
	q := r.query()
	f := form.AidPost{ID: string(thn.NewID()), Kind: q.Get("kind"), Product: q.Get("product"), Kits: q.Get("kits"), Expired: "no"}
	if f.Kind != string(thn.AidRequest) {
		f.Kind = string(thn.AidOffer)
	}
	if q.Get("offer") != "" {
		id, err := thn.ParseID(q.Get("offer"))
		if err != nil {
			return reply{}, notThere("offer")
		}
		offer, err := s.Aid.Offer(r.ctx, r.actor, thn.ID(q.Get("of")), id)
		if err != nil {
			return reply{}, err
		}
		f.Answers, f.Kits = string(offer.ID), countText(offer.Kits)
		if f.Product, err = s.kitByCode(r, offer.Code, false); err != nil {
			return reply{}, err
		}
	}
	return s.aidForm(r, f, nil)
}

func (s *Server) aidForm(r *request, f form.AidPost, wrong error) (reply, error) {
	kits, err := s.kitChoice(r, f.Product, "", f.Kind == string(thn.AidOffer))
	if err != nil {
		return reply{}, err
	}
	again := func(wrong error) *page.FormPage {
		key := "aid.offer"
		if f.Kind == string(thn.AidRequest) {
			key = "aid.request"
		}
		p := &page.FormPage{Base: page.Base{Heading: r.locale.T(key + "_title"), Here: "aid"}, Intro: []string{r.locale.T(key + "_intro")}}
		m := s.problems(r, wrong, &p.Base)
		kits.Error = m["product"]
		p.Form = page.Form{Action: "/aid", Submit: r.locale.T("aid.post"), Cancel: "/aid", Fields: []page.Field{idField(f.ID), hidden("kind", f.Kind), hidden("answers", f.Answers),
			kits, numberField(r, "kits", "aid.kits", f.Kits, m, false)}}
		if f.Kind == string(thn.AidRequest) {
			p.Form.Fields = append(p.Form.Fields, hinted(r, yesNo(r, "expired", "aid.expired", f.Expired, m), "aid.expired_hint"))
		}
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "aid", "", wrong, again)
}

func aidCreate(s *Server, r *request) (reply, error) {
	var f form.AidPost
	err := r.form(&f)
	if err == nil {
		w := stock.Wish{ID: thn.ID(f.ID), Kind: thn.AidKind(f.Kind), Expired: f.Expired == "yes", Answers: thn.ID(f.Answers)}
		if w.Product, w.Batch, w.Kits, err = f.Read(); err == nil {
			err = s.Aid.Post(r.ctx, r.actor, w)
		}
	}
	if err != nil {
		return s.aidForm(r, f, err)
	}
	return s.answered(r, "aid", "aid.posted", nil, nil)
}

// aidEnding asks before a post leaves the board.
func (s *Server) aidEnding(r *request) (ending, error) {
	id, err := r.id("id")
	if err != nil {
		return ending{}, err
	}
	p, err := s.Aid.Own(r.ctx, r.actor, id)
	return ending{id: id, key: "aid", path: "/aid/" + string(id) + "/close", heading: r.locale.T("aid.close_title", "Product", p.Product),
		intro: "aid.close_intro", submit: "aid.close", done: "aid.closed"}, err
}

func aidClose(s *Server, r *request) (reply, error) {
	e, err := s.aidEnding(r)
	return s.askNow(r, e, err)
}

func aidEnd(s *Server, r *request) (reply, error) {
	e, err := s.aidEnding(r)
	return s.endNow(r, e, err, func(thn.ID) error { return s.Aid.Close(r.ctx, r.actor, e.id) })
}
