package phonetest

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/app"
	"thntracker/internal/browsertest"
	"thntracker/internal/config"
	"thntracker/internal/demo"
	"thntracker/internal/faultproxy"
	"thntracker/internal/setup"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestMain(m *testing.M) {
	code := storetest.Main(browsertest.With(m))
	_ = os.RemoveAll(templateFolder) // nothing depends on it being gone
	os.Exit(code)
}

// scaled is a size for every run, or the full size of the requirement where
// THN_LONG=1 asks for it.
func scaled(every, full int) int {
	if os.Getenv("THN_LONG") == "1" {
		return full
	}
	return every
}

// world is the whole program with the demonstration, behind a bad network.
type world struct {
	t      *testing.T
	cfg    config.Config
	proxy  *faultproxy.Proxy
	files  fs.FS                           // another release; nil: this one
	wrap   func(http.Handler) http.Handler // breaks the server on purpose
	app    *app.App                        // the server opened last
	stops  []func()
	before map[string]bool // ids of the records that were there from the start
}

// open starts a world on SQLite.
func open(t *testing.T) *world {
	t.Helper()
	folder := t.TempDir()
	template := demonstration(t)
	for _, name := range []string{"thn.db", "audit.key"} {
		bytes, err := os.ReadFile(filepath.Join(template, name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), bytes, 0o600))
	}
	return openAt(t, "sqlite:"+filepath.Join(folder, "thn.db"), filepath.Join(folder, "audit.key"))
}

// openPostgres starts one on PostgreSQL, with a small programme in the place of
// the demonstration, which is not copied there in a moment.
func openPostgres(t *testing.T) *world {
	t.Helper()
	return openSmall(t, storetest.PostgresURL(t))
}

// openSmall starts one on an empty database, with a programme of one site.
func openSmall(t *testing.T, database string) *world {
	t.Helper()
	key := filepath.Join(t.TempDir(), "audit.key")
	a, err := app.Open(context.Background(), config.Config{Database: database, AuditKey: key}, app.Options{Now: time.Now})
	require.NoError(t, err)
	found(t, a)
	require.NoError(t, a.Close())
	return openAt(t, database, key)
}

// The ids of the small programme are always the same, because records that were
// sealed for it by earlier releases name them.
const (
	smallProgramme thn.ID = "5b1c0f1e-6d2a-4f6e-9a53-0c1d2e3f4a50"
	smallCountry   thn.ID = "5b1c0f1e-6d2a-4f6e-9a53-0c1d2e3f4a51"
	smallSite      thn.ID = "5b1c0f1e-6d2a-4f6e-9a53-0c1d2e3f4a52"
	smallProduct          = "5b1c0f1e-6d2a-4f6e-9a53-0c1d2e3f5a%02d"
)

// found founds the small programme, with the demonstration's worker in it.
func found(t *testing.T, a *app.App) {
	t.Helper()
	ctx, country := context.Background(), thn.Area{ID: smallCountry, Kind: thn.AreaCountry, Code: "XD", Name: "Lantern"}
	opened, err := thn.ParseDate("2020-01-01")
	require.NoError(t, err)
	products := setup.Products()
	for i := range products {
		products[i].ID = thn.ID(fmt.Sprintf(smallProduct, i))
	}
	require.NoError(t, a.Store.Found(ctx, thn.Founding{Country: country, Products: products,
		Programme: thn.Programme{ID: smallProgramme, Name: "Lantern programme", Country: "XD", Zone: "Etc/UTC", Fiscal: 1, Demo: true}}))
	require.NoError(t, a.Store.AddSites(ctx, smallProgramme, "", thn.Site{ID: smallSite, Area: country.ID, Name: "Quay", Setting: "peer_network",
		Channel: thn.ChannelCommunity, Supplier: thn.SupplierPeer, Opened: opened}))
	worker := demo.SignIns()[0]
	_, err = a.Accounts.Create(ctx, "", thn.Account{Handle: worker.Handle, Demo: true}, worker.Password, thn.Grant{Programme: smallProgramme, Role: worker.Role})
	require.NoError(t, err)
}

func openAt(t *testing.T, database, key string) *world {
	t.Helper()
	w := &world{t: t, cfg: config.Config{Addr: "127.0.0.1:0", Database: database, AuditKey: key, Demo: true}}
	w.proxy = faultproxy.New(t)
	t.Cleanup(w.stop)
	w.start(1)
	w.remember()
	return w
}

// remember counts from now on what is fresh.
func (w *world) remember() {
	w.t.Helper()
	w.before = map[string]bool{}
	for _, id := range w.query(`SELECT id FROM records`) {
		w.before[id] = true
	}
}

// start starts servers on the world's database, which take turns.
func (w *world) start(servers int) {
	w.t.Helper()
	var addresses []string
	for range servers {
		addresses = append(addresses, w.server())
	}
	w.proxy.Serve(addresses...)
}

// server starts one and gives its address.
func (w *world) server() string {
	w.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	a, err := app.Open(ctx, w.cfg, app.Options{Now: time.Now, Log: logTo{w.t}, Files: w.files})
	require.NoError(w.t, err)
	if w.wrap != nil {
		a.Handler = w.wrap(a.Handler)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(w.t, err)
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx, listener) }()
	w.app = a
	w.stops = append(w.stops, func() {
		stop()
		if err := <-done; err != nil {
			w.t.Errorf("serve: %v", err)
		}
		if err := a.Close(); err != nil {
			w.t.Errorf("close: %v", err)
		}
	})
	return "http://" + listener.Addr().String()
}

// release puts another release of the program, or a broken one, in the place of
// this one.
func (w *world) release(files fs.FS) {
	w.t.Helper()
	servers := len(w.stops)
	w.stop()
	w.files = files
	w.start(servers)
}

// stop ends the servers; the address stays, and answers that nobody is there.
func (w *world) stop() {
	w.proxy.Serve()
	for _, stop := range w.stops {
		stop()
	}
	w.stops = nil
}

// copy is the database as it stands while no server runs; SQLite only.
func (w *world) copy() []byte {
	w.t.Helper()
	bytes, err := os.ReadFile(strings.TrimPrefix(w.cfg.Database, "sqlite:"))
	require.NoError(w.t, err)
	return bytes
}

// putBack puts a copy in the place of the database.
func (w *world) putBack(copy []byte) {
	w.t.Helper()
	require.NoError(w.t, os.WriteFile(strings.TrimPrefix(w.cfg.Database, "sqlite:"), copy, 0o600))
}

// thn runs the program's command line on the world's database, as whoever looks
// after a server would, and gives what it says.
func (w *world) thn(args ...string) string {
	w.t.Helper()
	command := exec.Command("go", append([]string{"run", "../../cmd/thn"}, args...)...)
	command.Env = append(os.Environ(), config.DatabaseVar+"="+w.cfg.Database, "THN_AUDIT_KEY="+w.cfg.AuditKey)
	said, err := command.CombinedOutput()
	require.NoError(w.t, err, string(said))
	return string(said)
}

// query gives the first column of what stands in the database.
func (w *world) query(question string, blanks ...any) []string {
	w.t.Helper()
	driver, source := "pgx", w.cfg.Database
	if file, ok := strings.CutPrefix(source, "sqlite:"); ok {
		driver, source = "sqlite", "file:"+file+"?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, source)
	require.NoError(w.t, err)
	defer db.Close()
	rows, err := db.Query(question, blanks...)
	require.NoError(w.t, err, question)
	defer rows.Close()
	var found []string
	for rows.Next() {
		var value sql.NullString
		require.NoError(w.t, rows.Scan(&value))
		found = append(found, value.String)
	}
	require.NoError(w.t, rows.Err())
	return found
}

// fresh lists the ids of the records that came since the world began, with how
// often each is there: once, or something is wrong.
func (w *world) fresh() map[string]int {
	w.t.Helper()
	times := map[string]int{}
	for _, id := range w.query(`SELECT id FROM records`) {
		if !w.before[id] {
			times[id]++
		}
	}
	return times
}

// held lists the ids of records that wait for a manager, with how many
// contents each came.
func (w *world) held() map[string]int {
	w.t.Helper()
	times := map[string]int{}
	for _, id := range w.query(`SELECT record_id FROM held_records`) {
		times[id]++
	}
	return times
}

// logTo shows what the server has to complain of.
type logTo struct{ t *testing.T }

// Write shows a line.
func (l logTo) Write(p []byte) (int, error) {
	if strings.Contains(string(p), "level=ERROR") && !strings.Contains(string(p), "context canceled") {
		l.t.Logf("%.300s", p)
	}
	return len(p), nil
}

// demonstration is a folder with the demonstration's database and key. Filling
// it once and copying it costs a test a few milliseconds.
func demonstration(t *testing.T) string {
	t.Helper()
	folder, err := template()
	require.NoError(t, err)
	return folder
}

// templateFolder is what template made, for TestMain to remove.
var templateFolder string

var template = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "thn-phonetest-")
	if err != nil {
		return "", err
	}
	templateFolder = folder
	cfg := config.Config{Addr: "127.0.0.1:0", Database: "sqlite:" + filepath.Join(folder, "thn.db"), AuditKey: filepath.Join(folder, "audit.key"), Demo: true}
	a, err := app.Open(context.Background(), cfg, app.Options{})
	if err != nil {
		return "", err
	}
	return folder, a.Close()
})
