package server

import "thntracker/internal/page"

// definitions is what every figure counts. It holds no figure, so whoever may see
// any may read it.
func definitions(_ *Server, r *request) (reply, error) {
	p := &page.Definitions{Base: page.Base{Heading: r.locale.T("nav.definitions"), Here: "figures"}}
	p.Draw(r.locale)
	return reply{page: p}, nil
}
