package picture

import (
	"encoding/binary"
	"image"
	"image/color"
	"maps"
	"slices"
	"sync"
)

// steps is how many shades each colour has on its way from the paper. The edge of a
// letter shows no more, and all of them together leave room in a palette of 256.
const steps = 25

// shades are the colours that a picture in pixels is made of: those of the pages,
// each with the shades between it and the paper. A picture of them takes a byte for
// each pixel where it would take three, and is packed several times as fast.
var shades = sync.OnceValue(func() (list color.Palette) {
	paper := Colour("paper")
	list = append(list, paper)
	for _, name := range slices.Sorted(maps.Keys(palette)) {
		c := Colour(name)
		if slices.Contains(list, color.Color(c)) {
			continue
		}
		mix := func(from, to uint8, i int) uint8 { return uint8((int(from)*(steps-i) + int(to)*i + steps/2) / steps) }
		for i := 1; i <= steps; i++ {
			list = append(list, color.NRGBA{mix(paper.R, c.R, i), mix(paper.G, c.G, i), mix(paper.B, c.B, i), 255})
		}
	}
	return list
})

// shaded is a picture with the nearest shade for each pixel.
func shaded(of *image.RGBA) *image.Paletted {
	out, known := image.NewPaletted(of.Bounds(), shades()), map[uint32]uint8{}
	last, nearest := binary.LittleEndian.Uint32(of.Pix)+1, uint8(0) // of no pixel yet
	for i := range out.Pix {
		c := binary.LittleEndian.Uint32(of.Pix[4*i:])
		if c != last { // neighbours are mostly alike
			at, met := known[c]
			if !met {
				at = uint8(out.Palette.Index(color.RGBA{uint8(c), uint8(c >> 8), uint8(c >> 16), uint8(c >> 24)}))
				known[c] = at
			}
			last, nearest = c, at
		}
		out.Pix[i] = nearest
	}
	return out
}
