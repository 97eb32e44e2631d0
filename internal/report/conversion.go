package report

import "thntracker/internal/thn"

// conversion sets amounts of one unit against amounts of another, or of the same
// unit where it is not simply a part of a whole. It has a name, and it makes the
// column that its figures stand in, so that a column says what was divided.
type conversion[N, D Unit] struct {
	per  int64
	unit string // catalogue key
}

// The named conversions. There is no other way from one unit to another.
var (
	kitsPerDeathYear    = conversion[Kit, Death]{1, "report.unit.per_death"}
	kitsPer100People    = conversion[Kit, Person]{percent, "report.unit.per_100_year"}
	kitsPerResident     = conversion[Kit, Person]{hundredThousand, "report.unit.per_100000_year"}
	kitsPer1000Releases = conversion[Kit, Release]{permille, "report.unit.per_1000_releases"}
	peoplePer100Release = conversion[Person, Release]{percent, "report.unit.per_100"}
	reachPer100         = conversion[Person, Person]{percent, "report.unit.per_100"}
	reachPer1000        = conversion[Person, Person]{permille, "report.unit.per_1000"}
	carriedPer100       = conversion[Person, Person]{percent, "report.unit.per_100"}
	deathsPer100        = conversion[Death, Death]{percent, "report.unit.per_100"}
	usesPer100Kits      = conversion[UseEvent, Kit]{percent, "report.unit.uses_per_100"}
	usesPer100Officers  = conversion[UseEvent, Person]{percent, "report.unit.per_100_officers"}
	returnsPerPerson    = conversion[Record, Person]{1, "report.unit.returns"}
	monthsOfStock       = conversion[HeldKit, Kit]{1, "report.unit.months"}
)

// Conversion is a named way from one unit to another, for whoever lists them.
type Conversion struct {
	Name     string
	Num, Den Measure
}

// Conversions lists the named ways from one unit to another.
var Conversions = []Conversion{
	kitsPerDeathYear.named("kits_per_death"), kitsPer100People.named("kits_per_100"), kitsPerResident.named("kits_per_100000"), kitsPer1000Releases.named("kits_per_1000"),
	peoplePer100Release.named("supplied_share"), reachPer100.named("reach"), reachPer1000.named("reach_1000"), carriedPer100.named("carriage"), deathsPer100.named("release_share"), usesPer100Kits.named("uses_per_100"),
	usesPer100Officers.named("per_100_officers"), returnsPerPerson.named("per_returner"), monthsOfStock.named("months"),
}

func (c conversion[N, D]) named(name string) Conversion {
	return Conversion{Name: name, Num: MeasureOf[N](), Den: MeasureOf[D]()}
}

// over divides a count by another.
func (c conversion[N, D]) over(n count[N], d count[D]) Cell { return divide(n.Count, d.Count, c.per) }

// under divides a count by a denominator, with all bounds kept. A span makes it a
// yearly rate.
func (c conversion[N, D]) under(n count[N], d amount[D], span Span) Cell {
	if d.high <= 0 {
		return NotApplicable() // nothing to divide by: no deaths, nobody at risk
	}
	ratio := func(num thn.Halves, den int64) Ratio {
		return Ratio{Num: num, Den: 2 * thn.Halves(den), Per: c.per, Over: span}
	}
	lowest := max(1, d.low) // a bound of nobody is no divisor; one is the nearest that is
	i := Interval{Low: ratio(n.Low, d.high), High: ratio(n.High, lowest), Valued: d.valued && d.value > 0 && n.Exact()}
	if i.Valued {
		i.Value = ratio(n.Low, d.value)
	}
	return Divided(i)
}

// column is the column in which figures of this conversion stand.
func (c conversion[N, D]) column(code string, places int) Column {
	return Column{Label: Label{Code: code, Key: "report.column." + code}, Measure: MeasureRatio, Num: MeasureOf[N](), Den: MeasureOf[D](), Unit: c.unit, Places: places}
}
