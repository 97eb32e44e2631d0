package server

import (
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// ending is a page that asks once more before something ends. Nothing ends at
// the press of a button in a list.
type ending struct {
	id                  thn.ID
	key                 string // of the register it goes back to
	path                string // of the page
	heading             string // the question, in words
	intro, submit, done string // catalogue keys
}

// closing is the usual ending of a thing of a register.
func closing(r *request, key string, id thn.ID, name string) ending {
	return ending{id: id, key: key, path: "/" + key + "/" + string(id) + "/close", heading: r.locale.T("setup.close."+key, "Name", name),
		intro: "setup.close.intro", submit: "setup.close.submit", done: "setup.closed"}
}

// ask draws the page.
func (s *Server) ask(r *request, e ending, wrong error, fields func(m map[string]string) []page.Field) *page.FormPage {
	p := &page.FormPage{Base: page.Base{Heading: e.heading, Here: e.key}, Intro: []string{r.locale.T(e.intro)}}
	m := s.problems(r, wrong, &p.Base)
	p.Form = page.Form{Action: e.path, Submit: r.locale.T(e.submit), Danger: true, Cancel: "/" + e.key, Fields: fields(m)}
	return p
}

// askNow asks about something that ends at once. The page carries an id for the
// version that an ending may make, so that pressing twice ends it once.
func (s *Server) askNow(r *request, e ending, err error) (reply, error) {
	if err != nil {
		return reply{}, err
	}
	return reply{page: s.nowPage(r, e)(nil)}, nil
}

func (s *Server) nowPage(r *request, e ending) func(error) *page.FormPage {
	return func(wrong error) *page.FormPage {
		return s.ask(r, e, wrong, func(map[string]string) []page.Field { return []page.Field{idField(string(thn.NewID()))} })
	}
}

// endNow ends it; fresh is the id that the page carried.
func (s *Server) endNow(r *request, e ending, err error, end func(fresh thn.ID) error) (reply, error) {
	if err != nil {
		return reply{}, err
	}
	var f form.Confirmed
	err = r.form(&f)
	if err == nil {
		err = end(thn.ID(f.ID))
	}
	return s.answered(r, e.key, e.done, err, s.nowPage(r, e))
}

// askDay asks about something that ends on a day; today is offered.
func (s *Server) askDay(r *request, e ending, err error) (reply, error) {
	if err != nil {
		return reply{}, err
	}
	return reply{page: s.dayPage(r, e, form.ClosingOn(s.today(r)))(nil)}, nil
}

func (s *Server) dayPage(r *request, e ending, f form.Closing) func(error) *page.FormPage {
	return func(wrong error) *page.FormPage {
		return s.ask(r, e, wrong, func(m map[string]string) []page.Field {
			return []page.Field{dayField(r, "from", "setup.close.from", f.From(), m, false)}
		})
	}
}

// endOn ends it on the day that was answered.
func (s *Server) endOn(r *request, e ending, err error, end func(day thn.Date) error) (reply, error) {
	if err != nil {
		return reply{}, err
	}
	var f form.Closing
	err = r.form(&f)
	if err == nil {
		var day thn.Date
		if day, err = f.Day(); err == nil {
			err = end(day)
		}
	}
	return s.answered(r, e.key, e.done, err, s.dayPage(r, e, f))
}
