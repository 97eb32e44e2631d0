// Package store keeps a programme's facts in SQLite or PostgreSQL through gorm.
// It is the only package that knows gorm and SQL. It takes and gives values of
// package thn; its row structs never leave it, nor do the errors of a driver.
//
// Records are only inserted: see record.go for the ledger and writer.go for how
// records that arrive together share a commit. Sums are hand-written portable SQL in
// tally.go and stock_sums.go; those of distributions are kept up as cube.go says, and
// those of stock beside them, by fold.go, and checked by recount.go. Everything can be
// read as at an earlier hour: as_at.go; whether anything has changed is told by Mark.
// SQL here stays within what both engines, Citus and YugabyteDB accept. Start at Open.
package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"thntracker/internal/audit"
	"thntracker/internal/fault"
	"thntracker/internal/migrate"
)

// Engine names the database behind a store.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Options is what a store needs besides its address.
type Options struct {
	Now      func() time.Time // the clock; kept to the hour in what is written
	AuditKey audit.Key        // seals the audit; kept outside the database
	AnyHead  bool             // open even where a head was not sealed with the key: to verify what is there
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	engine Engine
	writes *gorm.DB // one connection on SQLite, a pool on PostgreSQL
	reads  *gorm.DB
	now    func() time.Time
	key    audit.Key
	ledger *ledgerWriter
	asAt   string   // the hour that readings stand at; empty: now. See At
	moment *gorm.DB // the transaction that readings share; nil: each is its own. See AtOnce
}

// Open connects to "sqlite:PATH" or "postgres://…", brings the schema up to date
// and starts the record writer. It refuses an engine that is too old to be safe.
func Open(ctx context.Context, url string, opts Options) (*Store, error) {
	if err := opts.AuditKey.Check(); err != nil {
		return nil, fault.Wrap("open database", err)
	}
	s := &Store{now: opts.Now, key: opts.AuditKey}
	var err error
	switch path, isFile := strings.CutPrefix(url, "sqlite:"); {
	case isFile:
		err = s.openSQLite(path)
	case strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://"):
		err = s.openPostgres(url)
	default:
		return nil, fault.New(fault.Invalid, "open database", "the address must begin with sqlite: or postgres://")
	}
	if err == nil {
		err = s.prepare(ctx)
	}
	if err == nil && !opts.AnyHead {
		err = s.checkKey(ctx)
	}
	if err != nil {
		_ = s.close() // the first error is the one to report
		return nil, translate("open database", err)
	}
	s.ledger = startLedger(s)
	return s, nil
}

func (s *Store) prepare(ctx context.Context) error {
	if err := s.checkVersion(ctx); err != nil {
		return err
	}
	db, err := s.writes.DB()
	if err != nil {
		return err
	}
	return migrate.Up(ctx, db, string(s.engine))
}

// Close stops the record writer after what it holds is answered, then
// disconnects. Closing twice is harmless.
func (s *Store) Close() error {
	s.ledger.stop()
	return s.close()
}

func (s *Store) close() error {
	var first error
	for _, g := range []*gorm.DB{s.reads, s.writes} {
		if g == nil {
			continue
		}
		if db, err := g.DB(); err == nil {
			if err := db.Close(); err != nil && first == nil {
				first = err
			}
		}
	}
	return first
}

// Engine tells which engine is behind the store.
func (s *Store) Engine() Engine { return s.engine }

// Ready writes nothing but proves that a write could begin.
func (s *Store) Ready(ctx context.Context) error {
	return translate("check database", s.writes.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		return tx.Exec("SELECT 1").Error
	}))
}

// read runs fn where nothing can be written, so that a write hidden in a read
// fails its test. On PostgreSQL the connection refuses it, and a question is one
// round trip; on SQLite it is a transaction that is rolled back even when all
// went well.
func (s *Store) read(ctx context.Context, op string, fn func(tx *gorm.DB) error) error {
	switch {
	case s.moment != nil:
		return translate(op, fn(s.moment.WithContext(ctx)))
	case s.engine == Postgres:
		return translate(op, fn(s.reads.WithContext(ctx)))
	}
	return s.readWith(ctx, op, fn, &sql.TxOptions{ReadOnly: true})
}

func (s *Store) readWith(ctx context.Context, op string, fn func(tx *gorm.DB) error, opts *sql.TxOptions) error {
	tx := s.reads.WithContext(ctx).Begin(opts)
	if tx.Error != nil {
		return translate(op, tx.Error)
	}
	defer tx.Rollback()
	return translate(op, fn(tx))
}

// writing is a transaction that changes something. What it has to say to the
// audit is gathered and written last, in one place.
type writing struct {
	*gorm.DB
	said []auditRow
}

// write runs fn in one transaction, and with it the audit entries that fn notes.
// A serialization failure or deadlock is tried again, so fn must be repeatable.
func (s *Store) write(ctx context.Context, op string, fn func(tx *writing) error) error {
	return s.writeWith(ctx, op, fn)
}

func (s *Store) writeWith(ctx context.Context, op string, fn func(tx *writing) error, opts ...*sql.TxOptions) error {
	var err error
	for range 4 {
		err = s.writes.WithContext(ctx).Transaction(func(db *gorm.DB) error {
			tx := &writing{DB: db}
			if err := fn(tx); err != nil {
				return err
			}
			return s.chain(tx)
		}, opts...)
		if !transient(err) {
			break
		}
	}
	return translate(op, err)
}

// hour is the clock as records keep it: UTC, no finer than the hour.
func (s *Store) hour() string { return hourOf(s.now()) }

// hourLayout is how an hour is written: UTC, in an order that sorts.
const hourLayout = "2006-01-02T15"

func hourOf(t time.Time) string { return t.UTC().Format(hourLayout) }

func (s *Store) checkVersion(ctx context.Context) error {
	if s.engine == SQLite {
		var v string
		if err := s.writes.WithContext(ctx).Raw("SELECT sqlite_version()").Scan(&v).Error; err != nil {
			return err
		}
		return checkSQLite(v)
	}
	var num int
	if err := s.writes.WithContext(ctx).Raw("SELECT current_setting('server_version_num')::int").Scan(&num).Error; err != nil {
		return err
	}
	if num < 150000 {
		return fmt.Errorf("PostgreSQL 15 or newer is needed, this is %d", num/10000)
	}
	return nil
}

// checkSQLite refuses versions in which two connections and a checkpoint could
// lose a commit (repaired in 3.51.3).
func checkSQLite(v string) error {
	var major, minor, patch int
	if _, err := fmt.Sscanf(v, "%d.%d.%d", &major, &minor, &patch); err != nil {
		return fmt.Errorf("SQLite version %q cannot be read", v)
	}
	if major*1_000_000+minor*1_000+patch < 3_051_003 {
		return fmt.Errorf("SQLite 3.51.3 or newer is needed, this is %s", v)
	}
	return nil
}
