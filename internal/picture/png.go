package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"

	"git.sr.ht/~sbinet/gg"

	"thntracker/internal/fault"
)

// raster draws into a grid of pixels.
type raster struct {
	*setter
	on    *gg.Context
	scale float64 // pixels for each unit
}

func newRaster(s *setter, width, height, scale float64) *raster {
	r := &raster{setter: s, on: gg.NewContext(int(math.Ceil(width*scale)), int(math.Ceil(height*scale))), scale: scale}
	r.on.SetColor(Colour("paper"))
	r.on.Clear()
	r.on.SetLineCapButt()
	return r
}

func (r *raster) shape(p path, with ink) {
	p = p.moved(place{scale: r.scale})
	if with.pattern != nil {
		r.trace(p)
		r.on.SetFillStyle(hatching{*with.pattern.sized(r.scale)})
		r.on.Fill()
	} else if with.fill.A > 0 {
		r.trace(p)
		r.on.SetColor(with.fill)
		r.on.Fill()
	}
	if with.stroke.A == 0 || with.width == 0 {
		return
	}
	r.trace(p)
	dash := make([]float64, len(with.dash))
	for i, d := range with.dash {
		dash[i] = d * r.scale
	}
	r.on.SetDash(dash...)
	r.on.SetLineWidth(with.width * r.scale)
	r.on.SetLineJoin(gg.LineJoinBevel)
	if with.rounded {
		r.on.SetLineJoinRound()
	}
	r.on.SetColor(with.stroke)
	r.on.Stroke()
}

// trace puts a path where the next fill or outline takes it from.
func (r *raster) trace(p path) {
	r.on.ClearPath()
	for _, s := range p {
		switch s.op {
		case moveTo:
			r.on.MoveTo(s.p[0].x, s.p[0].y)
		case lineTo:
			r.on.LineTo(s.p[0].x, s.p[0].y)
		case cubicTo:
			r.on.CubicTo(s.p[0].x, s.p[0].y, s.p[1].x, s.p[1].y, s.p[2].x, s.p[2].y)
		case closing:
			r.on.ClosePath()
		}
	}
}

// write draws letters as shapes, so that Arabic and Latin go the same way.
func (r *raster) write(t text) {
	p := r.outline(t.s, t.size, t.bold, t.left(r.measure(t.s, t.size, t.bold)), t.y)
	if t.halo.A > 0 {
		r.shape(p, ink{stroke: t.halo, width: t.around, rounded: true})
	}
	r.shape(p, ink{fill: t.colour})
}

func (r *raster) measure(s string, size float64, bold bool) float64 { return r.width(s, size, bold) }

// bytes is the picture as a PNG file, without a date or anything else in it but
// pixels.
func (r *raster) bytes() ([]byte, error) {
	drawn, ok := r.on.Image().(*image.RGBA)
	if !ok {
		return nil, fault.New(fault.Internal, "draw picture", "a canvas of %T", r.on.Image())
	}
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, shaded(drawn))
	return b.Bytes(), err
}

// hatching is a pattern as a colour for each pixel, by nine looks into it.
type hatching struct{ pattern }

// ColorAt is called for each pixel of a fill.
func (h hatching) ColorAt(x, y int) color.Color {
	const looks = 3
	inked := 0
	for i := range looks {
		for k := range looks {
			if h.inked(float64(x)+(float64(i)+0.5)/looks, float64(y)+(float64(k)+0.5)/looks) {
				inked++
			}
		}
	}
	mix := func(a, b uint8) uint8 {
		return uint8((int(a)*(looks*looks-inked) + int(b)*inked + looks*looks/2) / (looks * looks))
	}
	return color.NRGBA{mix(h.ground.R, h.ink.R), mix(h.ground.G, h.ink.G), mix(h.ground.B, h.ink.B), 255}
}

// inked tells whether the stripe or the dot is at a place.
func (h hatching) inked(x, y float64) bool {
	if h.turned {
		x, y = (x+y)*math.Sqrt2/2, (y-x)*math.Sqrt2/2
	}
	u, v := x-math.Floor(x/h.side)*h.side, y-math.Floor(y/h.side)*h.side
	if h.dot > 0 {
		return math.Hypot(u-h.side/2, v-h.side/2) < h.dot
	}
	return u < h.stripe
}
