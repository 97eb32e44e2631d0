package form

import (
	"strings"

	"thntracker/internal/thn"
)

// NewCarrier is the choice of somebody who has no record yet. They get the
// random id that the page carries.
const NewCarrier = "new"

// Carriage is the form for one thing that happened to a responder's own naloxone.
type Carriage struct {
	ID          string `form:"id" label:"responders.what" validate:"required,id"`
	Site        string `form:"site" label:"responders.station" validate:"required,id"`
	Carrier     string `form:"carrier" label:"responders.carrier" validate:"required"`
	Fresh       string `form:"fresh" label:"responders.carrier" validate:"required,id"`
	Status      string `form:"status" label:"responders.what" validate:"required,carriagestatus"`
	DayDay      string `form:"day-day"`
	DayMonth    string `form:"day-month"`
	DayYear     string `form:"day-year"`
	Product     string `form:"product" label:"give.product"`
	ExpiryDay   string `form:"expiry-day"`
	ExpiryMonth string `form:"expiry-month"`
	ExpiryYear  string `form:"expiry-year"`
	DueDay      string `form:"due-day"`
	DueMonth    string `form:"due-month"`
	DueYear     string `form:"due-year"`
}

// Day is the day on which it happened, as answered.
func (f Carriage) Day() Day { return Day{f.DayDay, f.DayMonth, f.DayYear} }

// Expiry is the last day of the kit, as answered.
func (f Carriage) Expiry() Day { return Day{f.ExpiryDay, f.ExpiryMonth, f.ExpiryYear} }

// Due is when the training has to be refreshed, as answered.
func (f Carriage) Due() Day { return Day{f.DueDay, f.DueMonth, f.DueYear} }

// ToDomain makes the record. What belongs to a kit is dropped where none is
// given, and the next training where none was held.
func (f Carriage) ToDomain() (thn.Carriage, error) {
	var r reader
	c := thn.Carriage{ID: thn.ID(f.ID), Site: thn.ID(f.Site), Status: thn.CarriageStatus(f.Status), Carrier: thn.ID(f.Carrier), Day: r.mustDay("day", "responders.day", f.Day())}
	if f.Carrier == NewCarrier {
		c.Carrier = thn.ID(f.Fresh)
	} else if !isID(f.Carrier) {
		r.refuse("carrier", "form.choose_for", "responders.carrier")
	}
	if c.Gives() {
		r.carried(f, &c)
	}
	if c.Status == thn.CarriageTrained {
		c.Due = r.day("due", "responders.due", f.Due())
	}
	return c, r.err("carriage")
}

// carried reads which kit was given: a registered batch, or a day of expiry.
func (r *reader) carried(f Carriage, c *thn.Carriage) {
	if f.Product != "" {
		product, batch, err := splitProduct(f.Product)
		if err != nil {
			r.refuse("product", "form.choose_for", "give.product")
		}
		c.Product, c.Batch = product, batch
	}
	c.Expiry = r.day("expiry", "responders.expiry", f.Expiry())
	if c.Expiry.IsZero() && !strings.Contains(strings.TrimSuffix(f.Product, ":"), ":") {
		r.refuse("expiry", "responders.expiry_needed", "responders.expiry")
	}
}
