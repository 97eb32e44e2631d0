package server

import (
	"slices"

	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/recall"
	"thntracker/internal/thn"
)

// lastDay writes a day as the pack prints it.
func lastDay(r *request, d thn.Date, monthOnly bool) string {
	if monthOnly {
		return r.locale.Month(d)
	}
	return r.locale.Date(d)
}

// batchShow is a batch's life: what it prints, what was decided since, where it
// is and where it went.
func batchShow(s *Server, r *request) (reply, error) {
	id, err := r.id("id")
	if err != nil {
		return reply{}, err
	}
	b, err := s.Setup.Batch(r.ctx, r.actor, id)
	if err != nil {
		return reply{}, err
	}
	revisions, err := s.Setup.Revisions(r.ctx, r.actor, id)
	if err != nil {
		return reply{}, err
	}
	trace, err := s.Recalls.Trace(r.ctx, r.actor, []thn.ID{id}, thn.Date{})
	if err != nil {
		return reply{}, err
	}
	recalls, err := s.Recalls.List(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	named, err := s.productNames(r)
	if err != nil {
		return reply{}, err
	}
	recalls = slices.DeleteFunc(recalls, func(c thn.Recall) bool { return !slices.Contains(c.Batches, id) })
	p := &page.Dossier{Base: page.Base{Heading: r.locale.T("batch.title", "Lot", b.Lot, "Product", named[b.Product]), Here: "batches", Wide: true}}
	p.Say = s.batchWordsOf(r, b)
	p.Acts = batchActs(r, b, recalls)
	if b.Quarantined {
		p.Warning = r.locale.T("batch.aside_now")
	}
	p.Parts = []page.Part{{Table: s.whereTable(r, trace), Empty: r.locale.T("batch.nowhere")}, {Table: revisionTable(r, revisions)}, {Table: outTable(r, trace.Out)}}
	return reply{page: p}, nil
}

// batchWordsOf says what the pack prints and what was decided since.
func (s *Server) batchWordsOf(r *request, b thn.Batch) (say []string) {
	printed, monthOnly := b.OnPack()
	say = append(say, r.locale.T("batch.on_pack", "Date", lastDay(r, printed, monthOnly)))
	if !b.Printed.IsZero() {
		say = append(say, r.locale.T("batch.changed_to", "Date", lastDay(r, b.Expiry, b.MonthOnly)))
	}
	if !b.Produced.IsZero() {
		say = append(say, r.locale.T("batch.produced_on", "Date", r.locale.Date(b.Produced)))
	}
	if b.Expiry.Before(s.today(r)) {
		say = append(say, r.locale.T("batch.expired_now"))
	}
	if b.Closed {
		say = append(say, r.locale.T("batch.closed_now"))
	}
	return say
}

func batchActs(r *request, b thn.Batch, recalls []thn.Recall) (acts []page.Option) {
	for _, c := range recalls {
		key := "batch.see_recall"
		if !c.InForce() {
			key = "batch.see_lifted"
		}
		acts = append(acts, page.Option{Value: "/recalls/" + string(c.ID), Label: r.locale.T(key, "Date", r.locale.Date(c.Day))})
	}
	if !r.actor.Whole() {
		return acts
	}
	turn := thn.BatchQuarantined
	if b.Quarantined {
		turn = thn.BatchReleased
	}
	for _, change := range []thn.BatchChange{thn.BatchExtended, turn} {
		acts = append(acts, page.Option{Value: "/batches/" + string(b.ID) + "/revise?change=" + string(change), Label: r.locale.T("batch.do." + string(change))})
	}
	return acts
}

// whereTable lists the shelves and bags that hold the batch now.
func (s *Server) whereTable(r *request, trace recall.Trace) page.Table {
	t := page.Table{ID: "where", Caption: r.locale.T("batch.where"), Columns: []page.Column{{Label: r.locale.T("recall.place")}, {Label: r.locale.T("recall.kits"), Numeric: true}}}
	for _, p := range trace.Places {
		if p.Left == 0 {
			continue
		}
		kits := numeric(r, p.Left)
		if p.Left < 0 {
			kits.Note = r.locale.T("recall.below")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: s.placeWords(r, p)}, kits}})
	}
	return t
}

func numeric(r *request, n int64) page.Cell {
	return page.Cell{Text: r.locale.Number(n), Numeric: true}
}

func revisionTable(r *request, list []thn.BatchRevision) page.Table {
	l := r.locale
	t := page.Table{ID: "decided", Caption: l.T("batch.decided"), Columns: []page.Column{{Label: l.T("batch.day")}, {Label: l.T("batch.change")}, {Label: l.T("batch.source")}}}
	for _, x := range list {
		change := page.Cell{Text: l.T("batch.did." + string(x.Change))}
		if x.Change == thn.BatchExtended {
			change.Note = lastDay(r, x.Expiry, x.MonthOnly)
		}
		source := page.Cell{Text: x.Source}
		if x.Recall != "" {
			source.URL = "/recalls/" + string(x.Recall)
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: l.Date(x.Day)}, change, source}})
	}
	return t
}

func batchReviseForm(s *Server, r *request) (reply, error) {
	change := thn.BatchChange(r.query().Get("change"))
	if !slices.Contains(thn.BatchChanges, change) {
		change = thn.BatchExtended
	}
	day := form.DayOf(s.today(r))
	return s.revisePage(r, form.Revision{ID: string(thn.NewID()), Change: string(change), DayDay: day.Day, DayMonth: day.Month, DayYear: day.Year}, nil)
}

// revisePage asks for a decision. That it shortens the life of a batch is asked
// only once the answers say so.
func (s *Server) revisePage(r *request, f form.Revision, wrong error) (reply, error) {
	id, err := r.id("id")
	if err != nil {
		return reply{}, err
	}
	b, err := s.Setup.Batch(r.ctx, r.actor, id)
	if err != nil {
		return reply{}, err
	}
	change := thn.BatchChange(f.Change)
	if !slices.Contains(thn.BatchChanges, change) {
		change = thn.BatchExtended
	}
	back := "/batches/" + string(id)
	again := func(wrong error) *page.FormPage {
		p := &page.FormPage{Base: page.Base{Heading: r.locale.T("batch.ask."+string(change), "Lot", b.Lot), Here: "batches"}, Intro: []string{r.locale.T("batch.intro." + string(change))}}
		m := s.problems(r, wrong, &p.Base)
		fields := []page.Field{idField(f.ID), {Kind: page.FieldHidden, Name: "change", Value: string(change)}}
		if change == thn.BatchExtended {
			printed, monthOnly := b.OnPack()
			expiry := dayField(r, "expiry", "batch.new_expiry", f.Expiry(), m, false)
			expiry.Hint = r.locale.T("batch.new_expiry_hint", "Date", lastDay(r, printed, monthOnly))
			fields = append(fields, expiry)
			if f.Shorter != "" || m["expiry"] == r.locale.T("batch.expiry_shorter") {
				fields = append(fields, yesNo(r, "shorter", "batch.shorter", f.Shorter, m))
			}
		}
		fields = append(fields, dayField(r, "day", "batch.day", f.Day(), m, false), hinted(r, textField(r, "source", "batch.source", f.Source, m, false), "batch.source_hint"))
		p.Form = page.Form{Action: back + "/revise", Submit: r.locale.T("form.save"), Cancel: back, Fields: fields}
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "batches", "", wrong, again)
}

func batchRevise(s *Server, r *request) (reply, error) {
	id, err := r.id("id")
	if err != nil {
		return reply{}, err
	}
	var f form.Revision
	err = r.form(&f)
	if err == nil {
		var revision thn.BatchRevision
		if revision, err = f.ToDomain(id); err == nil {
			err = s.Setup.ReviseBatch(r.ctx, r.actor, revision, f.Shorter == "yes")
		}
	}
	if err != nil {
		return s.revisePage(r, f, err)
	}
	return s.answered(r, "batches/"+string(id), "setup.added", nil, nil)
}
