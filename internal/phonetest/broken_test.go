package phonetest

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/faultproxy"
)

// Each of these builds is broken in a way that people have shipped. The tests
// above have to find it, or they would find nothing in a good build.

// A phone that says “saved” before the disk has it.
func TestBroken_relaxed(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.release(broken(t, "relaxed"))
	require.Zero(t, syncsOfOneSave(t, w))
}

// A phone that lets go of records because something answered 200.
func TestBroken_letsGoOn200(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.release(broken(t, "let-go-on-200"))
	require.Positive(t, w.judge(chaos(t, w, 20, 7, everything...)).lost)
}

// A server that answers before it has committed, and now and then dies between
// the two.
func TestBroken_repliesBeforeCommit(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.stop()
	w.wrap = repliesBeforeCommit
	w.start(1)
	require.Positive(t, w.judge(chaos(t, w, 20, 7, faultproxy.Honest)).lost)
}

func repliesBeforeCommit(whole http.Handler) http.Handler {
	var n atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != syncPath {
			whole.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		early := answer{Proto: "thn-sync/1", Epoch: "one"}
		for _, id := range idsOf(body, r.Header.Get("Content-Encoding")) {
			early.Results = append(early.Results, result{id, "stored"})
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(early)
		if n.Add(1)%3 == 0 {
			return // killed here
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		whole.ServeHTTP(httpDiscard{http.Header{}}, r)
	})
}

// httpDiscard is an answer that nobody reads any more.
type httpDiscard struct{ header http.Header }

// Header is thrown away.
func (d httpDiscard) Header() http.Header { return d.header }

// Write is thrown away.
func (httpDiscard) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader is thrown away.
func (httpDiscard) WriteHeader(int) {}

func unpacked(body []byte, encoding string) ([]byte, error) {
	if encoding != "gzip" {
		return body, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
