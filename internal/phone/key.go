package phone

import (
	"context"
	"strconv"
	"strings"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/seal"
	"thntracker/internal/thn"
)

// keepMonths is how long a key is kept after the next one took its place: as long
// as a queue may have waited that is still taken in.
const keepMonths = 18

// Keyring is the life of a programme's sealing keys.
type Keyring struct {
	store Keys
	now   func() time.Time
}

// NewKeyring makes it over a store and a clock.
func NewKeyring(store Keys, now func() time.Time) *Keyring { return &Keyring{store: store, now: now} }

// Rotate makes a key in the place of the current one and gives its number. Phones
// learn of it when they next ask; what is sealed to older keys is still taken in.
func (k *Keyring) Rotate(ctx context.Context, programme thn.Programme, by thn.ID) (int, error) {
	const op = "rotate sealing key"
	keys, err := k.store.SealingKeys(ctx, programme.ID)
	if err != nil {
		return 0, fault.Wrap(op, err)
	}
	// Numbers have no gaps, because no row ever goes.
	return len(keys) + 1, fault.Wrap(op, k.add(ctx, programme, by, len(keys)+1))
}

// add makes a key with a number; a conflict says that another server was first.
func (k *Keyring) add(ctx context.Context, programme thn.Programme, by thn.ID, number int) error {
	fresh, err := seal.NewKey()
	if err != nil {
		return err
	}
	text, err := fresh.Text()
	if err != nil {
		return err
	}
	return k.store.AddSealingKey(ctx, programme.ID, by, thn.SealingKey{Number: number, Private: text, Made: programme.Today(k.now())})
}

// Destroy forgets the keys that have been kept long enough and tells how many. What
// is still sealed to them will be held as unreadable.
func (k *Keyring) Destroy(ctx context.Context, programme thn.Programme, by thn.ID) (int, error) {
	today := programme.Today(k.now())
	n, err := k.store.DestroyKeys(ctx, programme.ID, by, today.AddMonths(-keepMonths), today)
	return n, fault.Wrap("destroy sealing keys", err)
}

// current gives the key to seal to. The first is made when it is first asked for;
// of two servers that do so at once the one that came second takes the other's.
func (k *Keyring) current(ctx context.Context, programme thn.Programme) (thn.SealingKey, error) {
	keys, err := k.store.SealingKeys(ctx, programme.ID)
	if err == nil && len(keys) == 0 {
		if err = k.add(ctx, programme, "", 1); err == nil || fault.Is(err, fault.Conflict) {
			keys, err = k.store.SealingKeys(ctx, programme.ID)
		}
	}
	if err != nil {
		return thn.SealingKey{}, fault.Wrap("current sealing key", err)
	}
	return keys[len(keys)-1], nil
}

// kidOf names a key to phones.
func kidOf(programme thn.ID, number int) string {
	return string(programme) + "." + strconv.Itoa(number)
}

// splitKid reads it; what names no programme is none.
func splitKid(kid string) (programme thn.ID, number int, ok bool) {
	p, n, _ := strings.Cut(kid, ".")
	programme, err := thn.ParseID(p)
	if err != nil {
		return "", 0, false
	}
	if number, err = strconv.Atoi(n); err != nil {
		number = 0 // of this programme, but no key of it
	}
	return programme, number, true
}
