package page

// Base is what every page shares. Handlers fill Heading and what is particular
// to the page; the server fills the rest.
type Base struct {
	Lang, Dir string
	Theme     string // "", light or dark
	Heading   string // the h1: what the page answers
	Here      string // key of the place in the navigation
	Wide      bool   // tables and charts need more than reading width
	SignedIn  bool
	Handle    string
	Role      string // catalogue key
	Programme string
	Demo      bool
	Groups    []Group  // every place, for the desk
	Bar       []Place  // at most four, for the phone
	Others    []Option // other programmes this account may act in
	Notice    string   // what was just done, in words
	Problems  []Problem
	Data      *Data   // the page for machines, if it has that
	Path      string  // of this page, for forms that come back to it
	Content   Content // drawn ahead; empty: the page's own template draws it

	Public    bool     // for everybody: no session, and so nothing to choose that one would keep
	Shelf     string   // where everything that is published is listed
	Languages []Option // the same page in each language, by address

	NotRecorded string // what the form on the page does not keep of anybody
}

// Drawn is a page whose content stands already. A copy of it is a page of its own.
type Drawn struct {
	Base
	template string
}

// Template names the file that drew it.
func (d *Drawn) Template() string { return d.template }

func (b *Base) base() *Base { return b }

// layout is the frame around the page; the phone's screen has one of its own.
func (b *Base) layout() string { return "layout" }

// MainForm is the id of the form that somebody may be half-way through, on pages
// that have one: the buttons for language and light send it along, and it comes
// back as it was.
func (b *Base) MainForm() string { return "" }

// mainForm is the id that most such forms have.
const mainForm = "answers"

// Fill gives the server a page's base to complete.
func Fill(p Page) *Base { return p.base() }

// Place is somewhere to go.
type Place struct {
	Key  string // catalogue key nav.KEY; icon name for the bar
	URL  string
	Here bool
}

// Group is a run of places with a heading.
type Group struct {
	Key    string
	Places []Place
}

// Problem is one thing to put right, with the id of the control it is about.
type Problem struct{ ID, Text string }

// Option is one choice of a list.
type Option struct {
	Value, Label, Hint string
	Icon               string
	Group              string // heading above it and its like
	Chosen             bool
}

// Trouble is the page for what could not be done.
type Trouble struct {
	Base
	Text string
}

// Template names the file.
func (*Trouble) Template() string { return "trouble" }

// More is everything that does not fit the phone's bar.
type More struct{ Base }

// Template names the file.
func (*More) Template() string { return "more" }

// All lists every page, once, for parsing and for the tests that walk them.
var All = []Page{
	&Trouble{}, &More{}, &FormPage{}, &ListPage{}, &Dossier{}, &GiveOut{}, &Several{}, &TallySheet{}, &Poster{}, &Today{}, &GiveBack{}, &Coverage{}, &Digest{}, &FigurePage{}, &Definitions{}, &Commitments{}, &World{}, &Summary{}, &Shelf{}, &ImportPreview{},
	&Training{}, &Returns{}, &Need{},
	&StockAlerts{}, &Aid{},
	&Review{}, &Activity{},
	&Stock{}, &CountSheet{},
	&Used{}, &Thanks{}, &Twins{},
	&Phone{}, &Away{},
}
