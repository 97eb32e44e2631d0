// Package server answers requests. It is the only package that knows gin. A
// handler reads its input, calls one use case, and returns a reply or an error;
// one adapter (reply.go) turns both into bytes. Every route is a row of one
// table (route.go) that says who may. Start at New.
package server

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"thntracker/internal/account"
	"thntracker/internal/activity"
	"thntracker/internal/fault"
	"thntracker/internal/intake"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/phone"
	"thntracker/internal/recall"
	"thntracker/internal/release"
	"thntracker/internal/report"
	"thntracker/internal/setup"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// Directory is what pages read of a programme's reference data.
type Directory interface {
	Programmes(ctx context.Context) ([]thn.Programme, error)
	Areas(ctx context.Context, programme thn.ID) ([]thn.Area, error)
	Sites(ctx context.Context, programme thn.ID) ([]thn.Site, error)
	Products(ctx context.Context, programme thn.ID) ([]thn.Product, error)
	Batches(ctx context.Context, programme thn.ID) ([]thn.Batch, error)
}

// Records is what pages read of the ledger.
type Records interface {
	Fact(ctx context.Context, programme, id thn.ID) (thn.Fact, thn.Envelope, error)
	RecentSessions(ctx context.Context, programme, site thn.ID, most int) ([]thn.Session, error)
}

// Deps is what the server is made of.
type Deps struct {
	Directory    Directory
	Records      Records
	Figures      report.Source
	AtOnce       func(ctx context.Context, at time.Time, read func(report.Source) error) error // figures of one moment, as at an hour
	Mark         func(ctx context.Context, programme thn.ID) (string, error)                   // names its state: another one after every change
	LastRecount  func(ctx context.Context, programme thn.ID) (thn.Recount, error)
	Releases     release.Releases
	EarlyReading func(ctx context.Context, programme, by, edition thn.ID) error // notes that somebody read a release before its hour
	EarlyReaders func(ctx context.Context, programme thn.ID, after time.Time) ([]thn.EarlyReader, error)
	Shelf        Shelf // nil: the database gives no handle that sees releases only
	Reports      Reports
	Files        Files
	Intake       *intake.Intake
	Phones       *phone.Phones
	Review       *intake.Review
	Activity     *activity.Activity
	Accounts     *account.Accounts
	Setup        *setup.Setup
	Stock        *stock.Stock
	Planner      *stock.Planner
	Aid          *stock.Aid
	Recalls      *recall.Recalls
	Pages        *page.Renderer
	Assets       *page.Assets
	Catalogue    *lang.Catalogue
	Sessions     scs.CtxStore
	Ready        func(context.Context) error
	Log          *slog.Logger
	Now          func() time.Time
	OnlineOnly   bool // the worker that ends the worker is served in its place
}

// Shelf is where readers outside find releases; nothing else can be read through it.
type Shelf interface {
	// Public lists the releases for everybody, of a country or of all, without bodies.
	Public(ctx context.Context, country string) ([]thn.Edition, error)
	// Announced lists what was announced for everybody, of a country or of all.
	Announced(ctx context.Context, country string) ([]thn.Announcement, error)
	// Edition finds a published release with its body.
	Edition(ctx context.Context, programme thn.ID, number int) (thn.Edition, error)
}

// Server holds the dependencies of the handlers.
type Server struct {
	Deps
	sessions *scs.SessionManager
	uploads  uploads
	phone    func() (map[string]page.Asset, error) // the phone's screen, by address
	drawn    drawn
	files    kept   // files of releases
	pages    kept   // public pages
	looks    looks  // at the shelf
	still    *still // set: pages are written down as files
}

// New builds the handler of the whole site, cross-origin protection around all of it.
func New(d Deps) http.Handler {
	s := &Server{Deps: d, sessions: sessionManager(d.Sessions)}
	s.phone = sync.OnceValues(s.newPhone)
	engine := s.engine(s.routes())
	engine.NoRoute(s.handle(Route{Who: Anyone, run: notFound}))
	engine.NoMethod(s.handle(Route{Who: Anyone, run: wrongMethod}))
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(s.crossOrigin))
	return protection.Handler(engine)
}

// engine answers for the routes of a table.
func (s *Server) engine(routes []Route) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	engine.UseRawPath = false
	_ = engine.SetTrustedProxies(nil) // nil cannot fail; X-Forwarded-For is nobody's word
	engine.Use(s.recover, s.headers, s.limits)
	for _, r := range routes {
		engine.Handle(r.Method, r.Path, s.handle(r))
	}
	return engine
}

func notFound(*Server, *request) (reply, error) {
	return reply{}, fault.Say(fault.NotFound, "route", "problem.not_found_text", nil)
}

func wrongMethod(*Server, *request) (reply, error) {
	return reply{status: http.StatusMethodNotAllowed}, nil
}

// HTTP makes the listener's settings: limits on how long and how large a
// request may be, so that a slow or hostile sender costs little.
func HTTP(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
	}
}
