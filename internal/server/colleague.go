package server

import (
	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// forFields let a sheet be entered for a colleague: their role, their account if
// they have one, and one's own role. They are on the page of the office and not
// among the questions that a phone keeps: it would have to keep sign-in names.
func (s *Server) forFields(r *request, f form.Several, site thn.Site, m map[string]string) ([]page.Field, error) {
	roles := colleagueFields(r, form.Distribution{Colleague: f.Colleague, Recorder: f.Recorder}, site, m)
	roles[0].Label, roles[0].Hint = r.locale.T("several.colleague"), r.locale.T("several.for_hint")
	roles[0].Options[0].Label = r.locale.T("several.for_me")
	account := hinted(r, textField(r, "account", "several.account", f.Account, m, true), "several.account_hint")
	if r.actor.May(thn.VerbPeople) {
		list, err := s.colleagues(r, f.Account)
		if err != nil {
			return nil, err
		}
		account.Kind, account.Options = page.FieldSelect, list
	}
	return []page.Field{roles[0], account, roles[1]}, nil
}

// colleagues lists who may give out kits within reach, for whoever may see who
// they are. A worker types the name that a colleague tells them instead.
func (s *Server) colleagues(r *request, chosen string) ([]page.Option, error) {
	people, err := s.Setup.People(r.ctx, r.actor)
	if err != nil {
		return nil, err
	}
	lang.Sort(r.locale, people, func(m thn.Member) string { return m.Account.Handle })
	list, listed := []page.Option{{Label: r.locale.T("several.account_none")}}, map[thn.ID]bool{r.actor.Account.ID: true}
	for _, m := range people {
		other := thn.Actor{Account: m.Account, Grant: m.Grant}
		if handle := m.Account.Handle; other.May(thn.VerbRecord) && !listed[m.Account.ID] {
			list, listed[m.Account.ID] = append(list, page.Option{Value: handle, Label: handle, Chosen: handle == chosen}), true
		}
	}
	return list, nil
}

// forWords says on one line who gave the kits.
func forWords(r *request, f form.Several) string {
	switch {
	case f.Account != "":
		return f.Account
	case f.Colleague != "":
		return r.locale.T("code.supplier." + f.Colleague)
	}
	return r.locale.T("several.for_me")
}

// ownBag refuses kits of a colleague that would go out of one's own bag: the form
// assumes that bag, and nobody would notice before the next count.
func (b *bench) ownBag(d thn.Distribution) error {
	if d.Recorder == "" || d.Bag == "" || d.Bag != b.hand.bag.ID {
		return nil
	}
	return fault.Fields("record for a colleague", fault.Field{Name: "from", Key: "several.own_bag"})
}
