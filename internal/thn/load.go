package thn

// Load is everything that one imported file adds. It is stored together or not
// at all: areas before what lies in them, sites and products before records.
type Load struct {
	Areas        []Area
	Sites        []Site
	Products     []Product
	Batches      []Batch
	Totals       []PeriodTotal
	Denominators []Denominator
	Surveys      []Survey
	Records      []Submission // of any kind that has facts
}

// Size counts what a load holds, for progress.
func (l Load) Size() int {
	return len(l.Areas) + len(l.Sites) + len(l.Products) + len(l.Batches) + len(l.Totals) + len(l.Denominators) + len(l.Surveys) + len(l.Records)
}

// Known is what a programme already holds under a record's id.
type Known struct {
	Latest ID   // the id of the newest version
	Void   bool // the newest version takes the record out
	Record Fact // the newest version; nil for a void and for totals
}

// SavedMapping is a description of a file's columns that a programme keeps to
// read the next such file by.
type SavedMapping struct {
	ID   ID
	Name string // unique in the programme
	Kind string // what the files hold, as the import names it
	Body string // YAML
}
