package report_test

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// publishedFile holds figures that programmes published, with their sources.
const publishedFile = "../../../shared/data/reference/published_figures.csv"

// publishedRow is one figure as it was printed.
type publishedRow struct {
	line                                                            int
	programme, period, measure, value, unit, numerator, denominator string
	note                                                            string
}

func (r publishedRow) String() string {
	return fmt.Sprintf("line %d: %s, %s, %s", r.line, r.programme, r.period, r.measure)
}

func publishedRows(t *testing.T) (rows []publishedRow) {
	t.Helper()
	f, err := os.Open(publishedFile)
	if err != nil {
		t.Skipf("SKIPPED, published figures not reproduced: %v", err)
	}
	defer func() { _ = f.Close() }() // only read
	lines, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"programme", "geography", "period", "measure", "value", "unit", "numerator", "denominator", "source_title", "source_url", "note"}, lines[0])
	for i, l := range lines[1:] {
		rows = append(rows, publishedRow{i + 2, l[0], l[2], l[3], l[4], l[5], l[6], l[7], l[10]})
	}
	return rows
}

// misprints are ratios that their own counts do not give, by line of the file.
var misprints = map[int]string{

	181: "British Columbia printed 2.1 for 18 of 836, which is 2.15 and rounds to 2.2",
	430: "S-O-S printed 33 for 113 of 349 in Kyrgyzstan, which is 32.4 and rounds to 32",
}

// per is what a ratio of each unit is multiplied by.
var per = map[string]int64{"percent": 100, "per 1,000": 1000, "per 100,000": 100000, "ratio": 1, "percent change": 100, "percentage points": 1}

// Every published ratio with its counts comes out as it was printed, rounded half
// up once, or is a misprint of its source.
func TestPublished_ratios(t *testing.T) {
	t.Parallel()
	n, wrong := 0, map[int]bool{}
	for _, r := range publishedRows(t) {
		if r.numerator == "" || r.denominator == "" {
			continue
		}
		n++
		_, after, _ := strings.Cut(r.value, ".")
		got := r.ratio(t).Round(len(after)).String()
		why, misprint := misprints[r.line]
		if misprint {
			require.NotEqual(t, r.value, got, "%s is no misprint: %s", r, why)
			wrong[r.line] = true
			continue
		}
		require.Equal(t, r.value, got, r)
	}
	require.Greater(t, n, 70, "rows with a numerator and a denominator")
	require.Len(t, wrong, len(misprints))
}

// ratio is the figure of a row from its own counts: a change is of the older one,
// and percentage points are a difference.
func (r publishedRow) ratio(t *testing.T) report.Ratio {
	t.Helper()
	factor, known := per[r.unit]
	require.True(t, known, "%s: no such unit %q", r, r.unit)
	num, den := tenths(t, r.numerator), tenths(t, r.denominator)
	switch r.unit {
	case "percent change":
		num -= den
	case "percentage points":
		num, den = num-den, 10
	}
	return report.Ratio{Num: num, Den: den, Per: factor}
}

// tenths reads a number with at most one decimal; a ratio of tenths is the ratio.
func tenths(t *testing.T, s string) thn.Halves {
	t.Helper()
	x, ok := new(big.Rat).SetString(s)
	require.True(t, ok, s)
	x.Mul(x, big.NewRat(10, 1))
	require.True(t, x.IsInt(), s)
	return thn.Halves(x.Num().Int64())
}

// addition is a published whole, the published parts of it, and what they leave.
type addition struct {
	programme, period, measure string
	parts                      []int64
	rest                       int64
}

const scottish, columbian = "Scotland National Naloxone Programme", "British Columbia THN"

// additions are the wholes whose parts were published.
var additions = []addition{
	{scottish, "2011/12", "kits issued, community", []int64{2370, 295, 60}, 5},
	{scottish, "2016/17", "kits issued, total", []int64{6497, 700, 962}, 0},
	{scottish, "2017/18", "kits issued, total", []int64{6924, 664, 809}, 0},
	{scottish, "2018/19", "kits issued, total", []int64{10609, 844, 682}, 0},
	{scottish, "2021/22 Q1", "kits issued, total", []int64{4049, 391, 752, 158}, 13},

	{scottish, "2021/22 Q2", "kits issued, total", []int64{5640, 399, 862, 295}, 23},
	{scottish, "2021/22 Q3", "kits issued, total", []int64{6656, 1465, 521, 339}, 25},
	{scottish, "2025/26 Q1", "kits issued, total", []int64{7724, 437, 1045, 441}, 25},
	{scottish, "2025/26 Q1", "kits issued, community services", []int64{4722, 1149, 1049}, 804},
	{scottish, "2025/26 Q1", "kits supplied by peers", []int64{318, 282}, 0},
	{"UK police carriage", "Dec 2024", "forces with some provision", []int64{24, 8}, 0},
	{columbian, "to 13 Mar 2014", "persons trained", []int64{692, 497, 129}, 0},
	{columbian, "to 13 Mar 2014", "kits to clients", []int64{692, 126, 18}, 0},
	{columbian, "to 13 Mar 2014", "kits, replacement kit", []int64{59, 17, 15, 8, 2, 25}, 0},
	{columbian, "2017", "kits, all recipients (complete case)", []int64{10224, 23426}, 0},
	{columbian, "2018", "kits, all recipients (complete case)", []int64{18487, 39521}, 0},
	{columbian, "2019", "kits, all recipients (complete case)", []int64{12990, 37633}, 0},
	{columbian, "2020", "kits, all recipients (complete case)", []int64{9940, 50054}, 0},
	{columbian, "2017-2020", "kits in complete-case analysis", []int64{33650, 58008, 50623, 59994}, 0},
	{columbian, "2017-2020", "kits in complete-case analysis", []int64{51641, 150634}, 0},
	{columbian, "2017-2020", "kits in complete-case analysis", []int64{62463, 49284, 46069, 16867, 27151, 441}, 0},
	{columbian, "2017-2020", "kits in complete-case analysis", []int64{101534, 88263, 4760, 7718}, 0},
	{columbian, "2017-2020", "kits in complete-case analysis", []int64{9792, 66546, 109907, 6196, 9834}, 0},
	{columbian, "2017-2020", "kits in complete-case analysis", []int64{82616, 119659}, 0},
	{columbian, "2017-2020", "kits, reason previous kit used (complete case)", []int64{75667, 6949}, 0},
	{columbian, "2012-Nov 2019", "kits reported distributed", []int64{5073, 169949}, 0},
	{"N-ALIVE pilot", "trial", "prisoners randomised", []int64{842, 843}, 0},
}

// unsummed are the rows that look like a sum and cannot be made of what is in the
// file, with the parts that are.
var unsummed = map[int]struct {
	why   string
	parts []int64
}{
	35:  {"the source restated its running total: 31 kits were added", []int64{37609, 8397}},
	36:  {"the source restated its running total of people downwards", []int64{21189, 2458}},
	45:  {"the restated year was published without its parts", nil},
	51:  {"the source restated its running total: 205 kits were added", []int64{46037, 12135}},
	52:  {"the source restated its running total of people: 61 were added", []int64{23096, 2778}},
	81:  {"two of the sources were not seen", []int64{1929, 1225}},
	410: {"the 39 towns stand in the workbook, not in this file: cmd/thn adds them up", nil},
	411: {"the 39 towns stand in the workbook, not in this file: cmd/thn adds them up", nil},
	412: {"the 39 towns stand in the workbook, not in this file: cmd/thn adds them up", nil},
	413: {"the 39 towns stand in the workbook, not in this file: cmd/thn adds them up", nil},
	414: {"the 39 towns stand in the workbook, not in this file: cmd/thn adds them up", nil},
}

// adds finds rows whose words say that they are a sum of others; a note that sums
// up a ratio's denominator is not about the row.
var adds = regexp.MustCompile(`\d [a-z]* ?\+ \d|sum to|summed|sum of|, total`)

// Every published whole is what the program makes of its parts, with the same rest,
// or is listed with the reason why it cannot be.
func TestPublished_sums(t *testing.T) {
	t.Parallel()
	rows := publishedRows(t)
	s, met := storetest.SQLite(t), map[int]bool{}
	for i, a := range additions {
		r := a.whole(t, rows)
		met[r.line] = true
		whole, err := strconv.ParseInt(r.value, 10, 64)
		require.NoError(t, err)
		a.partsAreInTheFile(t, rows, r)
		require.NotContains(t, unsummed, r.line, "%s can be added up", r)

		var areas []string
		country := "Q" + string(rune('A'+i%26))
		if i >= 26 {
			country = "X" + string(rune('A'+i%26))
		}
		for n := range a.parts {
			areas = append(areas, fmt.Sprintf("%s/%c part", country, 'A'+n))
		}
		p := newPlace(t, s, country, 1, areas...)
		year := thn.YearFrom(2020, time.January)
		for n, kits := range a.parts {
			p.total(fmt.Sprintf("%c part", 'A'+n), year, kits)
		}
		require.Equal(t, thn.ExactKits(whole-a.rest), p.build("kits", p.spec(year, report.ByArea)).Cell("total", "all").Count(), r)
		p.total(country, year, whole)
		left := p.build("residual", p.spec(year, report.ByNone))
		require.Equal(t, thn.ExactKits(a.rest), left.Cell("area", "residual").Count(), r)
		row, _ := left.Row("area")
		require.Equal(t, 100*a.rest > whole, len(row.Marks) == 1, "%s: above one in a hundred it says so", r)
	}
	for _, r := range rows {
		x, listed := unsummed[r.line]
		sum := adds.MatchString(r.measure) || r.denominator == "" && adds.MatchString(r.note)
		require.Equal(t, sum, sum && met[r.line] != listed, "%s is a sum: either add it up or say why not", r)
		require.False(t, listed && !sum, "%s is no sum", r)
		if listed {
			total := int64(0)
			for _, n := range x.parts {
				total += n
			}
			require.NotEqual(t, r.value, strconv.FormatInt(total, 10), "%s can be added up: %s", r, x.why)
		}
	}
}

// whole finds the row; some wholes have the words of their parts and come first.
func (a addition) whole(t *testing.T, rows []publishedRow) publishedRow {
	t.Helper()
	for _, r := range rows {
		if r.programme == a.programme && r.period == a.period && r.measure == a.measure {
			return r
		}
	}
	t.Fatalf("no row %v", a)
	return publishedRow{}
}

func (a addition) partsAreInTheFile(t *testing.T, rows []publishedRow, whole publishedRow) {
	t.Helper()
	for _, n := range a.parts {
		digits, found := strconv.FormatInt(n, 10), false
		for _, r := range rows {
			found = found || r.programme == a.programme && r.value == digits && r.line != whole.line
		}
		require.True(t, found || strings.Contains(whole.note, digits), "%s: no part %d", whole, n)
	}
}
