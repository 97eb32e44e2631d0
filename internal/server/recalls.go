package server

import (
	"net/http"
	"slices"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/recall"
	"thntracker/internal/thn"
)

func recallList(s *Server, r *request) (reply, error) {
	list, err := s.Recalls.List(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	batches, err := s.Directory.Batches(r.ctx, r.actor.Programme.ID)
	if err != nil {
		return reply{}, err
	}
	named, err := s.productNames(r)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	t := page.Table{Caption: l.T("nav.recalls"), Columns: []page.Column{{Label: l.T("recall.what")}, {Label: l.T("recall.day")}, {Label: l.T("recall.state")}}}
	for _, c := range list {
		state, err := s.stateOf(r, c)
		if err != nil {
			return reply{}, err
		}
		what := page.Cell{Text: l.T("recall.of", "Lots", lotsOf(c, batches), "Product", named[c.Product]), URL: "/recalls/" + string(c.ID), Note: l.T("recall.did." + string(c.Action))}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{what, {Text: l.Date(c.Day)}, state}})
	}
	p := &page.ListPage{Base: page.Base{Heading: l.T("nav.recalls"), Here: "recalls"}, Intro: []string{l.T("recall.intro")}, Empty: l.T("recall.empty"), Table: t}
	if recall.MayDecide(r.actor) {
		p.Add = page.Option{Value: "/recalls/new", Label: l.T("recall.add")}
	}
	return reply{page: p}, nil
}

// stateOf says how far a recall has come.
func (s *Server) stateOf(r *request, c thn.Recall) (page.Cell, error) {
	switch {
	case !c.InForce():
		return page.Cell{Text: r.locale.T("recall.lifted_on", "Date", r.locale.Date(c.Lifted))}, nil
	case !c.Clears():
		return page.Cell{Text: r.locale.T("recall.in_force")}, nil
	}
	trace, err := s.Recalls.Trace(r.ctx, r.actor, c.Batches, c.Day)
	return page.Cell{Text: progressWords(r, trace)}, err
}

// progressWords says how many kits are cleared and how many places are left.
func progressWords(r *request, t recall.Trace) string {
	cleared, of, places := t.Progress()
	switch {
	case of == 0:
		return r.locale.T("recall.none_there")
	case places == 0:
		return r.locale.N("recall.all_cleared", of)
	}
	return r.locale.N("recall.progress", places, "Cleared", r.locale.Number(cleared), "Of", r.locale.Number(of))
}

func recallNew(s *Server, r *request) (reply, error) {
	day := form.DayOf(s.today(r))
	f := form.Recall{ID: string(thn.NewID()), DayDay: day.Day, DayMonth: day.Month, DayYear: day.Year, Action: string(thn.RecallQuarantine)}
	return s.recallForm(r, f, nil)
}

// recallForm asks for what the notice says. A lot that is not registered is asked
// for its last day, so that it can be registered without losing the rest.
func (s *Server) recallForm(r *request, f form.Recall, wrong error) (reply, error) {
	products, err := s.Setup.ListProducts(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	batches, err := s.Setup.Batches(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	lang.Sort(r.locale, products, func(p thn.Product) string { return p.Name })
	lang.Sort(r.locale, batches, func(b thn.Batch) string { return b.Lot })
	again := func(wrong error) *page.FormPage {
		p := &page.FormPage{Base: page.Base{Heading: r.locale.T("recall.add"), Here: "recalls"}, Intro: []string{r.locale.T("recall.add_intro")}}
		m := s.problems(r, wrong, &p.Base)
		p.Form = page.Form{Action: "/recalls", Submit: r.locale.T("recall.start"), Danger: true, Cancel: "/recalls", Fields: s.recallFields(r, f, products, batches, m)}
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "recalls", "", wrong, again)
}

func (s *Server) recallFields(r *request, f form.Recall, products []thn.Product, batches []thn.Batch, m map[string]string) []page.Field {
	var offered, known []page.Option
	named := map[thn.ID]string{}
	for _, p := range products {
		named[p.ID] = p.Name
		offered = append(offered, page.Option{Value: string(p.ID), Label: p.Name, Chosen: string(p.ID) == f.Product})
	}
	for _, b := range batches {
		known = append(known, page.Option{Value: string(b.ID), Label: r.locale.T("recall.of", "Lots", b.Lot, "Product", named[b.Product]), Chosen: slices.Contains(f.Batch, string(b.ID))})
	}
	fields := []page.Field{idField(f.ID), choice(r, "product", "setup.batch.product", m["product"], offered),
		{Kind: page.FieldLong, Name: "lots", Label: r.locale.T("recall.lots"), Hint: r.locale.T("recall.lots_hint"), Value: f.Lots, Error: m["lots"]}}
	if f.Unknown != "" {
		expiry := hinted(r, dayField(r, "expiry", "setup.batch.expiry", f.Expiry(), m, false), "setup.batch.expiry_hint")
		expiry.Label = r.locale.T("recall.register_lot", "Lot", f.Unknown)
		fields = append(fields, page.Field{Kind: page.FieldHidden, Name: "unknown", Value: f.Unknown}, expiry)
	}
	if len(known) > 0 {
		fields = append(fields, page.Field{Kind: page.FieldCheck, Name: "batch", Label: r.locale.T("recall.batch"), Options: known, Error: m["batch"], Optional: true})
	}
	return append(fields, codeField(r, "action", "recall.action", "recall_action", thn.RecallActions, f.Action, m["action"]),
		hinted(r, textField(r, "source", "batch.source", f.Source, m, false), "recall.source_hint"),
		hinted(r, textField(r, "reference", "recall.reference", f.Reference, m, true), "recall.reference_hint"),
		dayField(r, "day", "recall.day", f.Day(), m, false))
}

func recallCreate(s *Server, r *request) (reply, error) {
	var f form.Recall
	err := r.form(&f)
	if err == nil {
		err = s.startRecall(r, &f)
	}
	if err != nil {
		return s.recallForm(r, f, err)
	}
	s.notice(r, r.locale.T("recall.started"))
	return seeOther("/recalls/" + f.ID)
}

// startRecall registers the lot that was asked for, then starts the recall. With
// several lots that nobody registered it asks for one after the other.
func (s *Server) startRecall(r *request, f *form.Recall) error {
	c, err := f.ToDomain()
	if err != nil {
		return err
	}
	n := recall.Notice{Recall: c, Lots: f.Typed()}
	if err := s.Recalls.Check(r.ctx, r.actor, n); err != nil {
		return err
	}
	unknown, err := s.Recalls.Unknown(r.ctx, r.actor, n)
	if err != nil {
		return err
	}
	if f.Unknown != "" && slices.Contains(unknown, f.Unknown) && !f.Expiry().Empty() {
		if err := s.registerLot(r, f); err != nil {
			return err
		}
		unknown = unknown[1:]
	}
	f.Unknown = ""
	if len(unknown) > 0 {
		f.Unknown, f.ExpiryDay, f.ExpiryMonth, f.ExpiryYear = unknown[0], "", "", ""
		return fault.Fields("start recall", fault.Field{Name: "lots", Key: "recall.lot_unknown", Args: map[string]any{"Lot": strings.Join(unknown, ", ")}})
	}
	return s.Recalls.Start(r.ctx, r.actor, n)
}

func (s *Server) registerLot(r *request, f *form.Recall) error {
	b, err := f.NewLot(thn.NewID())
	if err == nil {
		err = s.Setup.AddBatch(r.ctx, r.actor, b)
	}
	return err
}

// found gives the recall that the address names.
func (s *Server) found(r *request) (thn.Recall, error) {
	id, err := r.id("id")
	if err != nil {
		return thn.Recall{}, err
	}
	return s.Recalls.Find(r.ctx, r.actor, id)
}

func recallLiftForm(s *Server, r *request) (reply, error) {
	return s.liftPage(r, form.Lifting{Closing: form.ClosingOn(s.today(r))}, nil)
}

func (s *Server) liftPage(r *request, f form.Lifting, wrong error) (reply, error) {
	c, err := s.found(r)
	if err != nil {
		return reply{}, err
	}
	back := "/recalls/" + string(c.ID)
	again := func(wrong error) *page.FormPage {
		p := &page.FormPage{Base: page.Base{Heading: r.locale.T("recall.lift"), Here: "recalls"}, Intro: []string{r.locale.T("recall.lift_intro")}}
		m := s.problems(r, wrong, &p.Base)
		p.Form = page.Form{Action: back + "/lift", Submit: r.locale.T("recall.lift"), Cancel: back, Fields: []page.Field{
			dayField(r, "from", "recall.lift_on", f.From(), m, false), hinted(r, textField(r, "source", "batch.source", f.Source, m, false), "batch.source_hint")}}
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "recalls", "", wrong, again)
}

func recallLift(s *Server, r *request) (reply, error) {
	id, err := r.id("id")
	if err != nil {
		return reply{}, err
	}
	var f form.Lifting
	err = r.form(&f)
	if err == nil {
		var day thn.Date
		if day, err = f.Closing.Day(); err == nil {
			err = s.Recalls.Lift(r.ctx, r.actor, id, day, f.Source)
		}
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		answer, err := s.liftPage(r, f, err)
		if err == nil {
			answer.status = http.StatusUnprocessableEntity
		}
		return answer, err
	}
	if err != nil {
		return reply{}, err
	}
	return s.answered(r, "recalls/"+string(id), "recall.lift_done", nil, nil)
}
