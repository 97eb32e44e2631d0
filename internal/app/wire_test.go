package app_test

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// wire stands between the program and PostgreSQL and measures how long the
// program waits for it: from the first byte of a question to the end of its
// answer, whatever was asked. Nothing in the product knows of it.
type wire struct {
	mu     sync.Mutex
	busy   time.Duration
	rounds int
}

// tap opens a wire to the database and gives the address at its other end.
func tap(b *testing.B, database string) (*wire, string) {
	b.Helper()
	address, err := url.Parse(database)
	require.NoError(b, err)
	socket := address.Query().Get("host") + "/.s.PGSQL.5432"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, listener.Close()) })
	w := &wire{}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return // the benchmark is over
			}
			server, err := net.Dial("unix", socket)
			if err != nil {
				_ = client.Close() // which the program reports
				return
			}
			go w.carry(client, server)
		}
	}()
	address.Host, address.RawQuery = listener.Addr().String(), "sslmode=disable"
	return w, address.String()
}

// carry passes bytes both ways until either side hangs up.
func (w *wire) carry(client, server net.Conn) {
	asked := make(chan time.Time, 1)
	go func() {
		defer server.Close()
		pass(client, server, func([]byte) {
			select {
			case asked <- time.Now():
			default: // the question goes on
			}
		})
	}()
	defer client.Close()
	pass(server, client, func(part []byte) {
		n := len(part)
		if n < 6 || part[n-6] != 'Z' { // not yet ready for the next question
			return
		}
		select {
		case began := <-asked:
			w.mu.Lock()
			w.busy, w.rounds = w.busy+time.Since(began), w.rounds+1
			w.mu.Unlock()
		default:
		}
	})
}

func pass(from io.Reader, to io.Writer, see func(part []byte)) {
	buffer := make([]byte, 1<<16)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			see(buffer[:n])
			if _, wrong := to.Write(buffer[:n]); wrong != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// during tells how long work waited for the database, and in how many rounds.
func (w *wire) during(work func()) (time.Duration, int) {
	w.mu.Lock()
	w.busy, w.rounds = 0, 0
	w.mu.Unlock()
	work()
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.busy, w.rounds
}
