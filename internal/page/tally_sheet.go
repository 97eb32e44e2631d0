package page

// TallySheet is the group form on one sheet of paper: the same questions in the
// same order, to be filled in by hand and entered later. Site and Product are
// printed where they are known and left as a line to write on where they are not.
type TallySheet struct {
	Base
	Choose  Form
	Site    string
	Product string
	Rows    []string // what each row of the group form counts
}

// Template names the file.
func (*TallySheet) Template() string { return "tally_sheet" }
