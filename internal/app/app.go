// Package app builds the program from its settings: the one place where concrete
// things meet the interfaces that use cases declare. The command line and the
// end-to-end tests both start here. Start at Open.
package app

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"
	_ "time/tzdata" // programmes name time zones; the machine may not have them

	"thntracker/internal/account"
	"thntracker/internal/activity"
	"thntracker/internal/config"
	"thntracker/internal/demo"
	"thntracker/internal/fault"
	"thntracker/internal/intake"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/phone"
	"thntracker/internal/recall"
	"thntracker/internal/report"
	"thntracker/internal/server"
	"thntracker/internal/setup"
	"thntracker/internal/stock"
	"thntracker/internal/store"
	"thntracker/internal/thn"
	"thntracker/web"
)

// App is the program, ready to serve.
type App struct {
	Store     *store.Store
	Accounts  *account.Accounts
	Catalogue *lang.Catalogue
	Deps      server.Deps
	Handler   http.Handler
	shelf     *store.Shelf // nil: the database gives none
	SetupCode string       // one-time code for the first administrator; empty when there is an account
	pseudo    []lang.Pseudo
	now       func() time.Time
	files     fs.FS
	log       *slog.Logger
}

// Options lets tests fix the clock, catch the log, serve another release and read
// pages in languages that are made for them.
type Options struct {
	Now    func() time.Time
	Log    io.Writer
	Files  fs.FS // what is served and rendered; nil: what the program holds
	Pseudo []lang.Pseudo
}

// Open connects the database, brings it up to date and builds the handler.
func Open(ctx context.Context, cfg config.Config, opts Options) (*App, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = io.Discard
	}
	if opts.Files == nil {
		opts.Files = web.Files
	}
	st, err := openStore(ctx, cfg, opts.Now)
	if err != nil {
		return nil, err
	}
	a := &App{Store: st, pseudo: opts.Pseudo, now: opts.Now, files: opts.Files, log: slog.New(slog.NewTextHandler(opts.Log, nil))}
	if err := a.build(ctx, cfg); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return a, nil
}

func (a *App) build(ctx context.Context, cfg config.Config) error {
	code := newSetupCode()
	a.Accounts = account.New(a.Store, account.Options{Now: a.now, Demo: cfg.Demo, SetupCode: code})
	if cfg.Demo {
		if err := demo.Load(ctx, demo.Deps{Store: a.Store, Accounts: a.Accounts, Products: setup.Products, Release: a.releaseDemo}, thn.DateOf(a.now(), time.UTC)); err != nil {
			return err
		}
	}
	empty, err := a.Accounts.Empty(ctx)
	if err != nil {
		return err
	}
	if empty {
		a.SetupCode = code
	}
	a.openShelf(ctx, cfg.Database)
	return a.buildHandler(cfg.Online)
}

func (a *App) buildHandler(onlineOnly bool) error {
	catalogue, err := lang.Open(a.files, "lang", a.pseudo...)
	if err != nil {
		return err
	}
	assets, err := page.OpenAssets(a.files, "static")
	if err != nil {
		return err
	}
	pages, err := page.New(a.files, catalogue, assets)
	if err != nil {
		return err
	}
	a.Catalogue = catalogue
	in, recalls := intake.New(a.Store, a.now), recall.New(a.Store, a.now)
	a.Deps = server.Deps{
		OnlineOnly: onlineOnly,
		Releases:   Releases(a.Store, a.now), EarlyReading: a.Store.NoteReading, EarlyReaders: a.Store.EarlyReaders, Shelf: a.readers(),
		Directory: a.Store, Records: a.Store, Figures: a.Store, AtOnce: a.atOnce, Mark: a.Store.Mark, Reports: a.Store, LastRecount: a.Store.LastRecount, Files: a.Store, Intake: in, Accounts: a.Accounts, Pages: pages, Assets: assets,
		Setup:   setup.New(a.Store, a.Accounts, setup.Options{Now: a.now, Zone: time.LoadLocation}),
		Planner: stock.NewPlanner(a.Store, a.now, stock.LateTransfers(a.Store), recalled(recalls)), Aid: stock.NewAid(a.Store, a.now),
		Review: intake.NewReview(in, a.Store), Activity: activity.New(a.Store, a.now),
		Phones:    phone.New(a.Store, a.Accounts, in, a.now),
		Stock:     stock.New(a.Store, a.now),
		Recalls:   recalls,
		Catalogue: catalogue, Sessions: a.Store.Sessions(), Ready: a.Store.Ready, Log: a.log, Now: a.now,
	}
	a.Handler = server.New(a.Deps)
	return nil
}

// openShelf opens the handle that sees releases only. Without it everything works
// but the pages for everybody, and the log says what is missing.
func (a *App) openShelf(ctx context.Context, database string) {
	shelf, err := store.OpenShelf(ctx, database)
	if err != nil {
		a.log.Warn("no pages for everybody", "cause", err.Error(), "do", "let the database account create roles once, or run as an administrator: CREATE ROLE thn_reader; GRANT SELECT ON editions, edition_readers, announcements TO thn_reader; GRANT thn_reader TO the account")
		return
	}
	a.shelf = shelf
}

// readers is the shelf as the server wants it: nothing, when there is none.
func (a *App) readers() server.Shelf {
	if a.shelf == nil {
		return nil
	}
	return a.shelf
}

// atOnce gives figures that are all of one moment, as they stood at an hour.
func (a *App) atOnce(ctx context.Context, at time.Time, read func(report.Source) error) error {
	return a.Store.At(at).AtOnce(ctx, func(then *store.Store) error { return read(then) })
}

// newSetupCode is 128 random bits in letters and digits that are hard to confuse.
func newSetupCode() string {
	b := make([]byte, 16)
	if _, err := rand.Read(b); err != nil {
		panic(err) // the system has no randomness: nothing safe can follow
	}
	s := strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))
	return s[:5] + "-" + s[5:10] + "-" + s[10:15] + "-" + s[15:20] + "-" + s[20:]
}

// Close disconnects the database after records on their way are answered.
func (a *App) Close() error {
	if a.shelf != nil {
		return errors.Join(a.shelf.Close(), a.Store.Close())
	}
	return a.Store.Close()
}

const drainTime = 20 * time.Second

// Serve answers on the listener until ctx ends, then finishes what is in flight. What
// is kept no longer goes before the first answer, because a backup that was put back
// holds again what had been erased since.
func (a *App) Serve(ctx context.Context, listener net.Listener) error {
	a.eraseAnswers(ctx)
	a.destroyKeys(ctx)
	srv := server.HTTP(a.Handler)
	done := make(chan error, 1)
	go func() { done <- srv.Serve(listener) }()
	go a.sweep(ctx)
	go a.keepSums(ctx)
	select {
	case err := <-done:
		return fault.Wrap("serve", err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	if err := srv.Shutdown(stop); err != nil {
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}

// OpenStore opens the database alone, for commands that serve nothing.
func OpenStore(ctx context.Context, cfg config.Config) (*store.Store, error) {
	return openStore(ctx, cfg, time.Now)
}

// OpenToVerify opens the database even where its audit does not hold. It makes
// no key: with a new one nothing would hold.
func OpenToVerify(ctx context.Context, cfg config.Config) (*store.Store, error) {
	key, err := readAuditKey(cfg.AuditKeyFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.Invalid, "verify", "there is no key at %s: name the file with --audit-key that the audit was begun with", cfg.AuditKeyFile())
	}
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, cfg.Database, store.Options{Now: time.Now, AuditKey: key, AnyHead: true})
}

func openStore(ctx context.Context, cfg config.Config, now func() time.Time) (*store.Store, error) {
	key, err := auditKey(cfg.AuditKeyFile())
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, cfg.Database, store.Options{Now: now, AuditKey: key})
}
