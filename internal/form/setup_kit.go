package form

import "thntracker/internal/thn"

// Product is the form for a new kind of kit.
type Product struct {
	ID          string `form:"id" label:"setup.name" validate:"required,id"`
	Name        string `form:"name" label:"setup.name" validate:"required,max=120"`
	Route       string `form:"route" label:"setup.product.route" validate:"required,route"`
	Dose        string `form:"dose" label:"setup.product.dose"`
	Doses       string `form:"doses" label:"setup.product.doses" validate:"required"`
	Units       string `form:"units" label:"setup.product.units"`
	Equivalents string `form:"equivalents" label:"setup.product.equivalents"`
	Confirmed   string `form:"confirmed" label:"setup.product.confirmed" validate:"required,oneof=yes no"`
	GTIN        string `form:"gtin" label:"setup.product.gtin"`
	Code        string `form:"code" label:"setup.code" validate:"max=120"`
}

// ToDomain makes the product. Doses are typed in milligrams and kept in
// micrograms; kit equivalents are kept in thousandths, and are 1 unless said.
func (f Product) ToDomain() (thn.Product, error) {
	var r reader
	p := thn.Product{ID: thn.ID(f.ID), Code: f.Code, Name: f.Name, Route: thn.Route(f.Route), GTIN: f.GTIN, Confirmed: f.Confirmed == "yes",
		DoseMicrograms: r.thousandths("dose", "setup.product.dose", f.Dose, 0),
		DosesPerUnit:   r.small("doses", "setup.product.doses", f.Doses),
		UnitsPerKit:    r.small("units", "setup.product.units", f.Units),
		KitThousandths: r.thousandths("equivalents", "setup.product.equivalents", f.Equivalents, 1000)}
	return p, r.err("product")
}

// Batch is the form for a new lot of a product. Code is what stands on the box,
// scanned or typed; it fills in the other answers and is not kept itself.
type Batch struct {
	ID            string `form:"id" label:"setup.batch.lot" validate:"required,id"`
	Code          string `form:"code" label:"batch.code" validate:"max=500"`
	Do            string `form:"do"`
	Product       string `form:"product" label:"setup.batch.product" validate:"required,id"`
	Lot           string `form:"lot" label:"setup.batch.lot" validate:"required,max=120"`
	ExpiryDay     string `form:"expiry-day"`
	ExpiryMonth   string `form:"expiry-month"`
	ExpiryYear    string `form:"expiry-year"`
	ProducedDay   string `form:"produced-day"`
	ProducedMonth string `form:"produced-month"`
	ProducedYear  string `form:"produced-year"`
}

// Expiry is what the pack prints, as answered.
func (f Batch) Expiry() Day { return Day{f.ExpiryDay, f.ExpiryMonth, f.ExpiryYear} }

// Produced is the day it was made, as answered.
func (f Batch) Produced() Day { return Day{f.ProducedDay, f.ProducedMonth, f.ProducedYear} }

// Reads tells whether the code is to be read rather than the batch saved.
func (f Batch) Reads() bool { return f.Code != "" }

// Fill puts what a code says into the answers; what it leaves out stays as it was.
func (f *Batch) Fill(lot string, expiry thn.Date, monthOnly bool, produced thn.Date) {
	if lot != "" {
		f.Lot = lot
	}
	if !expiry.IsZero() {
		d := DayOf(expiry)
		if monthOnly {
			d.Day = ""
		}
		f.ExpiryDay, f.ExpiryMonth, f.ExpiryYear = d.Day, d.Month, d.Year
	}
	if !produced.IsZero() {
		d := DayOf(produced)
		f.ProducedDay, f.ProducedMonth, f.ProducedYear = d.Day, d.Month, d.Year
	}
}

// ToDomain makes the batch. Without a day the pack prints only month and year.
func (f Batch) ToDomain() (thn.Batch, error) {
	var r reader
	b := thn.Batch{ID: thn.ID(f.ID), Product: thn.ID(f.Product), Lot: f.Lot, Produced: r.day("produced", "batch.produced", f.Produced())}
	b.Expiry, b.MonthOnly = r.lastDay("expiry", "setup.batch.expiry", f.Expiry())
	return b, r.err("batch")
}

// lastDay reads a day as packs print it, which may be only month and year; it is
// then the first of that month.
func (r *reader) lastDay(name, label string, d Day) (day thn.Date, monthOnly bool) {
	monthOnly = d.Day == "" && !d.Empty()
	if monthOnly {
		d.Day = "1"
	}
	return r.mustDay(name, label, d), monthOnly
}
