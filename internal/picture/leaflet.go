package picture

import "time"

// Leaflet is a few sheets of paper: a headline, figures in front, findings in two
// columns, and what needs the whole width. All of it is text in the reader's
// language; what is empty is left out.
type Leaflet struct {
	Kicker  string // above the title: whose it is
	Title   string
	Lead    []string // the first is set large
	Banner  string   // such as that this is a demonstration
	Keys    []Figure
	Columns []Block // flow through two columns
	Wide    []Block // over the whole width, after the columns
	Foot    string  // at the foot of every page
	URL     string  // where Foot leads; empty: nowhere
	Page    func(n, all int) string

	Author, Subject, Lang string
	RTL                   bool
	At                    time.Time // the date inside the file
}

// Figure is a figure in front, with what it counts beneath it.
type Figure struct {
	Value, Range, Words, Target string
	Missing                     bool // Value is a word, and is set smaller
}

// Block is one finding on paper.
type Block struct {
	Heading string
	Measure string   // what is drawn, in which unit
	Said    []string // a paragraph each
	Drawing string   // SVG by package chart; scaled to the width
	Table   *Grid
	Small   []string // source and notes, a paragraph each
}

// Grid is a small table: words in the first column, and in the others what Numbers
// says. Shares are how columns part the room that their words leave.
type Grid struct {
	Head    []string
	Rows    [][]string
	Numbers []bool
	Shares  []float64
}

// Sizes of paper, in points.
const (
	sheetWidth  = 595.28
	sheetHeight = 841.89
	side        = 46.0 // margin to the left and right
	above       = 38.0
	below       = 48.0 // with room for the foot
	gutter      = 22.0
	inner       = sheetWidth - 2*side
)

// PDF lays the leaflet out.
func (l Leaflet) PDF() ([]byte, error) {
	s, err := newSetter()
	if err != nil {
		return nil, err
	}
	defer s.rest()
	p, err := newPaper(s, origin{title: l.Title, author: l.Author, subject: l.Subject, lang: l.Lang, at: l.At})
	if err != nil {
		return nil, err
	}
	f := &flow{Leaflet: l, paper: p}
	f.turn()
	f.head()
	f.keys()
	if err := f.columns(); err != nil {
		return nil, err
	}
	if err := f.wide(); err != nil {
		return nil, err
	}
	f.feet()
	return p.bytes()
}

// flow fills page after page.
type flow struct {
	Leaflet
	paper *paper
	y     float64 // where the next thing begins on the page
}

// turn begins a page.
func (f *flow) turn() {
	f.paper.on.AddPage()
	f.y = above
}

// across is a column over the whole width at the place that was reached.
func (f *flow) across() column {
	return column{pen: f.paper, x: side, y: f.y, width: inner, rtl: f.RTL}
}

func (f *flow) head() {
	c := f.across()
	c.paragraph(f.Banner, 8.5, true, "s3")
	c.paragraph(f.Kicker, 9, false, "soft")
	c.paragraph(f.Title, oneLine(f.paper, f.Title, 20, 14, true), true, "ink")
	c.y += 4
	for i, s := range f.Lead {
		if i == 0 {
			c.paragraph(s, oneLine(f.paper, s, 12.5, 11.5, false), false, "ink")
			c.y += 2
			continue
		}
		c.paragraph(s, 10, false, "ink")
	}
	f.y = c.y + 8
}

// oneLine is the largest size at which words take one line across the paper, and
// the least when they take more at any.
func oneLine(by pen, words string, largest, least float64, bold bool) float64 {
	for size := largest; size > least; size -= 0.5 {
		if len(wrap(by, words, size, bold, inner)) == 1 {
			return size
		}
	}
	return least
}

// keys sets the figures in front side by side between two rules.
func (f *flow) keys() {
	if len(f.Keys) == 0 {
		return
	}
	c := f.across()
	c.rule("ink", 1)
	gap := 14.0
	width := (inner - gap*float64(len(f.Keys)-1)) / float64(len(f.Keys))
	lowest := c.y
	for i, k := range f.Keys {
		one := column{pen: f.paper, x: f.from(float64(i)*(width+gap), width), y: c.y + 6, width: width, rtl: f.RTL}
		k.set(&one)
		lowest = max(lowest, one.y)
	}
	c.y = lowest + 7
	c.rule("grid", 0.75)
	f.y = c.y + 8
}

// set writes a figure: large, its interval, what it counts, its target.
func (k Figure) set(c *column) {
	size := 21.0
	if k.Missing {
		size = 10
		c.y += 8
	}
	for size > 9 && len(wrap(c.pen, k.Value, size, true, c.width)) > 1 {
		size--
	}
	c.paragraph(k.Value, size, true, "s1")
	c.paragraph(k.Range, 8.5, false, "soft")
	c.y += 1
	c.paragraph(k.Words, 8.5, false, "ink")
	c.paragraph(k.Target, 8, false, "soft")
}

// from is the left edge of something so wide that begins so far from the side at
// which lines begin.
func (f *flow) from(x, width float64) float64 {
	if f.RTL {
		return sheetWidth - side - x - width
	}
	return side + x
}

// columns fills two columns with the blocks in reading order: each goes where more
// room is left. What does not fit waits for the next page, and smaller blocks behind
// it fill the rest of this one.
func (f *flow) columns() error {
	width := (inner - gutter) / 2
	y, waiting := [2]float64{f.y, f.y}, f.Columns
	for len(waiting) > 0 {
		var later []Block
		for _, b := range waiting {
			height, err := b.height(f.paper, width, f.RTL)
			if err != nil {
				return err
			}
			at := 0
			if y[1] < y[0]-1 {
				at = 1
			}
			if fresh := y[at] <= above; y[at]+height > sheetHeight-below && !fresh {
				later = append(later, b)
				continue
			}
			c := column{pen: f.paper, x: f.from(float64(at)*(width+gutter), width), y: y[at], width: width, rtl: f.RTL}
			f.paper.mark(b.Heading, y[at])
			if err := b.set(&c); err != nil {
				return err
			}
			y[at] = c.y
		}
		if waiting = later; len(waiting) > 0 {
			f.turn()
			y = [2]float64{f.y, f.y}
		}
	}
	f.y = max(y[0], y[1])
	return nil
}

// wide sets blocks one under another. A table goes on with the next page, row by
// row, under its head again.
func (f *flow) wide() error {
	for _, b := range f.Wide {
		rows := b.Table
		b.Table = nil
		if rows != nil && len(rows.Rows) > 0 { // a heading stays with the first row
			first := *rows
			first.Rows = rows.Rows[:1]
			b.Table = &first
		}
		height, err := b.height(f.paper, inner, f.RTL)
		if err != nil {
			return err
		}
		if f.y+height > sheetHeight-below && f.y > above {
			f.turn()
		}
		small := b.Small
		b.Table, b.Small = nil, nil
		c := f.across()
		f.paper.mark(b.Heading, f.y)
		if err := b.set(&c); err != nil {
			return err
		}
		f.y = c.y
		f.table(rows)
		c = f.across()
		for _, s := range small {
			c.paragraph(s, smallSize, false, "soft")
		}
		f.y = c.y + 4
	}
	return nil
}

// table sets rows until the page is full, and the rest on the next.
func (f *flow) table(g *Grid) {
	if g == nil {
		return
	}
	c := f.across()
	c.y -= 6
	widths := g.widths(f.paper, inner)
	g.top(&c, widths)
	for _, r := range g.Rows {
		test := column{pen: unseen{f.paper}, width: inner, rtl: f.RTL}
		g.line(&test, r, false, widths)
		if c.y+test.y > sheetHeight-below {
			f.turn()
			c = f.across()
			g.top(&c, widths)
		}
		g.row(&c, r, widths)
	}
	f.y = c.y + 3
}

// feet writes the foot of every page, when it is known how many there are.
func (f *flow) feet() {
	all := f.paper.on.PageCount()
	for n := 1; n <= all; n++ {
		f.paper.on.SetPage(n)
		c := column{pen: f.paper, x: side, y: sheetHeight - 38, width: inner, rtl: f.RTL}
		c.rule("grid", 0.75)
		number := f.Page(n, all)
		room := f.paper.measure(number, 7.5, false) + 16
		line := text{x: f.from(inner, 0), y: c.y + 8.5, s: number, size: 7.5, anchor: end, rtl: f.RTL, colour: Colour("soft")}
		f.paper.write(line)
		c.y += 1
		c.width -= room
		if f.RTL {
			c.x += room
		}
		top := c.y
		c.paragraph(f.Foot, 7.5, false, "soft")
		if f.URL != "" {
			f.paper.link(c.x, top, c.width, c.y-top, f.URL)
		}
	}
}
