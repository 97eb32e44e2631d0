package form

import "thntracker/internal/thn"

// Area is the form for a new area.
type Area struct {
	ID        string `form:"id" label:"setup.name" validate:"required,id"`
	Name      string `form:"name" label:"setup.name" validate:"required,max=120"`
	Kind      string `form:"kind" label:"setup.area.kind" validate:"required,areakind"`
	Parent    string `form:"parent" label:"setup.area.parent" validate:"required,id"`
	Code      string `form:"code" label:"setup.code" validate:"max=120"`
	FromDay   string `form:"from-day"`
	FromMonth string `form:"from-month"`
	FromYear  string `form:"from-year"`
}

// From is the first day on which the area counts, as answered.
func (f Area) From() Day { return Day{f.FromDay, f.FromMonth, f.FromYear} }

// ToDomain makes the area.
func (f Area) ToDomain() (thn.Area, error) {
	var r reader
	a := thn.Area{ID: thn.ID(f.ID), Parent: thn.ID(f.Parent), Kind: thn.AreaKind(f.Kind), Code: f.Code, Name: f.Name,
		ValidFrom: r.day("from", "setup.area.from", f.From())}
	return a, r.err("area")
}

// Site is the form for a new site.
type Site struct {
	ID          string `form:"id" label:"setup.name" validate:"required,id"`
	Name        string `form:"name" label:"setup.name" validate:"required,max=120"`
	Area        string `form:"area" label:"setup.area" validate:"required,id"`
	Setting     string `form:"setting" label:"setup.site.setting" validate:"required,servicetype"`
	Channel     string `form:"channel" label:"setup.site.channel" validate:"omitempty,channel"`
	Supplier    string `form:"supplier" label:"setup.site.supplier" validate:"required,supplier"`
	PeerLed     string `form:"peer_led" label:"setup.site.peer_led" validate:"required,oneof=yes no"`
	Code        string `form:"code" label:"setup.code" validate:"max=120"`
	OpenedDay   string `form:"opened-day"`
	OpenedMonth string `form:"opened-month"`
	OpenedYear  string `form:"opened-year"`
}

// Opened is the first day of the site, as answered.
func (f Site) Opened() Day { return Day{f.OpenedDay, f.OpenedMonth, f.OpenedYear} }

// ToDomain makes the site.
func (f Site) ToDomain() (thn.Site, error) {
	var r reader
	s := thn.Site{ID: thn.ID(f.ID), Area: thn.ID(f.Area), Name: f.Name, Code: f.Code, Setting: thn.Setting(f.Setting), Channel: thn.Channel(f.Channel),
		Supplier: thn.Supplier(f.Supplier), PeerLed: f.PeerLed == "yes", Opened: r.day("opened", "setup.site.opened", f.Opened())}
	return s, r.err("site")
}

// Closing is the page that asks once more before something ends on a day.
type Closing struct {
	FromDay   string `form:"from-day"`
	FromMonth string `form:"from-month"`
	FromYear  string `form:"from-year"`
}

// From is the first day on which it no longer is, as answered.
func (f Closing) From() Day { return Day{f.FromDay, f.FromMonth, f.FromYear} }

// Day reads the answer.
func (f Closing) Day() (thn.Date, error) {
	var r reader
	day := r.mustDay("from", "setup.close.from", f.From())
	return day, r.err("closing")
}

// ClosingOn fills the page with a day.
func ClosingOn(d thn.Date) Closing {
	day := DayOf(d)
	return Closing{FromDay: day.Day, FromMonth: day.Month, FromYear: day.Year}
}

// Confirmed is a page that only asks whether to go on.
type Confirmed struct {
	ID string `form:"id" label:"setup.name" validate:"omitempty,id"` // of the version that is made, if one is
}
