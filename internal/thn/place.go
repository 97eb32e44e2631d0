package thn

import "time"

// Programme is the tenant: whoever runs naloxone distribution in one country or
// part of it. Every record belongs to exactly one.
type Programme struct {
	ID      ID
	Name    string
	Country string // ISO 3166-1 alpha-2, or a user-assigned code such as XD
	Zone    string // IANA time zone that decides which day it is
	Fiscal  int    // month in which the financial year begins, 1 to 12
	Demo    bool   // holds invented records, and says so on every page
	Note    string // a sentence on what the programme's data are, shown with figures
	Face    Face   // how the phone's screen looks among other apps; empty: the first of the list
	Asks    Asks   // questions about a person beyond the usual ones: none unless two people decided so
}

// Location is the programme's time zone. Set-up refuses a zone that this machine
// does not know; one that is stored all the same is read as UTC.
func (p Programme) Location() *time.Location {
	zone, err := time.LoadLocation(p.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

// Today is the calendar day of an instant where the programme is.
func (p Programme) Today(now time.Time) Date { return DateOf(now, p.Location()) }

// EndOf is the last instant of a day where the programme is: figures "as at" a
// day are those that stood when it ended.
func (p Programme) EndOf(d Date) time.Time {
	next := d.AddDays(1)
	return time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, p.Location()).Add(-time.Nanosecond)
}

// Area is a place in the tree country → region → …; the smallest kept is the
// first tier a programme reports by.
type Area struct {
	ID        ID
	Parent    ID // empty for the country
	Kind      AreaKind
	Code      string // official code if there is one, unique in the programme
	Name      string
	ValidFrom Date // zero: always
	ValidTo   Date // zero: still; the day is not included
}

// AreaKind says what an area is.
type AreaKind string

// AreaKinds lists the kinds from large to small.
var AreaKinds = []AreaKind{AreaCountry, "nation", "state", "region", "health_board", "county", "district", "municipality"}

// AreaCountry is the root of every tree.
const AreaCountry AreaKind = "country"

// Site is a registered place or team that gives out kits.
type Site struct {
	ID       ID
	Area     ID
	Name     string
	Code     string // for imports; unique in the programme when given
	Setting  Setting
	Channel  Channel
	Supplier Supplier // who usually gives the kit
	PeerLed  bool
	Opened   Date
	Closed   Date // zero: open; the day is not included
}

// OpenOn tells whether the site gave out kits on the day.
func (s Site) OpenOn(d Date) bool {
	return (s.Opened.IsZero() || !d.Before(s.Opened)) && (s.Closed.IsZero() || d.Before(s.Closed))
}

// OpenIn tells whether the site gave out kits on some day of the period.
func (s Site) OpenIn(p Period) bool {
	return (s.Opened.IsZero() || s.Opened.Before(p.To)) && (s.Closed.IsZero() || p.From.Before(s.Closed))
}

// Product is a kind of kit. Amounts are integers: micrograms and thousandths.
type Product struct {
	ID             ID
	Code           string
	Name           string
	Route          Route
	DoseMicrograms int // labelled dose; 0 when the source gives none
	DosesPerUnit   int
	UnitsPerKit    int  // 0: to be set at registration
	KitThousandths int  // kit equivalents for the need model, ×1000; one kit = 1000
	Confirmed      bool // false: a pharmacist has yet to confirm the pack's numbers
	GTIN           string
	Closed         bool
}

// Batch is a lot of a product, with the expiry printed on it.
type Batch struct {
	ID        ID
	Product   ID
	Lot       string
	Expiry    Date // the last day it may be used
	MonthOnly bool // Expiry is known to the month; it is its last day
	Closed    bool

	Printed          Date // the last day on the pack, where Expiry was extended since; otherwise zero
	PrintedMonthOnly bool
	Quarantined      bool // put aside: not to be given out for now
	Produced         Date // zero: not on the pack, or not asked
}

// OnPack is the last day that the pack itself prints, whatever was decided since.
func (b Batch) OnPack() (last Date, monthOnly bool) {
	if b.Printed.IsZero() {
		return b.Expiry, b.MonthOnly
	}
	return b.Printed, b.PrintedMonthOnly
}

// Founding is what a new programme begins with.
type Founding struct {
	Programme Programme
	Country   Area
	Products  []Product
	By        ID // empty: the command line
}

// Below lists an area and everything under it. A tree that bends back on itself
// ends where it would repeat.
func Below(areas []Area, root ID) []ID {
	children := map[ID][]ID{}
	for _, a := range areas {
		children[a.Parent] = append(children[a.Parent], a.ID)
	}
	seen := map[ID]bool{root: true}
	list := []ID{root}
	for i := 0; i < len(list); i++ {
		for _, c := range children[list[i]] {
			if !seen[c] {
				seen[c] = true
				list = append(list, c)
			}
		}
	}
	return list
}
