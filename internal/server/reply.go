package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"thntracker/internal/fault"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// reply is what a handler answers: a page, a redirect, a file or JSON. Nothing
// is written before the session is committed.
type reply struct {
	status   int // 0: 200
	page     page.Page
	location string
	kind     string // content type of body
	body     []byte
	packed   []byte // the same with gzip; only of files that hold nothing of a person
	name     string // file name of a download, ASCII
	cache    string // Cache-Control, for the few answers that may be kept
	tag      string // ETag, for those that are asked for again and seldom change
	json     any
}

var statusOf = map[fault.Kind]int{
	fault.Internal: http.StatusInternalServerError, fault.Invalid: http.StatusUnprocessableEntity, fault.NotFound: http.StatusNotFound,
	fault.Conflict: http.StatusConflict, fault.Denied: http.StatusForbidden, fault.SignedOut: http.StatusUnauthorized,
	fault.TooLarge: http.StatusRequestEntityTooLarge, fault.TooMany: http.StatusTooManyRequests, fault.Unavailable: http.StatusServiceUnavailable,
}

// handle adapts a route to gin: who is asking, may they, run, answer.
func (s *Server) handle(route Route) gin.HandlerFunc {
	return func(c *gin.Context) {
		r, err := s.begin(c, route)
		var answer reply
		if err == nil {
			answer, err = route.run(s, r)
		}
		if err != nil {
			answer = s.explain(r, err)
		}
		s.write(r, answer)
	}
}

// explain turns an error into an answer: the log gets the cause, the person a
// sentence, neither gets what was sent.
func (s *Server) explain(r *request, err error) reply {
	kind := fault.KindOf(err)
	status := statusOf[kind]
	if kind == fault.SignedOut && !r.asJSON() {
		return reply{status: http.StatusSeeOther, location: "/sign-in"}
	}
	id := ""
	if status >= http.StatusInternalServerError {
		id = string(thn.NewID())
		s.Log.Error("answer", "id", id, "route", r.route.Path, "status", status, "cause", err.Error())
	} else {
		s.Log.Info("refused", "route", r.route.Path, "status", status, "kind", kind.String())
	}
	if r.asJSON() {
		return reply{status: status, json: map[string]string{"error": kind.String(), "id": id}}
	}
	key, args := fault.Sentence(err)
	return s.troublePage(r, status, id, key, args)
}

var troubleKeys = map[int]string{
	http.StatusNotFound: "not_found", http.StatusForbidden: "denied", http.StatusRequestEntityTooLarge: "too_large",
	http.StatusTooManyRequests: "too_many", http.StatusConflict: "conflict", http.StatusUnprocessableEntity: "invalid",
	http.StatusServiceUnavailable: "unavailable",
}

func (s *Server) troublePage(r *request, status int, id, key string, args map[string]any) reply {
	name := troubleKeys[status]
	if name == "" {
		name = "internal"
	}
	text := r.locale.T("problem."+name+"_text", "ID", id)
	if key != "" {
		text = r.locale.Args(key, s.words(r, args))
	}
	return reply{status: status, page: &page.Trouble{Base: page.Base{Heading: r.locale.T("problem." + name)}, Text: text}}
}

// words puts labels and days among a sentence's blanks into the reader's language.
func (s *Server) words(r *request, args map[string]any) map[string]any {
	out := make(map[string]any, len(args))
	for k, v := range args {
		switch x := v.(type) {
		case fault.Label:
			v = r.locale.T(string(x))
		case thn.Date:
			v = r.locale.Date(x)
		}
		out[k] = v
	}
	return out
}

// write commits the session, then sends the answer.
func (s *Server) write(r *request, a reply) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	if r.turned && a.status == http.StatusUnprocessableEntity {
		a.status = http.StatusOK // nothing is wrong with a form that was only turned
	}
	if a.page != nil {
		s.dress(r, page.Fill(a.page))
		if b := page.Fill(a.page); a.page.MainForm() != "" && b.NotRecorded == "" {
			b.NotRecorded = notRecorded(r)
		}
		body, err := s.Pages.Render(a.page)
		if err != nil {
			panic(fmt.Errorf("render: %w", err)) // the recovery answers and logs
		}
		a.kind, a.body = "text/html; charset=utf-8", body
	}
	if a.json != nil {
		body, err := json.Marshal(a.json)
		if err != nil {
			panic(fmt.Errorf("encode: %w", err))
		}
		a.kind, a.body = "application/json; charset=utf-8", body
	}
	if err := s.commitSession(r); err != nil {
		s.Log.Error("session", "cause", err.Error())
		a = reply{status: http.StatusServiceUnavailable, kind: "text/plain; charset=utf-8", body: []byte(r.locale.T("problem.unavailable_text"))}
	}
	send(r.gin, a)
}

func send(c *gin.Context, a reply) {
	h := c.Writer.Header()
	if a.cache != "" {
		h.Set("Cache-Control", a.cache)
	}
	if a.name != "" {
		h.Set("Content-Disposition", `attachment; filename="`+a.name+`"`)
	}
	if a.status == http.StatusServiceUnavailable || a.status == http.StatusTooManyRequests {
		h.Set("Retry-After", "30")
	}
	if a.location != "" {
		h.Set("Location", a.location)
	}
	if a.kind != "" {
		h.Set("Content-Type", a.kind)
	}
	if a.packed != nil {
		h.Add("Vary", "Accept-Encoding")
		if strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			a.body = a.packed
		}
	}
	if a.tag != "" {
		h.Set("ETag", a.tag)
		if strings.Contains(c.GetHeader("If-None-Match"), a.tag) {
			a.status, a.body = http.StatusNotModified, nil
		}
	}
	c.Status(a.status)
	if len(a.body) > 0 {
		h.Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	if len(a.body) > 0 && c.Request.Method != http.MethodHead {
		_, _ = c.Writer.Write(a.body) // the reader has gone: nobody to tell
		return
	}
	c.Writer.WriteHeaderNow()
}

// trouble answers without a session or an actor, after a panic.
func (s *Server) trouble(c *gin.Context, status int, id string) {
	locale := s.Catalogue.Match(c.GetHeader("Accept-Language"))
	text := locale.T("problem.internal_text", "ID", id)
	send(c, reply{status: status, kind: "text/plain; charset=utf-8", body: []byte(text)})
}
