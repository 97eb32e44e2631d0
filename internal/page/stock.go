package page

// Stock is what one site holds: on its shelf, in its bags, on the way.
type Stock struct {
	Base
	Site   string // id, for the form that asks for another day
	Past   string // the day looked back at, in words; empty: now
	Moved  *Moved
	Alerts []Alert
	Begin  []Alert // kits whose stock nobody has begun to keep here
	Table  Table
	Empty  string
	First  Option   // what there is to do most often
	Acts   []Option // what else there is to do
	Bags   []Bag
	Way    Table
	Day    Field
	Links  []Option
}

// Template names the file.
func (*Stock) Template() string { return "stock" }

// Alert is a sentence with what can be done about it.
type Alert struct {
	Text  string
	Links []Option
}

// Bag is what somebody carries.
type Bag struct {
	Name  string
	Table Table
	Empty string
	Notes []string
	Links []Option
}

// Moved says what was saved, with what can still be done about it today. A count
// of a whole shelf is several records.
type Moved struct {
	Words   []string
	Undo    []Undo // none: nothing to take out
	Correct string // address
	Site    string
}

// Undo is a record with the id of the version that takes it out.
type Undo struct{ ID, Void string }

// CountSheet is the sheet on which a shelf or bag is counted. It shows no numbers
// of the ledger: whoever counts should see the shelf.
type CountSheet struct {
	Base
	Site, Bag string
	Day       Field
	Lines     []CountLine
	Anyway    *Field
	Other     Option
	Back      string
}

// MainForm is the id of the form.
func (*CountSheet) MainForm() string { return mainForm }

// Template names the file.
func (*CountSheet) Template() string { return "count_sheet" }

// CountLine is one line of the sheet.
type CountLine struct {
	ID, Kit     string // of the record to be made; product and batch
	Label, Note string
	Name        string // of the control
	Value       string
	Error       string
}
