package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
	msqlite "modernc.org/sqlite"

	"thntracker/internal/fault"
)

// Pool sizes. SQLite has one writer by nature; giving it one write connection
// makes others wait in line instead of failing as busy.
const (
	sqliteReaders = 4
	postgresPool  = 16
)

// config is made anew for every open: gorm writes the dialect into it, and a
// shared one sends the second engine the first one's SQL. The logger is silent
// because statements of this program carry what people told a worker.
func (s *Store) config() *gorm.Config {
	return &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         true,
		NowFunc:                s.now,
		Logger:                 logger.Discard,
	}
}

func (s *Store) openSQLite(path string) (err error) {
	s.engine = SQLite
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() +
		"?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)" +
		"&_time_format=sqlite&_timezone=UTC&_dqs=0"
	if s.writes, err = s.dialSQLite(dsn+"&_txlock=immediate", 1); err != nil {
		return err
	}
	s.reads, err = s.dialSQLite(dsn+"&_pragma=query_only(1)&_pragma=cache_size(-65536)", sqliteReaders)
	return err
}

func (s *Store) dialSQLite(dsn string, connections int) (*gorm.DB, error) {
	dialector := sqlite.New(sqlite.Config{DriverName: "sqlite", DSN: dsn}).(*sqlite.Dialector)
	g, err := gorm.Open(sqliteDialector{dialector}, s.config())
	if err != nil {
		return nil, err
	}
	return g, limit(g, connections)
}

func (s *Store) openPostgres(address string) (err error) {
	s.engine = Postgres
	if s.writes, err = s.dialPostgres(address); err != nil {
		return err
	}
	s.reads, err = s.dialPostgres(withSettings(address, "default_transaction_read_only=on"))
	return err
}

func (s *Store) dialPostgres(address string) (*gorm.DB, error) {
	g, err := gorm.Open(postgres.Open(address), s.config())
	if err != nil {
		return nil, err
	}
	return g, limit(g, postgresPool)
}

func limit(g *gorm.DB, connections int) error {
	db, err := g.DB()
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return nil
}

// sqliteDialector gives the pure Go driver's error codes the meaning that gorm
// gives PostgreSQL's.
type sqliteDialector struct{ *sqlite.Dialector }

// Translate maps SQLite's extended result codes.
func (d sqliteDialector) Translate(err error) error {
	var e *msqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case 1555, 2067: // primary key, unique
		return errors.Join(gorm.ErrDuplicatedKey, err)
	case 787, 1811: // foreign key, at once and by trigger
		return errors.Join(gorm.ErrForeignKeyViolated, err)
	case 275: // check
		return errors.Join(gorm.ErrCheckConstraintViolated, err)
	}
	return err
}

// transient tells whether PostgreSQL asks for the same transaction again.
func transient(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

// translate turns gorm's and the drivers' errors into kinds. The cause stays
// inside for the log; errors of our own pass with the operation added.
func translate(op string, err error) error {
	if err == nil {
		return nil
	}
	var own *fault.Error
	if errors.As(err, &own) {
		return fault.Wrap(op, err)
	}
	return &fault.Error{Kind: kindOf(err), Op: op, Err: err}
}

func kindOf(err error) fault.Kind {
	var connect *pgconn.ConnectError
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return fault.NotFound
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return fault.Conflict
	case errors.Is(err, gorm.ErrForeignKeyViolated), errors.Is(err, gorm.ErrCheckConstraintViolated):
		return fault.Invalid
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), errors.As(err, &connect):
		return fault.Unavailable
	}
	return fault.Internal
}

// changedOne reports a write that met no row as not found: an update without a
// row is otherwise a silent success.
func changedOne(res *gorm.DB) error {
	switch {
	case res.Error != nil:
		return res.Error
	case res.RowsAffected != 1:
		return fmt.Errorf("%d rows changed: %w", res.RowsAffected, gorm.ErrRecordNotFound)
	}
	return nil
}
