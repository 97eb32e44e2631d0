package setup

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Sites lists the sites that the actor reaches, closed ones included.
func (s *Setup) Sites(ctx context.Context, actor thn.Actor) ([]thn.Site, error) {
	const op = "list sites"
	if err := may(actor, thn.VerbSetup, op); err != nil {
		return nil, err
	}
	sites, err := s.store.Sites(ctx, actor.Programme.ID)
	return slices.DeleteFunc(sites, func(x thn.Site) bool { return !actor.Reaches(x) }), fault.Wrap(op, err)
}

// Site gives one site that the actor reaches.
func (s *Setup) Site(ctx context.Context, actor thn.Actor, id thn.ID) (thn.Site, error) {
	sites, err := s.Sites(ctx, actor)
	if err != nil {
		return thn.Site{}, err
	}
	return pick(sites, "site", func(x thn.Site) bool { return x.ID == id })
}

// AddSite adds a site in an area that the actor reaches. A site without a
// channel of its own reports under the one that goes with its setting.
func (s *Setup) AddSite(ctx context.Context, actor thn.Actor, site thn.Site) error {
	const op = "add site"
	areas, err := s.Areas(ctx, actor)
	if err != nil {
		return fault.Wrap(op, err)
	}
	all, err := s.store.Sites(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if slices.ContainsFunc(all, func(x thn.Site) bool { return x.ID == site.ID }) {
		return nil // the same button, pressed twice
	}
	var w wrong
	site.Name, site.Code = w.name("name", site.Name, "setup.name_missing"), w.text("code", site.Code)
	w.add(!slices.ContainsFunc(areas, func(a thn.Area) bool { return a.ID == site.Area && a.ValidTo.IsZero() }), "area", "setup.area_unknown")
	for _, x := range all {
		w.add(x.Area == site.Area && same(x.Name, site.Name), "name", "setup.site_taken")
		w.add(x.Code != "" && x.Code == site.Code, "code", "setup.code_taken")
	}
	w.serves(&site)
	w.ahead("opened", site.Opened, s.today(actor))
	site.Closed = thn.Date{}
	if err := w.err(op); err != nil {
		return err
	}
	return taken(op, s.store.AddSites(ctx, actor.Programme.ID, actor.Account.ID, site), "name", "setup.site_taken")
}

// serves checks how a site gives out kits.
func (w *wrong) serves(site *thn.Site) {
	known(w, thn.ServiceTypes, site.Setting, "setting", "setup.choose_list")
	if site.Channel == "" {
		site.Channel = thn.ChannelOf(site.Setting)
	}
	known(w, thn.Channels, site.Channel, "channel", "setup.choose_list")
	known(w, thn.Suppliers, site.Supplier, "supplier", "setup.choose_list")
}

// CloseSite sets the first day on which a site gives out no more.
func (s *Setup) CloseSite(ctx context.Context, actor thn.Actor, id thn.ID, from thn.Date) error {
	const op = "close site"
	site, err := s.Site(ctx, actor, id)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if !site.Closed.IsZero() {
		return closedAlready(op)
	}
	var w wrong
	w.add(from.IsZero(), "from", "setup.day_missing")
	w.add(!site.Opened.IsZero() && from.Before(site.Opened), "from", "setup.day_before_begin")
	w.ahead("from", from, s.today(actor))
	if err := w.err(op); err != nil {
		return err
	}
	return fault.Wrap(op, s.store.CloseSite(ctx, actor.Programme.ID, actor.Account.ID, id, from))
}
