package app_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"thntracker/internal/baseline"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// written is how each language writes a number: its sign between thousands and its
// sign before decimals.
var written = map[string]struct {
	number          *regexp.Regexp
	thousands, mark string
}{
	"en": {regexp.MustCompile(`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`), ",", "."},
	"fr": {regexp.MustCompile(`\d{1,3}(?:\x{202f}\d{3})+(?:,\d+)?|\d+(?:,\d+)?`), "\u202f", ","},
	"es": {regexp.MustCompile(`\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?`), ".", ","},
}

// plainly is a number as digits with a point and no needless zeros.
func plainly(number string, l *lang.Locale) string {
	w := written[l.Code]
	return trimmed(strings.ReplaceAll(strings.ReplaceAll(number, w.thousands, ""), w.mark, "."))
}

func trimmed(digits string) string {
	if strings.Contains(digits, ".") {
		return strings.TrimSuffix(strings.TrimRight(digits, "0"), ".")
	}
	return digits
}

// oneLine makes every blank the same.
func oneLine(s string) string {
	return strings.Join(strings.Fields(s), " ")
}

// canon is text on one line with plain numbers.
func (f frozen) canon(s string) string {
	return oneLine(written[f.Code].number.ReplaceAllStringFunc(s, func(n string) string { return plainly(n, f.Locale) }))
}

var digits = regexp.MustCompile(`\d+(?:\.\d+)?`)

// numbersIn are the numbers of words that canon made plain.
func numbersIn(words string) []string { return digits.FindAllString(words, -1) }

// numberless are the kinds of cells that have words of the language.
var numberless = []report.Kind{report.KindMasked, report.KindNotReported, report.KindNoDenominator, report.KindNotApplicable}

// read reads one cell that people see, whose words are those of the language.
func (f frozen) read(cell string) told {
	cell = f.canon(cell)
	for _, kind := range numberless {
		if cell == f.T("cell."+string(kind)) {
			return told{kind: string(kind)}
		}
	}
	if m := cellForm.FindStringSubmatch(cell); m != nil {
		return told{kind: "number", value: m[1], low: m[2] + m[4], high: m[3] + m[5]}
	}
	return told{kind: "value", text: cell}
}

// cellForm is a number, a number with its bounds, or bounds alone.
var cellForm = regexp.MustCompile(`^(?:([−\d.]+)(?: \(([\d.]+)–([\d.]+)\))?|([\d.]+)–([\d.]+))$`)

// known are the numbers that any words of this release may hold: every number of
// its tables, also in front of fewer decimals, what was hidden by which rule, its
// number; and declared ones that are no figures of the country.
func (f frozen) known() map[string]bool {
	known := map[string]bool{}
	add := func(list ...string) {
		for _, n := range list {
			known[strings.TrimPrefix(trimmed(n), "-")] = true
		}
	}
	for _, x := range f.cells {
		add(x.value, x.low, x.high, x.numerator, x.denominator)
	}
	for _, t := range f.figures.Summary.Tables() {
		for _, r := range t.Rows {
			for i, c := range t.Columns {
				for places := range c.Places {
					x := f.cell(r.Cells[i], report.Column{Places: places})
					add(x.value, x.low, x.high)
				}
			}
		}
	}
	for _, x := range f.rests() {
		add(x.value)
	}
	rule := f.figures.Rule
	add(strconv.Itoa(f.edition.Number), strconv.FormatInt(rule.Smallest, 10), strconv.Itoa(rule.Counts), strconv.Itoa(rule.Hidden),
		trimmed(strconv.FormatFloat(float64(rule.Hidden)*100/float64(rule.Counts), 'f', 1, 64)))
	c := baseline.Count()
	add(strconv.Itoa(c.Published), strconv.Itoa(c.Identified), strconv.Itoa(c.Published+1), "2024") // of the world
	add("1", "100", "1000", "100000")                                                               // of how many; counts from 1 on
	return known
}

// rests are what the chart over time folds together: what the named channels leave
// of all kits, by row.
func (f frozen) rests() map[string]told {
	t, out := f.figures.Summary.Course, map[string]told{}
	named := slices.DeleteFunc(slices.Clone(f.figures.Summary.Course.Largest(3).Columns), func(c report.Column) bool { return c.Sum || t.Column(c.Label.Code) < 0 })
	for _, r := range t.Rows {
		rest := f.cells[spot{t.Name, r.Label.Code, "all"}]
		left, _ := strconv.Atoi(rest.value)
		for _, c := range named {
			n, _ := strconv.Atoi(f.cells[spot{t.Name, r.Label.Code, c.Label.Code}].value)
			left -= n
		}
		out[r.Label.Code] = told{kind: "number", value: strconv.Itoa(left)}
	}
	return out
}

var (
	addresses = regexp.MustCompile(`https?://\S+|doi:\S+|\S+@\S+`)
	marks     = regexp.MustCompile(`\bC\d+\b|\bOP \d\b|\b67/4\b|\bSHA-256\b|\d{4}-\d\d-\d\d`) // commitments, their paragraphs, the resolution, the hash, days for programs
)

// without takes out of words whatever was said in whole sentences, titles and
// names: of the frozen body, of definitions and of sources. What is left is what a
// format says in its own way, and all that a format changed in those.
func (f frozen) without(words string) string {
	for _, long := range []string{f.page.Address, f.edition.Hash} { // which paper breaks anywhere
		words = regexp.MustCompile(spread(long)).ReplaceAllString(words, " ")
	}
	words = f.canon(addresses.ReplaceAllString(words, " "))
	for _, s := range f.sayings {
		words = cutOut(words, s)
	}
	return marks.ReplaceAllString(words, " ")
}

// spread finds letters between which a line may end.
func spread(letters string) string {
	var b strings.Builder
	for _, r := range letters {
		b.WriteString(regexp.QuoteMeta(string(r)) + `\s?`)
	}
	return b.String()
}

// cutOut takes a saying out where it stands whole: 2025 is no part of 12025.
func cutOut(words, saying string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(words, saying)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if isDigit(lastByte(before)) && isDigit(saying[0]) || isDigit(lastByte(saying)) && after != "" && isDigit(after[0]) {
			b.WriteString(saying)
		} else {
			b.WriteString(" ")
		}
		words = after
	}
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func lastByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[len(s)-1]
}

// says lists the sentences, titles and names of a release that may hold numbers,
// the longest first.
func (f frozen) says() []string {
	said := map[string]bool{}
	add := func(list ...string) {
		for _, s := range list {
			if s = f.canon(addresses.ReplaceAllString(s, " ")); len(numbersIn(s)) > 0 {
				said[s] = true
			}
		}
	}
	labels := func(list ...report.Label) {
		for _, l := range list {
			add(report.Say(f.Locale, l))
		}
	}
	citation := func(c report.Citation) { add(c.Source, f.Date(c.AsAt)) }
	e := f.edition
	closed := thn.DateOf(e.AsAt, e.AsAt.Location())
	add(e.AsAt.UTC().Format("2006-01-02 15:04 UTC"), thn.EndOfHour(e.AsAt)+" UTC", f.Period(e.Period), f.Date(closed), f.Date(e.Period.From), f.figures.Programme, f.figures.Note, f.T("commitment.limits"), f.page.Cite)
	for _, s := range f.figures.Statements {
		add(s.Source, f.Date(s.Dated))
	}
	for _, t := range f.figures.Summary.Tables() {
		add(f.T(t.Title), f.Period(t.Head.Period))
		labels(slices.Concat(t.Notes, t.Missing, []report.Label{t.RowHead})...)
		for _, c := range t.Columns {
			labels(c.Label)
		}
		for _, r := range t.Rows {
			labels(append(slices.Clone(r.Marks), r.Label)...)
			for _, x := range r.Cells {
				if x.Is(report.KindText) {
					labels(x.Text())
				}
			}
		}
		for _, u := range t.Denominators {
			add(u.Definition, f.Period(u.Period))
			citation(u.Source)
		}
		for _, b := range t.Benchmarks {
			labels(b.Label())
			citation(b.Source)
		}
		for _, c := range t.Sources {
			citation(c)
		}
		for _, key := range t.Definitions {
			if i, err := report.Find(key); err == nil {
				add(f.T(i.NameKey()), f.T(i.DefinitionKey()), f.T(i.TrapKey()), f.T(i.FormulaKey()), i.Source.Source, f.Date(i.Versions.Since()))
			}
		}
	}
	list := make([]string, 0, len(said))
	for s := range said {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return list
}
