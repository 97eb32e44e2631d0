package app_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"thntracker/internal/app"
	"thntracker/internal/config"
	"thntracker/internal/demo"
	"thntracker/internal/phone"
	"thntracker/internal/seal"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// The benchmarks print both sides of a comparison in one run: absolute figures
// drift with the machine, ratios hold.

const (
	clients  = 32
	stretch  = 4 * time.Second
	millions = 1_000_000
)

// visitor is a signed-in client that speaks to the handler over a real socket.
type visitor struct {
	address, cookie string
	client          *http.Client
}

func open(b *testing.B, database string) (*app.App, string) {
	b.Helper()
	a, err := app.Open(context.Background(), config.Config{Database: database, AuditKey: filepath.Join(b.TempDir(), "audit.key"), Demo: true}, app.Options{Now: clock})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, a.Close()) })
	srv := httptest.NewServer(a.Handler)
	b.Cleanup(srv.Close)
	return a, srv.URL
}

func signIn(b *testing.B, address string, role thn.Role) visitor {
	b.Helper()
	v := visitor{address: address, client: &http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: clients},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	for _, s := range demo.SignIns() {
		if s.Role == role {
			res, err := v.client.PostForm(address+"/sign-in", url.Values{"handle": {s.Handle}, "password": {s.Password}})
			require.NoError(b, err)
			require.Equal(b, http.StatusSeeOther, res.StatusCode)
			v.cookie, _, _ = strings.Cut(res.Header.Get("Set-Cookie"), ";")
			require.NoError(b, res.Body.Close())
		}
	}
	return v
}

func (v visitor) do(b *testing.B, method, path string, body []byte) []byte {
	req, err := http.NewRequest(method, v.address+path, bytes.NewReader(body))
	require.NoError(b, err)
	req.Header.Set("Cookie", v.cookie)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := v.client.Do(req)
	require.NoError(b, err)
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	require.NoError(b, err)
	require.Equal(b, http.StatusOK, res.StatusCode, string(answer))
	return answer
}

// rate runs work on all clients for a while and gives how often it was done a second.
func rate(work func()) float64 {
	var wg sync.WaitGroup
	var mu sync.Mutex
	total, end := 0, time.Now().Add(stretch)
	for range clients {
		wg.Add(1)
		go func() {
			defer wg.Done()
			n := 0
			for time.Now().Before(end) {
				work()
				n++
			}
			mu.Lock()
			total += n
			mu.Unlock()
		}()
	}
	wg.Wait()
	return float64(total) / stretch.Seconds()
}

// recordBody gives exchanges of one record each. Sealing is the phone's work, so
// most are sealed before the clock runs.
func recordBody(a *app.App, b *testing.B) func() []byte {
	const before = 12_000
	fresh := sealer(a, b)
	ready := make(chan []byte, before)
	for range before {
		ready <- fresh()
	}
	return func() []byte {
		select {
		case body := <-ready:
			return body
		default:
			return fresh()
		}
	}
}

// sealer is the phone of the demonstration's worker.
func sealer(a *app.App, b *testing.B) func() []byte {
	ctx := context.Background()
	var handle string
	for _, s := range demo.SignIns() {
		if s.Role == thn.RoleWorker {
			handle = s.Handle
		}
	}
	account, err := a.Store.Account(ctx, handle)
	require.NoError(b, err)
	actor, err := a.Accounts.Actor(ctx, account.ID, "")
	require.NoError(b, err)
	outfit, err := a.Deps.Phones.Outfit(ctx, actor, phone.Holds{})
	require.NoError(b, err)
	sites, err := a.Store.Sites(ctx, actor.Programme.ID)
	require.NoError(b, err)
	at := slices.IndexFunc(sites, func(s thn.Site) bool { return actor.Reaches(s) && s.OpenOn(actor.Programme.Today(clock())) })
	products, err := a.Store.Products(ctx, actor.Programme.ID)
	require.NoError(b, err)
	note := fmt.Appendf(nil, `{"v":1,"grant":%q,"kind":"give_out","on":"2026-11-23","clock":"near","answers":{"site":%q,"product":"%s:","day":"today","recipient":"person_at_risk","supply":"first","kits":"1"}}`,
		outfit.Token, sites[at].ID, products[0].ID)
	return func() []byte {
		id := thn.NewID()
		sealed, err := seal.Seal(outfit.Public, string(id), note)
		require.NoError(b, err)
		return fmt.Appendf(nil, `[{"id":%q,"v":1,"kid":%q,"sealed":%q}]`, id, outfit.KID, seal.Encoding.EncodeToString(sealed))
	}
}

// BenchmarkRecordEndpoint sets the record endpoint (opened, grant checked, record,
// facts and audit entry in one transaction) beside raw single-row commits into
// a table with as many indexes, on the same PostgreSQL.
func BenchmarkRecordEndpoint(b *testing.B) {
	b.Run("postgres", func(b *testing.B) {
		database := storetest.PostgresURL(b)
		a, address := open(b, database)
		v := signIn(b, address, thn.RoleWorker)
		body := recordBody(a, b)
		ours := rate(func() { require.Contains(b, string(v.do(b, http.MethodPost, "/api/v1/sync", body())), "stored") })
		raw := rawRate(b, database)
		b.ReportMetric(ours, "records/s")
		b.ReportMetric(raw, "raw-commits/s")
		b.ReportMetric(ours/raw, "of-raw")
		b.ReportMetric(0, "ns/op")
	})
	b.Run("sqlite", func(b *testing.B) {
		a, address := open(b, "sqlite:"+filepath.Join(b.TempDir(), "bench.db"))
		v := signIn(b, address, thn.RoleWorker)
		body := recordBody(a, b)
		b.ReportMetric(rate(func() { v.do(b, http.MethodPost, "/api/v1/sync", body()) }), "records/s")
		b.ReportMetric(0, "ns/op")
	})
}

func rawRate(b *testing.B, database string) float64 {
	ctx := context.Background()
	pool, err := pgxpool.New(ctx, database+joiner(database)+fmt.Sprintf("pool_max_conns=%d", clients))
	require.NoError(b, err)
	defer pool.Close()
	_, err = pool.Exec(ctx, `CREATE TABLE raw (programme_id text, id text, day date, site text, area text, channel text, kits int, PRIMARY KEY (programme_id, id));
		CREATE INDEX ON raw (programme_id, day); CREATE INDEX ON raw (programme_id, site, day); CREATE INDEX ON raw (programme_id, area); CREATE INDEX ON raw (programme_id, channel)`)
	require.NoError(b, err)
	return rate(func() {
		_, err := pool.Exec(ctx, "INSERT INTO raw VALUES ('p', $1, '2026-11-23', 's', 'a', 'peer', 1)", string(thn.NewID()))
		require.NoError(b, err)
	})
}

func joiner(database string) string {
	if strings.Contains(database, "?") {
		return "&"
	}
	return "?"
}

// BenchmarkCoveragePage times the whole page at a million and at ten million
// lines, right after a record and asked for again, what of it is spent in the
// database, and how that compares with a look-up by primary key and with a page that
// shows next to nothing, in the same run.
func BenchmarkCoveragePage(b *testing.B) {
	b.Run("postgres", func(b *testing.B) {
		database := storetest.PostgresURL(b)
		w, tapped := tap(b, database)
		a, address := open(b, tapped)
		v, worker := signIn(b, address, thn.RoleManager), signIn(b, address, thn.RoleWorker)
		body := recordBody(a, b)
		record := func() { require.Contains(b, string(worker.do(b, http.MethodPost, "/api/v1/sync", body())), "stored") }
		pool, err := pgxpool.New(context.Background(), tapped)
		require.NoError(b, err)
		defer pool.Close()
		var before pageTimes
		for _, lines := range []int{millions, 10 * millions} {
			began := time.Now()
			storetest.Multiply(b, database, lines)
			copied := time.Since(began).Round(time.Second)
			makeSums(b, a)
			b.Logf("%d lines: made in %v, their sums in %v", lines, copied, (time.Since(began) - copied).Round(time.Second))
			now := timePage(b, w, v, pool, record)
			b.Logf("%d lines: %v", lines, now)
			if lines > millions {
				now.report(b, before)
			}
			before = now
		}
	})
	b.Run("sqlite", func(b *testing.B) {
		database := "sqlite:" + filepath.Join(b.TempDir(), "bench.db")
		a, address := open(b, database)
		v := signIn(b, address, thn.RoleManager)
		small := fastest(func() { v.do(b, http.MethodGet, "/coverage", nil) })
		storetest.Multiply(b, database, millions)
		makeSums(b, a)
		large := fastest(func() { v.do(b, http.MethodGet, "/coverage", nil) })
		b.ReportMetric(large.Seconds()*1000, "ms/page")
		b.ReportMetric(large.Seconds()/small.Seconds(), "of-demonstration")
		b.ReportMetric(0, "ns/op")
	})
}

func makeSums(b *testing.B, a *app.App) {
	programmes, err := a.Store.Programmes(context.Background())
	require.NoError(b, err)
	for _, p := range programmes {
		require.NoError(b, a.Store.Rebuild(context.Background(), p.ID))
	}
}

// pageTimes are medians of one run.
type pageTimes struct {
	first, again  asked
	empty, lookup time.Duration
}

// asked is a page as the visitor waits for it, what of that the program waits for
// the database, and how many questions to the database that is.
type asked struct {
	page, sql time.Duration
	rounds    int
}

func (t pageTimes) String() string {
	text := fmt.Sprintf("an empty page %v, a look-up by primary key %v", t.empty, t.lookup)
	for i, x := range []asked{t.first, t.again} {
		text += fmt.Sprintf("\n\t%s: page %v (%.2f empty pages, goal 3), in the database %v in %d rounds, %.0f %% of the page (%.1f look-ups, goal 20)",
			[]string{"after a record", "asked again"}[i], x.page, x.page.Seconds()/t.empty.Seconds(), x.sql, x.rounds, 100*x.sql.Seconds()/x.page.Seconds(), x.sql.Seconds()/t.lookup.Seconds())
	}
	return text
}

func (t pageTimes) report(b *testing.B, before pageTimes) {
	for i, x := range []asked{t.first, t.again} {
		name := []string{"", "-again"}[i]
		b.ReportMetric(x.page.Seconds()*1000, "ms/page"+name)
		b.ReportMetric(x.sql.Seconds()*1000, "ms-sql/page"+name)
		b.ReportMetric(x.sql.Seconds()/x.page.Seconds(), "sql-share"+name)
		b.ReportMetric(x.sql.Seconds()/t.lookup.Seconds(), "sql-of-lookup"+name)
		b.ReportMetric(x.page.Seconds()/t.lookup.Seconds(), "of-lookup"+name)
		b.ReportMetric(x.page.Seconds()/t.empty.Seconds(), "of-empty-page"+name)
		b.ReportMetric(x.page.Seconds()/[]asked{before.first, before.again}[i].page.Seconds(), "of-1-million"+name)
	}
	b.ReportMetric(0, "ns/op")
}

// timePage asks for both pages and a look-up in turns, with a record in between.
func timePage(b *testing.B, w *wire, v visitor, pool *pgxpool.Pool, record func()) (t pageTimes) {
	ctx := context.Background()
	rows, err := pool.Query(ctx, "SELECT programme_id || ' ' || id FROM records TABLESAMPLE SYSTEM (1) LIMIT 400")
	require.NoError(b, err)
	keys, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(b, err)
	var first, again []asked
	var empty, lookup []time.Duration
	look := func() {
		programme, id, _ := strings.Cut(keys[len(lookup)%len(keys)], " ")
		var digest string
		require.NoError(b, pool.QueryRow(ctx, "SELECT digest FROM records WHERE programme_id = $1 AND id = $2", programme, id).Scan(&digest))
	}
	page := func(path string) asked {
		began := time.Now()
		sql, rounds := w.during(func() { v.do(b, http.MethodGet, path, nil) })
		return asked{time.Since(began), sql, rounds}
	}
	const turns, warm = 40, 10
	for turn := range turns + warm {
		record()
		one, two, bare := page("/coverage"), page("/coverage"), page("/more")
		for range 10 {
			took, _ := w.during(look)
			lookup = append(lookup, took)
		}
		if turn >= warm {
			first, again, empty = append(first, one), append(again, two), append(empty, bare.page)
		}
	}
	return pageTimes{first: middle(first), again: middle(again), empty: median(empty), lookup: median(lookup)}
}

func middle(list []asked) (m asked) {
	var page, sql []time.Duration
	for _, x := range list {
		page, sql, m.rounds = append(page, x.page), append(sql, x.sql), x.rounds
	}
	m.page, m.sql = median(page), median(sql)
	return m
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

// fastest of three: the first warms the caches.
func fastest(work func()) time.Duration {
	best := time.Hour
	for range 3 {
		began := time.Now()
		work()
		best = min(best, time.Since(began))
	}
	return best
}
