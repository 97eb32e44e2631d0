package thn

// ReportedKinds are the kinds of record that a site is asked about each month.
var ReportedKinds = []RecordKind{KindDistribution, KindUse, KindSession}

// Reported is what a programme holds from one site about one kind of record for
// one month. Where there is no Reported the site was silent, which is not zero.
type Reported struct {
	Site    ID
	Month   Date // its first day
	About   RecordKind
	Records int // single records
	Totals  int // sums that touch the month
	Nil     ID  // the site's word that there was nothing; empty: it gave none
}

// Reporting is how a site stands for a month and a kind of record.
type Reporting string

// Reportings lists the ways, the weightiest last.
var Reportings = []Reporting{ReportingSilent, ReportingNil, ReportingSome, ReportingBoth}

// The ways to stand.
const (
	ReportingSilent Reporting = "silent"       // nobody said anything
	ReportingNil    Reporting = "nil"          // the site said that there was nothing
	ReportingSome   Reporting = "some"         // there are records or a sum
	ReportingBoth   Reporting = "contradicted" // there are records, and a word that there are none
)

// Standing tells how the site stands.
func (r Reported) Standing() Reporting {
	some := r.Records > 0 || r.Totals > 0
	switch {
	case some && r.Nil != "":
		return ReportingBoth
	case some:
		return ReportingSome
	case r.Nil != "":
		return ReportingNil
	}
	return ReportingSilent
}
