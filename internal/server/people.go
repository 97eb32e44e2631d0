package server

import (
	"slices"

	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/setup"
	"thntracker/internal/thn"
)

func personList(s *Server, r *request) (reply, error) {
	people, err := s.Setup.People(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	scopes, err := s.scopes(r)
	if err != nil {
		return reply{}, err
	}
	over := func(m thn.Member) bool { return m.Account.Disabled || m.Grant.Ended }
	lang.Sort(r.locale, people, func(m thn.Member) string { return m.Account.Handle })
	closedLast(people, over)
	roles := map[thn.ID]int{} // how many each account still has
	for _, m := range people {
		if !over(m) {
			roles[m.Account.ID]++
		}
	}
	t := page.Table{Columns: columns(r, "setup.person.handle", "setup.person.role", "setup.person.scope", "setup.person.state")}
	for _, m := range people {
		t.Rows = append(t.Rows, page.Row{Here: m.Account.ID == r.actor.Account.ID, Cells: []page.Cell{{Text: m.Account.Handle}, {Text: r.locale.T("role." + string(m.Grant.Role))},
			{Text: scopes[scopeOf(m.Grant)]}, {Text: r.locale.T("setup.person." + stateOf(m))}, personActs(r, m, roles[m.Account.ID])}})
	}
	return listing(r, "people", t)
}

func stateOf(m thn.Member) string {
	switch {
	case m.Account.Disabled:
		return "disabled"
	case m.Grant.Ended:
		return "ended"
	}
	return "active"
}

// personActs is what the actor may do with a role: nothing with their own, or
// with one above theirs. A role that ended may be given anew while its holder
// has no other.
func personActs(r *request, m thn.Member, roles int) page.Cell {
	link := func(what, key string) page.Option {
		return page.Option{Value: "/people/" + string(m.Grant.ID) + "/" + what, Label: r.locale.T(key)}
	}
	switch {
	case setup.MayTake(r.actor, m) != nil || m.Account.Disabled || m.Grant.Ended && roles > 0:
		return page.Cell{}
	case m.Grant.Ended:
		return acts(link("role", "setup.person.again"), link("close", "setup.end"))
	case roles > 1:
		return acts(link("role", "setup.person.change"), link("end", "setup.person.end"), link("close", "setup.end"))
	}
	return acts(link("role", "setup.person.change"), link("close", "setup.end"))
}

func scopeOf(g thn.Grant) string {
	switch {
	case g.Site != "":
		return form.ScopeSite(g.Site)
	case g.Area != "":
		return form.ScopeArea(g.Area)
	}
	return form.ScopeAll
}

// scopes names everything that a role in the actor's reach may cover, closed
// places included.
func (s *Server) scopes(r *request) (map[string]string, error) {
	named := map[string]string{form.ScopeAll: r.locale.T("setup.person.all")}
	areas, err := s.Directory.Areas(r.ctx, r.actor.Programme.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range areas {
		if r.actor.ReachesArea(a.ID) {
			named[form.ScopeArea(a.ID)] = a.Name
		}
	}
	sites, err := s.Directory.Sites(r.ctx, r.actor.Programme.ID)
	for _, x := range sites {
		if r.actor.Reaches(x) {
			named[form.ScopeSite(x.ID)] = x.Name
		}
	}
	return named, err
}

// scopeOptions are the places that a role may be given for: the programme, then
// areas and sites that are open, each by name.
func (s *Server) scopeOptions(r *request, chosen string) ([]page.Option, error) {
	areas, err := s.Setup.Areas(r.ctx, r.actor)
	if err != nil {
		return nil, err
	}
	sites, err := s.Setup.Sites(r.ctx, r.actor)
	if err != nil {
		return nil, err
	}
	var list []page.Option
	offer := func(value, name string) {
		list = append(list, page.Option{Value: value, Label: name, Chosen: value == chosen})
	}
	if r.actor.Whole() {
		offer(form.ScopeAll, r.locale.T("setup.person.all"))
	}
	areas = slices.DeleteFunc(areas, func(a thn.Area) bool { return a.Kind == thn.AreaCountry || !a.ValidTo.IsZero() })
	for _, b := range treeOf(r, areas) {
		offer(form.ScopeArea(b.area.ID), r.locale.T("setup.person.in_area", "Name", b.area.Name))
	}
	sites = slices.DeleteFunc(sites, func(x thn.Site) bool { return !x.Closed.IsZero() })
	lang.Sort(r.locale, sites, func(x thn.Site) string { return x.Name })
	for _, x := range sites {
		offer(form.ScopeSite(x.ID), r.locale.T("setup.person.at_site", "Name", x.Name))
	}
	return list, nil
}

func personNew(s *Server, r *request) (reply, error) {
	f := form.Person{}
	if r.actor.Whole() {
		f.Scope = form.ScopeAll
	}
	return s.personForm(r, f, nil)
}

func (s *Server) personForm(r *request, f form.Person, wrong error) (reply, error) {
	scopes, err := s.scopeOptions(r, f.Scope)
	if err != nil {
		return reply{}, err
	}
	again := func(wrong error) *page.FormPage {
		return s.adding(r, "people", "/people", wrong, func(m map[string]string) []page.Field {
			handle := hinted(r, textField(r, "handle", "setup.person.handle", f.Handle, m, false), "first_run.handle_hint")
			return []page.Field{handle,
				{Kind: page.FieldPassword, Name: "password", Label: r.locale.T("setup.person.password"), Hint: r.locale.T("first_run.password_hint"), Error: m["password"], Complete: "new-password"},
				roleField(r, f.Role, m), choice(r, "scope", "setup.person.scope", m["scope"], scopes)}
		})
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "people", "", wrong, again)
}

// roleField offers the roles that the actor may give.
func roleField(r *request, chosen string, m map[string]string) page.Field {
	f := page.Field{Kind: page.FieldRadio, Name: "role", Label: r.locale.T("setup.person.role"), Error: m["role"]}
	for _, role := range setup.Roles(r.actor) {
		f.Options = append(f.Options, page.Option{Value: string(role), Label: r.locale.T("role." + string(role)), Chosen: string(role) == chosen})
	}
	return f
}

func personCreate(s *Server, r *request) (reply, error) {
	var f form.Person
	err := r.form(&f)
	if err == nil {
		p := setup.NewPerson{Handle: f.Handle, Password: f.Password, Role: thn.Role(f.Role)}
		if p.Area, p.Site, err = form.Place(f.Scope); err == nil {
			err = s.Setup.AddPerson(r.ctx, r.actor, p)
		}
	}
	if err != nil {
		return s.personForm(r, f, err)
	}
	return s.answered(r, "people", "setup.added", nil, nil)
}
