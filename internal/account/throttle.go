package account

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"thntracker/internal/thn"
)

// throttle makes whoever fails to sign in wait, longer each time, by account and
// by address. It keeps keyed hashes in memory, never a name or an address, and
// a restart forgets them.
type throttle struct {
	now  func() time.Time
	key  []byte
	mu   sync.Mutex
	runs map[mark]run
}

type mark [sha256.Size]byte

// run is a row of failures of one account or address.
type run struct {
	failures int
	last     time.Time
}

// The first failures are free: people mistype. An address is shared by many
// phones of one carrier and gets more of them.
const (
	freeByAccount = 4
	freeByAddress = 20
	longestWait   = 15 * time.Minute
	forgetAfter   = time.Hour
	mostRuns      = 100_000 // memory stays bounded whoever knocks
)

func newThrottle(now func() time.Time) *throttle {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		panic(err) // the system has no randomness: nothing safe can follow
	}
	return &throttle{now: now, key: key, runs: map[mark]run{}}
}

// keys are what one try counts against: the account, then the address.
func (t *throttle) keys(handle, address string) [2]mark {
	return [2]mark{t.mark("account", thn.Fold(handle)), t.mark("address", prefix(address))}
}

func (t *throttle) mark(kind, s string) (m mark) {
	h := hmac.New(sha256.New, t.key)
	h.Write([]byte(kind + "\x00" + s))
	copy(m[:], h.Sum(nil))
	return m
}

// prefix is the part of an address that one household or carrier shares.
func prefix(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	bits := 24
	if ip = ip.Unmap(); ip.Is6() {
		bits = 48
	}
	p, err := ip.Prefix(bits)
	if err != nil {
		return address
	}
	return p.String()
}

// wait is how long the next try has to wait: one second after the free tries,
// doubled by every failure.
func (t *throttle) wait(keys [2]mark) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	var longest time.Duration
	for i, free := range [2]int{freeByAccount, freeByAddress} {
		r := t.runs[keys[i]]
		if r.failures <= free {
			continue
		}
		delay := min(longestWait, time.Second<<min(20, r.failures-free-1))
		longest = max(longest, r.last.Add(delay).Sub(t.now()))
	}
	return longest
}

func (t *throttle) failed(keys [2]mark) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.runs) >= mostRuns {
		t.forget()
	}
	for _, k := range keys {
		r := t.runs[k]
		if t.now().Sub(r.last) > forgetAfter {
			r.failures = 0
		}
		t.runs[k] = run{failures: r.failures + 1, last: t.now()}
	}
}

// passed clears the account's failures. The address keeps its own: somebody who
// knows one password may still be trying others.
func (t *throttle) passed(keys [2]mark) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.runs, keys[0])
}

func (t *throttle) forget() {
	for k, r := range t.runs {
		if t.now().Sub(r.last) > forgetAfter {
			delete(t.runs, k)
		}
	}
	if len(t.runs) >= mostRuns {
		t.runs = map[mark]run{}
	}
}
