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
			end = s.until(r, b.area.ValidTo)
		case b.area.Parent != "":
			end = acts(closeLink(r, "areas", b.area.ID))
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
				codeOfField(r, f.Code, m), dayField(r, "from", "setup.area.from", f.From(), m, true)}
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

func (s *Server) areaEnding(r *request) (ending, error) {
	id, err := r.id("id")
	if err != nil {
		return ending{}, err
	}
	a, err := s.Setup.Area(r.ctx, r.actor, id)
	return closing(r, "areas", id, a.Name), err
}

func areaClose(s *Server, r *request) (reply, error) {
	e, err := s.areaEnding(r)
	return s.askDay(r, e, err)
}

func areaEnd(s *Server, r *request) (reply, error) {
	e, err := s.areaEnding(r)
	return s.endOn(r, e, err, func(day thn.Date) error { return s.Setup.EndArea(r.ctx, r.actor, e.id, day) })
}
