package thn

// StaffTraining is when somebody with an account was last trained: employers
// have to show it. People who use drugs are never listed so.
type StaffTraining struct {
	ID        ID
	Account   ID
	Day       Date
	Due       Date // when the refresher is due, by the rule of that day
	Withdrawn bool // entered by mistake
}

// Years between refreshers: Scottish staff at least every three, police every one.
const (
	refresherYears       = 3
	refresherYearsPolice = 1
)

// RefresherDue is the day by which somebody trained on a day at a place of this
// kind is to be trained again. A 29 February falls due on 1 March.
func RefresherDue(day Date, setting Setting) Date {
	if setting == "police" {
		return day.shift(refresherYearsPolice, 0, 0)
	}
	return day.shift(refresherYears, 0, 0)
}
