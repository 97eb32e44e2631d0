package server

import (
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/setup"
	"thntracker/internal/thn"
)

// holder gives the role that the address names, if the actor may take it.
func (s *Server) holder(r *request) (thn.Member, error) {
	id, err := r.id("id")
	if err != nil {
		return thn.Member{}, err
	}
	m, err := s.Setup.Person(r.ctx, r.actor, id)
	if err == nil {
		err = setup.MayTake(r.actor, m)
	}
	return m, err
}

func roleForm(s *Server, r *request) (reply, error) {
	m, err := s.holder(r)
	if err != nil {
		return reply{}, err
	}
	return s.rolePage(r, m, form.Role{Role: string(m.Grant.Role), Scope: scopeOf(m.Grant)}, nil)
}

// rolePage asks for a role in place of the one somebody has.
func (s *Server) rolePage(r *request, m thn.Member, f form.Role, wrong error) (reply, error) {
	scopes, err := s.scopeOptions(r, f.Scope)
	if err != nil {
		return reply{}, err
	}
	again := func(wrong error) *page.FormPage {
		p := s.adding(r, "people", "/people/"+string(m.Grant.ID)+"/role", wrong, func(m map[string]string) []page.Field {
			return []page.Field{roleField(r, f.Role, m), choice(r, "scope", "setup.person.scope", m["scope"], scopes)}
		})
		p.Heading, p.Intro = r.locale.T("setup.person.change_title", "Name", m.Account.Handle), []string{r.locale.T("setup.person.change_intro")}
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "people", "", wrong, again)
}

func roleChange(s *Server, r *request) (reply, error) {
	m, err := s.holder(r)
	if err != nil {
		return reply{}, err
	}
	var f form.Role
	if err = r.form(&f); err == nil {
		g := thn.Grant{Role: thn.Role(f.Role)}
		if g.Area, g.Site, err = form.Place(f.Scope); err == nil {
			err = s.Setup.ChangeRole(r.ctx, r.actor, m.Grant.ID, g)
		}
	}
	if err != nil {
		return s.rolePage(r, m, f, err)
	}
	return s.answered(r, "people", "setup.person.changed", nil, nil)
}

// roleEnding asks before one of somebody's roles ends.
func (s *Server) roleEnding(r *request) (ending, error) {
	m, err := s.holder(r)
	heading := r.locale.T("setup.person.end_title", "Name", m.Account.Handle, "Role", r.locale.T("role."+string(m.Grant.Role)))
	return ending{id: m.Grant.ID, key: "people", path: "/people/" + string(m.Grant.ID) + "/end", heading: heading,
		intro: "setup.person.end_intro", submit: "setup.person.end_submit", done: "setup.person.changed"}, err
}

func roleClose(s *Server, r *request) (reply, error) {
	e, err := s.roleEnding(r)
	return s.askNow(r, e, err)
}

func roleEnd(s *Server, r *request) (reply, error) {
	e, err := s.roleEnding(r)
	return s.endNow(r, e, err, func(thn.ID) error { return s.Setup.EndGrant(r.ctx, r.actor, e.id) })
}

// personEnding asks before an account is closed.
func (s *Server) personEnding(r *request) (ending, error) {
	m, err := s.holder(r)
	e := closing(r, "people", m.Grant.ID, m.Account.Handle)
	e.intro = "setup.person.close_intro"
	return e, err
}

func personClose(s *Server, r *request) (reply, error) {
	e, err := s.personEnding(r)
	return s.askNow(r, e, err)
}

func personEnd(s *Server, r *request) (reply, error) {
	e, err := s.personEnding(r)
	return s.endNow(r, e, err, func(thn.ID) error { return s.Setup.Disable(r.ctx, r.actor, e.id) })
}
