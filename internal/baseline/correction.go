package baseline

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Correction replaces one mark of a row because of a better source. The row as it
// was first carried over stays in its table; what was changed, from what, on whose
// word and when is kept here for ever and shown with the rows.
type Correction struct {
	ISO2       string
	Service    string // thn, peer, prison, oat, nsp or dcr
	From, To   Mark
	Source     Source
	Confidence Confidence // of the row from then on, when Service is thn
	Day        string     // on which it was corrected here, as 2026-03-01
}

// corrections are applied in their order; a new one goes to the end. So far no
// source has been read that says better than a row.
var corrections []Correction

// Corrections lists what was changed since the rows were carried over, the oldest
// first. The slice is the caller's own.
func Corrections() []Correction { return slices.Clone(corrections) }

// Correct gives rows with corrections applied to them. The first one that does not
// fit the row it is about is an error, and it and those after it are not applied.
func Correct(rows []Row, list []Correction) ([]Row, error) {
	rows = slices.Clone(rows)
	day := ""
	for _, c := range list {
		i := slices.IndexFunc(rows, func(r Row) bool { return r.ISO2 == c.ISO2 })
		if i < 0 {
			return rows, fmt.Errorf("correction of %q: there is no such row", c.ISO2)
		}
		if err := c.check(rows[i], day); err != nil {
			return rows, fmt.Errorf("correction of %s: %w", c.ISO2, err)
		}
		day = c.Day
		*rows[i].mark(c.Service) = c.To
		if c.Service == "thn" {
			rows[i].Source, rows[i].Confidence = c.Source, c.Confidence
		}
	}
	return rows, nil
}

// check refuses what does not fit a row, or was entered before the one on a day.
func (c Correction) check(r Row, day string) error {
	mark := r.mark(c.Service)
	switch _, err := time.Parse(time.DateOnly, c.Day); {
	case mark == nil:
		return fmt.Errorf("no service is called %q", c.Service)
	case *mark != c.From || c.From == c.To:
		return fmt.Errorf("%s is %s, and cannot go from %s to %s", c.Service, *mark, c.From, c.To)
	case !slices.Contains([]Mark{Yes, No, Unknown}, c.To):
		return fmt.Errorf("%q is no mark", c.To)
	case c.Source.Title == "" || !strings.HasPrefix(c.Source.URL, "https://") || c.Source.Year <= 0:
		return fmt.Errorf("a better source has a title, an address and a year")
	case !slices.Contains([]Confidence{High, Medium, Low}, c.Confidence):
		return fmt.Errorf("%q is no confidence", c.Confidence)
	case err != nil || c.Day < day:
		return fmt.Errorf("%q is no day, or one before the last correction", c.Day)
	}
	return nil
}

// mark is the place of a service's mark in a row; nil: there is no such service.
func (r *Row) mark(service string) *Mark {
	return map[string]*Mark{"thn": &r.THN, "peer": &r.Peer, "prison": &r.Prison, "oat": &r.OAT, "nsp": &r.NSP, "dcr": &r.DCR}[service]
}
