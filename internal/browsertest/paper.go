package browsertest

import (
	"regexp"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Paper is a size of paper.
type Paper struct {
	Name string
	size chromedp.PaperSize
}

// Papers are the two that lie in the printers of this world.
var Papers = []Paper{{"A4", chromedp.PaperA4}, {"Letter", chromedp.PaperLetter}}

// onePage is an object of a PDF file that is a page.
var onePage = regexp.MustCompile(`/Type\s*/Page\b`)

// Pages prints the page as a person would, on paper of one size, and counts the
// sheets. The page's own rules decide about margins.
func (tab *Tab) Pages(p Paper) int {
	tab.t.Helper()
	run(tab, "set no medium", call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})) // else what is printed is the screen
	defer tab.media()
	file := run(tab, "print on "+p.Name, chromedp.PrintToPDF(chromedp.PDFPaper(p.size)))
	return len(onePage.FindAll(file, -1))
}

// Picture draws the first element that a CSS selector finds, as PNG, with what
// lies over it.
func (tab *Tab) Picture(selector string) []byte {
	tab.t.Helper()
	tab.bring(selector)
	return run(tab, "draw "+selector, chromedp.Screenshot(chromedp.CSS(selector)))
}
