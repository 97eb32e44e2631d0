// Package config holds what whoever runs the program may set: checked once,
// before anything is opened, and printable without secrets. It reads no
// command line; cmd/thn does that and hands over words. Start at New.
package config

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"thntracker/internal/fault"
)

// The names under which the environment may set a value, and what holds when
// nothing does.
const (
	AddrVar         = "THN_ADDR"
	DatabaseVar     = "THN_DATABASE_URL"
	AuditKeyVar     = "THN_AUDIT_KEY"
	DefaultAddr     = "127.0.0.1:8080"
	DefaultDatabase = "sqlite:data/thn.db"
	DefaultAuditKey = "data/audit.key" // with PostgreSQL; beside the file with SQLite
)

// Config is what one run of the program was told. Take it from New: the fields
// are then well formed, though nothing has been opened yet.
type Config struct {
	Addr     string // HOST:PORT to listen on; the host may be empty, the port 0
	Database string // sqlite:PATH or postgres://…; may hold a password
	AuditKey string // file that holds the key of the audit; empty: the usual place
	Demo     bool   // fill a new database with the demonstration programme
	Online   bool   // phones let go of the screen that they keep; what waits on them stays and is sent
}

// New checks the settings; an empty one takes its default. A refusal is
// fault.Invalid, says what would do instead, and holds no password.
func New(addr, database, auditKey string, demo bool) (Config, error) {
	c := Config{Addr: addr, Database: database, AuditKey: auditKey, Demo: demo}
	if c.Addr == "" {
		c.Addr = DefaultAddr
	}
	if c.Database == "" {
		c.Database = DefaultDatabase
	}
	if err := checkAddr(c.Addr); err != nil {
		return Config{}, err
	}
	if err := checkDatabase(c.Database); err != nil {
		return Config{}, err
	}
	return c, nil
}

// FromEnvironment is New for the variables, read through getenv.
func FromEnvironment(getenv func(string) string, demo bool) (Config, error) {
	return New(getenv(AddrVar), getenv(DatabaseVar), getenv(AuditKeyVar), demo)
}

// AuditKeyFile is where the key of the audit is: as told, or beside an SQLite
// file, or in the usual place.
func (c Config) AuditKeyFile() string {
	path, isFile := strings.CutPrefix(c.Database, "sqlite:")
	switch {
	case c.AuditKey != "":
		return c.AuditKey
	case isFile:
		return path + ".audit.key"
	}
	return DefaultAuditKey
}

// String is the configuration as a log may have it: without the password.
func (c Config) String() string {
	return fmt.Sprintf("addr=%s database=%s demo=%t", c.Addr, Redact(c.Database), c.Demo)
}

// GoString keeps the password out of %#v, which does not ask String.
func (c Config) GoString() string { return "config.Config{" + c.String() + "}" }

func checkAddr(addr string) error {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fault.New(fault.Invalid, "read address", "%q is not HOST:PORT, for instance %s", addr, DefaultAddr)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fault.New(fault.Invalid, "read address", "the port %q is not a number from 0 to 65535", port)
	}
	return nil
}

func checkDatabase(address string) error {
	const op = "read database address"
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		if path == "" || strings.HasPrefix(path, ":memory:") {
			return fault.New(fault.Invalid, op, "sqlite: needs the path of a file, for instance %s", DefaultDatabase)
		}
		return nil
	}
	if !isPostgres(address) {
		return fault.New(fault.Invalid, op, "write sqlite:PATH or postgres://USER@HOST/NAME")
	}
	// url.Parse quotes what it cannot read, password included: its error stays here.
	parsed, err := url.Parse(address)
	if err != nil {
		return fault.New(fault.Invalid, op, "the postgres:// address cannot be read: write signs such as @ : / # in a password as %%40 %%3A %%2F %%23")
	}
	if strings.Trim(parsed.Path, "/") == "" && parsed.Query().Get("dbname") == "" {
		return fault.New(fault.Invalid, op, "the postgres:// address names no database: postgres://USER@HOST/NAME")
	}
	return nil
}

// Redact is a database address without its password, for people and logs. An
// address that cannot be read is not shown at all.
func Redact(address string) string {
	if !isPostgres(address) {
		return address
	}
	parsed, err := url.Parse(address)
	if err != nil {
		return "postgres://…"
	}
	query := parsed.Query()
	for _, name := range []string{"password", "sslpassword", "passfile"} {
		if query.Has(name) {
			query.Set(name, "xxxxx")
		}
	}
	parsed.RawQuery = query.Encode()
	return parsed.Redacted()
}

func isPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}
