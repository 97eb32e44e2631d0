package report

import "thntracker/internal/thn"

// Unit is what a number counts. Each unit is a type of its own, so that kits and
// people cannot be added and uses are no share of kits: that does not compile.
// The only way from one unit to another is a conversion (conversion.go), which
// has a name and can be looked up.
type Unit interface{ measure() Measure }

// The units.
type (
	Kit            struct{} // one pack handed to one recipient; kits may be halves
	HeldKit        struct{} // one pack on a shelf or in a bag
	Person         struct{} // somebody supplied, at risk, in post; never inferred from kits
	Record         struct{} // one supply event: the answer about one kind of recipient; it may hold several kits
	UseEvent       struct{} // one overdose that was told of; it may take several doses and several kits
	Answer         struct{} // one overdose, or person in it, for which a question was answered
	Administration struct{} // one giving of naloxone
	Dose           struct{} // one labelled administration: a spray, a step of a syringe
	Session        struct{} // one training
	Attendance     struct{} // one person at one training
	Release        struct{} // one liberation from prison; one person may be released several times
	Death          struct{}
	Place          struct{} // a site, or a month of one
	Call           struct{} // one call of an ambulance service
)

func (Kit) measure() Measure            { return MeasureKits }
func (HeldKit) measure() Measure        { return MeasureStock }
func (Person) measure() Measure         { return MeasurePeople }
func (Record) measure() Measure         { return MeasureRecords }
func (UseEvent) measure() Measure       { return MeasureUses }
func (Answer) measure() Measure         { return MeasureAnswers }
func (Administration) measure() Measure { return MeasureGiven }
func (Dose) measure() Measure           { return MeasureDoses }
func (Session) measure() Measure        { return MeasureSessions }
func (Attendance) measure() Measure     { return MeasureAttendances }
func (Release) measure() Measure        { return MeasureReleases }
func (Death) measure() Measure          { return MeasureDeaths }
func (Place) measure() Measure          { return MeasureSites }
func (Call) measure() Measure           { return MeasureCalls }

// MeasureOf is the measure of columns that hold a unit.
func MeasureOf[U Unit]() Measure {
	var u U
	return u.measure()
}

// count is a number of one unit, exact or between bounds.
type count[U Unit] struct{ thn.Count }

func numberOf[U Unit](n int64) count[U] { return count[U]{thn.ExactKits(n)} }

func (c count[U]) minus(o count[U]) count[U] { return count[U]{c.Minus(o.Count)} }

// over is a part of something as a share of the whole, per hundred.
func over[U Unit](part, whole count[U]) Cell { return divide(part.Count, whole.Count, percent) }

// shareOf is one whole number in a hundred of another of the same unit.
func shareOf[U Unit](n, of int64) Cell { return over(numberOf[U](n), numberOf[U](of)) }

// divide keeps all bounds. It knows no units: whoever calls it has checked them.
func divide(num, den thn.Count, per int64) Cell {
	if den.High <= 0 {
		return NotApplicable()
	}
	ratio := func(n, d thn.Halves) Ratio { return Ratio{Num: n, Den: d, Per: per} }
	i := Interval{Low: ratio(num.Low, den.High), High: ratio(num.High, max(1, den.Low)), Valued: num.Exact() && den.Exact()}
	if i.Valued {
		i.Value = ratio(num.Low, den.Low)
	}
	return Divided(i)
}
