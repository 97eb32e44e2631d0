package server

import (
	"fmt"
	"sync"

	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// drawn holds pages of figures, so that whoever asks again while nothing has
// changed waits for a look-up and not for every figure. No clock decides.
type drawn struct {
	mu    sync.Mutex
	pages map[question]page.Drawn
}

// mostDrawn is how many pages are held, a few hundred kilobytes each.
const mostDrawn = 64

// question is all that the content of a page of figures depends on.
type question struct {
	programme thn.ID
	mark      string
	asked     string
}

// question names the state of the programme and its last recount, the hour and the
// programme's day, what the address asks, in which language, and what the actor may
// see and do: a page is shown again only to somebody for whom it would be the same.
func (s *Server) question(r *request) (question, error) {
	a := r.actor
	mark, err := s.Mark(r.ctx, a.Programme.ID)
	return question{a.Programme.ID, mark, fmt.Sprintf("%q %q %q %s %s %s %+v %s %s %s %q", r.gin.Request.URL.Path, r.query().Encode(), s.recounted(r), r.locale.Code,
		s.Now().UTC().Format("2006-01-02T15"), s.today(r), a.Programme, a.Grant.Role, a.Grant.Area, a.Grant.Site, a.Areas)}, err
}

// drawnOnce draws a page once for as long as nothing that it depends on changes. It is
// kept when the question is the same afterwards as it was before: then all that was
// read in between is of the state that the mark names, on whichever server that was
// written. What depends on anything else, such as the account, is filled in later.
func drawnOnce(draw func(*Server, *request) (reply, error)) func(*Server, *request) (reply, error) {
	return func(s *Server, r *request) (reply, error) {
		asked, err := s.question(r)
		if err != nil {
			return reply{}, err
		}
		if p, known := s.drawn.find(asked); known {
			return reply{page: &p}, nil
		}
		answer, err := draw(s, r)
		if err != nil || answer.page == nil || answer.status != 0 {
			return answer, err
		}
		p, err := s.Pages.Ahead(answer.page, r.locale.Code)
		if err != nil {
			return reply{}, err
		}
		if still, err := s.question(r); err == nil && still == asked {
			s.drawn.keep(asked, p)
		}
		return reply{page: &p}, nil
	}
}

func (d *drawn) find(q question) (page.Drawn, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p, known := d.pages[q]
	return p, known
}

// keep lets go of what the programme has left behind, which nobody can ask for
// again, and of other pages when there are too many.
func (d *drawn) keep(q question, p page.Drawn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.pages == nil {
		d.pages = map[question]page.Drawn{}
	}
	for other := range d.pages {
		if other.programme == q.programme && other.mark != q.mark || len(d.pages) >= mostDrawn {
			delete(d.pages, other)
		}
	}
	d.pages[q] = p
}
