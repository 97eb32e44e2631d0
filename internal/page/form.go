package page

// FieldKind says which control a field is drawn with.
type FieldKind string

// The controls. Whole numbers are text with a numeric keyboard: number inputs
// drop what they do not understand.
const (
	FieldText     FieldKind = "text"
	FieldPassword FieldKind = "password"
	FieldNumber   FieldKind = "number"
	FieldDate     FieldKind = "date"
	FieldDay      FieldKind = "day" // one box for a day, 2026-03-31: for what is seldom used
	FieldRadio    FieldKind = "radio"
	FieldSelect   FieldKind = "select"
	FieldCheck    FieldKind = "check"
	FieldFile     FieldKind = "file"
	FieldLong     FieldKind = "long"
	FieldHidden   FieldKind = "hidden"
	FieldHeading  FieldKind = "heading" // not a question: words above those that follow
)

// Field is one question with the person's own words in it. A date field uses
// Name with -day, -month and -year.
type Field struct {
	Kind                  FieldKind
	Name, Label, Hint     string
	Value                 string
	Day, Month, Year      string
	Options               []Option
	Error                 string
	Optional              bool
	Complete, Placeholder string // Complete is the autocomplete token
	Do                    Option // a button beside the control; its value goes under the name "do"
}

// Form is a set of questions with one button.
type Form struct {
	Action  string
	Fields  []Field
	Submit  string
	Cancel  string // address to go back to, if any
	Danger  bool   // the button takes something away
	Upload  bool
	Several []Option // further buttons: value goes under the name "do"
}

// FormPage is a page that is one form.
type FormPage struct {
	Base
	Intro []string
	Form  Form
}

// MainForm is the id of the form. One without a question has nothing to lose, and
// a file that was chosen cannot be sent back: such forms stay as they are.
func (p *FormPage) MainForm() string {
	if p.Form.Upload || len(p.Form.Fields) == 0 {
		return ""
	}
	return mainForm
}

// Template names the file.
func (*FormPage) Template() string { return "form" }

// ListPage is a page that lists things and lets one be added.
type ListPage struct {
	Base
	Intro   []string
	Add     Option // Value is the address, Label the words; empty: nothing to add
	Also    Option // something else to add, less often
	Filters Form   // choosers that go into the address, if any
	Figures []Figure
	Empty   string
	Table   Table
	Extra   []Table
	Back    Option // where the reader came from, if there is nothing else to do
}

// Template names the file.
func (*ListPage) Template() string { return "list" }

// Table is a table as it is drawn.
type Table struct {
	ID      string
	Caption string
	Columns []Column
	Rows    []Row
	Notes   []string
	Files   []Option // downloads of the same figures
}

// Column is a heading.
type Column struct {
	Label   string
	Numeric bool
	Sort    string // address that sorts by it, if it can
	Sorted  string // ascending, descending or empty
	Acts    bool   // what can be done with a row: a phone then draws each row as a paragraph
}

// Acting tells whether the last column is what can be done.
func (t Table) Acting() bool { return len(t.Columns) > 0 && t.Columns[len(t.Columns)-1].Acts }

// Row is a line of cells; the first is its heading.
type Row struct {
	Cells []Cell
	Total bool
	Here  bool // the reader’s own
	Seam  bool // not to be compared with the rows above
}

// Cell is one value with what may stand around it.
type Cell struct {
	Text    string
	Note    string // small words beneath
	Mark    string // a word that stands out beneath
	URL     string
	Links   []Option // what can be done: Value is the address
	State   string   // "", missing, masked: never without a word in Text
	Numeric bool
}
