package faultproxy_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/faultproxy"
)

// origin is a server that remembers the whole bodies it was sent.
type origin struct {
	mu   sync.Mutex
	got  []string
	name string
}

// ServeHTTP answers with what it was sent and its name.
func (o *origin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // half a request is none
	}
	o.mu.Lock()
	o.got = append(o.got, string(body))
	o.mu.Unlock()
	w.Header().Set("X-Host", r.Host)
	fmt.Fprintf(w, "%s has %s", o.name, body)
}

func (o *origin) received() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string(nil), o.got...)
}

func start(t *testing.T, name string) (*origin, string) {
	t.Helper()
	o := &origin{name: name}
	server := httptest.NewServer(o)
	t.Cleanup(server.Close)
	return o, server.URL
}

// post sends a body on a connection of its own: nobody repeats it.
func post(t *testing.T, address, body string) (status int, answer string, err error) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Post(address, "text/plain", strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	all, err := io.ReadAll(response.Body)
	return response.StatusCode, string(all), err
}

func TestFault(t *testing.T) {
	t.Parallel()
	for name, is := range map[string]struct {
		fault   faultproxy.Fault
		server  []string // what it got
		status  int      // 0: the browser knows nothing
		browser string
	}{
		"none":               {nil, []string{"a record"}, 200, "one has a record"},
		"the reply is lost":  {faultproxy.LoseReply, []string{"a record"}, 0, ""},
		"the reply is cut":   {faultproxy.CutReply, []string{"a record"}, 200, "one has "},
		"the request is cut": {faultproxy.CutRequest, nil, 0, ""},
		"dropped":            {faultproxy.Drop, nil, 0, ""},
		"late":               {faultproxy.Delay(20 * time.Millisecond), []string{"a record"}, 200, "one has a record"},
		"twice":              {faultproxy.Twice, []string{"a record", "a record"}, 200, "one has a record"},
		"three at once":      {faultproxy.AtOnce(3), []string{"a record", "a record", "a record"}, 200, "one has a record"},
		"no HTTP":            {faultproxy.Garbage, nil, 0, ""},
		"a portal":           {faultproxy.Say(faultproxy.Page(200, "Log in")), nil, 200, "<!doctype html><title>Network</title>Log in"},
		"led away":           {faultproxy.Say(faultproxy.Redirect("/login")), nil, 302, "<!doctype html><title>Network</title>"},
		"rewritten": {faultproxy.Rewrite(func(r *faultproxy.Reply) { r.Body = bytes.ReplaceAll(r.Body, []byte("record"), []byte("lie, longer")) }),
			[]string{"a record"}, 200, "one has a lie, longer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, address := start(t, "one")
			proxy := faultproxy.New(t, address)
			proxy.Break(faultproxy.OnPath("/sync", is.fault))
			status, answer, err := post(t, proxy.URL()+"/sync", "a record")
			require.Equal(t, is.status, status)
			require.Equal(t, is.browser, answer)
			require.Equal(t, is.status == 0 || name == "the reply is cut", err != nil, "%v", err)
			require.Equal(t, is.server, server.received())

			_, answer, err = post(t, proxy.URL()+"/other", "more")
			require.NoError(t, err)
			require.Equal(t, "one has more", answer, "other paths are left alone")
		})
	}
}

func TestProxy_stopsAndStarts(t *testing.T) {
	t.Parallel()
	_, address := start(t, "one")
	proxy := faultproxy.New(t, address)
	for range 3 {
		_, answer, err := post(t, proxy.URL(), "a")
		require.NoError(t, err)
		require.Equal(t, "one has a", answer)
		proxy.Stop()
		_, _, err = post(t, proxy.URL(), "a")
		require.ErrorContains(t, err, "refused")
		proxy.Start()
	}
	proxy.Serve() // nobody
	status, _, err := post(t, proxy.URL(), "a")
	require.NoError(t, err)
	require.Equal(t, http.StatusBadGateway, status)
}

func TestProxy_serversTakeTurns(t *testing.T) {
	t.Parallel()
	one, first := start(t, "one")
	two, second := start(t, "two")
	proxy := faultproxy.New(t, first, second)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { _, _, _ = post(t, proxy.URL(), "a") })
	}
	all.Wait()
	require.Len(t, one.received(), 10)
	require.Len(t, two.received(), 10)
	require.Len(t, proxy.Log(), 20)
}

func TestProxy_countsAndRemembers(t *testing.T) {
	t.Parallel()
	_, address := start(t, "one")
	proxy := faultproxy.New(t, address)
	_, _, err := post(t, proxy.URL()+"/sync?x=1", strings.Repeat("a", 1000))
	require.NoError(t, err)
	up, down := proxy.Bytes()
	require.Greater(t, up, int64(1000+100), "the body and a header")
	require.Less(t, up, int64(1000+400))
	require.Greater(t, down, int64(1008+50))
	require.Less(t, down, int64(1008+400))
	passed := proxy.Log()
	require.Len(t, passed, 1)
	require.Equal(t, "POST /sync?x=1 200 1000 1008", fmt.Sprint(passed[0].Method, " ", passed[0].Path, " ", passed[0].Status, " ", len(passed[0].Body), " ", passed[0].Length))
	require.Equal(t, strings.TrimPrefix(proxy.URL(), "http://"), passed[0].Header.Get("X-Host"), "the host that the browser named")

	proxy.Forget()
	up, down = proxy.Bytes()
	require.Zero(t, up+down)
	require.Empty(t, proxy.Log())
}

func TestFirst(t *testing.T) {
	t.Parallel()
	server, address := start(t, "one")
	proxy := faultproxy.New(t, address)
	proxy.Break(faultproxy.First("/sync", faultproxy.Drop, nil, faultproxy.LoseReply))
	for i, wrong := range []bool{true, false, true, false} {
		_, _, err := post(t, proxy.URL()+"/sync", fmt.Sprint(i))
		require.Equal(t, wrong, err != nil, i)
	}
	require.Equal(t, []string{"1", "2", "3"}, server.received())
}

func TestChaos_isTheSameEachTime(t *testing.T) {
	t.Parallel()
	draw := func(seed uint64) []string {
		server, address := start(t, "one")
		proxy := faultproxy.New(t, address)
		proxy.Break(faultproxy.Chaos("/sync", seed, faultproxy.Honest, faultproxy.Drop, faultproxy.Twice))
		for i := range 20 {
			_, _, _ = post(t, proxy.URL()+"/sync", fmt.Sprint(i))
		}
		return server.received()
	}
	require.Equal(t, draw(7), draw(7))
	require.NotEqual(t, draw(7), draw(8))
}
