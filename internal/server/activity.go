package server

import (
	"net/url"
	"strconv"
	"strings"

	"thntracker/internal/activity"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// activityList shows what happened in the actor's own area. All that it was
// asked is in the address: the ids of a site and of an account, never a name.
func activityList(s *Server, r *request) (reply, error) {
	q := r.query()
	f := activity.Filter{Site: thn.ID(q.Get("site")), Kind: q.Get("kind"), Person: thn.ID(q.Get("person"))}
	f.Before, _ = strconv.ParseInt(q.Get("before"), 10, 64) // what is no number starts from the newest
	found, err := s.Activity.See(r.ctx, r.actor, f)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	p := &page.Activity{Base: page.Base{Heading: l.T("activity.title"), Here: "activity", Wide: true}, Empty: l.T("activity.empty"),
		Intro: []string{l.T("activity.intro"), l.T("activity.intro_names")}, Filters: activityFilters(r, f, found)}
	p.Table = page.Table{Caption: l.T("activity.title")}
	for _, key := range []string{"activity.when", "activity.who", "activity.what", "activity.where"} {
		p.Table.Columns = append(p.Table.Columns, page.Column{Label: l.T(key)})
	}
	for _, a := range found.Acts {
		p.Table.Rows = append(p.Table.Rows, page.Row{Cells: []page.Cell{{Text: s.hour(r, a.Hour)}, {Text: whoOf(r, a)},
			{Text: inWords(r, "activity.did.", a.Action), Note: inWords(r, "kind.", a.Kind)}, {Text: whereOf(r, a)}}})
	}
	p.Links = turning(r, f, found)
	return reply{page: p}, nil
}

// whoOf names whoever did it: by handle, after half a year by role.
func whoOf(r *request, a activity.Act) string {
	switch {
	case a.Handle != "":
		return a.Handle
	case a.Role != "":
		return r.locale.T("role." + string(a.Role))
	case a.Account == "":
		return r.locale.T("activity.program")
	}
	return r.locale.T("review.somebody")
}

func whereOf(r *request, a activity.Act) string {
	if a.Place == "" {
		return r.locale.T("activity.whole")
	}
	return a.Place
}

// inWords puts a code into words; one without words is shown as it is written.
func inWords(r *request, prefix, code string) string {
	if r.locale.Has(prefix + code) {
		return r.locale.T(prefix + code)
	}
	return strings.ReplaceAll(code, "_", " ")
}

func activityFilters(r *request, f activity.Filter, found activity.Page) page.Form {
	l := r.locale
	chooser := func(name, all string) page.Field {
		return page.Field{Kind: page.FieldSelect, Name: name, Label: l.T("activity." + name), Options: []page.Option{{Label: l.T(all)}}}
	}
	site, kind, person := chooser("site", "activity.all_sites"), chooser("kind", "activity.all_kinds"), chooser("person", "activity.everybody")
	lang.Sort(l, found.Sites, func(s thn.Site) string { return s.Name })
	for _, s := range found.Sites {
		site.Options = append(site.Options, page.Option{Value: string(s.ID), Label: s.Name, Chosen: s.ID == f.Site})
	}
	for _, k := range thn.ActKinds {
		kind.Options = append(kind.Options, page.Option{Value: k, Label: l.T("kind." + k), Chosen: k == f.Kind})
	}
	lang.Sort(l, found.People, func(a thn.Account) string { return a.Handle })
	for _, a := range found.People {
		person.Options = append(person.Options, page.Option{Value: string(a.ID), Label: a.Handle, Chosen: a.ID == f.Person})
	}
	return page.Form{Action: "/activity", Submit: l.T("activity.show"), Fields: []page.Field{site, kind, person}}
}

// turning leads to what came earlier, and back to the newest.
func turning(r *request, f activity.Filter, found activity.Page) (links []page.Option) {
	address := func(before int64) string {
		q := url.Values{}
		for name, value := range map[string]string{"site": string(f.Site), "kind": f.Kind, "person": string(f.Person)} {
			if value != "" {
				q.Set(name, value)
			}
		}
		if before > 0 {
			q.Set("before", strconv.FormatInt(before, 10))
		}
		if len(q) == 0 {
			return "/activity"
		}
		return "/activity?" + q.Encode()
	}
	if found.Older > 0 {
		links = append(links, page.Option{Value: address(found.Older), Label: r.locale.T("activity.older")})
	}
	if f.Before > 0 {
		links = append(links, page.Option{Value: address(0), Label: r.locale.T("activity.newest")})
	}
	return links
}
