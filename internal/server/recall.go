package server

import (
	"fmt"
	"slices"

	"thntracker/internal/page"
	"thntracker/internal/recall"
	"thntracker/internal/thn"
)

// recallFile is what the pages of one recall show.
type recallFile struct {
	thn.Recall
	lots, product string
	trace         recall.Trace
	movements     []thn.Movement
}

func (s *Server) recallFile(r *request) (f recallFile, err error) {
	if f.Recall, err = s.found(r); err != nil {
		return f, err
	}
	batches, err := s.Directory.Batches(r.ctx, r.actor.Programme.ID)
	if err != nil {
		return f, err
	}
	named, err := s.productNames(r)
	if err != nil {
		return f, err
	}
	f.lots, f.product = lotsOf(f.Recall, batches), named[f.Product]
	if f.trace, err = s.Recalls.Trace(r.ctx, r.actor, f.Batches, f.Day); err != nil {
		return f, err
	}
	f.movements, err = s.Recalls.Movements(r.ctx, r.actor, f.Recall)
	return f, err
}

// recallShow follows a recall: what was asked, how far it has come, where to go
// next, what went out before, and what was taken off.
func recallShow(s *Server, r *request) (reply, error) {
	f, err := s.recallFile(r)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	p := &page.Dossier{Base: page.Base{Heading: l.T("recall.title", "Lots", f.lots, "Product", f.product), Here: "recalls", Wide: true}}
	p.Say = f.say(r)
	p.Acts = f.acts(r)
	if f.InForce() && f.Clears() && len(f.trace.Places) > 0 {
		figure, err := page.RecallFigure(l, progressWords(r, f.trace), s.leftOf(r, f))
		if err != nil {
			return reply{}, err
		}
		p.Figures = []page.Figure{figure}
	}
	p.Parts = []page.Part{{Table: s.taskTable(r, f), Empty: l.T("recall.none_there")}, {Table: outTable(r, f.trace.Out), Empty: l.T("recall.none_out")}, {Table: s.takenTable(r, f)}}
	return reply{page: p}, nil
}

// say is the recall in sentences.
func (f recallFile) say(r *request) (say []string) {
	l := r.locale
	source := f.Source
	if f.Reference != "" {
		source = l.T("recall.source_reference", "Source", f.Source, "Reference", f.Reference)
	}
	say = append(say, l.T("recall.said", "Date", l.Date(f.Day), "Source", source)+" "+l.T("recall.asks."+string(f.Action)))
	if !f.InForce() {
		return append(say, l.T("recall.said_lifted", "Date", l.Date(f.Lifted), "Source", f.LiftedBy))
	}
	sum := f.trace.Sum()
	if !f.Clears() {
		return append(say, l.N("recall.there_now", sum.Left))
	}
	if len(f.trace.Places) == 0 {
		return append(say, progressWords(r, f.trace))
	}
	say = append(say, l.T("recall.since", "Notice", l.Number(sum.Notice), "Cleared", l.Number(sum.Cleared), "Given", l.Number(sum.Given), "Left", l.Number(sum.Left), "Moved", l.Number(sum.Moved)))
	if !r.actor.Whole() {
		say = append(say, l.T("recall.reach"))
	}
	return say
}

func (f recallFile) acts(r *request) (acts []page.Option) {
	to := "/recalls/" + string(f.ID)
	act := func(path, key string) {
		acts = append(acts, page.Option{Value: to + path, Label: r.locale.T(key)})
	}
	if !f.InForce() {
		return nil
	}
	if f.Clears() && slices.ContainsFunc(f.trace.Places, recall.Place.Open) {
		act("/clear", "recall.clear")
	}
	act("/notice", "recall.print")
	if recall.MayDecide(r.actor) {
		act("/lift", "recall.lift")
	}
	return acts
}

// leftOf gives the bars: what each place still holds.
func (s *Server) leftOf(r *request, f recallFile) (list []page.Left) {
	for _, p := range f.trace.Places {
		if of := p.Cleared + max(0, p.Left); of > 0 {
			words := r.locale.T("recall.left_of", "Left", r.locale.Number(max(0, p.Left)), "Of", r.locale.Number(of))
			if !p.Open() {
				words = r.locale.T("recall.cleared")
			}
			list = append(list, page.Left{Label: f.inLot(s.placeWords(r, p), p), Words: words, Kits: p.Left})
		}
	}
	return list
}

// inLot tells the lots of a place apart where a recall names several.
func (f recallFile) inLot(place string, p recall.Place) string {
	if len(f.Batches) > 1 {
		place += " · " + p.Batch.Lot
	}
	return place
}

// placeValue names a place in addresses and forms.
func placeValue(p recall.Place) string {
	if p.Holder.Bag != "" {
		return fmt.Sprintf("bag:%s:%s", p.Holder.Bag, p.Batch.ID)
	}
	return fmt.Sprintf("site:%s:%s", p.Holder.Site, p.Batch.ID)
}

// taskTable lists every place with what became of its kits.
func (s *Server) taskTable(r *request, f recallFile) page.Table {
	l := r.locale
	t := page.Table{ID: "places", Caption: l.T("recall.places"), Columns: []page.Column{{Label: l.T("recall.place")}, {Label: l.T("recall.left"), Numeric: true}, actsColumn(r)}}
	for _, key := range []string{"recall.at_notice", "recall.cleared_kits", "recall.given_since", "recall.moved_since"} {
		t.Columns = append(t.Columns, page.Column{Label: l.T(key), Numeric: true})
	}
	for _, p := range f.trace.Places {
		place := page.Cell{Text: s.placeWords(r, p)}
		if len(f.Batches) > 1 {
			place.Note = l.T("recall.lot", "Lot", p.Batch.Lot)
		}
		left, act := numeric(r, p.Left), page.Cell{}
		switch {
		case p.Left < 0:
			act.Text = l.T("recall.below")
		case p.Open() && f.InForce() && f.Clears():
			act = acts(page.Option{Value: "/recalls/" + string(f.ID) + "/clear?place=" + placeValue(p), Label: l.T("recall.take")})
		case !p.Open() && f.Clears():
			act.Text = l.T("recall.cleared")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{place, left, act, numeric(r, p.Notice), numeric(r, p.Cleared), numeric(r, p.Given), numeric(r, p.Moved)}})
	}
	if sum := f.trace.Sum(); len(t.Rows) > 1 {
		t.Rows = append(t.Rows, page.Row{Total: true, Cells: []page.Cell{{Text: l.T("recall.total")}, numeric(r, sum.Left), {}, numeric(r, sum.Notice), numeric(r, sum.Cleared), numeric(r, sum.Given), numeric(r, sum.Moved)}})
	}
	t.Notes = []string{l.T("recall.places_note")}
	return t
}

// takenTable lists what was taken off under the recall. Each can be taken back:
// a slip now, or all of them once the recall is lifted.
func (s *Server) takenTable(r *request, f recallFile) page.Table {
	l := r.locale
	t := page.Table{ID: "taken", Caption: l.T("recall.taken"), Columns: []page.Column{{Label: l.T("recall.cleared_on")}, {Label: l.T("recall.place")}, {Label: l.T("recall.kits"), Numeric: true}, actsColumn(r)}}
	for _, m := range f.movements {
		act := acts(page.Option{Value: "/recalls/" + string(f.ID) + "/back?record=" + string(m.ID), Label: l.T("recall.back")})
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: l.Date(m.Day)}, {Text: s.movementPlace(r, f, m)}, numeric(r, int64(m.Kits)), act}})
	}
	return t
}

func (s *Server) movementPlace(r *request, f recallFile, m thn.Movement) string {
	for _, p := range f.trace.Places {
		if p.Holder.Bag == m.Bag && (m.Bag != "" || p.Holder.Site == m.Site) && p.Batch.ID == m.Batch {
			return s.placeWords(r, p)
		}
	}
	return ""
}

// recallNotice is a page to print and hang up where the kits are.
func recallNotice(s *Server, r *request) (reply, error) {
	f, err := s.recallFile(r)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	p := &page.Dossier{Base: page.Base{Heading: l.T("recall.notice_title", "Lots", f.lots, "Product", f.product), Here: "recalls", Wide: true}}
	p.Say = f.say(r)[:1]
	keys := []string{"recall.step_stop", "recall.step_find", "recall.step_record", "recall.step_replace"}
	if !f.Clears() {
		keys = []string{"recall.step_tell"}
	}
	for _, key := range keys {
		p.Steps = append(p.Steps, l.T(key))
	}
	if !f.InForce() {
		p.Say, p.Steps = f.say(r), nil
	}
	t := page.Table{Caption: l.T("recall.notice_places"), Columns: []page.Column{{Label: l.T("recall.place")}, {Label: l.T("recall.recorded"), Numeric: true}, {Label: l.T("recall.counted")}}}
	for _, place := range f.trace.Places {
		if place.Open() {
			t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: s.placeWords(r, place), Note: l.T("recall.lot", "Lot", place.Batch.Lot)}, numeric(r, place.Left), {}}})
		}
	}
	p.Parts = []page.Part{{Table: t, Empty: l.T("recall.none_there")}}
	return reply{page: p}, nil
}
