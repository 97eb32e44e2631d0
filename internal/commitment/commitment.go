// Package commitment holds what Resolution 67/4 of the UN Commission on Narcotic
// Drugs asks, one entry a commitment, with the standing of every statement: what
// a secondary source reports of the text, what the International Drug Policy
// Consortium (IDPC) reads into it, and what is inferred here. The three are never
// mixed, because a minister may be held to the first only.
//
// The full text was not read when this was written. So only paragraphs 1 and 3
// have numbers, every other commitment has an identifier of ours, and nothing
// here says that the resolution calls for consumption rooms or drug checking.
//
// The package knows no reports and no countries; the caller brings Evidence.
// Start at All, then Stand. All words are catalogue keys.
package commitment

import "strings"

// Standing says who makes a statement.
type Standing string

// The three standings, which are three labels wherever a statement is shown.
const (
	Reported Standing = "reported" // the resolution, as a secondary source reports it
	IDPC     Standing = "idpc"     // IDPC's reading, from evidence and advocacy
	Inferred Standing = "inferred" // inferred here from the other two
)

// Key is the catalogue key of the label.
func (s Standing) Key() string { return "commitment.standing." + string(s) }

// Party is whom a commitment asks.
type Party string

// The parties.
const (
	Governments Party = "governments"
	UN          Party = "un" // UNODC and other UN entities
)

// Key is the catalogue key of the party's name.
func (p Party) Key() string { return "commitment.party." + string(p) }

// Measurable says how much of a commitment records and reference data can show.
type Measurable string

// The degrees.
const (
	Fully  Measurable = "yes"
	Partly Measurable = "partly"
	Never  Measurable = "no"
)

// Key is the catalogue key of the degree's name.
func (m Measurable) Key() string { return "commitment.measurable." + string(m) }

// Paragraph is a known place in the resolution; most commitments have none.
type Paragraph string

// The places that a source gives. No other number may be added before somebody
// has read the text at Identity's address.
const (
	NoParagraph Paragraph = ""
	OP1         Paragraph = "1"
	OP3         Paragraph = "3"
	OP1And3     Paragraph = "1_and_3" // the source names both
	OP1Or3      Paragraph = "1_or_3"  // the source does not say which
)

// Key is the catalogue key of the paragraph's label.
func (p Paragraph) Key() string {
	if p == NoParagraph {
		return "commitment.op.unknown"
	}
	return "commitment.op." + string(p)
}

// Statement is something said about a commitment beside what it asks.
type Statement struct {
	Key      string // catalogue key of the words
	Standing Standing
}

// Link ties an indicator to a commitment and says who made the tie. The
// resolution itself names no indicator.
type Link struct {
	Indicator string // of a report, or "baseline:" and a service
	Standing  Standing

	// Example marks one of many ways to meet an open-ended commitment: where it
	// exists it speaks, where it does not exist nothing follows. Without this, a
	// country without a consumption room would seem to fall short of a text that
	// does not ask for one.
	Example bool
}

// Key is the catalogue key of the indicator's name beside commitments.
func (l Link) Key() string {
	return "commitment.indicator." + strings.ReplaceAll(l.Indicator, ":", ".")
}

// Commitment is one thing the resolution asks.
type Commitment struct {
	ID         string // C1 to C13, ours; never a paragraph number
	OP         Paragraph
	Asked      []Party
	Measurable Measurable
	Says       []Statement // readings and cautions, in the order to show them
	Links      []Link      // indicators that speak to it, strongest first
}

// TitleKey is the catalogue key of its short name.
func (c Commitment) TitleKey() string { return c.key("title") }

// AsksKey is the catalogue key of what it asks, in our words. Its standing is
// always Reported.
func (c Commitment) AsksKey() string { return c.key("asks") }

// ShowsKey is the catalogue key of what can be shown here about it.
func (c Commitment) ShowsKey() string { return c.key("shows") }

func (c Commitment) key(part string) string {
	return "commitment." + strings.ToLower(c.ID) + "." + part
}

// Find gives the commitment with an id. False means there is none.
func Find(id string) (Commitment, bool) {
	for _, c := range All() {
		if c.ID == id {
			return c, true
		}
	}
	return Commitment{}, false
}
