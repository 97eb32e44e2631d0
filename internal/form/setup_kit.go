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

// Batch is the form for a new lot of a product.
type Batch struct {
	ID          string `form:"id" label:"setup.batch.lot" validate:"required,id"`
	Product     string `form:"product" label:"setup.batch.product" validate:"required,id"`
	Lot         string `form:"lot" label:"setup.batch.lot" validate:"required,max=120"`
	ExpiryDay   string `form:"expiry-day"`
	ExpiryMonth string `form:"expiry-month"`
	ExpiryYear  string `form:"expiry-year"`
}

// Expiry is what the pack prints, as answered.
func (f Batch) Expiry() Day { return Day{f.ExpiryDay, f.ExpiryMonth, f.ExpiryYear} }

// ToDomain makes the batch. Without a day the pack prints only month and year.
func (f Batch) ToDomain() (thn.Batch, error) {
	var r reader
	expiry := f.Expiry()
	monthOnly := expiry.Day == "" && !expiry.Empty()
	if monthOnly {
		expiry.Day = "1"
	}
	b := thn.Batch{ID: thn.ID(f.ID), Product: thn.ID(f.Product), Lot: f.Lot, MonthOnly: monthOnly, Expiry: r.mustDay("expiry", "setup.batch.expiry", expiry)}
	return b, r.err("batch")
}
