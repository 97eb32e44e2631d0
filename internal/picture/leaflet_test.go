package picture

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// leaflet has every kind of block, and a table that is longer than a page.
func leaflet(t testing.TB, rows int) Leaflet {
	t.Helper()
	l := Leaflet{Title: "Take-home naloxone in Freedonia", Lead: []string{"28,104 kits."}, Foot: "Release 7", URL: "https://thn.example.org", Lang: "en", Author: "Harbour",
		At: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Page: func(n, all int) string { return fmt.Sprintf("Page %d of %d", n, all) },
		Keys: []Figure{{Value: "28,104", Words: "kits"}, {Value: "too few to show", Missing: true}}}
	for _, svg := range charts(t, "ltr") {
		l.Columns = append(l.Columns, Block{Heading: "Finding", Drawing: svg})
	}
	g := &Grid{Head: []string{"Area", "Kits"}, Numbers: []bool{false, true}, Shares: []float64{2, 1}}
	for i := range rows {
		g.Rows = append(g.Rows, []string{fmt.Sprintf("Area %d", i), fmt.Sprint(i * 3)})
	}
	l.Wide = []Block{{Heading: "Areas", Table: g, Small: []string{"Nothing below national level is shown."}}}
	return l
}

// streams are the contents of a PDF, unpacked.
func streams(t testing.TB, raw []byte) (list []string) {
	t.Helper()
	for _, m := range regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`).FindAllSubmatch(raw, -1) {
		if z, err := zlib.NewReader(bytes.NewReader(m[1])); err == nil {
			body, err := io.ReadAll(z)
			require.NoError(t, err)
			list = append(list, string(body))
		}
	}
	return list
}

func TestLeaflet_twiceTheSame(t *testing.T) {
	t.Parallel()
	l := leaflet(t, 5)
	l.Columns = l.Columns[:0]
	for _, name := range []string{"bars", "curve", "world"} { // charts come out of a map in any order
		l.Columns = append(l.Columns, Block{Heading: name, Drawing: charts(t, "ltr")[name]})
	}
	first, err := l.PDF()
	require.NoError(t, err)
	again, err := l.PDF()
	require.NoError(t, err)
	require.True(t, bytes.Equal(first, again))
	require.Contains(t, string(first), "(D:20260302000000")
	require.NotContains(t, string(first), "/JavaScript")
	require.NotRegexp(t, `/Image\b`, strings.ReplaceAll(string(first), "/ImageB /ImageC /ImageI", ""), "charts are drawn, not pasted")
}

// A long table goes on with the next page under its head, and every page says which
// it is of how many.
func TestLeaflet_goesOnWithTheNextPage(t *testing.T) {
	t.Parallel()
	l := leaflet(t, 120)
	l.Columns = nil
	raw, err := l.PDF()
	require.NoError(t, err)
	require.Equal(t, 3, bytes.Count(raw, []byte("/Type /Page\n")), "pages")
	heads := 0
	for _, s := range streams(t, raw) {
		heads += strings.Count(s, "("+utf16("Area")+")")
	}
	require.Equal(t, 3, heads, "one on each page")
}

// utf16 is how words stand in a PDF of ours.
func utf16(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r >> 8))
		b.WriteByte(byte(r))
	}
	return b.String()
}

func TestLeaflet_refusesADrawingItCannotRead(t *testing.T) {
	t.Parallel()
	l := leaflet(t, 1)
	l.Columns[0].Drawing = `<svg width="1" height="1"><image/></svg>`
	_, err := l.PDF()
	require.Error(t, err)
}

// Hatching covers its box and stays near it.
func TestPattern_marksTouchTheBox(t *testing.T) {
	t.Parallel()
	for _, h := range []pattern{{side: 7, turned: true, stripe: 1.6}, {side: 7, dot: 1.3}, {side: 4.5, turned: true, stripe: 1}} {
		marks := h.marks(point{100, 200}, point{140, 230})
		require.NotEmpty(t, marks)
		require.Less(t, len(marks), 80)
		var all path
		for _, m := range marks {
			all = append(all, m...)
		}
		low, high := bounds(all)
		require.True(t, low.x <= 104 && low.y <= 204 && high.x >= 136 && high.y >= 226, "%v %v", low, high)
	}
}
