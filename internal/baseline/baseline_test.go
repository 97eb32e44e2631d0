package baseline

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestCounts(t *testing.T) {
	t.Parallel()
	want := Counts{
		Published: 34,
		Rows:      85, Identified: 28, High: 8, Medium: 20, Absent: 10, NotKnown: 47,
		Peer: 16, Prison: 12, OAT: 68, NSP: 68, DCR: 16,
		ByRegion: map[Region]int{WesternEurope: 10, Eurasia: 7, LatinAmericaCaribbean: 3, Asia: 2,
			NorthAmerica: 2, EasternSouthernAfrica: 2, MiddleEastNorthAfrica: 1, Oceania: 1},
	}
	require.Empty(t, cmp.Diff(want, Count()))
	require.NotEqual(t, Published, Count().Identified, "HRI's count and ours are two numbers")
	require.NotEmpty(t, PublishedSource.URL)
}

func TestConsumptionRoomsAreTheSixteenOfTheNote(t *testing.T) {
	t.Parallel()
	var got []string
	for _, r := range All() {
		if r.DCR == Yes {
			got = append(got, r.ISO3)
		}
	}
	require.ElementsMatch(t, strings.Fields("AUS BEL CAN CHE COL DEU DNK ESP FRA LUX MEX NLD NOR PRT SLE USA"), got)
}

func TestEveryRowIsWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range All() {
		require.False(t, seen[r.ISO2], "%s twice", r.ISO2)
		seen[r.ISO2] = true
		require.Len(t, r.ISO3, 3, r.ISO2)
		require.Contains(t, Regions(), r.Region, r.ISO2)
		require.Contains(t, []Confidence{High, Medium, Low}, r.Confidence, r.ISO2)
		require.NotEmpty(t, r.Source.Title, r.ISO2)
		require.True(t, strings.HasPrefix(r.Source.URL, "https://"), r.ISO2)
		require.Positive(t, r.Source.Year, r.ISO2)
		require.NotEmpty(t, strings.Join(r.Basis, "")+r.Note, "%s says why", r.ISO2)
		require.NotEqual(t, r.ISO2, Name(r.ISO2, "en"), "%s has a name", r.ISO2)
	}
	for _, chapter := range [][]fact{asia, eurasia, europe, elsewhere} {
		for _, f := range chapter {
			require.Regexp(t, `^[yn-]{6}$`, f.marks, f.iso2)
		}
	}
}

func TestANoIsTheCellOf2024(t *testing.T) {
	t.Parallel()
	for _, r := range All() {
		if r.THN == No {
			require.Equal(t, hriTable2024, r.Source, r.ISO2)
			require.Equal(t, High, r.Confidence, r.ISO2)
		}
		if r.THN == Yes {
			require.NotEqual(t, Low, r.Confidence, r.ISO2)
		}
	}
}

// reference is the table the rows were carried over from, where it is at hand.
const reference = "../../../shared/data/reference/baseline.csv"

func TestFactsMatchTheReference(t *testing.T) {
	t.Parallel()
	f, err := os.Open(reference)
	if err != nil {
		t.Skipf("SKIPPED, facts not compared: %v", err)
	}
	defer func() { _ = f.Close() }() // only read
	lines, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Len(t, lines, 86)
	for _, l := range lines[1:] {
		r, ok := Find(l[0])
		require.True(t, ok, l[0])
		first, year := "", strconv.Itoa(r.Source.Year)
		if r.FirstYear != 0 {
			first = strconv.Itoa(r.FirstYear)
		}
		got := []string{r.ISO2, r.ISO3, r.Country, regionInReference[r.Region], string(r.THN), string(r.Peer), string(r.Prison),
			string(r.OAT), string(r.NSP), string(r.DCR), first, r.Source.Title, r.Source.URL, year, string(r.Confidence)}
		require.Empty(t, cmp.Diff(l[:15], got), l[0])
	}
}

var regionInReference = map[Region]string{
	Asia: "Asia", EasternSouthernAfrica: "Eastern and Southern Africa", Eurasia: "Eurasia",
	LatinAmericaCaribbean: "Latin America and the Caribbean", MiddleEastNorthAfrica: "Middle East and North Africa",
	NorthAmerica: "North America", Oceania: "Oceania", WestCentralAfrica: "West and Central Africa", WesternEurope: "Western Europe",
}

func TestFindSaysWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	r, ok := Find("GB")
	require.True(t, ok)
	require.Equal(t, Yes, r.THN)
	require.Equal(t, 2011, r.FirstYear)
	for _, code := range []string{"XD", "JP", "", "gb"} {
		_, ok := Find(code)
		require.False(t, ok, code)
	}
}

func TestHeadlines(t *testing.T) {
	t.Parallel()
	for _, h := range Headlines() {
		require.Len(t, h.Figures, len(Editions()), h.Measure)
		for _, e := range Editions() {
			f := h.Figures[e]
			require.Equal(t, f.State == Printed || f.State == Added, f.N > 0, "%s %d", h.Measure, e)
			require.NotEmpty(t, e.Key())
		}
	}
	thn := Headlines()[0]
	require.Equal(t, Figure{State: NotCollected}, thn.Figures[Edition2020])
	require.Equal(t, Figure{35, Printed}, thn.Figures[Edition2022])
	require.Equal(t, Figure{34, Printed}, thn.Figures[Edition2024])
	require.Equal(t, Figure{108, Printed}, Headlines()[5].Figures[Edition2024])
}
