package page

// Training is the screen for a training session: counts by kind of people, no
// names. What it did last is shown above, and a site's recent sessions below.
type Training struct {
	Base
	ID      string
	Site    Field
	Site0   string // what is assumed, in words
	Day     DayField
	Day0    string
	Method  Field
	Trainer Field
	Tallies []Field
	Saved   *Saved
	Recent  Table
}

// MainForm is the id of the form.
func (*Training) MainForm() string { return mainForm }

// Template names the file.
func (*Training) Template() string { return "training" }

// Returns is a month as the sites reported it.
type Returns struct {
	Base
	Lead   string
	Notes  []string
	Before Option // the month before: Value is the address
	After  Option // the month after, unless it has not begun
	Say    Option // where nothing to report is said
	Table  Table
	Empty  string
}

// Template names the file.
func (*Returns) Template() string { return "returns" }
