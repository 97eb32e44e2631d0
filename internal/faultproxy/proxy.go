// Package faultproxy stands between a browser and a server and does to their
// talk what bad networks do: it stops, cuts, delays, repeats, rewrites and
// answers in the server's place. What it does to a request is one function, a
// Fault, chosen anew for each; it also counts every byte. It knows nothing of
// this program. Libraries for this break streams of bytes and do not know where
// a request or its answer ends, which is where the faults are that lose or
// repeat a record. Start at New.
package faultproxy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Proxy is a server on one fixed port of this machine that passes requests on.
// It is safe for use by several goroutines.
type Proxy struct {
	t         testing.TB
	addr      string
	transport *http.Transport
	up, down  atomic.Int64

	mu      sync.Mutex
	server  *http.Server // nil while stopped
	servers []string     // addresses that take turns
	turn    int
	choose  func(*http.Request) Fault
	log     []Exchange
	busy    int // requests that have come and are not answered
}

// Exchange is one request that came, and what was answered.
type Exchange struct {
	Method string
	Path   string // with the query
	Body   []byte // of the request
	Status int    // that the browser was given; 0: it was left without an answer
	Header http.Header
	Length int // of the answer's body in bytes, as sent
}

// New starts a proxy in front of servers, for instance "http://127.0.0.1:8080",
// which take turns. It ends with the test.
func New(t testing.TB, servers ...string) *Proxy {
	t.Helper()
	p := &Proxy{t: t, servers: servers, transport: &http.Transport{DisableCompression: true}}
	for range 100 {
		// Below the ports that systems lend: nobody takes it while we stop.
		p.addr = fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(10000))
		if p.listen() == nil {
			t.Cleanup(func() { p.Stop(); p.transport.CloseIdleConnections() })
			return p
		}
	}
	t.Fatal("faultproxy: no free port")
	return nil
}

// URL is the address that a browser opens; it never changes.
func (p *Proxy) URL() string { return "http://" + p.addr }

// Serve sends requests to other servers from now on.
func (p *Proxy) Serve(servers ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.servers, p.turn = servers, 0
}

// Stop refuses connections and hangs up on those that are open.
func (p *Proxy) Stop() {
	p.mu.Lock()
	server := p.server
	p.server = nil
	p.mu.Unlock()
	if server != nil {
		_ = server.Close() // it reports the connections that it cut
	}
}

// Start takes connections again after Stop.
func (p *Proxy) Start() {
	p.t.Helper()
	if err := p.listen(); err != nil {
		p.t.Fatalf("faultproxy: %v", err)
	}
}

func (p *Proxy) listen() error {
	listener, err := net.Listen("tcp", p.addr)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: http.HandlerFunc(p.pass), ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: time.Minute}
	p.mu.Lock()
	p.server = server
	p.mu.Unlock()
	go func() { _ = server.Serve(counted{listener, p}) }() // it ends with Stop
	return nil
}

// Break chooses a fault for each request from now on; nil, from choose or in
// its place, passes it on unharmed. choose may be called by several goroutines.
func (p *Proxy) Break(choose func(*http.Request) Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.choose = choose
}

// Log gives what has passed since the proxy began or Forget was called.
func (p *Proxy) Log() []Exchange {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Exchange(nil), p.log...)
}

// Busy is how many requests have come and are neither answered nor cut.
func (p *Proxy) Busy() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.busy
}

// Bytes counts what went to the server's side and came from it since the proxy
// began or Forget was called: bodies, headers and all, as on the wire.
func (p *Proxy) Bytes() (up, down int64) { return p.up.Load(), p.down.Load() }

// Forget empties the log and sets the counters to nothing.
func (p *Proxy) Forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.log = nil
	p.up.Store(0)
	p.down.Store(0)
}

// pass answers one request.
func (p *Proxy) pass(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // the browser hung up
	}
	trip := &Trip{proxy: p, w: w, r: r, Body: body}
	p.mu.Lock()
	fault := Honest
	if p.choose != nil {
		if chosen := p.choose(r); chosen != nil {
			fault = chosen
		}
	}
	p.busy++
	p.mu.Unlock()
	defer trip.note()
	fault(trip)
}

// next is the server whose turn it is.
func (p *Proxy) next() (*url.URL, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.servers) == 0 {
		return nil, errors.New("no server")
	}
	p.turn++
	return url.Parse(p.servers[p.turn%len(p.servers)])
}

// send makes a request to a server and reads the whole answer.
func (p *Proxy) send(ctx context.Context, r *http.Request, body io.Reader, length int) (Reply, error) {
	to, err := p.next()
	if err != nil {
		return Reply{}, err
	}
	request := r.Clone(ctx)
	request.URL.Scheme, request.URL.Host = to.Scheme, to.Host
	request.Body, request.ContentLength = io.NopCloser(body), int64(length)
	if length == 0 {
		request.Body = http.NoBody
	}
	response, err := p.transport.RoundTrip(request)
	if err != nil {
		return Reply{}, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	return Reply{Status: response.StatusCode, Header: response.Header, Body: answer}, err
}

// counted counts the bytes of the connections that a listener takes.
type counted struct {
	net.Listener
	proxy *Proxy
}

// Accept takes a connection.
func (l counted) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return countedConn{conn, l.proxy}, err
}

type countedConn struct {
	net.Conn
	proxy *Proxy
}

// Read reads and counts.
func (c countedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.proxy.up.Add(int64(n))
	return n, err
}

// Write writes and counts.
func (c countedConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.proxy.down.Add(int64(n))
	return n, err
}
