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

// throttle makes whoever fails to sign in wait, longer each time. It keeps keyed
// hashes in memory, never a name or an address, and a restart forgets them.
//
// Failures count against three things. An account at one address waits longest.
// An address alone waits too, but is shared by many phones of one carrier. An
// account alone waits shortly, whatever happens: its owner must be able to come
// in while strangers knock, and where the owner came in before, the strangers'
// failures do not count at all.
type throttle struct {
	now  func() time.Time
	key  []byte
	mu   sync.Mutex
	runs map[mark]run
	home map[mark]time.Time // accounts at an address where they signed in, and when
}

type mark [16]byte

// run is a row of failures.
type run struct {
	failures int
	last     time.Time
}

// limit is how many failures are free, because people mistype, and the longest
// wait after more.
type limit struct {
	free    int
	longest time.Duration
}

var (
	limitAccountHere = limit{4, 15 * time.Minute}
	limitAddress     = limit{20, 5 * time.Minute}
	limitAccount     = limit{10, 30 * time.Second}
)

const (
	forgetAfter = time.Hour
	homeFor     = 30 * 24 * time.Hour
	mostMarks   = 100_000 // memory stays bounded whoever knocks
)

func newThrottle(now func() time.Time) *throttle {
	key := make([]byte, sha256.Size)
	if _, err := rand.Read(key); err != nil {
		panic(err) // the system has no randomness: nothing safe can follow
	}
	return &throttle{now: now, key: key, runs: map[mark]run{}, home: map[mark]time.Time{}}
}

// try is one attempt to sign in.
type try struct {
	*throttle
	here, address, account mark
}

func (t *throttle) try(handle, address string) try {
	name, from := thn.Fold(handle), prefix(address)
	return try{throttle: t, here: t.mark("here", name, from), address: t.mark("address", from), account: t.mark("account", name)}
}

func (t *throttle) mark(parts ...string) (m mark) {
	h := hmac.New(sha256.New, t.key)
	for _, p := range parts {
		h.Write([]byte(p + "\x00"))
	}
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
	if ip = ip.Unmap().WithZone(""); ip.Is6() {
		bits = 48
	}
	p, err := ip.Prefix(bits)
	if err != nil {
		return address
	}
	return p.String()
}

// wait is how long the attempt has to wait; zero or less: not at all. An attempt
// that comes too early is not a failure and makes nothing longer.
func (t try) wait() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	longest := max(t.waitOf(t.here, limitAccountHere), t.waitOf(t.address, limitAddress))
	if last, ok := t.home[t.here]; !ok || t.now().Sub(last) > homeFor {
		longest = max(longest, t.waitOf(t.account, limitAccount))
	}
	return longest
}

// waitOf doubles from one second with every failure beyond the free ones.
func (t *throttle) waitOf(m mark, l limit) time.Duration {
	r := t.runs[m]
	if r.failures <= l.free {
		return 0
	}
	delay := min(l.longest, time.Second<<min(20, r.failures-l.free-1))
	return r.last.Add(delay).Sub(t.now())
}

func (t try) failed() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.makeRoom()
	for _, m := range []mark{t.here, t.address, t.account} {
		r := t.runs[m]
		if t.now().Sub(r.last) > forgetAfter {
			r.failures = 0
		}
		t.runs[m] = run{failures: r.failures + 1, last: t.now()}
	}
}

// passed clears the account's failures here. The address keeps its own: somebody
// who knows one password may still be trying others.
func (t try) passed() {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.runs, t.here)
	t.makeRoom()
	t.home[t.here] = t.now()
}

// makeRoom forgets what is old, and everything if that is not enough: a flood
// from 100,000 networks is beyond this throttle anyway.
func (t *throttle) makeRoom() {
	if len(t.runs) < mostMarks && len(t.home) < mostMarks {
		return
	}
	for m, r := range t.runs {
		if t.now().Sub(r.last) > forgetAfter {
			delete(t.runs, m)
		}
	}
	for m, last := range t.home {
		if t.now().Sub(last) > homeFor {
			delete(t.home, m)
		}
	}
	if len(t.runs) >= mostMarks {
		clear(t.runs)
	}
	if len(t.home) >= mostMarks {
		clear(t.home)
	}
}
