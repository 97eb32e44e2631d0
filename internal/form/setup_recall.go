package form

import (
	"strings"

	"thntracker/internal/thn"
)

// Revision is the form for a decision about a batch.
type Revision struct {
	ID          string `form:"id" label:"batch.source" validate:"required,id"`
	Change      string `form:"change" label:"batch.change" validate:"required,batchchange"`
	DayDay      string `form:"day-day"`
	DayMonth    string `form:"day-month"`
	DayYear     string `form:"day-year"`
	ExpiryDay   string `form:"expiry-day"`
	ExpiryMonth string `form:"expiry-month"`
	ExpiryYear  string `form:"expiry-year"`
	Shorter     string `form:"shorter" label:"batch.shorter" validate:"omitempty,oneof=yes no"`
	Source      string `form:"source" label:"batch.source" validate:"required,max=120"`
}

// Day is when it was decided, as answered.
func (f Revision) Day() Day { return Day{f.DayDay, f.DayMonth, f.DayYear} }

// Expiry is the new last day, as answered.
func (f Revision) Expiry() Day { return Day{f.ExpiryDay, f.ExpiryMonth, f.ExpiryYear} }

// ToDomain makes the decision about a batch.
func (f Revision) ToDomain(batch thn.ID) (thn.BatchRevision, error) {
	var r reader
	d := thn.BatchRevision{ID: thn.ID(f.ID), Batch: batch, Change: thn.BatchChange(f.Change), Source: f.Source, Day: r.mustDay("day", "batch.day", f.Day())}
	if d.Change == thn.BatchExtended {
		d.Expiry, d.MonthOnly = r.lastDay("expiry", "batch.new_expiry", f.Expiry())
	}
	return d, r.err("revision")
}

// Recall is the form for a notice. Lots are typed as the notice prints them, or
// chosen among the batches that are registered. Unknown is the typed lot whose
// last day was asked for, so that it can be registered on the way.
type Recall struct {
	ID          string   `form:"id" label:"batch.source" validate:"required,id"`
	Product     string   `form:"product" label:"setup.batch.product" validate:"required,id"`
	Lots        string   `form:"lots" label:"recall.lots" validate:"max=2000"`
	Batch       []string `form:"batch" label:"recall.batch" validate:"dive,id"`
	Unknown     string   `form:"unknown"`
	ExpiryDay   string   `form:"expiry-day"`
	ExpiryMonth string   `form:"expiry-month"`
	ExpiryYear  string   `form:"expiry-year"`
	Action      string   `form:"action" label:"recall.action" validate:"required,recallaction"`
	Source      string   `form:"source" label:"batch.source" validate:"required,max=120"`
	Reference   string   `form:"reference" label:"recall.reference" validate:"max=60"`
	DayDay      string   `form:"day-day"`
	DayMonth    string   `form:"day-month"`
	DayYear     string   `form:"day-year"`
}

// Day is that of the notice, as answered.
func (f Recall) Day() Day { return Day{f.DayDay, f.DayMonth, f.DayYear} }

// Expiry is the last day of the unknown lot, as answered.
func (f Recall) Expiry() Day { return Day{f.ExpiryDay, f.ExpiryMonth, f.ExpiryYear} }

// Typed gives the lots that were typed, one by one.
func (f Recall) Typed() (lots []string) {
	for _, lot := range strings.FieldsFunc(f.Lots, func(r rune) bool { return r == '\n' || r == ',' || r == ';' }) {
		if lot = strings.TrimSpace(lot); lot != "" {
			lots = append(lots, lot)
		}
	}
	return lots
}

// ToDomain makes the recall of the chosen batches.
func (f Recall) ToDomain() (thn.Recall, error) {
	var r reader
	c := thn.Recall{ID: thn.ID(f.ID), Product: thn.ID(f.Product), Source: f.Source, Reference: f.Reference, Action: thn.RecallAction(f.Action),
		Day: r.mustDay("day", "recall.day", f.Day())}
	for _, b := range f.Batch {
		c.Batches = append(c.Batches, thn.ID(b))
	}
	return c, r.err("recall")
}

// NewLot makes the batch of the unknown lot, under an id of the caller's.
func (f Recall) NewLot(id thn.ID) (thn.Batch, error) {
	var r reader
	b := thn.Batch{ID: id, Product: thn.ID(f.Product), Lot: f.Unknown}
	b.Expiry, b.MonthOnly = r.lastDay("expiry", "setup.batch.expiry", f.Expiry())
	return b, r.err("batch")
}

// Clearing is the form that takes recalled kits off a shelf or out of a bag.
type Clearing struct {
	ID       string `form:"id" label:"recall.kits" validate:"required,id"`
	Place    string `form:"place" label:"recall.place" validate:"required"`
	Kits     string `form:"kits" label:"recall.kits"`
	DayDay   string `form:"day-day"`
	DayMonth string `form:"day-month"`
	DayYear  string `form:"day-year"`
}

// Day is when they were taken off, as answered.
func (f Clearing) Day() Day { return Day{f.DayDay, f.DayMonth, f.DayYear} }

// ToDomain completes a movement with what was answered.
func (f Clearing) ToDomain(m thn.Movement) (thn.Movement, error) {
	var r reader
	m.ID, m.Day = thn.ID(f.ID), r.mustDay("day", "recall.cleared_on", f.Day())
	m.Kits = int(min(r.whole("kits", "recall.kits", f.Kits, 0), thn.MaxMoved+1))
	if m.Kits < 1 || m.Kits > thn.MaxMoved {
		r.refuse("kits", "recall.kits_range", "recall.kits")
	}
	return m, r.err("clearing")
}

// Lifting is the form that ends a recall.
type Lifting struct {
	Closing
	Source string `form:"source" label:"batch.source" validate:"required,max=120"`
}

// Returned is the form that takes one movement of a recall back.
type Returned struct {
	ID     string `form:"id" label:"recall.kits" validate:"required,id"`
	Record string `form:"record" label:"recall.record" validate:"required,id"`
}
