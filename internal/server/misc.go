package server

import (
	"net/http"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

func live(*Server, *request) (reply, error) {
	return reply{kind: "text/plain; charset=utf-8", body: []byte("live\n")}, nil
}

func ready(s *Server, r *request) (reply, error) {
	if err := s.Ready(r.ctx); err != nil {
		return reply{}, &fault.Error{Kind: fault.Unavailable, Op: "ready", Err: err}
	}
	return reply{kind: "text/plain; charset=utf-8", body: []byte("ready\n")}, nil
}

// static serves a file under its hashed name, which may be kept for ever.
func static(s *Server, r *request) (reply, error) {
	asset, ok := s.Assets.Get("/static" + r.gin.Param("file"))
	if !ok {
		return reply{}, fault.Say(fault.NotFound, "static", "problem.not_found_text", nil)
	}
	return reply{kind: asset.Type, body: asset.Body, packed: asset.Packed, cache: "public, max-age=31536000, immutable"}, nil
}

// programmePosted chooses where to act.
type programmePosted struct {
	Programme string `form:"programme" validate:"required,id"`
}

// chooseProgramme changes the programme the session acts in; one that the
// account has no grant in is not found, as if it did not exist.
func chooseProgramme(s *Server, r *request) (reply, error) {
	var posted programmePosted
	if err := r.form(&posted); err != nil {
		return reply{}, err
	}
	if !slices.ContainsFunc(r.actor.Others, func(p thn.Programme) bool { return string(p.ID) == posted.Programme }) {
		return reply{}, fault.Say(fault.NotFound, "programme", "problem.not_found_text", nil)
	}
	s.sessions.Put(r.ctx, keyProgramme, posted.Programme)
	s.sessions.Remove(r.ctx, keyLast)
	s.sessions.Remove(r.ctx, keyLastUse)
	return seeOther("/")
}

func more(_ *Server, r *request) (reply, error) {
	return reply{status: http.StatusOK, page: &page.More{Base: page.Base{Heading: r.locale.T("more.title"), Here: "more"}}}, nil
}
