// Package baseline is what is known of take-home naloxone and its neighbours,
// country by country, before any record of this program: the table behind
// "34 countries in 2024", as far as it could be recovered, with the source and
// the confidence of every row.
//
// Two numbers must never be confused. 34 is what Harm Reduction International
// (HRI) published. 28 is how many countries could be identified here. The first
// is a constant with a source, the second is counted from the rows, and Count is
// the only place that holds both.
//
// The package knows no records, no reports and no pages. Start at All, Find and
// Count; Name gives countries their names.
package baseline

import "strings"

// Mark is what a row says of one service in one country.
type Mark string

// The marks. Unknown means that no source says; it is never a no.
const (
	Yes     Mark = "yes"
	No      Mark = "no"
	Unknown Mark = "unknown"
)

// Confidence grades the evidence of a row, not the word yes: a row can be
// unknown with high confidence, when HRI itself prints "no data".
type Confidence string

// The grades, best first.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Row is one country or territory in the form HRI counts them.
type Row struct {
	ISO2, ISO3 string
	Country    string // the name in the source, in English; Name has the others
	Region     Region

	THN    Mark // take-home naloxone, 2024
	Peer   Mark // distribution by peers; latest mark found, not always of 2024
	Prison Mark // on release from at least one prison
	OAT    Mark // opioid agonist therapy
	NSP    Mark // needle and syringe programme
	DCR    Mark // drug consumption room

	FirstYear  int // of the first dated programme, perhaps a local one; 0 is not known
	Source     Source
	Confidence Confidence
	Basis      []string // codes of statements that many rows share; see BasisKey
	Note       string   // what is particular to the row, in English
}

// BasisKey is the catalogue key of a statement in Row.Basis.
func BasisKey(code string) string { return "world.basis." + code }

// fact is a row as written in the tables: marks are six letters in the order
// take-home naloxone, peers, prison release, OAT, NSP, DCR.
type fact struct {
	iso2, iso3, country string
	region              Region
	marks               string // y yes, n no, - unknown
	first               int
	source              Source
	confidence          Confidence
	basis, note         string
}

// row spells a fact out.
func (f fact) row() Row {
	m := func(i int) Mark {
		switch f.marks[i] {
		case 'y':
			return Yes
		case 'n':
			return No
		default:
			return Unknown
		}
	}
	return Row{
		ISO2: f.iso2, ISO3: f.iso3, Country: f.country, Region: f.region,
		THN: m(0), Peer: m(1), Prison: m(2), OAT: m(3), NSP: m(4), DCR: m(5),
		FirstYear: f.first, Source: f.source, Confidence: f.confidence,
		Basis: strings.Fields(f.basis), Note: f.note,
	}
}

// All lists every row as it stands, corrections applied, by chapter of HRI and then
// by code. The slice is the caller's own.
func All() []Row {
	rows, _ := Correct(carried(), corrections) // a test says that they fit
	return rows
}

// carried lists the rows as they were carried over.
func carried() []Row {
	var rows []Row
	for _, chapter := range [][]fact{asia, eurasia, europe, elsewhere} {
		for _, f := range chapter {
			rows = append(rows, f.row())
		}
	}
	return rows
}

// Find gives the row of a country by its ISO 3166-1 alpha-2 code. False means
// that nothing is known of it, which is not the same as a no.
func Find(iso2 string) (Row, bool) {
	for _, r := range All() {
		if r.ISO2 == iso2 {
			return r, true
		}
	}
	return Row{}, false
}
