package server

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/thn"
)

// request is what a handler sees of a request: who, in which language, and what
// was sent. The gin context stays in the adapter.
type request struct {
	gin    *gin.Context
	ctx    context.Context
	locale *lang.Locale
	actor  thn.Actor // zero when nobody is signed in
	route  Route
	server *Server
	turned bool // the form came with another language or theme: see turned
}

// today is the current day in the programme's zone.
func (s *Server) today(r *request) thn.Date {
	return r.actor.Programme.Today(s.Now())
}

// signedIn tells whether the request has an actor.
func (r *request) signedIn() bool { return r.actor.Account.ID != "" }

// param gives a part of the path that is an id; anything else is not found.
func (r *request) id(name string) (thn.ID, error) {
	id, err := thn.ParseID(r.gin.Param(name))
	if err != nil {
		return "", fault.Say(fault.NotFound, "path", "problem.not_found_text", nil)
	}
	return id, nil
}

func (r *request) query() url.Values { return r.gin.Request.URL.Query() }

// form decodes and checks the posted form; answers in the address are refused.
func (r *request) form(into any) error {
	values, err := r.posted()
	if err != nil {
		return err
	}
	return r.unlessTurned(form.Decode(values, into))
}

func (r *request) posted() (url.Values, error) {
	const op = "read form"
	if kind := r.gin.ContentType(); kind != "application/x-www-form-urlencoded" && kind != "" {
		return nil, fault.New(fault.Invalid, op, "content type %q", kind)
	}
	if err := r.gin.Request.ParseForm(); err != nil {
		return nil, bodyFault(op, err)
	}
	return r.gin.Request.PostForm, r.server.turned(r, r.gin.Request.PostForm)
}

// bodyFault tells a body that is too large from one that cannot be read.
func bodyFault(op string, err error) error {
	if strings.Contains(err.Error(), "request body too large") {
		return &fault.Error{Kind: fault.TooLarge, Op: op, Err: err}
	}
	return &fault.Error{Kind: fault.Invalid, Op: op, Err: err}
}

// local keeps a redirect on this site: a path of ours, or the start page.
func local(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n") {
		return "/"
	}
	if u, err := url.Parse(path); err != nil || u.Host != "" || u.Scheme != "" {
		return "/"
	}
	return path
}

// asJSON tells whether the answer is for a program.
func (r *request) asJSON() bool { return strings.HasPrefix(r.gin.Request.URL.Path, "/api/") }

func seeOther(to string) (reply, error) {
	return reply{status: http.StatusSeeOther, location: to}, nil
}
