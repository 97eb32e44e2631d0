package server

import (
	"slices"
	"strings"

	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// branch is an area with its depth in the tree, as blanks before its name.
type branch struct {
	area   thn.Area
	indent string
}

// treeOf puts areas under what they lie in, names in the reader's order. An area
// whose parent is out of reach stands at the top.
func treeOf(r *request, areas []thn.Area) (rows []branch) {
	lang.Sort(r.locale, areas, func(a thn.Area) string { return a.Name })
	inReach := func(id thn.ID) bool {
		return slices.ContainsFunc(areas, func(a thn.Area) bool { return a.ID == id })
	}
	var walk func(parent thn.ID, depth int)
	walk = func(parent thn.ID, depth int) {
		for _, a := range areas {
			if a.Parent == parent || depth == 0 && !inReach(a.Parent) {
				rows = append(rows, branch{area: a, indent: strings.Repeat("\u2003", depth)})
				walk(a.ID, depth+1)
			}
		}
	}
	walk("", 0)
	return rows
}

func areaList(s *Server, r *request) (reply, error) {
	areas, err := s.Setup.Areas(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	t := page.Table{Columns: columns(r, "setup.name", "setup.area.kind", "setup.code", "setup.since")}
	for _, b := range treeOf(r, areas) {
		end := page.Cell{}
		switch {
		case !b.area.ValidTo.IsZero():
			end.Text = r.locale.T("setup.ended", "Date", r.locale.Date(b.area.ValidTo))
		case b.area.Parent != "":
			end = page.Cell{Text: r.locale.T("setup.end"), Action: "/areas/" + string(b.area.ID) + "/close"}
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: b.indent + b.area.Name}, {Text: r.locale.T("code.area." + string(b.area.Kind))},
			{Text: b.area.Code}, {Text: r.locale.Date(b.area.ValidFrom)}, end}})
	}
	return listing(r, "areas", t)
}

func areaNew(s *Server, r *request) (reply, error) {
	return s.areaForm(r, form.Area{ID: string(thn.NewID())}, nil)
}

func (s *Server) areaForm(r *request, f form.Area, wrong error) (reply, error) {
	areas, err := s.Setup.Areas(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	again := func(wrong error) *page.FormPage {
		return s.adding(r, "areas", "/areas", wrong, func(m map[string]string) []page.Field {
			return []page.Field{idField(f.ID), textField(r, "name", "setup.name", f.Name, m, false),
				codes(r, "kind", "setup.area.kind", "area", thn.AreaKinds[1:], f.Kind, m, false),
				areaChoice(r, "parent", "setup.area.parent", areas, f.Parent, m),
				textField(r, "code", "setup.code", f.Code, m, true), dayField(r, "from", "setup.area.from", f.From(), m, true)}
		})
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "areas", "", wrong, again)
}

func areaCreate(s *Server, r *request) (reply, error) {
	var f form.Area
	err := r.form(&f)
	if err == nil {
		var a thn.Area
		if a, err = f.ToDomain(); err == nil {
			err = s.Setup.AddArea(r.ctx, r.actor, a)
		}
	}
	if err != nil {
		return s.areaForm(r, f, err)
	}
	return s.answered(r, "areas", "setup.added", nil, nil)
}

func areaClose(s *Server, r *request) (reply, error) {
	return s.closeDated(r, "areas", func(id thn.ID) (string, error) {
		a, err := s.Setup.Area(r.ctx, r.actor, id)
		return a.Name, err
	}, nil)
}

func areaEnd(s *Server, r *request) (reply, error) {
	return s.closeDated(r, "areas", func(id thn.ID) (string, error) {
		a, err := s.Setup.Area(r.ctx, r.actor, id)
		return a.Name, err
	}, func(id thn.ID, day thn.Date) error { return s.Setup.EndArea(r.ctx, r.actor, id, day) })
}

// closeDated asks for the day on which something ends, or ends it when end is given.
func (s *Server) closeDated(r *request, key string, name func(thn.ID) (string, error), end func(thn.ID, thn.Date) error) (reply, error) {
	id, err := r.id("id")
	if err != nil {
		return reply{}, err
	}
	called, err := name(id)
	if err != nil {
		return reply{}, err
	}
	f := form.ClosingOn(s.today(r))
	again := func(wrong error) *page.FormPage {
		return s.asking(r, key, "setup.close."+key, called, "/"+key+"/"+string(id)+"/close", wrong, closingFields(r, f))
	}
	if end == nil {
		return reply{page: again(nil)}, nil
	}
	f = form.Closing{}
	err = r.form(&f)
	if err == nil {
		var day thn.Date
		if day, err = f.Day(); err == nil {
			err = end(id, day)
		}
	}
	return s.answered(r, key, "setup.closed", err, again)
}

// closeAsked asks whether something that has no day should end, or ends it.
func (s *Server) closeAsked(r *request, key string, name func(thn.ID) (string, error), end func(id, fresh thn.ID) error) (reply, error) {
	id, err := r.id("id")
	if err != nil {
		return reply{}, err
	}
	called, err := name(id)
	if err != nil {
		return reply{}, err
	}
	again := func(wrong error) *page.FormPage {
		return s.asking(r, key, "setup.close."+key, called, "/"+key+"/"+string(id)+"/close", wrong, func(map[string]string) []page.Field {
			return []page.Field{idField(string(thn.NewID()))}
		})
	}
	if end == nil {
		return reply{page: again(nil)}, nil
	}
	f, err := confirmed(r)
	if err == nil {
		err = end(id, thn.ID(f.ID))
	}
	return s.answered(r, key, "setup.closed", err, again)
}
