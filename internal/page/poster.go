package page

import "thntracker/internal/poster"

// Poster leads from a wall to a public page. Without an address there is nothing
// to print yet.
type Poster struct {
	Base
	Ask     Form
	Says    string // what the address leads to
	Code    Drawing
	Address []string // its parts, so that a line ends where a part does
}

// Template names the file.
func (*Poster) Template() string { return "poster" }

// Draw puts an address on the poster, as a code and in letters.
func (p *Poster) Draw(a poster.Address) error {
	svg, err := a.Draw()
	p.Code, p.Address = Drawing(svg), a.Parts()
	return err
}
