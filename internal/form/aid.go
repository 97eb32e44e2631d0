package form

import (
	"fmt"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// AidPost is the form for an offer or a request. Product holds product and batch
// joined by a colon, as on the form for giving out.
type AidPost struct {
	ID      string `form:"id" label:"aid.kits" validate:"required,id"`
	Kind    string `form:"kind" label:"aid.kind" validate:"required,aid"`
	Product string `form:"product" label:"aid.product" validate:"required"`
	Kits    string `form:"kits" label:"aid.kits" validate:"required"`
	Expired string `form:"expired" label:"aid.expired" validate:"omitempty,oneof=yes no"`
	Answers string `form:"answers" label:"aid.kits" validate:"omitempty,id"`
}

// Read gives the answers that are not plain text.
func (f AidPost) Read() (product, batch thn.ID, kits int, err error) {
	if product, batch, err = splitProduct(f.Product); err != nil {
		return product, batch, 0, err
	}
	kits, err = moved(f.Kits, "aid.kits")
	return product, batch, kits, err
}

// AidMove is the form for either side of a hand-over.
type AidMove struct {
	ID       string `form:"id" label:"aid.kits" validate:"required,id"`
	Site     string `form:"site" label:"aid.site" validate:"required,id"`
	Product  string `form:"product" label:"aid.product" validate:"required"`
	Kits     string `form:"kits" label:"aid.kits" validate:"required"`
	DayDay   string `form:"day-day"`
	DayMonth string `form:"day-month"`
	DayYear  string `form:"day-year"`
}

// Day is the day as answered.
func (f AidMove) Day() Day { return Day{f.DayDay, f.DayMonth, f.DayYear} }

// ToDomain makes the part of the movement that is asked for.
func (f AidMove) ToDomain() (thn.Movement, error) {
	var r reader
	day := r.mustDay("day", "aid.day", f.Day())
	product, batch, err := splitProduct(f.Product)
	r.wrong = append(r.wrong, fault.FieldsOf(err)...)
	kits, err := moved(f.Kits, "aid.kits")
	r.wrong = append(r.wrong, fault.FieldsOf(err)...)
	return thn.Movement{ID: thn.ID(f.ID), Site: thn.ID(f.Site), Product: product, Batch: batch, Kits: kits, Day: day}, r.err("hand-over")
}

// moved reads a number of kits of a delivery.
func moved(text, label string) (int, error) {
	n, err := Count(text)
	if err != nil || n < 1 || n > thn.MaxMoved {
		return 0, fault.Fields("kits", fault.Field{Name: "kits", Key: "form.range",
			Args: map[string]any{"Field": fault.Label(label), "Min": "1", "Max": fmt.Sprint(thn.MaxMoved)}})
	}
	return n, nil
}

// On answers the day.
func (f AidMove) On(d thn.Date) AidMove {
	day := DayOf(d)
	f.DayDay, f.DayMonth, f.DayYear = day.Day, day.Month, day.Year
	return f
}
