package server

import (
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
	lang.Sort(r.locale, people, func(m thn.Member) string { return m.Account.Handle })
	t := page.Table{Columns: columns(r, "setup.person.handle", "setup.person.role", "setup.person.scope", "setup.person.state")}
	for _, m := range people {
		state, act := r.locale.T("setup.person.active"), page.Cell{Text: r.locale.T("setup.end"), Action: "/people/" + string(m.Grant.ID) + "/close"}
		if m.Account.Disabled || m.Grant.Ended {
			state, act = r.locale.T("setup.no_longer"), page.Cell{}
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: m.Account.Handle}, {Text: r.locale.T("role." + string(m.Grant.Role))},
			{Text: scopes[scopeOf(m.Grant)]}, {Text: state}, act}})
	}
	return listing(r, "people", t)
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

// scopes names everything that a role can reach.
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

func personNew(s *Server, r *request) (reply, error) {
	return s.personForm(r, form.Person{Scope: form.ScopeAll}, nil)
}

func (s *Server) personForm(r *request, f form.Person, wrong error) (reply, error) {
	scopes, err := s.scopes(r)
	if err != nil {
		return reply{}, err
	}
	again := func(wrong error) *page.FormPage {
		return s.adding(r, "people", "/people", wrong, func(m map[string]string) []page.Field {
			handle := textField(r, "handle", "setup.person.handle", f.Handle, m, false)
			handle.Hint, handle.Complete = r.locale.T("first_run.handle_hint"), "off"
			return []page.Field{handle,
				{Kind: page.FieldPassword, Name: "password", Label: r.locale.T("setup.person.password"), Hint: r.locale.T("first_run.password_hint"), Error: m["password"], Complete: "new-password"},
				roleField(r, f.Role, m), scopeField(r, scopes, f.Scope, m)}
		})
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "people", "", wrong, again)
}

func roleField(r *request, chosen string, m map[string]string) page.Field {
	f := page.Field{Kind: page.FieldRadio, Name: "role", Label: r.locale.T("setup.person.role"), Error: m["role"]}
	for _, role := range thn.Roles {
		f.Options = append(f.Options, page.Option{Value: string(role), Label: r.locale.T("role." + string(role)), Chosen: string(role) == chosen})
	}
	return f
}

func scopeField(r *request, scopes map[string]string, chosen string, m map[string]string) page.Field {
	f := page.Field{Kind: page.FieldSelect, Name: "scope", Label: r.locale.T("setup.person.scope"), Error: m["scope"]}
	for value, name := range scopes {
		if value == form.ScopeAll && !r.actor.Whole() {
			continue
		}
		f.Options = append(f.Options, page.Option{Value: value, Label: name, Chosen: value == chosen})
	}
	lang.Sort(r.locale, f.Options, func(o page.Option) string {
		if o.Value == form.ScopeAll {
			return ""
		}
		return o.Label
	})
	return f
}

func personCreate(s *Server, r *request) (reply, error) {
	var f form.Person
	err := r.form(&f)
	if err == nil {
		p := setup.NewPerson{Handle: f.Handle, Password: f.Password, Role: thn.Role(f.Role)}
		if p.Area, p.Site, err = f.Place(); err == nil {
			err = s.Setup.AddPerson(r.ctx, r.actor, p)
		}
	}
	if err != nil {
		return s.personForm(r, f, err)
	}
	return s.answered(r, "people", "setup.added", nil, nil)
}

func (s *Server) personName(r *request) func(thn.ID) (string, error) {
	return func(id thn.ID) (string, error) {
		m, err := s.Setup.Person(r.ctx, r.actor, id)
		return m.Account.Handle, err
	}
}

func personClose(s *Server, r *request) (reply, error) {
	return s.closeAsked(r, "people", s.personName(r), nil)
}

func personEnd(s *Server, r *request) (reply, error) {
	return s.closeAsked(r, "people", s.personName(r), func(id, _ thn.ID) error { return s.Setup.Disable(r.ctx, r.actor, id) })
}
