package store

import (
	"context"
	"net/url"
	"strings"

	"gorm.io/gorm"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// readerRole is the PostgreSQL role that may read releases and what was announced
// of them, and nothing else.
const readerRole = "thn_reader"

// shelfReaders is how many connections serve readers outside: their pages are kept
// once they are drawn.
const shelfReaders = 4

// Shelf is where readers outside a programme find its releases: a handle of its
// own, through which no record can be read. On PostgreSQL its connections take on
// a role that has no right to any other table; on SQLite, which knows no roles, it
// is a connection that cannot write and a type that asks for nothing else.
type Shelf struct {
	engine Engine
	reads  *gorm.DB
}

// OpenShelf opens the shelf of a database that Open has brought up to date. On
// PostgreSQL it is an error when the role is missing and could not be made.
func OpenShelf(ctx context.Context, address string) (*Shelf, error) {
	s := &Store{}
	var err error
	if path, isFile := strings.CutPrefix(address, "sqlite:"); isFile {
		s.engine = SQLite
		s.reads, err = s.dialSQLite("file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=ro&_pragma=query_only(1)&_pragma=busy_timeout(5000)&_time_format=sqlite&_timezone=UTC&_dqs=0", sqliteReaders)
	} else {
		s.engine = Postgres
		if s.reads, err = s.dialPostgres(withSettings(address, "default_transaction_read_only=on&role="+readerRole)); err == nil {
			err = limit(s.reads, shelfReaders)
		}
	}
	if err == nil {
		err = s.reads.WithContext(ctx).Exec("SELECT 1 FROM editions, announcements WHERE 1 = 0").Error
	}
	if err != nil {
		_ = s.close() // the first error is the one to report
		return nil, translate("open shelf", err)
	}
	return &Shelf{engine: s.engine, reads: s.reads}, nil
}

// withSettings adds settings to a PostgreSQL address.
func withSettings(address, settings string) string {
	if strings.Contains(address, "?") {
		return address + "&" + settings
	}
	return address + "?" + settings
}

// Close disconnects.
func (s *Shelf) Close() error { return (&Store{reads: s.reads}).close() }

// Public lists the releases for everybody, of a country or, without one, of all:
// the newest first, without their bodies. Whether one may be read yet is for the
// caller to ask: it knows the hour.
func (s *Shelf) Public(ctx context.Context, country string) (list []thn.Edition, err error) {
	where := "audience = ? AND state = ?"
	args := []any{thn.ForPublic, thn.EditionPublished}
	if country != "" {
		where, args = where+" AND country = ?", append(args, country)
	}
	list, err = editions(s.reads.WithContext(ctx).Omit("body").Where(where, args...))
	return list, translate("list public editions", err)
}

// Edition finds a published release of any audience by its number, with its body.
func (s *Shelf) Edition(ctx context.Context, programme thn.ID, number int) (thn.Edition, error) {
	e, err := edition(s.reads.WithContext(ctx), programme, number)
	if err == nil && e.State != thn.EditionPublished {
		return thn.Edition{}, fault.New(fault.NotFound, "edition", "not published")
	}
	return e, translate("edition", err)
}
