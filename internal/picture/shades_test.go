package picture

import (
	"image"
	"image/color"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every colour of the pages is in the palette as it is, and so are the shades of an
// edge as nearly as anybody can see.
func TestShades_haveEveryColour(t *testing.T) {
	t.Parallel()
	require.LessOrEqual(t, len(shades()), 256)
	for name := range palette {
		require.Contains(t, shades(), color.Color(Colour(name)), name)
		for share := range 101 {
			mix := func(ink, paper uint8) uint8 { return uint8((int(ink)*share + int(paper)*(100-share)) / 100) }
			c, paper := Colour(name), Colour("paper")
			want := color.NRGBA{mix(c.R, paper.R), mix(c.G, paper.G), mix(c.B, paper.B), 255}
			got := shades().Convert(want).(color.NRGBA)
			for _, pair := range [][2]uint8{{want.R, got.R}, {want.G, got.G}, {want.B, got.B}} {
				require.InDelta(t, int(pair[0]), int(pair[1]), 6, "%d in 100 of %s", share, name)
			}
		}
	}
}

func TestShaded_isTheSamePicture(t *testing.T) {
	t.Parallel()
	of := image.NewRGBA(image.Rect(0, 0, 3, 2))
	for i, name := range []string{"paper", "ink", "ink", "s1", "s2", "map-hatch"} {
		of.Set(i%3, i/3, Colour(name))
	}
	got := shaded(of)
	for y := range 2 {
		for x := range 3 {
			require.Equal(t, of.RGBAAt(x, y), color.RGBAModel.Convert(got.At(x, y)), "%d %d", x, y)
		}
	}
}

// A setter that has drawn before sets the same letters in the same places.
func TestSetter_forgetsAndSetsTheSame(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"Kits given out", "3 587 trousses", "نالوكسون 12"} {
		fresh, err := newSetter()
		require.NoError(t, err)
		first := fresh.outline(words, 20, true, 0, 0)
		for range mostKnown + 1 {
			fresh.known[setKey{words + string(rune(len(fresh.known)+0x4e00)), false}] = setLine{}
		}
		fresh.forget()
		require.Empty(t, fresh.known, "a setter forgets, or it would grow for ever")
		require.Equal(t, first, fresh.outline(words, 20, true, 0, 0))
	}
}
