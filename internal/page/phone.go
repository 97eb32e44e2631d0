package page

// Phone is the shell of the phone's screen: the questions of every form without
// anybody's sites or kits, and the words that the script says. It is the same for
// everybody, so that a phone may keep it.
type Phone struct {
	Base
	Give      GiveOut
	Several   Several
	Used      Used
	Training  Training
	Count     Field             // where is counted; the lines come from the phone's outfit
	Rules     map[string]string // by form: what it asks, as JSON
	Words     []Word
	Languages []Language
	Name      string // neutral: what stands under the icon on the phone
}

// Template names the file.
func (*Phone) Template() string { return "phone" }

func (*Phone) layout() string { return "shell" }

// Word is a text that the script says; of a plural, one for each form.
type Word struct {
	Key  string
	N    int // a number of which this is the form
	Text string
}

// Language is a choice of language in its own name.
type Language struct {
	Code, Name string
	Here       bool
}

// Away is the page behind which the phone's screen hides: it says nothing.
type Away struct {
	Base
	Name string
}

// Template names the file.
func (*Away) Template() string { return "away" }

func (*Away) layout() string { return "away" }
