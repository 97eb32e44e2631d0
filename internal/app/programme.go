package app

import (
	"context"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Programmes is where programmes are listed.
type Programmes interface {
	Programmes(ctx context.Context) ([]thn.Programme, error)
}

// Programme finds the programme that a command means: by id, or the only one of
// a country, or the only one there is.
func Programme(ctx context.Context, from Programmes, country, id string) (thn.Programme, error) {
	const op = "find programme"
	all, err := from.Programmes(ctx)
	if err != nil {
		return thn.Programme{}, fault.Wrap(op, err)
	}
	var found []thn.Programme
	for _, p := range all {
		if (id == "" || string(p.ID) == id) && (country == "" || strings.EqualFold(p.Country, country)) {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		return thn.Programme{}, fault.New(fault.NotFound, op, "no programme for country %q: set one up in the browser, or import with --country", country)
	case 1:
		return found[0], nil
	}
	return thn.Programme{}, fault.New(fault.Invalid, op, "%d programmes fit: name one with --programme (thn user list shows them)", len(found))
}
