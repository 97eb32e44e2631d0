package account

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

const good = "lantern gravel seven otter"

// desk is accounts over a real store with a clock that is moved by hand.
func desk(t *testing.T) (a *Accounts, forward func(time.Duration)) {
	t.Helper()
	var offset atomic.Int64
	now := func() time.Time { return storetest.Noon.Add(time.Duration(offset.Load())) }
	s := storetest.SQLite(t)
	p := thn.Programme{ID: thn.NewID(), Name: "One", Country: "XD", Zone: "UTC", Fiscal: 1}
	require.NoError(t, s.Found(t.Context(), thn.Founding{Programme: p, Country: thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "X"}}))
	a = New(s, Options{Now: now})
	for _, handle := range []string{"worker", "disabled"} {
		made, err := a.Create(t.Context(), "", thn.Account{Handle: handle}, good, thn.Grant{Programme: p.ID, Role: thn.RoleWorker})
		require.NoError(t, err)
		if handle == "disabled" {
			require.NoError(t, a.Disable(t.Context(), "", made.ID))
		}
	}
	return a, func(d time.Duration) { offset.Add(int64(d)) }
}

func TestSignIn_answersAlike(t *testing.T) {
	t.Parallel()
	a, _ := desk(t)
	_, unknown := a.SignIn(t.Context(), "nobody", good, "192.0.2.1")
	require.True(t, fault.Is(unknown, fault.Denied))
	key, args := fault.Sentence(unknown)
	require.Equal(t, "sign_in.wrong", key)
	require.Empty(t, args)
	for _, x := range [][2]string{{"worker", good + "x"}, {"worker", ""}, {"disabled", good}, {"", ""}, {"worker\x00", good}} {
		_, err := a.SignIn(t.Context(), x[0], x[1], "198.51.100.1")
		require.Equal(t, unknown, err, x)
	}
	got, err := a.SignIn(t.Context(), "WORKER", good, "203.0.113.1")
	require.NoError(t, err)
	require.Equal(t, "worker", got.Handle)
}

// The same password typed on a keyboard that composes its accents.
func TestSignIn_oneSpelling(t *testing.T) {
	t.Parallel()
	a, _ := desk(t)
	w, err := a.store.Account(t.Context(), "worker")
	require.NoError(t, err)
	require.NoError(t, a.SetPassword(t.Context(), "", w.ID, "bru\u0301jula océano naranja"))
	_, err = a.SignIn(t.Context(), "worker", "br\u00fajula océano naranja", "192.0.2.1")
	require.NoError(t, err)
}

// Each kind of refusal costs one hash: what differs is noise, not who exists.
func TestSignIn_takesAsLongForNobody(t *testing.T) {
	a, forward := desk(t)
	median := func(handle string) time.Duration {
		var took []time.Duration
		for range 9 {
			forward(2 * time.Hour)
			start := time.Now()
			_, err := a.SignIn(t.Context(), handle, "wrong", "192.0.2.1")
			took = append(took, time.Since(start))
			require.Error(t, err)
		}
		slices.Sort(took)
		return took[len(took)/2]
	}
	median("nobody") // makes the stand-in hash
	known, unknown, disabled := median("worker"), median("nobody"), median("disabled")
	for name, d := range map[string]time.Duration{"unknown": unknown, "disabled": disabled} {
		require.Greater(t, d, known/3, name)
		require.Less(t, d, known*3, name)
	}
}

func TestSignIn_waitsGrowAndEnd(t *testing.T) {
	t.Parallel()
	a, forward := desk(t)
	fail := func() error { _, err := a.SignIn(t.Context(), "worker", "wrong", "192.0.2.7"); return err }
	seconds := func(err error) int {
		require.True(t, fault.Is(err, fault.TooMany), "%v", err)
		key, args := fault.Sentence(err)
		require.Equal(t, "sign_in.wait", key)
		return args["Seconds"].(int)
	}
	for range limitAccountHere.free + 1 {
		require.True(t, fault.Is(fail(), fault.Denied))
	}
	longest := 0
	for range 14 {
		wait := seconds(fail())
		require.GreaterOrEqual(t, wait, longest)
		longest = wait
		require.Equal(t, wait, seconds(fail()), "knocking early makes nothing longer")
		_, err := a.SignIn(t.Context(), "worker", good, "192.0.2.250")
		require.True(t, fault.Is(err, fault.TooMany), "the same network waits, even with the password")
		forward(time.Duration(wait) * time.Second)
		require.True(t, fault.Is(fail(), fault.Denied))
	}
	require.Equal(t, 901, longest, "a quarter of an hour is the most")
	forward(time.Duration(longest) * time.Second)
	_, err := a.SignIn(t.Context(), "worker", good, "192.0.2.7")
	require.NoError(t, err, "nobody is locked out for good")
	require.True(t, fault.Is(fail(), fault.Denied), "and the count begins anew")
}

// strangers on many networks knock at one account.
func TestSignIn_ownerComesInWhileStrangersKnock(t *testing.T) {
	t.Parallel()
	a, forward := desk(t)
	const home, elsewhere = "203.0.113.9", "198.51.100.9"
	_, err := a.SignIn(t.Context(), "worker", good, home)
	require.NoError(t, err)
	for i := range 40 {
		try := a.throttle.try("worker", fmt.Sprintf("10.%d.0.1", i))
		try.failed()
	}
	_, err = a.SignIn(t.Context(), "worker", good, "203.0.113.200")
	require.NoError(t, err, "where the owner was before, nothing has changed")
	_, err = a.SignIn(t.Context(), "worker", good, elsewhere)
	require.True(t, fault.Is(err, fault.TooMany), "%v", err)
	forward(limitAccount.longest)
	_, err = a.SignIn(t.Context(), "worker", good, elsewhere)
	require.NoError(t, err, "elsewhere the wait is short")
}

// one password against many names from one network.
func TestSignIn_sprayingWaits(t *testing.T) {
	t.Parallel()
	a, _ := desk(t)
	var err error
	for i := range limitAddress.free + 2 {
		_, err = a.SignIn(t.Context(), fmt.Sprint("name", i), "wrong", fmt.Sprintf("2001:db8:1:%x::1", i))
	}
	require.True(t, fault.Is(err, fault.TooMany), "one /48 is one address: %v", err)
	_, err = a.SignIn(t.Context(), "worker", good, "2001:db8:2::1")
	require.NoError(t, err)
}

func TestPrefix(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"192.0.2.77": "192.0.2.0/24", "::ffff:192.0.2.77": "192.0.2.0/24", "2001:db8:1:2::3": "2001:db8:1::/48", "fe80::1%eth0": "fe80::/48", "": "", "odd": "odd",
	} {
		require.Equal(t, want, prefix(address), address)
	}
}

func TestThrottle_memoryIsBounded(t *testing.T) {
	t.Parallel()
	a, _ := desk(t)
	for i := range mostMarks / 2 {
		a.throttle.try(fmt.Sprint("name", i), fmt.Sprintf("10.%d.%d.1", i/256, i%256)).failed()
	}
	require.LessOrEqual(t, len(a.throttle.runs), mostMarks+3)
}

// a flood of sign-ins holds no more memory than its places at the hasher,
// and whoever gives up waiting is told to come again.
func TestSignIn_floodIsCapped(t *testing.T) {
	a, _ := desk(t)
	ctx, cancel := context.WithTimeout(t.Context(), 600*time.Millisecond)
	defer cancel()
	var peak atomic.Uint64
	stop := make(chan struct{})
	var watch, flood sync.WaitGroup
	watch.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak.Store(max(peak.Load(), m.HeapInuse))
			}
		}
	})
	var late atomic.Int32
	for i := range 200 {
		flood.Go(func() {
			_, err := a.SignIn(ctx, fmt.Sprint("name", i), "wrong", fmt.Sprintf("10.%d.0.1", i))
			if fault.Is(err, fault.Unavailable) {
				late.Add(1)
			}
		})
	}
	flood.Wait()
	close(stop)
	watch.Wait()
	require.Positive(t, late.Load())
	require.Less(t, peak.Load(), uint64(400<<20), "200 hashes at once would hold 3.8 GB")
}
