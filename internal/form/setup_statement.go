package form

import "thntracker/internal/thn"

// Statement is the form for whether a service exists in the country.
type Statement struct {
	ID         string `form:"id" label:"statements.exists" validate:"required,id"`
	Service    string `form:"service" label:"statements.service" validate:"required,service"`
	Exists     string `form:"exists" label:"statements.exists" validate:"required,existence"`
	Source     string `form:"source" label:"statements.source" validate:"required,max=120"`
	URL        string `form:"url" label:"setup.figure.url" validate:"required,max=500"`
	DatedDay   string `form:"dated-day"`
	DatedMonth string `form:"dated-month"`
	DatedYear  string `form:"dated-year"`
}

// Dated is the day of the source, as answered.
func (f Statement) Dated() Day { return Day{f.DatedDay, f.DatedMonth, f.DatedYear} }

// ToDomain makes the statement.
func (f Statement) ToDomain() (thn.Statement, error) {
	var r reader
	s := thn.Statement{ID: thn.ID(f.ID), Service: thn.Service(f.Service), Exists: thn.Answer(f.Exists), Source: f.Source, URL: f.URL,
		Dated: r.mustDay("dated", "statements.dated", f.Dated())}
	return s, r.err("statement")
}
