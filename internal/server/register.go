package server

import (
	"net/http"
	"slices"
	"strings"

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
		Empty: l.T("setup.empty." + key), Table: t}
	if mayAdd(r.actor, key) {
		p.Add = page.Option{Value: "/" + key + "/new", Label: l.T("setup.add." + key)}
	}
	return reply{page: p}, nil
}

// mayAdd tells whether it makes sense to offer adding: products, batches and
// statements are for the whole programme, and a role in one site reaches no area to add to.
func mayAdd(actor thn.Actor, key string) bool {
	switch key {
	case "products", "batches", "statements", "contribution":
		return actor.Whole()
	case "people":
		return true
	case "phones": // they ask by themselves
		return false
	}
	return actor.Grant.Site == ""
}

// columns names the columns of a register; the last is for what can be done.
func columns(r *request, keys ...string) (list []page.Column) {
	for _, k := range keys {
		list = append(list, page.Column{Label: r.locale.T(k)})
	}
	return append(list, actsColumn(r))
}

// actsColumn is the column of what can be done, always the last.
func actsColumn(r *request) page.Column {
	return page.Column{Label: r.locale.T("list.actions"), Acts: true}
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

func dayField(r *request, name, label string, d form.Day, m map[string]string, optional bool) page.Field {
	return page.Field{Kind: page.FieldDate, Name: name, Label: r.locale.T(label), Day: d.Day, Month: d.Month, Year: d.Year, Error: m[name], Optional: optional}
}

func textField(r *request, name, label, value string, m map[string]string, optional bool) page.Field {
	return page.Field{Kind: page.FieldText, Name: name, Label: r.locale.T(label), Value: value, Error: m[name], Optional: optional}
}

// numberField asks for a number; phones show digits for it.
func numberField(r *request, name, label, value string, m map[string]string, optional bool) page.Field {
	f := textField(r, name, label, value, m, optional)
	f.Kind = page.FieldNumber
	return f
}

func hinted(r *request, f page.Field, key string) page.Field {
	f.Hint = r.locale.T(key)
	return f
}

// codeOfField asks for the short name under which files know a thing.
func codeOfField(r *request, value string, m map[string]string) page.Field {
	return hinted(r, textField(r, "code", "setup.code", value, m, true), "setup.code_hint")
}

func idField(id string) page.Field { return hidden("id", id) }

func hidden(name, value string) page.Field {
	return page.Field{Kind: page.FieldHidden, Name: name, Value: value}
}

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
	if len(all) > fewest {
		f.Kind, f.Options = page.FieldSelect, append([]page.Option{{Label: r.locale.T("form.choose")}}, f.Options...)
	}
	return f
}

// fewest is how many choices may stand as buttons; more become a list.
const fewest = 7

// choice asks for one of some things by name: buttons for a few, a list for many.
func choice(r *request, name, label, wrong string, options []page.Option) page.Field {
	f := page.Field{Kind: page.FieldRadio, Name: name, Label: r.locale.T(label), Error: wrong, Options: options}
	if len(options) > fewest {
		f.Kind, f.Options = page.FieldSelect, append([]page.Option{{Label: r.locale.T("form.choose")}}, options...)
	}
	return f
}

// areaChoice asks for an area among those in reach that still count, in the
// order of the tree. One that was chosen before stays, though it has ended.
func areaChoice(r *request, name, label string, areas []thn.Area, value string, m map[string]string) page.Field {
	var options []page.Option
	for _, row := range treeOf(r, areas) {
		if row.area.ValidTo.IsZero() || string(row.area.ID) == value {
			options = append(options, page.Option{Value: string(row.area.ID), Label: row.indent + row.area.Name, Chosen: string(row.area.ID) == value})
		}
	}
	f := choice(r, name, label, m[name], options)
	if f.Kind == page.FieldRadio {
		for i := range f.Options {
			f.Options[i].Label = strings.TrimSpace(f.Options[i].Label) // buttons stand side by side
		}
	}
	return f
}

// acts are what can be done with a thing of a register.
func acts(links ...page.Option) page.Cell { return page.Cell{Links: links} }

// closeLink leads to the page that asks once more.
func closeLink(r *request, key string, id thn.ID) page.Option {
	return page.Option{Value: "/" + key + "/" + string(id) + "/close", Label: r.locale.T("setup.end")}
}

// until says since when something is closed, or from when it will be.
func (s *Server) until(r *request, closed thn.Date) page.Cell {
	key := "setup.ended"
	if s.today(r).Before(closed) {
		key = "setup.ending"
	}
	return page.Cell{Text: r.locale.T(key, "Date", r.locale.Date(closed))}
}

// closedLast keeps the order of a register but puts what is closed at its end.
func closedLast[D any](list []D, closed func(D) bool) {
	slices.SortStableFunc(list, func(a, b D) int {
		switch {
		case closed(a) == closed(b):
			return 0
		case closed(a):
			return 1
		}
		return -1
	})
}
