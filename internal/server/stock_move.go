package server

import (
	"net/http"
	"slices"
	"strconv"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// moveForm opens a form about stock: for something new, or to correct.
func moveForm(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	f, err := s.moveAsked(r)
	if err != nil {
		return reply{}, err
	}
	if f.Site == "" {
		return seeOther("/stock") // there is more than one site to choose from
	}
	p, err := s.movePage(r, b, f, nil, false)
	return reply{page: p}, err
}

// moveAsked is the form as its address asks for it.
func (s *Server) moveAsked(r *request) (form.Movement, error) {
	q := r.query()
	if text := q.Get("corrects"); text != "" {
		id, err := thn.ParseID(text)
		if err != nil {
			return form.Movement{}, fault.Say(fault.NotFound, "stock", "problem.not_found_text", nil)
		}
		m, err := s.Stock.Movement(r.ctx, r.actor, id)
		return form.MovementOf(m), err
	}
	site, _, err := s.stockSite(r)
	if err != nil || site == "" {
		return form.Movement{}, err
	}
	day := form.DayOf(s.today(r))
	f := form.Movement{ID: string(thn.NewID()), LotID: string(thn.NewID()), What: form.StockReceive, Site: string(site), Product: q.Get("product"), Bag: q.Get("bag"),
		Transfer: q.Get("transfer"), DayDay: day.Day, DayMonth: day.Month, DayYear: day.Year}
	if what := q.Get("what"); slices.Contains(form.StockForms, what) {
		f.What = what
	}
	return f, nil
}

// moveSave records what a form about stock says.
func moveSave(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	var f form.Movement
	err = r.form(&f)
	if fault.Is(err, fault.TooLarge) {
		return reply{}, err
	}
	doubted := false
	if err == nil {
		doubted, err = s.take(r, b, &f)
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		if !slices.Contains(form.StockForms, f.What) || f.Site == "" {
			return reply{}, err // not a form of ours: nothing to show again
		}
		if b, err2 := s.bench(r); err2 == nil { // a lot may have been added on the way
			p, again := s.movePage(r, b, f, err, doubted)
			return reply{status: http.StatusUnprocessableEntity, page: p}, again
		}
	}
	if err != nil {
		return reply{}, err
	}
	return seeOther("/stock?site=" + f.Site)
}

// take checks a movement, asks where it looks odd, and records it.
func (s *Server) take(r *request, b *bench, f *form.Movement) (doubted bool, err error) {
	m, lot, err := f.ToDomain()
	if err != nil {
		return false, err
	}
	if m, err = s.settled(r, f, m); err != nil {
		return false, err
	}
	doubts, err := s.Stock.Doubts(r.ctx, r.actor, thn.ID(f.Corrects), m)
	if err != nil {
		return false, err
	}
	if lot.ID != "" {
		doubts = append(doubts, stock.Expired(lot, m.Day)...)
	}
	if len(doubts) > 0 && f.Anyway == "" {
		return true, fault.Fields("weigh movement", doubts...)
	}
	if lot.ID != "" {
		if err := s.Setup.AddBatch(r.ctx, r.actor, lot); err != nil {
			return false, err
		}
		// Should the rest be refused, the lot is there to be chosen.
		f.Product, f.Lot, f.LotID = string(m.Product)+":"+string(m.Batch), "", string(thn.NewID())
		b.batches[lot.ID] = lot
	}
	return false, s.storeMove(r, b, thn.ID(f.Corrects), m)
}

// settled fills in what the form leaves to what is known: the actor's own bag,
// the kits of a transfer, and what an opening comes on top of.
func (s *Server) settled(r *request, f *form.Movement, m thn.Movement) (thn.Movement, error) {
	if _, err := s.Stock.Site(r.ctx, r.actor, m.Site); err != nil {
		return m, err
	}
	switch {
	case f.What == form.StockArrive:
		t, err := s.Stock.Arriving(r.ctx, r.actor, m.Site, m.Transfer)
		m.Transfer, m.Other, m.Product, m.Batch = t.ID, t.From, t.Product, t.Batch
		return m, err
	case f.Bag == form.MyBag:
		bag, err := s.Stock.MyBag(r.ctx, r.actor, m.Site)
		m.Bag, f.Bag = bag.ID, string(bag.ID) // should the rest be refused, it is there to be chosen
		return m, err
	case f.What == form.StockOpening && f.Corrects == "":
		return s.Stock.Opening(r.ctx, r.actor, m)
	}
	return m, nil
}

func (s *Server) storeMove(r *request, b *bench, corrects thn.ID, m thn.Movement) error {
	result, err := s.recordMove(r, corrects, m)
	if err != nil {
		return err
	}
	x := moved{IDs: []thn.ID{m.ID}, Day: s.today(r).String(), Site: m.Site, Single: m.Kind != thn.MovementCount}
	if result.Outcome == thn.Held {
		x.IDs, x.Words = nil, []string{r.locale.T("give.held", "Cause", r.locale.T("held."+result.Cause))}
	} else if x.Words, err = s.movedWords(r, b, m); err != nil {
		return err
	}
	s.rememberMove(r, x)
	return nil
}

// movePage draws a form about stock. With doubts it asks once more.
func (s *Server) movePage(r *request, b *bench, f form.Movement, wrong error, doubted bool) (*page.FormPage, error) {
	site, err := s.Stock.Site(r.ctx, r.actor, thn.ID(f.Site))
	if err != nil {
		return nil, err
	}
	l := r.locale
	p := &page.FormPage{Base: page.Base{Heading: l.T("stock.form."+f.What, "Site", site.Name), Here: "stock"}}
	m := s.problems(r, wrong, &p.Base)
	hidden := func(name, value string) page.Field {
		return page.Field{Kind: page.FieldHidden, Name: name, Value: value}
	}
	p.Form = page.Form{Action: "/stock/move", Submit: l.T("form.save"), Cancel: "/stock?site=" + f.Site, Fields: []page.Field{
		hidden("id", f.ID), hidden("what", f.What), hidden("site", f.Site)}}
	if f.Corrects != "" {
		p.Form.Fields = append(p.Form.Fields, hidden("corrects", f.Corrects))
		p.Intro = append(p.Intro, l.T("stock.correcting"))
	}
	if key := "stock.intro." + f.What; l.Has(key) {
		p.Intro = append(p.Intro, l.T(key))
	}
	fields, err := s.moveFields(r, b, p, &f, m)
	if err != nil {
		return nil, err
	}
	p.Form.Fields = append(p.Form.Fields, fields...)
	p.Form.Fields = append(p.Form.Fields, dayField(r, "day", "stock.day", f.Day(), m, false))
	if f.What == form.StockReceive {
		p.Form.Fields = append(p.Form.Fields, hinted(r, textField(r, "reference", "stock.reference", f.Reference, m, true), "stock.reference_hint"))
	}
	if doubted || f.Anyway != "" {
		p.Form.Fields = append(p.Form.Fields, anywayField(r, f.Anyway))
	}
	return p, nil
}

func anywayField(r *request, value string) page.Field {
	return page.Field{Kind: page.FieldCheck, Name: "anyway", Label: r.locale.T("stock.anyway"), Hint: r.locale.T("stock.anyway_hint"),
		Options: []page.Option{{Value: "yes", Label: r.locale.T("stock.anyway_yes"), Chosen: value == "yes"}}}
}

// moveFields are the questions of each form.
func (s *Server) moveFields(r *request, b *bench, p *page.FormPage, f *form.Movement, m map[string]string) (fields []page.Field, err error) {
	kits := numberField(r, "kits", "stock.kits", f.Kits, m, false)
	if f.What == form.StockArrive {
		t, err := s.Stock.Arriving(r.ctx, r.actor, thn.ID(f.Site), thn.ID(f.Transfer))
		if err != nil {
			return nil, err
		}
		p.Intro = append(p.Intro, r.locale.N("stock.arrive.sent", t.Sent, "Kit", s.kitName(r, b, t.Product, b.batches[t.Batch]), "Site", b.sites[t.From].Name, "Date", r.locale.Date(t.Day)))
		if kits.Value == "" && t.Rest() > 0 {
			kits.Value = strconv.Itoa(t.Rest())
		}
		return []page.Field{{Kind: page.FieldHidden, Name: "transfer", Value: string(t.ID)}, kits}, nil
	}
	if f.What == form.StockOff {
		fields = append(fields, codeField(r, "kind", "stock.off.kind", "movement", form.OffKinds, f.Kind, m["kind"]))
	}
	bag, err := s.bagField(r, f, m)
	if err != nil {
		return nil, err
	}
	product, err := s.stockKits(r, b, *f, m["product"])
	if err != nil {
		return nil, err
	}
	fields = append(append(fields, bag...), product)
	if f.Typed() {
		fields = append(fields, s.lotFields(r, *f, m)...)
	}
	if f.What == form.StockSend {
		fields = append(fields, s.otherField(r, b, *f, m))
	}
	if f.What == form.StockCount {
		return append(fields, hinted(r, numberField(r, "counted", "stock.counted", f.Counted, m, false), "stock.counted_hint"),
			hinted(r, codes(r, "reason", "stock.reason", "adjust", thn.AdjustReasons, f.Reason, m, true), "stock.reason_hint")), nil
	}
	return append(fields, kits), nil
}
