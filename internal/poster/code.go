package poster

import (
	"fmt"
	"strings"

	qr "github.com/piglig/go-qr"

	"thntracker/internal/fault"
)

// Quiet is how many modules stay white on each side of a code (ISO/IEC 18004):
// without them a phone does not find its edge.
const Quiet = 4

// Draw gives the code as SVG, black on white with its quiet zone inside, in any
// theme: a code that is turned light on dark is not read by every phone. Error
// correction is level M or better, so that a torn corner or a drop of rain does
// not stop it. There is no text in the drawing; whoever shows it says what it is.
func (a Address) Draw() (string, error) {
	code, err := qr.EncodeText(string(a), qr.Medium)
	if err != nil {
		return "", fault.Wrap("draw code", err)
	}
	side := code.Size() + 2*Quiet
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %[1]d %[1]d" shape-rendering="crispEdges" aria-hidden="true" focusable="false"><rect width="%[1]d" height="%[1]d" fill="#fff"/><path fill="#000" d="`, side)
	for y := range code.Size() {
		for x := 0; x < code.Size(); x++ {
			from := x
			for x < code.Size() && code.Module(x, y) {
				x++
			}
			if x > from { // a run of dark modules is one shape: no hairline between them
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+Quiet, y+Quiet, x-from, x-from)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.String(), nil
}
