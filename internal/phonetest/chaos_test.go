package phonetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/faultproxy"
	"thntracker/internal/thn"
)

const syncPath = "/api/v1/sync"

// answer is the server's answer to an exchange, to be twisted.
type answer struct {
	Proto   string   `json:"proto"`
	Epoch   string   `json:"epoch"`
	Results []result `json:"results"`
}

type result struct {
	ID      string `json:"id"`
	Outcome string `json:"outcome"`
}

// twist lets the server do its work and changes its answer, if it is one.
func twist(change func(*answer)) faultproxy.Fault {
	return faultproxy.Rewrite(func(r *faultproxy.Reply) {
		var a answer
		if json.Unmarshal(r.Body, &a) != nil {
			return
		}
		change(&a)
		r.Body, _ = json.Marshal(a) // it was one
		r.Header.Del("Content-Encoding")
	})
}

// everything is what bad networks and lying boxes do, each with its name.
var everything = []faultproxy.Fault{
	faultproxy.Honest, faultproxy.Honest,
	faultproxy.LoseReply, faultproxy.CutReply, faultproxy.CutRequest, faultproxy.Drop, faultproxy.Garbage,
	faultproxy.Delay(150 * time.Millisecond), faultproxy.Twice, faultproxy.AtOnce(4),
	faultproxy.Say(faultproxy.Page(http.StatusOK, "Log in to use this Wi-Fi")),
	faultproxy.Say(faultproxy.Redirect("/sign-in")),
	faultproxy.Say(faultproxy.Page(http.StatusNetworkAuthenticationRequired, "Log in")),
	faultproxy.Say(faultproxy.Page(http.StatusBadGateway, "Bad gateway")),
	faultproxy.Say(faultproxy.Page(http.StatusRequestEntityTooLarge, "Too large")),
	faultproxy.Say(faultproxy.Reply{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(`{"ok":true}`)}),
	faultproxy.Rewrite(func(r *faultproxy.Reply) { r.Header.Set("Content-Encoding", "gzip") }),
	twist(func(a *answer) { a.Results = a.Results[len(a.Results)/2:] }),
	twist(func(a *answer) { a.Proto = "thn-sync/9" }),
	twist(func(a *answer) {
		for i := range a.Results {
			a.Results[i].ID = string(thn.NewID())
		}
	}),
}

// saveMany saves the same again, so many times, as fast as the phone can.
func saveMany(t *testing.T, tab *browsertest.Tab, records int) {
	t.Helper()
	for records > 0 {
		some := min(records, 50)
		browsertest.Eval[bool](tab, fmt.Sprintf(`new Promise((done) => {
			let left = %d;
			const next = () => document.querySelector(%q).click();
			document.addEventListener("saved", function one() {
				if (--left > 0) return setTimeout(next);
				document.removeEventListener("saved", one);
				done(true);
			});
			next();
		})`, some, again))
		records -= some
	}
}

// chaos saves records while the network does its worst, and lets it calm down
// at the end. It gives what the phone then holds.
func chaos(t *testing.T, w *world, records int, seed uint64, faults ...faultproxy.Fault) []queued {
	t.Helper()
	tab := browsertest.Touch(t)
	w.signIn(tab, thn.RoleWorker)
	tab.HurryTimers(20) // a back-off of minutes takes seconds
	w.proxy.Break(faultproxy.Chaos(syncPath, seed, faults...))
	firstKit(tab)
	for saved := 1; saved < records; {
		some := min(records-saved, 10)
		saveMany(t, tab, some)
		saved += some
		sendNow(tab)
	}
	for range 20 { // the worst goes on for a while after the last record
		sendNow(tab)
		browsertest.Eval[bool](tab, `new Promise((done) => setTimeout(() => done(true), 50))`)
	}
	w.proxy.Break(nil)
	sendNow(tab)
	return settled(t, tab, records)
}

// UX-20: records through a network that cuts, delays, repeats, rewrites and lies:
// each is on the server exactly once.
func TestChaos_sqlite(t *testing.T) {
	t.Parallel()
	unscathed(t, open(t), "SQLite")
}

// UX-20: the same on PostgreSQL with two servers; and then once more without the unique
// indexes, which must not go well.
func TestChaos_postgres(t *testing.T) {
	t.Parallel()
	w := openPostgres(t)
	w.stop()
	w.start(2)
	unscathed(t, w, "PostgreSQL, two servers")

	for _, table := range []string{"records", "distribution_lines", "stock_entries", "tally_journal"} {
		w.query(`ALTER TABLE ` + table + ` DROP CONSTRAINT ` + table + `_pkey CASCADE`)
	}
	w.remember()
	v := w.judge(chaos(t, w, 20, 7, faultproxy.AtOnce(8), faultproxy.Twice))
	require.Positive(t, v.doubled, "a server without its unique indexes passes unnoticed: %v", v)
}

func unscathed(t *testing.T, w *world, where string) {
	t.Helper()
	records := scaled(200, 1000)
	v := w.judge(chaos(t, w, records, 7, everything...))
	browsertest.Figure("UX-20", fmt.Sprintf("lost and doubled of %d records, %s", records, where), fmt.Sprint(v.lost, " and ", v.doubled), "0 and 0")
	require.Equal(t, verdict{}, v)
	exchanges := 0
	for _, x := range w.proxy.Log() {
		if x.Path == syncPath {
			exchanges++
		}
	}
	require.Greater(t, exchanges, 20, "the network was met")
}

// idsOf are the ids that a request offers.
func idsOf(body []byte, encoding string) []string {
	plain, err := unpacked(body, encoding)
	if err != nil {
		return nil
	}
	var items []struct{ ID string }
	if json.NewDecoder(bytes.NewReader(plain)).Decode(&items) != nil {
		return nil
	}
	var ids []string
	for _, x := range items {
		ids = append(ids, x.ID)
	}
	return ids
}
