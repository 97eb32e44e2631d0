package form

import "thntracker/internal/thn"

// Target is the form for a level that a programme sets itself. No area is every
// place of the programme.
type Target struct {
	ID        string `form:"id" label:"targets.value" validate:"required,id"`
	Indicator string `form:"indicator" label:"targets.indicator" validate:"required,max=60"`
	Area      string `form:"area" label:"setup.area" validate:"omitempty,id"`
	Value     string `form:"value" label:"targets.value" validate:"required"`
	FromDay   string `form:"from-day"`
	FromMonth string `form:"from-month"`
	FromYear  string `form:"from-year"`
	Source    string `form:"source" label:"targets.source" validate:"required,max=120"`
	URL       string `form:"url" label:"setup.figure.url" validate:"max=500"`
}

// From is the first day on which it holds, as answered.
func (f Target) From() Day { return Day{f.FromDay, f.FromMonth, f.FromYear} }

// ToDomain makes the target; its level may have three places.
func (f Target) ToDomain() (thn.Target, error) {
	var r reader
	t := thn.Target{ID: thn.ID(f.ID), Indicator: f.Indicator, Area: thn.ID(f.Area), Source: f.Source, URL: f.URL,
		Thousandths: int64(r.thousandths("value", "targets.value", f.Value, 0)), From: r.mustDay("from", "targets.from", f.From())}
	return t, r.err("target")
}
