package release

import (
	"context"

	"thntracker/internal/thn"
)

// Statement is what the programme states of a service, as an edition keeps it. It
// names the programme's source and nobody who gave it.
type Statement struct {
	Service thn.Service `json:"service"`
	Exists  thn.Answer  `json:"exists"`
	Source  string      `json:"source"`
	URL     string      `json:"url"`
	Dated   thn.Date    `json:"dated"` // day of the source
}

// Stated gives what the programme states of a service; false: nothing.
func (f Figures) Stated(service thn.Service) (Statement, bool) {
	for _, s := range f.Statements {
		if s.Service == service {
			return s, true
		}
	}
	return Statement{}, false
}

// statements are what stood at the hour of an order, one for each service and in
// the order of thn.Services. What was given after the edition with a number was
// closed is not in it, also when that was in the same hour.
func (r Releases) statements(ctx context.Context, o Order, upTo int) (frozen []Statement, err error) {
	list, err := r.Ledger.Statements(ctx, o.Programme.ID, o.AsAt)
	if err != nil {
		return nil, err
	}
	var given []thn.Statement
	for _, s := range list {
		if s.Edition <= upTo {
			given = append(given, s)
		}
	}
	for _, s := range thn.Standing(given) {
		frozen = append(frozen, Statement{Service: s.Service, Exists: s.Exists, Source: s.Source, URL: s.URL, Dated: s.Dated})
	}
	return frozen, nil
}
