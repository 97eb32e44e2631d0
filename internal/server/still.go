package server

import (
	"net/http"
	"slices"
	"strings"

	"thntracker/internal/lang"
)

// still is set where public pages are written down as files: a file has no query
// and asks no browser for its language, so each language has a folder of its own.
type still struct {
	address string // where the files will stand, without a slash at the end; empty: nobody said
}

// Still answers with the public pages and files alone, the same as New does, for
// whoever writes them down. The first language stands at /public, each other one
// at /CODE/public; address is put before what is cited and may be empty.
func Still(d Deps, address string) http.Handler {
	s := &Server{Deps: d, sessions: sessionManager(d.Sessions), still: &still{address}}
	var routes []Route
	for _, route := range s.routes() {
		if strings.HasPrefix(route.Path, "/public") {
			for _, code := range lang.Codes {
				in := route
				in.Path = folder(code) + route.Path
				routes = append(routes, in)
			}
		} else if strings.HasPrefix(route.Path, "/static/") {
			routes = append(routes, route)
		}
	}
	return s.engine(routes)
}

// folder is where a language stands among the files.
func folder(code string) string {
	if code == lang.Codes[0] {
		return ""
	}
	return "/" + code
}

// inLanguage reads the language off the address; without it, the browser's stands.
func (s *Server) inLanguage(r *request) {
	if s.still != nil {
		i := slices.IndexFunc(lang.Codes, func(code string) bool { return strings.HasPrefix(r.gin.FullPath(), "/"+code+"/") })
		r.locale = s.Catalogue.Locale(lang.Codes[max(i, 0)])
		return
	}
	if code := r.query().Get("lang"); slices.Contains(lang.Codes, code) {
		r.locale = s.Catalogue.Locale(code)
	}
	r.gin.Writer.Header().Add("Vary", "Accept-Language")
}

// tongue is what stands before and after the names of files, so that they come in
// the reader's language.
func (s *Server) tongue(r *request, path string) (under, query string) {
	if s.still != nil {
		return folder(r.locale.Code) + path, ""
	}
	return path, "?lang=" + r.locale.Code
}

// linked leads to a public page. A reader who came by an address with a language in
// it stays in that language.
func (s *Server) linked(r *request, path string) string {
	under, query := s.tongue(r, path)
	if !r.query().Has("lang") {
		query = ""
	}
	return under + query
}

// inTongue leads to the same page in a language.
func (s *Server) inTongue(r *request, code string) string {
	path := r.gin.Request.URL.Path
	if s.still != nil {
		return folder(code) + strings.TrimPrefix(path, folder(r.locale.Code))
	}
	return path + "?lang=" + code
}
