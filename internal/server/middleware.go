package server

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"thntracker/internal/thn"
)

const (
	bodyLimit   = 64 << 10
	uploadLimit = 21 << 20 // a file of 20 MB and its form
	requestTime = 15 * time.Second
)

// policy lets pages load our own files and nothing else: no inline script, no
// inline style, no other host, no frame around us.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// recover answers a panic with a number that is also in the log. gin's own
// recovery would write request headers, and with them session cookies.
func (s *Server) recover(c *gin.Context) {
	defer func() {
		if cause := recover(); cause != nil {
			id := string(thn.NewID())
			s.Log.Error("panic", "id", id, "route", c.FullPath(), "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			if c.Writer.Written() {
				panic(http.ErrAbortHandler) // half an answer is worse than none
			}
			s.trouble(c, http.StatusInternalServerError, id)
		}
	}()
	c.Next()
}

// headers go on every answer, errors and files included.
func (s *Server) headers(c *gin.Context) { setHeaders(c.Writer.Header()); c.Next() }

func setHeaders(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("Strict-Transport-Security", "max-age=31536000")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "geolocation=(), camera=(), microphone=(), usb=(), serial=(), payment=()")
	h.Set("Cache-Control", "no-store")
}

// limits cap the body and the time of every request before anything reads it.
func (s *Server) limits(c *gin.Context) {
	limit := int64(bodyLimit)
	switch path := c.Request.URL.Path; {
	case strings.HasPrefix(path, "/imports"):
		limit = uploadLimit
	case path == "/rescue":
		limit = rescueLimit
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit)
	ctx, cancel := context.WithTimeout(c.Request.Context(), requestTime)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

func (s *Server) crossOrigin(w http.ResponseWriter, r *http.Request) {
	setHeaders(w.Header())
	s.Log.Warn("refused", "reason", "cross-origin")
	http.Error(w, s.Catalogue.Match(r.Header.Get("Accept-Language")).T("problem.cross_origin"), http.StatusForbidden)
}
