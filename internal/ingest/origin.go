package ingest

import (
	"thntracker/internal/thn"
)

// origin is where a figure comes from. It is kept with every figure.
type origin struct {
	source, url string
	asAt        thn.Date
}

// origin reads source, address and vintage: from the row where it says them,
// else from the mapping.
func (p *planner) origin(e entry) (o origin, err error) {
	o.source, o.url = or(e.get(FieldSource).text, p.mapping.Source), or(e.get(FieldURL).text, p.mapping.URL)
	if o.source == "" {
		return o, e.where.Refuse("row.source", nil)
	}
	if o.asAt, err = p.day(e.get(FieldAsAt)); err != nil {
		return o, err
	}
	if o.asAt.IsZero() && p.mapping.AsAt != "" {
		o.asAt, err = thn.ParseDate(p.mapping.AsAt)
	}
	return o, err
}

func or(first, second string) string {
	if first != "" {
		return first
	}
	return second
}
