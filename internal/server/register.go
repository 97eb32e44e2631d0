package server

import (
	"net/http"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// The registers (sites, areas, products, batches, people, denominators) share
// these few moves: a list, a form to add, and a page that asks once more before
// something ends.

// listing draws a register.
func listing(r *request, key string, t page.Table) (reply, error) {
	l := r.locale
	t.Caption = l.T("nav." + key)
	p := &page.ListPage{Base: page.Base{Heading: l.T("nav." + key), Here: key, Wide: true}, Intro: []string{l.T("setup.intro." + key)},
		Add: page.Option{Value: "/" + key + "/new", Label: l.T("setup.add." + key)}, Empty: l.T("setup.empty." + key), Table: t}
	return reply{page: p}, nil
}

// columns names the columns of a register; the last is for what can be done.
func columns(r *request, keys ...string) (list []page.Column) {
	for _, k := range keys {
		list = append(list, page.Column{Label: r.locale.T(k)})
	}
	return append(list, page.Column{Label: r.locale.T("list.actions")})
}

// adding draws the form of a new thing.
func (s *Server) adding(r *request, key, action string, wrong error, fields func(m map[string]string) []page.Field) *page.FormPage {
	l := r.locale
	p := &page.FormPage{Base: page.Base{Heading: l.T("setup.add." + key), Here: key}}
	m := s.problems(r, wrong, &p.Base)
	p.Form = page.Form{Action: action, Submit: l.T("form.save"), Cancel: "/" + key, Fields: fields(m)}
	return p
}

// answered finishes a posted form: back to the list with a notice, the form
// again with messages, or the error.
func (s *Server) answered(r *request, key, done string, err error, again func(error) *page.FormPage) (reply, error) {
	switch {
	case err == nil:
		s.notice(r, r.locale.T(done))
		return seeOther("/" + key)
	case fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0:
		return reply{status: http.StatusUnprocessableEntity, page: again(err)}, nil
	}
	return reply{}, err
}

// asking draws the page that asks once more, naming what will end.
func (s *Server) asking(r *request, key, heading, name, action string, wrong error, fields func(m map[string]string) []page.Field) *page.FormPage {
	l := r.locale
	p := &page.FormPage{Base: page.Base{Heading: l.T(heading, "Name", name), Here: key}, Intro: []string{l.T("setup.close.intro")}}
	m := s.problems(r, wrong, &p.Base)
	p.Form = page.Form{Action: action, Submit: l.T("setup.close.submit"), Danger: true, Cancel: "/" + key}
	if fields != nil {
		p.Form.Fields = fields(m)
	}
	return p
}

// closingFields asks for the first day on which something no longer is.
func closingFields(r *request, f form.Closing) func(map[string]string) []page.Field {
	return func(m map[string]string) []page.Field {
		return []page.Field{dayField(r, "from", "setup.close.from", f.From(), m, false)}
	}
}

func dayField(r *request, name, label string, d form.Day, m map[string]string, optional bool) page.Field {
	return page.Field{Kind: page.FieldDate, Name: name, Label: r.locale.T(label), Day: d.Day, Month: d.Month, Year: d.Year, Error: m[name], Optional: optional}
}

func textField(r *request, name, label, value string, m map[string]string, optional bool) page.Field {
	return page.Field{Kind: page.FieldText, Name: name, Label: r.locale.T(label), Value: value, Error: m[name], Optional: optional}
}

func idField(id string) page.Field { return page.Field{Kind: page.FieldHidden, Name: "id", Value: id} }

// yesNo asks a question that has two answers.
func yesNo(r *request, name, label, value string, m map[string]string) page.Field {
	f := page.Field{Kind: page.FieldRadio, Name: name, Label: r.locale.T(label), Error: m[name]}
	for _, v := range []string{"yes", "no"} {
		f.Options = append(f.Options, page.Option{Value: v, Label: r.locale.T("setup." + v), Chosen: v == value})
	}
	return f
}

// codes asks for one of a closed list: buttons for a short one, a list for a long one.
func codes[C ~string](r *request, name, label, list string, all []C, value string, m map[string]string, optional bool) page.Field {
	f := codeField(r, name, label, list, all, value, m[name])
	f.Optional = optional
	if len(all) > 7 {
		f.Kind = page.FieldSelect
		f.Options = append([]page.Option{{Label: r.locale.T("form.choose")}}, f.Options...)
	}
	return f
}

// areaChoice asks for an area among those in reach, in the order of names.
func areaChoice(r *request, name, label string, areas []thn.Area, value string, m map[string]string) page.Field {
	f := page.Field{Kind: page.FieldSelect, Name: name, Label: r.locale.T(label), Error: m[name], Options: []page.Option{{Label: r.locale.T("form.choose")}}}
	for _, row := range treeOf(r, areas) {
		f.Options = append(f.Options, page.Option{Value: string(row.area.ID), Label: row.indent + row.area.Name, Chosen: string(row.area.ID) == value})
	}
	return f
}

// confirmed reads a page that only asks whether to go on.
func confirmed(r *request) (form.Confirmed, error) {
	var f form.Confirmed
	return f, r.form(&f)
}
