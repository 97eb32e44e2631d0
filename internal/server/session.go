package server

import (
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// What a session remembers.
const (
	keyAccount   = "account"
	keyEpoch     = "epoch"
	keyProgramme = "programme"
	keySeen      = "seen" // minutes since 1970, for the idle limit
	keyLanguage  = "language"
	keyTheme     = "theme"
	keyNotice    = "notice"
	keyTraining  = "training" // the last training session, for undo
	keyLast      = "last"     // the last record, for "same again", undo and correction
	keyMoved     = "moved"    // the last movement of stock, in words, for undo
	keyLastUse   = "last_use" // the last use, for the thanks and undo
)

// Reports close sooner than the screen a worker uses all night.
const (
	sessionLife = 12 * time.Hour
	idleReports = 30 * time.Minute
)

// sessionManager keeps sessions on the server; the cookie holds a random token
// and the database only a hash of it.
func sessionManager(store scs.CtxStore) *scs.SessionManager {
	m := scs.New()
	m.Store = store
	m.Lifetime = sessionLife
	m.HashTokenInStore = true
	m.Cookie.Name = "__Host-thn"
	m.Cookie.Secure = true
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Path = "/"
	return m
}

// begin loads the session and the actor and asks the route who may.
func (s *Server) begin(c *gin.Context, route Route) (*request, error) {
	token := ""
	if cookie, err := c.Request.Cookie(s.sessions.Cookie.Name); err == nil && route.Who != Nobody {
		token = cookie.Value
	}
	r := &request{server: s, gin: c, ctx: c.Request.Context(), route: route, locale: s.Catalogue.Match(c.GetHeader("Accept-Language"))}
	ctx, err := s.sessions.Load(r.ctx, token)
	if err != nil {
		return r, &fault.Error{Kind: fault.Unavailable, Op: "load session", Err: err}
	}
	r.ctx = ctx
	if err := s.loadActor(r); err != nil {
		return r, err
	}
	s.chooseLanguage(r)
	return r, s.permit(r)
}

// loadActor reads the account anew for every request, so that disabling it or
// ending a grant acts at once.
func (s *Server) loadActor(r *request) error {
	id := thn.ID(s.sessions.GetString(r.ctx, keyAccount))
	if id == "" {
		return nil
	}
	actor, err := s.Accounts.Actor(r.ctx, id, thn.ID(s.sessions.GetString(r.ctx, keyProgramme)))
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Denied) || err == nil && s.over(r, actor) {
		return s.sessions.Destroy(r.ctx)
	}
	if err != nil {
		return err
	}
	r.actor = actor
	if minute := s.Now().Unix() / 60; minute != s.sessions.GetInt64(r.ctx, keySeen) {
		s.sessions.Put(r.ctx, keySeen, minute)
	}
	return nil
}

func (s *Server) over(r *request, actor thn.Actor) bool {
	if actor.Account.Disabled || actor.Account.Epoch != s.sessions.GetInt(r.ctx, keyEpoch) {
		return true
	}
	idle := time.Duration(s.Now().Unix()/60-s.sessions.GetInt64(r.ctx, keySeen)) * time.Minute
	return actor.Grant.Role != thn.RoleWorker && idle > idleReports
}

func (s *Server) chooseLanguage(r *request) {
	code := s.sessions.GetString(r.ctx, keyLanguage)
	if code == "" {
		code = r.actor.Account.Language
	}
	if code != "" {
		r.locale = s.Catalogue.Locale(code)
	}
}

// permit denies unless the route's row allows. Somebody else's things are not
// found; a role that does not reach is denied.
func (s *Server) permit(r *request) error {
	switch {
	case r.route.Who == Anyone || r.route.Who == Nobody:
		return nil
	case !r.signedIn():
		return &fault.Error{Kind: fault.SignedOut, Op: "permit"}
	case r.route.Who == SignedIn || r.actor.May(thn.Verb(r.route.Who)):
		return nil
	}
	return &fault.Error{Kind: fault.Denied, Op: "permit"}
}

func (s *Server) commitSession(r *request) error {
	switch s.sessions.Status(r.ctx) {
	case scs.Modified:
		token, expiry, err := s.sessions.Commit(r.ctx)
		if err != nil {
			return err
		}
		s.sessions.WriteSessionCookie(r.ctx, r.gin.Writer, token, expiry)
	case scs.Destroyed:
		s.sessions.WriteSessionCookie(r.ctx, r.gin.Writer, "", time.Time{})
	}
	return nil
}

// notice leaves words for the next page.
func (s *Server) notice(r *request, text string) { s.sessions.Put(r.ctx, keyNotice, text) }
