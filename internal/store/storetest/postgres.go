package storetest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // database/sql's "pgx"

	"thntracker/internal/migrate"
	"thntracker/migrations"
)

// templateLock is the advisory lock under which one process of several makes
// the template database. The number is arbitrary and ours.
const templateLock = 7406702

// shared is what all tests of one process use together. It is opened by the
// first test that asks for PostgreSQL.
var shared cluster

// cluster is a PostgreSQL server with our template database in it.
type cluster struct {
	once     sync.Once
	err      error
	server   *server // nil when TEST_DATABASE_URL names somebody else's
	admin    *sql.DB
	url      url.URL // of the database named by TEST_DATABASE_URL
	template string
}

// PostgresURL gives a new database with the current schema and no rows. It is
// dropped when the test ends; a failed test keeps it, if the server outlives
// the process, and prints its address. Without PostgreSQL the test is skipped,
// or fails where REQUIRE_POSTGRES=1 or CI=true.
func PostgresURL(t testing.TB) string {
	t.Helper()
	needCluster(t)
	return shared.lend(t, shared.template)
}

// EmptyPostgresURL gives a new database without any schema, on the same terms
// as PostgresURL: for tests of the migrations and of a first start.
func EmptyPostgresURL(t testing.TB) string {
	t.Helper()
	needCluster(t)
	return shared.lend(t, "template0")
}

// needCluster opens the cluster for the first test that asks.
func needCluster(t testing.TB) {
	t.Helper()
	shared.once.Do(func() { shared.err = shared.open() })
	if errors.Is(shared.err, errNoPostgres) && !required() {
		t.Skip("storetest: NOT TESTED ON POSTGRESQL: ", shared.err)
	}
	if shared.err != nil {
		t.Fatalf("storetest: start PostgreSQL: %v", shared.err)
	}
}

// required tells whether a missing PostgreSQL is a failure.
func required() bool {
	return os.Getenv("REQUIRE_POSTGRES") == "1" || os.Getenv("CI") == "true"
}

// lend clones a database for one test.
func (c *cluster) lend(t testing.TB, template string) string {
	t.Helper()
	name := "thn_test_" + strings.ToLower(rand.Text()[:12])
	if err := c.exec("CREATE DATABASE " + name + " TEMPLATE " + template); err != nil {
		t.Fatalf("storetest: clone %s: %v", template, err)
	}
	address := c.url
	address.Path = "/" + name
	t.Cleanup(func() { c.putAway(t, name, address.String()) })
	return address.String()
}

// putAway drops a test's database, or keeps it for whoever looks into the
// failure, if the server will still be there then.
func (c *cluster) putAway(t testing.TB, name, address string) {
	if t.Failed() {
		if c.server == nil && os.Getenv("TEST_DATABASE_PASSING") == "" {
			t.Logf("storetest: kept for you: psql %q", address)
			return
		}
		t.Logf("storetest: to look into the database, run scripts/postgres in another terminal, set TEST_DATABASE_URL to what it prints, and run the test again")
	}
	if err := c.exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
		t.Errorf("storetest: drop %s: %v", name, err)
	}
}

// open finds or starts a server and makes sure that it has the template.
func (c *cluster) open() error {
	address := os.Getenv("TEST_DATABASE_URL")
	if address == "" {
		started, err := startServer()
		if err != nil {
			return err
		}
		c.server, address = started, started.url
	}
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme != "postgres" && parsed.Scheme != "postgresql" {
		return errors.New("TEST_DATABASE_URL is not a postgres:// address")
	}
	c.url = *parsed
	if c.admin, err = sql.Open("pgx", address); err != nil {
		return err
	}
	c.admin.SetMaxOpenConns(4)
	return c.makeTemplate()
}

// makeTemplate creates the migrated database that tests are cloned from, once
// per server and state of migrations/postgres. It gets its name last, so that
// a process killed half-way leaves no broken template.
func (c *cluster) makeTemplate() error {
	sum, err := migrationsSum()
	if err != nil {
		return err
	}
	c.template = "thn_template_" + sum
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, err := c.admin.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", templateLock); err != nil {
		return err
	}
	defer conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", templateLock) //nolint:errcheck // the connection's end unlocks too

	var there bool
	err = conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", c.template).Scan(&there)
	if err != nil || there {
		return err
	}
	draft := c.template + "_draft"
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + draft + " WITH (FORCE)", "CREATE DATABASE " + draft} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if err := c.migrate(ctx, draft); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+draft+" RENAME TO "+c.template)
	return err
}

// migrate brings one database of the cluster to the current schema.
func (c *cluster) migrate(ctx context.Context, name string) error {
	address := c.url
	address.Path = "/" + name
	db, err := sql.Open("pgx", address.String())
	if err != nil {
		return err
	}
	defer db.Close()
	return migrate.Up(ctx, db, migrate.Postgres)
}

// exec runs one statement beside the databases of the tests.
func (c *cluster) exec(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, err := c.admin.ExecContext(ctx, statement)
	return err
}

// close ends what open started.
func (c *cluster) close() error {
	var err error
	if c.admin != nil {
		err = c.admin.Close()
	}
	if c.server != nil {
		err = errors.Join(err, c.server.stop())
	}
	return err
}

// migrationsSum names a state of migrations/postgres, file names included.
func migrationsSum() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(migrations.Files, migrate.Postgres, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(migrations.Files, path)
		fmt.Fprintf(h, "%s %d\n%s", path, len(body), body)
		return err
	})
	return hex.EncodeToString(h.Sum(nil)[:8]), err
}
