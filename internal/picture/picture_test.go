package picture

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// words are the texts of a drawing, of any direction, in order.
func words(t *testing.T, svg string) (list []string) {
	t.Helper()
	root, err := parse(svg)
	require.NoError(t, err)
	var walk func(node)
	walk = func(n node) {
		if n.name == "text" {
			list = append(list, n.words)
		}
		for _, c := range n.children {
			walk(c)
		}
	}
	walk(root)
	return list
}

// Every kind of chart, in both directions, becomes the same picture twice.
func TestPicture_everyKindTwice(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"ltr", "rtl"} {
		for name, svg := range charts(t, dir) {
			t.Run(name+" "+dir, func(t *testing.T) {
				t.Parallel()
				p := sample(svg)
				p.RTL = dir == "rtl"
				first, err := p.SVG()
				require.NoError(t, err)
				again, err := p.SVG()
				require.NoError(t, err)
				require.Equal(t, string(first), string(again))
				one, err := p.PNG()
				require.NoError(t, err)
				if name == "bars" || name == "small" { // every kind of ink is in these
					two, err := p.PNG()
					require.NoError(t, err)
					require.True(t, bytes.Equal(one, two))
				}
				size, err := png.DecodeConfig(bytes.NewReader(one))
				require.NoError(t, err)
				require.Equal(t, 2*(960+64), size.Width)
			})
		}
	}
}

// The words and numbers of a picture are those of its drawing, and around them what
// a reader needs; nothing in it asks for a stylesheet or leads elsewhere.
func TestPicture_SVGStandsAlone(t *testing.T) {
	t.Parallel()
	for name, svg := range charts(t, "ltr") {
		p := sample(svg)
		raw, err := p.SVG()
		require.NoError(t, err)
		require.NoError(t, xml.Unmarshal(raw, new(any)))
		require.NotRegexp(t, `class=|style=|href=|<script|<style|<image`, string(raw), name)
		all := words(t, string(raw))
		head := []string{p.Banner, p.Title, p.Subtitle}
		require.Equal(t, head, all[:3])
		require.Equal(t, strings.ReplaceAll(strings.Join(words(t, svg), "|"), downward, ""), strings.Join(all[3:len(all)-len(p.Foot)], "|"), name)
		require.Equal(t, p.Foot, all[len(all)-len(p.Foot):])
		require.Contains(t, string(raw), "<title id=\"t\">Most kits reach")
		require.Contains(t, string(raw), "What the drawing says.")
	}
}

// share is how much of a picture has a colour, in thousandths.
func share(img image.Image, c color.NRGBA) int {
	n, b := 0, img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if color.NRGBAModel.Convert(img.At(x, y)) == c {
				n++
			}
		}
	}
	return n * 1000 / (b.Dx() * b.Dy())
}

// A bar twice as high has twice the ink, and the ink is that of the pages.
func TestPicture_PNGHasTheInkOfThePages(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]map[string][2]int{
		"bars":     {"paper": {800, 960}, "s1": {30, 60}, "s2": {10, 40}, "s3": {3, 20}, "s4": {3, 20}},
		"curve":    {"s1": {2, 12}},
		"interval": {"s2": {2, 20}},
		"world":    {"map-yes": {10, 60}, "map-no": {8, 40}},
	} {
		raw, err := sample(charts(t, "ltr")[name]).PNG()
		require.NoError(t, err)
		img, err := png.Decode(bytes.NewReader(raw))
		require.NoError(t, err)
		for colour, between := range want {
			n := share(img, Colour(colour))
			require.True(t, n >= between[0] && n <= between[1], "%s has %d in 1000 of %s", name, n, colour)
		}
	}
}

func TestRead_refusesWhatItCannotDraw(t *testing.T) {
	t.Parallel()
	for name, svg := range map[string]string{
		"nothing":         ``,
		"no drawing":      `<p/>`,
		"no size":         `<svg/>`,
		"two":             `<svg width="1" height="1"/><svg/>`,
		"broken":          `<svg width="1" height="1"><rect`,
		"a picture in it": `<svg width="1" height="1"><g><image/></g></svg>`,
		"a curve":         `<svg width="1" height="1"><path d="M0 0C1 1 2 2 3 3"/></svg>`,
		"half a point":    `<svg width="1" height="1"><path d="M0"/></svg>`,
		"turned":          `<svg width="1" height="1"><g transform="rotate(45)"><path d="M0 0"/></g></svg>`,
	} {
		_, err := Picture{Drawing: svg}.SVG()
		require.Error(t, err, name)
	}
}

func TestParsePath(t *testing.T) {
	t.Parallel()
	for d, want := range map[string]string{
		"M1 2L3 4Z":               "M1 2L3 4Z",
		"M1146 396l1 13-5 11z":    "M1146 396L1147 409L1142 420Z",
		"M10 10 20 20m5 5l-1-1z":  "M10 10L20 20M25 25L24 24Z",
		"M0 0l10 0zm1 1l2 .5z":    "M0 0L10 0ZM1 1L3 1.5Z",
		"M-4 -4L4 4M-4 4L4 -4":    "M-4 -4L4 4M-4 4L4 -4",
		"":                        "",
		" M 1 , 2 L 1.25 -2.5 Z ": "M1 2L1.25 -2.5Z",
	} {
		p, err := parsePath(d)
		require.NoError(t, err, d)
		require.Equal(t, want, dataOf(p), d)
	}
}

func TestWrap_neverLeavesItsFrame(t *testing.T) {
	t.Parallel()
	s, err := newSetter()
	require.NoError(t, err)
	by := nowhere{s}
	long := "Kits given out to people at risk " + strings.Repeat("w", 90) + " 12\u202f345\u00a0kits"
	lines := wrap(by, long, 15, true, 120)
	require.Greater(t, len(lines), 8)
	for _, line := range lines {
		require.LessOrEqual(t, by.measure(line, 15, true), 120.0, line)
	}
	require.Equal(t, strings.ReplaceAll(long, " ", ""), strings.ReplaceAll(strings.Join(lines, ""), " ", ""), "nothing is lost")
	require.Equal(t, "12\u202f345\u00a0kits", lines[len(lines)-1], "a number is not broken off its unit")
	require.Empty(t, wrap(by, "", 15, false, 120))
}

func TestCard_isASquare(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"7", "12,345,678", "Nobody knows how many"} {
		k := Card{Figure: Figure{Value: value, Words: "kits given out", Range: "66–76", Target: "Target 80"}, Title: "Take-home naloxone in Freedonia", Foot: []string{"Release 7", "https://thn.example.org"}}
		raw, err := k.PNG()
		require.NoError(t, err)
		img, err := png.Decode(bytes.NewReader(raw))
		require.NoError(t, err)
		require.Equal(t, image.Pt(1080, 1080), img.Bounds().Size())
		for _, x := range []int{20, 1060} { // nothing leaves the frame
			for y := range 1080 {
				require.Equal(t, Colour("paper"), color.NRGBAModel.Convert(img.At(x, y)))
			}
		}
	}
}
