package server

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// open lists the public releases that may be read now, of a country or of all. The
// hour is each reader's own: a look that is shared opens no release late.
func (s *Server) open(r *request, country string) (onShelf, error) {
	if s.Shelf == nil {
		return onShelf{}, fault.Say(fault.Unavailable, "public pages", "public.unavailable", nil)
	}
	country = strings.ToUpper(country)
	if len(country) > 2 {
		return onShelf{}, nil
	}
	look, err := s.looks.at(country, func() (look onShelf, err error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), requestTime) // one reader who leaves takes nothing from the others
		defer cancel()
		if look.open, err = s.Shelf.Public(ctx, country); err == nil {
			look.said, err = s.Shelf.Announced(ctx, country)
		}
		return look, err
	})
	now := s.Now()
	look.open = slices.DeleteFunc(slices.Clone(look.open), func(e thn.Edition) bool { return !e.Open(now) })
	return look, err
}

// drawnFor draws a page for everybody once for as long as the same releases are
// open. A release never changes, so a page depends on its address, its language, the
// name of the server in it, and which releases are open: with another one among
// them, it is another page. What was looked for by name is drawn each time, because
// there is no end to names.
func (s *Server) drawnFor(r *request, look onShelf, draw func(*request) (reply, error)) (reply, error) {
	own := *r
	own.ctx = context.WithoutCancel(r.ctx) // others wait for the same page
	made := func() (reply, error) {
		a, err := draw(&own)
		if err == nil {
			asset := page.NewAsset(a.kind, a.body)
			a.packed, a.tag = asset.Packed, asset.Tag
		}
		return a, err
	}
	if r.query().Get("country") != "" {
		return made()
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q %q %s\n", r.gin.Request.URL.Path, r.query().Get("lang"), r.locale.Code, s.host(r), thn.DateOf(s.Now(), utc))
	for _, e := range look.open {
		fmt.Fprintf(sum, "%s %d %s\n", e.Programme, e.Number, e.Hash)
	}
	for _, a := range look.said {
		fmt.Fprintf(sum, "%s\n", a.ID)
	}
	return s.pages.once(string(sum.Sum(nil)), made)
}
