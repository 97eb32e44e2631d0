// Package migrate brings a database to the schema this program was built with:
// the numbered SQL files of the migrations package, applied once each, in
// order, forward only. It knows database/sql and goose and nothing of gorm or
// of what the tables mean. Start at Up.
package migrate

import (
	"context"
	"database/sql"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"thntracker/internal/fault"
	"thntracker/migrations"
)

// The engines, as Up and Status name them; each is a folder of migrations.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// lockSeconds is how long a starter waits for another one that is migrating
// the same PostgreSQL database, asked again every second.
const lockSeconds = 300

// Step is one numbered migration and whether a database has it.
type Step struct {
	Version   int64
	Name      string    // the file, without its folder
	Applied   bool      // false: Up would apply it
	AppliedAt time.Time // UTC; zero when not applied
}

// Up applies what is missing; with nothing missing it changes nothing.
// On PostgreSQL one starter works and the others wait for it. A database newer
// than this program is refused with fault.Conflict and left as it is: an old
// program must not write into a schema it has never seen.
func Up(ctx context.Context, db *sql.DB, engine string) error {
	const op = "migrate"
	p, err := provider(db, engine)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fault.Wrap(op, err)
	}
	have, know, err := p.GetVersions(ctx)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if have > know {
		return fault.New(fault.Conflict, op, "the database is at version %d and this program knows versions up to %d: run the newer program", have, know)
	}
	return nil
}

// Status lists every migration this program knows, oldest first. It makes
// goose's own version table in an empty database and nothing else.
func Status(ctx context.Context, db *sql.DB, engine string) ([]Step, error) {
	const op = "migration status"
	p, err := provider(db, engine)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	known, err := p.Status(ctx)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	steps := make([]Step, len(known))
	for i, k := range known {
		steps[i] = Step{
			Version:   k.Source.Version,
			Name:      k.Source.Path,
			Applied:   k.State == goose.StateApplied,
			AppliedAt: k.AppliedAt.UTC(),
		}
	}
	return steps, nil
}

// provider sets goose up for one engine. The registry that goose keeps in a
// global is switched off, so that no imported package can add a migration.
func provider(db *sql.DB, engine string) (*goose.Provider, error) {
	var dialect goose.Dialect
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	switch engine {
	case SQLite:
		dialect = goose.DialectSQLite3
	case Postgres:
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, lockSeconds))
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	default:
		return nil, fault.New(fault.Invalid, "choose migrations", "no engine %q", engine)
	}
	files, err := fs.Sub(migrations.Files, engine)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, db, files, options...)
}
