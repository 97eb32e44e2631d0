package server

import (
	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

func siteList(s *Server, r *request) (reply, error) {
	sites, err := s.Setup.Sites(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	areas, err := s.Directory.Areas(r.ctx, r.actor.Programme.ID)
	if err != nil {
		return reply{}, err
	}
	named := map[thn.ID]string{}
	for _, a := range areas {
		named[a.ID] = a.Name
	}
	lang.Sort(r.locale, sites, func(x thn.Site) string { return x.Name })
	closedLast(sites, func(x thn.Site) bool { return !x.Closed.IsZero() })
	t := page.Table{Columns: columns(r, "setup.name", "setup.area", "setup.site.setting", "setup.site.channel", "setup.since")}
	for _, x := range sites {
		act := acts(closeLink(r, "sites", x.ID))
		if !x.Closed.IsZero() {
			act = s.until(r, x.Closed)
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: x.Name, Note: x.Code}, {Text: named[x.Area]}, {Text: r.locale.T("code.setting." + string(x.Setting))},
			{Text: r.locale.T("code.channel." + string(x.Channel))}, {Text: r.locale.Date(x.Opened)}, act}})
	}
	return listing(r, "sites", t)
}

func siteNew(s *Server, r *request) (reply, error) {
	return s.siteForm(r, form.Site{ID: string(thn.NewID()), PeerLed: "no", Supplier: "paid_worker"}, nil)
}

func (s *Server) siteForm(r *request, f form.Site, wrong error) (reply, error) {
	areas, err := s.Setup.Areas(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	again := func(wrong error) *page.FormPage {
		return s.adding(r, "sites", "/sites", wrong, func(m map[string]string) []page.Field {
			channel := codes(r, "channel", "setup.site.channel", "channel", thn.Channels, f.Channel, m, true)
			channel.Hint = r.locale.T("setup.site.channel_hint")
			return []page.Field{idField(f.ID), textField(r, "name", "setup.name", f.Name, m, false), areaChoice(r, "area", "setup.area", areas, f.Area, m),
				codes(r, "setting", "setup.site.setting", "setting", thn.ServiceTypes, f.Setting, m, false), channel,
				codes(r, "supplier", "setup.site.supplier", "supplier", thn.Suppliers, f.Supplier, m, false),
				yesNo(r, "peer_led", "setup.site.peer_led", f.PeerLed, m), codeOfField(r, f.Code, m),
				dayField(r, "opened", "setup.site.opened", f.Opened(), m, true)}
		})
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "sites", "", wrong, again)
}

func siteCreate(s *Server, r *request) (reply, error) {
	var f form.Site
	err := r.form(&f)
	if err == nil {
		var x thn.Site
		if x, err = f.ToDomain(); err == nil {
			err = s.Setup.AddSite(r.ctx, r.actor, x)
		}
	}
	if err != nil {
		return s.siteForm(r, f, err)
	}
	return s.answered(r, "sites", "setup.added", nil, nil)
}

func (s *Server) siteEnding(r *request) (ending, error) {
	id, err := r.id("id")
	if err != nil {
		return ending{}, err
	}
	x, err := s.Setup.Site(r.ctx, r.actor, id)
	return closing(r, "sites", id, x.Name), err
}

func siteClose(s *Server, r *request) (reply, error) {
	e, err := s.siteEnding(r)
	return s.askDay(r, e, err)
}

func siteEnd(s *Server, r *request) (reply, error) {
	e, err := s.siteEnding(r)
	return s.endOn(r, e, err, func(day thn.Date) error { return s.Setup.CloseSite(r.ctx, r.actor, e.id, day) })
}
