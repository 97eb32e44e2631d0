package page

// Used is the form of five questions about a kit that was used.
type Used struct {
	Base
	ID        string // of the record to be made
	Site      Field
	Site0     string // what is assumed, in words
	When      Field
	WhenOther Field // its day may stay empty
	Giver     Field
	Doses     Field
	Number    Field
	Outcome   Field
	Ambulance Field
	More      []Field
	MoreOpen  bool
}

// MainForm is the id of the form.
func (*Used) MainForm() string { return "used" }

// Template names the file.
func (*Used) Template() string { return "used" }

// Thanks says what was saved about a use, with what can still be done about it.
type Thanks struct {
	Base
	Words  string
	Facts  []Told
	ID     string // empty: there is nothing to undo
	VoidID string
}

// Told is one answer in words.
type Told struct{ Label, Value string }

// Template names the file.
func (*Thanks) Template() string { return "thanks" }

// Twins lists reports that may be of one event, each beside those told before.
type Twins struct {
	Base
	Pairs []Pair
	More  string // how many wait after these
}

// Pair is a report with those told before it.
type Pair struct {
	Record  string
	Fresh   string // id of the version that will keep the decision
	Heading string
	Table   Table
	Same    []Option // a button for each of those told before
	Apart   string   // the newest of them
}

// Template names the file.
func (*Twins) Template() string { return "twins" }
