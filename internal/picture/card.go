package picture

// Card is one figure for a timeline: a square with the figure, what it counts, and
// at its foot what a reader needs to judge it.
type Card struct {
	Figure
	Title  string
	Foot   []string
	Banner string
	RTL    bool
}

// The card in units, which are its pixels.
const (
	cardSide   = 1080.0
	cardMargin = 84.0
)

// PNG draws the card.
func (k Card) PNG() ([]byte, error) {
	s, err := newSetter()
	if err != nil {
		return nil, err
	}
	defer s.rest()
	r := newRaster(s, cardSide, cardSide, 1)
	c := column{pen: r, x: cardMargin, y: cardMargin, width: cardSide - 2*cardMargin, rtl: k.RTL}
	c.paragraph(k.Banner, 22, true, "s3")
	c.paragraph(k.Title, 32, false, "soft")
	foot := column{pen: nowhere{s}, width: c.width}
	k.foot(&foot)
	bottom := cardSide - cardMargin - foot.y
	k.figure(&c, bottom)
	c.y = bottom
	k.foot(&c)
	return r.bytes()
}

// figure sets the figure as large as there is room for, in the middle of what is
// left between the title and the foot.
func (k Card) figure(c *column, bottom float64) {
	large := 260.0
	for ; large > 60; large -= 4 {
		try := column{pen: nowhere{c.pen.(*raster).setter}, width: c.width}
		if k.body(&try, large); try.y < bottom-c.y-40 && len(wrap(c.pen, k.Value, large, true, c.width)) == 1 {
			break
		}
	}
	size := column{pen: nowhere{c.pen.(*raster).setter}, width: c.width}
	k.body(&size, large)
	c.y += (bottom - c.y - size.y) / 2
	k.body(c, large)
}

func (k Card) body(c *column, large float64) {
	c.paragraph(k.Value, large, true, "s1")
	c.y -= large * 0.12 // digits have no tails
	c.paragraph(k.Words, 44, true, "ink")
	c.y += 14
	c.paragraph(k.Range, 34, false, "soft")
	c.paragraph(k.Target, 34, false, "soft")
}

func (k Card) foot(c *column) {
	c.rule("grid", 2)
	c.y += 14
	for _, f := range k.Foot {
		c.paragraph(f, 22, false, "soft")
	}
}
