package page

// GiveOut is the worker's screen: one person, one or more kits. It is built so
// that an offline queue can be added without redrawing it: the form names its
// fields as the record does, and #queue waits for the queue's words.
type GiveOut struct {
	Base
	Action     string // where the form goes
	ID         string // of the record to be made
	Correcting string // id of the version this one will replace, if any
	Site       Field
	Product    Field // product and batch in one choice
	Day        DayField
	Recipient  Field
	Supply     Field
	Reason     Field
	Training   Field
	Kits       Field
	More       []Field
	Asked      []Field // what only some programmes ask; never needed to save
	Site0      string  // what is assumed, in words
	Product0   string
	From       *Field // out of the bag or off the shelf; nil: there is no bag
	From0      string
	Day0       string
	Training0  string
	Warning    string   // an expired batch, for example; saving is never blocked
	Recalled   []Option // kits of a recalled batch that are still within reach
	Saved      *Saved
	Again      *Again
}

// MainForm is the id of the form.
func (*GiveOut) MainForm() string { return "give" }

// Template names the file.
func (*GiveOut) Template() string { return "give_out" }

// DayField is today, yesterday or another day.
type DayField struct {
	Field
	Choice string // today, yesterday, other
}

// Saved says what was saved, with what can still be done about it today.
type Saved struct {
	Words   string
	ID      string
	VoidID  string
	Voided  bool
	Warning string
	Undo    string // where undoing goes; empty: a record of kits, which can also be corrected
	Short   string // the ledger knew of fewer kits than have gone
	Stock   Option // where that is put right
}

// Again offers the same record once more, in two taps, saying what it will save.
type Again struct {
	ID    string
	Words string
}

// Several is the tally screen: a group is one record with counts, not so many
// invented people.
type Several struct {
	Base
	ID       string
	Recalled []Option
	Site     Field
	Product  Field
	Day      DayField
	Tallies  []Field
	Site0    string
	Product0 string
	From     *Field
	From0    string
	Day0     string
	For      []Field // for whom somebody writes a sheet down, who may have no phone
	For0     string
	Saved    *Saved
}

// MainForm is the id of the form.
func (*Several) MainForm() string { return mainForm }

// Template names the file.
func (*Several) Template() string { return "several" }

// Today shows a worker counts only: never a past record.
type Today struct {
	Base
	Recalled              []Option
	Records, People, Kits int64
	Saved                 *Saved
}

// Template names the file.
func (*Today) Template() string { return "today" }
