package page

// Review is one record that waits for a decision: what was sent, beside what
// counts now where there is such a version, and what can be done.
type Review struct {
	Base
	Intro  []string
	Table  Table
	Accept Form   // without an action it cannot be stored as it is
	More   Option // puts it right; empty: it cannot be
	Out    Option // takes it out
}

// Template names the file.
func (*Review) Template() string { return "review" }

// Activity is what happened in a manager's own area.
type Activity struct {
	Base
	Intro   []string
	Filters Form
	Table   Table
	Empty   string
	Links   []Option // earlier, newest
}

// Template names the file.
func (*Activity) Template() string { return "activity" }
