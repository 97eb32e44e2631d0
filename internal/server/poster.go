package server

import (
	"net/http"
	"slices"

	"thntracker/internal/page"
	"thntracker/internal/poster"
)

// posterSays are the things that a poster can lead to. It is a list, because
// what hangs on a wall under a programme's name is said in words that were read
// over.
var posterSays = []string{"kit", "overdose", "naloxone"}

// posterShow asks for the address of a public page and draws the poster of it.
// The address stands in that of this page and is kept nowhere.
func posterShow(s *Server, r *request) (reply, error) {
	q, l := r.query(), r.locale
	p := &page.Poster{Base: page.Base{Heading: l.T("poster.title"), Here: "poster"}}
	status, messages := http.StatusOK, map[string]string{}
	if q.Has("address") {
		address, err := poster.Read(q.Get("address"))
		if err != nil {
			status, messages = http.StatusUnprocessableEntity, s.problems(r, err, &p.Base)
		} else if err := p.Draw(address); err != nil {
			return reply{}, err
		}
	}
	chosen := q.Get("says")
	if !slices.Contains(posterSays, chosen) {
		chosen = posterSays[0]
	}
	p.Says = l.T("poster.says." + chosen)
	p.Ask = posterForm(r, chosen, messages)
	return reply{status: status, page: p}, nil
}

// posterForm asks for the address and for what it leads to.
func posterForm(r *request, chosen string, messages map[string]string) page.Form {
	l := r.locale
	says := page.Field{Kind: page.FieldRadio, Name: "says", Label: l.T("poster.leads")}
	for _, key := range posterSays {
		says.Options = append(says.Options, page.Option{Value: key, Label: l.T("poster.says." + key), Chosen: key == chosen})
	}
	address := page.Field{Kind: page.FieldText, Name: "address", Label: l.T("poster.address"), Hint: l.T("poster.address_hint"),
		Value: r.query().Get("address"), Error: messages["address"], Complete: "url"}
	return page.Form{Action: "/poster", Submit: l.T("poster.make"), Fields: []page.Field{address, says}}
}
