package server

import (
	"net/http"
	"strconv"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/thn"
)

// voidPosted is the undo button: the record, and the id of the version that
// takes it out.
type voidPosted struct {
	ID   string `form:"id" validate:"required,id"`
	Void string `form:"void" validate:"required,id"`
}

// distributionVoid takes out a record of today. It goes back to where the worker was.
func distributionVoid(s *Server, r *request) (reply, error) {
	var posted voidPosted
	if err := r.form(&posted); err != nil {
		return reply{}, err
	}
	if _, err := s.Intake.Void(r.ctx, r.actor, thn.ID(posted.ID), thn.ID(posted.Void), thn.WhyUndo); err != nil {
		return reply{}, err
	}
	if l, ok := s.lastOf(r); ok && string(l.ID) == posted.ID {
		l.Voided = true
		s.remember(r, l)
	}
	return seeOther("/give-out")
}

// correctForm opens the last record of today in the form it was made with.
func correctForm(s *Server, r *request) (reply, error) {
	l, ok := s.lastOf(r)
	if !ok || l.Voided || l.Group || l.Outcome == thn.Held || l.Day != s.today(r).String() {
		return reply{}, fault.Say(fault.NotFound, "correct", "give.nothing_to_correct", nil)
	}
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	if err := s.reach(r, b, l.Record.Site); err != nil {
		return reply{}, err
	}
	return reply{page: s.giveOutPage(r, b, formOf(l, s.today(r)), nil)}, nil
}

// formOf puts a record back into the form, under a new id that corrects the old.
func formOf(l last, today thn.Date) form.Distribution {
	d, line := l.Record, l.Record.Lines[0]
	f := form.Distribution{ID: string(thn.NewID()), Corrects: string(l.ID), Site: string(d.Site), Product: string(d.Product) + ":" + string(d.Batch),
		Recipient: string(line.Recipient), Supply: string(line.Supply), Reason: string(line.Reason), Kits: strconv.Itoa(int(line.Kits)), Training: string(d.Training), From: form.OnShelf,
		AgeBand: string(line.AgeBand), Gender: string(line.Gender), Carriage: string(line.Carriage)}
	f.SetDay(d.Day, today)
	if d.Bag != "" {
		f.From = string(d.Bag)
	}
	if d.Recorder != "" {
		f.Colleague, f.Recorder = string(d.Supplier), string(d.Recorder)
	}
	return f
}

// correct stores a new version of the last record.
func correct(s *Server, r *request) (reply, error) {
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
		err = s.storeCorrection(r, thn.ID(posted.Corrects), record)
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		return reply{status: http.StatusUnprocessableEntity, page: s.giveOutPage(r, b, posted, err)}, nil
	}
	if err != nil {
		return reply{}, err
	}
	return seeOther("/give-out")
}

func (s *Server) storeCorrection(r *request, old thn.ID, d thn.Distribution) error {
	result, err := s.Intake.Correct(r.ctx, r.actor, old, d, thn.WhyMistake)
	if err != nil {
		return err
	}
	s.remember(r, last{ID: d.ID, Day: s.today(r).String(), Record: d, Outcome: result.Outcome, Cause: result.Cause, Expired: result.Expired, Short: s.shortOf(r, d, result)})
	return nil
}
