package faultproxy

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Fault is what befalls one request.
type Fault func(*Trip)

// Trip is one request on its way. A Fault sends it on with Forward, any number
// of times, and answers with Answer or Cut.
type Trip struct {
	Body []byte // of the request; Forward sends what stands here

	proxy  *Proxy
	w      http.ResponseWriter
	r      *http.Request
	status int
	header http.Header
	length int
}

// Reply is an answer: the server's, or one put in its place.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
}

// Request is what the browser sent; its body is Trip.Body.
func (t *Trip) Request() *http.Request { return t.r }

// Forward sends the request to a server and gives its answer; a server that is
// not there is a bad gateway, as behind any proxy. The browser hanging up does
// not reach the server, which would otherwise stop half-way or not, by chance.
func (t *Trip) Forward() Reply {
	reply, err := t.proxy.send(context.WithoutCancel(t.r.Context()), t.r, bytes.NewReader(t.Body), len(t.Body))
	if err != nil {
		return Page(http.StatusBadGateway, "<h1>Bad gateway</h1>")
	}
	return reply
}

// forwardHalf sends the first half of the request and hangs up on the server.
func (t *Trip) forwardHalf() {
	half := io.MultiReader(bytes.NewReader(t.Body[:len(t.Body)/2]), broken{})
	_, _ = t.proxy.send(context.WithoutCancel(t.r.Context()), t.r, half, len(t.Body)) // broken off on purpose
}

type broken struct{}

// Read fails.
func (broken) Read([]byte) (int, error) { return 0, errors.New("broken off") }

// Answer gives the browser an answer.
func (t *Trip) Answer(reply Reply) {
	t.begin(reply)
	_, _ = t.w.Write(reply.Body) // nobody is told that the browser has gone
}

// answerHalf gives half of an answer and hangs up.
func (t *Trip) answerHalf(reply Reply) {
	t.begin(reply)
	_, _ = t.w.Write(reply.Body[:len(reply.Body)/2])
	_ = http.NewResponseController(t.w).Flush()
	t.Cut()
}

func (t *Trip) begin(reply Reply) {
	header := t.w.Header()
	for name, values := range reply.Header {
		header[name] = values
	}
	header.Del("Connection")
	if len(reply.Body) > 0 {
		header.Set("Content-Length", strconv.Itoa(len(reply.Body)))
	}
	t.status, t.header, t.length = reply.Status, header.Clone(), len(reply.Body)
	t.w.WriteHeader(reply.Status)
}

// Cut hangs up on the browser, and ends the Fault.
func (t *Trip) Cut() { panic(http.ErrAbortHandler) }

// wait sleeps, unless the browser hangs up first.
func (t *Trip) wait(d time.Duration) {
	select {
	case <-time.After(d):
	case <-t.r.Context().Done():
		t.Cut()
	}
}

// note writes the trip into the log.
func (t *Trip) note() {
	t.proxy.mu.Lock()
	defer t.proxy.mu.Unlock()
	t.proxy.busy--
	t.proxy.log = append(t.proxy.log, Exchange{
		Method: t.r.Method, Path: t.r.URL.RequestURI(), Body: t.Body,
		Status: t.status, Header: t.header, Length: t.length,
	})
}

// Honest passes the request and the answer on.
func Honest(t *Trip) { t.Answer(t.Forward()) }

// LoseReply lets the server do its work and hangs up without a word of it.
func LoseReply(t *Trip) { t.Forward(); t.Cut() }

// CutReply lets the server do its work and hangs up in the middle of the
// answer's body, after a header that promised all of it.
func CutReply(t *Trip) { t.answerHalf(t.Forward()) }

// CutRequest hangs up on both in the middle of the request's body.
func CutRequest(t *Trip) { t.forwardHalf(); t.Cut() }

// Drop hangs up and tells the server nothing.
func Drop(t *Trip) { t.Cut() }

// Delay passes the request on later.
func Delay(d time.Duration) Fault { return func(t *Trip) { t.wait(d); Honest(t) } }

// Twice sends the request once more after the first, as a middlebox does that
// thinks it lost, and gives the second answer.
func Twice(t *Trip) { t.Forward(); Honest(t) }

// AtOnce sends the request several times at the same moment and gives one of
// the answers.
func AtOnce(times int) Fault {
	return func(t *Trip) {
		replies := make([]Reply, times)
		var all sync.WaitGroup
		for i := range replies {
			all.Go(func() { replies[i] = t.Forward() })
		}
		all.Wait()
		t.Answer(replies[0])
	}
}

// Garbage answers with bytes that are no HTTP: what a browser makes of a wrong
// certificate or of a proxy that speaks something else.
func Garbage(t *Trip) {
	conn, _, err := http.NewResponseController(t.w).Hijack()
	if err != nil {
		t.Cut()
	}
	_, _ = conn.Write([]byte("\x15\x03\x03\x00\x02\x02\x28"))
	_ = conn.Close()
}

// Say answers in the server's place, and tells the server nothing.
func Say(reply Reply) Fault { return func(t *Trip) { t.Answer(reply) } }

// Page is an answer of HTML, for Say.
func Page(status int, body string) Reply {
	return Reply{Status: status, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte("<!doctype html><title>Network</title>" + body)}
}

// Redirect is an answer that leads elsewhere, for Say.
func Redirect(to string) Reply {
	reply := Page(http.StatusFound, "")
	reply.Header.Set("Location", to)
	return reply
}

// Rewrite lets the server do its work and changes what it answers. The request
// goes without an Accept-Encoding, so that the answer can be read.
func Rewrite(change func(*Reply)) Fault {
	return func(t *Trip) {
		t.r.Header.Del("Accept-Encoding")
		reply := t.Forward()
		change(&reply)
		t.Answer(reply)
	}
}

// OnPath gives a fault to the requests of one path and leaves others unharmed.
func OnPath(path string, fault Fault) func(*http.Request) Fault {
	return func(r *http.Request) Fault {
		if r.URL.Path == path {
			return fault
		}
		return nil
	}
}

// First gives faults one after the other to the requests of one path, and
// leaves it unharmed when they are used up.
func First(path string, faults ...Fault) func(*http.Request) Fault {
	var mu sync.Mutex
	return func(r *http.Request) Fault {
		mu.Lock()
		defer mu.Unlock()
		if r.URL.Path != path || len(faults) == 0 {
			return nil
		}
		fault := faults[0]
		faults = faults[1:]
		return fault
	}
}

// Chaos gives the requests of one path one of the faults each, by chance; the
// same seed draws the same faults in the same order. Name a fault twice to meet
// it twice as often.
func Chaos(path string, seed uint64, faults ...Fault) func(*http.Request) Fault {
	var mu sync.Mutex
	draw := rand.New(rand.NewPCG(seed, 0))
	return func(r *http.Request) Fault {
		if r.URL.Path != path {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		return faults[draw.IntN(len(faults))]
	}
}
