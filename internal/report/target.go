package report

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"thntracker/internal/thn"
)

// TargetKind says what sort of level a target is: who proposed it, and as what.
type TargetKind string

// The kinds.
const (
	Recommended TargetKind = "recommendation"
	LevelOf     TargetKind = "benchmark"
	ModelTarget TargetKind = "model"
	Ambition    TargetKind = "ambition"
	Threshold   TargetKind = "threshold"
	Floor       TargetKind = "floor"      // the least: shown, and not what a figure is measured by
	Comparison  TargetKind = "comparison" // what somebody else has reached: for scale, aimed at by nobody
	Proposal    TargetKind = "proposal"   // this project's, where nothing was published
	OwnTarget   TargetKind = "own"        // set by the programme
)

// Target is a level that ships with the program. Adding one is one entry and its
// words; the indicator it is for must be in Judged.
type Target struct {
	Key         string // catalogue key of its label
	Indicator   string
	Kind        TargetKind
	Thousandths int64
	From        thn.Date // zero: as long as figures go back
	Source      Citation
}

var (
	bird = Citation{Source: "Bird, Parmar and Strang 2015, Drugs: Education, Prevention and Policy, doi:10.3109/09687637.2014.981509",
		URL: "https://doi.org/10.3109/09687637.2014.981509"}
	kitForEach = Citation{Source: "Release, Take-home naloxone in England", URL: "http://release.org.uk/blog/take-home-naloxone-england"}
	norway     = Citation{Source: "Nasal naloxone for overdose prevention in Norway: results from the first four years, Lisbon Addictions 2019",
		URL: "https://www.lisbonaddictions.eu/lisbon-addictions-2019/presentations/nasal-naloxone-overdose-prevention-norway-results-first-four-years-0"}
	scotlandReach = Citation{Source: "Public Health Scotland, quarterly bulletin, April to June 2025, as quoted by Talking-up Scotland",
		URL: "https://talkingupscotlandtwo.com/2026/01/20/"}
)

// Targets lists the levels that ship; of those for one indicator the first is
// what figures are measured by until a programme sets its own.
var Targets = []Target{
	{Key: "report.benchmark.kits_per_death", Indicator: "kits-per-death", Kind: LevelOf, Thousandths: 20_000, Source: bird},
	{Key: "report.benchmark.kits_per_death_floor", Indicator: "kits-per-death", Kind: Floor, Thousandths: 9_000, Source: bird},
	{Key: "report.benchmark.kit_each", Indicator: "kits-by-area", Kind: Recommended, Thousandths: 100_000, Source: kitForEach},
	{Key: "report.benchmark.kits_per_residents", Indicator: "kits-per-residents", Kind: Threshold, Thousandths: 100_000, Source: norway},
	{Key: "report.benchmark.reach", Indicator: "reach", Kind: Proposal, Thousandths: 90_000, Source: Proposed},
	{Key: "report.benchmark.reach_scotland", Indicator: "reach", Kind: Comparison, Thousandths: 84_000, Source: scotlandReach},
	{Key: "report.benchmark.witnessed", Indicator: "need", Kind: ModelTarget, Thousandths: 80_000, Source: irvine},
	{Key: "report.benchmark.prison", Indicator: "prison-kits", Kind: Proposal, Thousandths: 90_000, Source: Proposed},
	{Key: "report.benchmark.traceability", Indicator: "traceability", Kind: Proposal, Thousandths: 100_000, Source: Proposed},
}

// Judged lists the indicators that can have a target, each with the columns that
// the target is about: the first of them that a table has. The level of some is
// for all channels together, so that a channel of its own is not measured by it.
var Judged = map[string]Aim{
	"kits-per-death":     {Columns: []string{"kits_per_death", "all"}, Unit: "report.unit.per_death", Together: true},
	"kits-by-area":       {Columns: []string{"kits_per_100"}, Unit: "report.unit.per_100_year", Together: true},
	"kits-per-residents": {Columns: []string{"kits_per_100000"}, Unit: "report.unit.per_100000_year", Together: true},
	"reach":              {Columns: []string{"reach"}, Unit: "report.unit.per_100", Together: true},
	"prison-kits":        {Columns: []string{"supplied_share"}, Unit: "report.unit.per_100", Together: true, Name: "report.target.prison"},
	"traceability":       {Columns: []string{"share"}, Unit: "report.unit.per_100"},
	"first-repeat":       {Columns: []string{"repeat_share"}, Unit: "report.unit.per_100", Name: "report.target.repeat"},
	"peer-share":         {Columns: []string{"share"}, Unit: "report.unit.per_100"},
	"carriage":           {Columns: []string{"carriage"}, Unit: "report.unit.per_100"},
	"reporting":          {Columns: []string{"reporting_rate"}, Unit: "report.unit.per_100"},
	"need":               {Unit: "report.unit.witnessed", Asked: true},
	"leave-behind":       {Columns: []string{"left_share"}, Unit: "report.unit.per_100"},
}

// Aim says what a target of an indicator is about.
type Aim struct {
	Columns  []string
	Unit     string // catalogue key
	Together bool
	Asked    bool   // the question says the level, as it says what else is assumed: nothing here overrules it
	Name     string // catalogue key, where the indicator's own name says something else
}

// NameKey is the catalogue key of what a target of an indicator is about.
func (a Aim) NameKey(indicator string) string {
	if a.Name != "" {
		return a.Name
	}
	return "indicator." + indicator + ".name"
}

// TargetKeys lists the indicators that a programme can set a target for, in the registry's order.
func TargetKeys() (keys []string) {
	for _, i := range Indicators {
		if a, ok := Judged[i.Key]; ok && !a.Asked {
			keys = append(keys, i.Key)
		}
	}
	return keys
}

// Level is a number of thousandths as it is written: 20, or 12.5.
func Level(thousandths int64) Decimal {
	d := Decimal{Units: thousandths, Places: 3}
	for d.Places > 0 && d.Units%10 == 0 {
		d.Units, d.Places = d.Units/10, d.Places-1
	}
	return d
}

// levels lists what figures of an area are read against on a day, the
// programme's own first: of several the one that began last, and one for the
// area before one for every place.
func (b *book) levels(indicator string, area thn.ID, on thn.Date) (list []Benchmark) {
	own := slices.DeleteFunc(slices.Clone(b.targets), func(t thn.Target) bool {
		return t.Indicator != indicator || !t.HoldsOn(on) || t.Area != "" && t.Area != area
	})
	slices.SortFunc(own, func(x, y thn.Target) int {
		return cmp.Or(strings.Compare(string(y.Area), string(x.Area)), strings.Compare(y.From.String(), x.From.String()), strings.Compare(string(y.ID), string(x.ID)))
	})
	if len(own) > 0 {
		t := own[0]
		list = append(list, Benchmark{Key: "report.benchmark.own", Kind: OwnTarget, Thousandths: t.Thousandths, Source: Citation{Source: t.Source, URL: t.URL},
			Args: map[string]any{"Level": Level(t.Thousandths), "From": t.From}})
	}
	for _, t := range Targets {
		if t.Indicator == indicator && !on.Before(t.From) {
			list = append(list, Benchmark{Key: t.Key, Kind: t.Kind, Thousandths: t.Thousandths, Source: t.Source})
		}
	}
	return list
}

// Value is the level as a ratio, for comparing and drawing.
func (b Benchmark) Value() Ratio {
	return Ratio{Num: 2 * thn.Halves(b.Thousandths), Den: 2 * 1000, Per: 1}
}

// aim is the level that figures are measured by, if there is one.
func aim(list []Benchmark) (Benchmark, bool) {
	for _, x := range list {
		if x.Kind != Floor && x.Kind != Comparison {
			return x, true
		}
	}
	return Benchmark{}, false
}

// compare is below, at or above zero as the ratio is below, at or above another:
// exactly, before anything is rounded.
func (r Ratio) compare(o Ratio) int {
	x, y := r.exact(), o.exact()
	return x.Cmp(y)
}

// exact is the ratio's value; a ratio without a denominator is zero.
func (r Ratio) exact() *big.Rat {
	num := new(big.Int).Mul(big.NewInt(int64(r.Num)), big.NewInt(r.Per))
	den := big.NewInt(int64(r.Den))
	if r.Over.Parts != 0 {
		num.Mul(num, big.NewInt(r.Over.InYear))
		den.Mul(den, big.NewInt(r.Over.Parts))
	}
	if den.Sign() == 0 {
		return new(big.Rat)
	}
	return new(big.Rat).SetFrac(num, den)
}
