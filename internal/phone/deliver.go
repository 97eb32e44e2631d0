package phone

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/intake"
	"thntracker/internal/seal"
	"thntracker/internal/thn"
)

// mostUnread is how many unreadable records of a programme may wait for somebody to
// look at them. Phones keep what comes above that.
const mostUnread = 1000

// Answer is what became of one record. A phone lets go of a record on every outcome
// but retry.
type Answer struct {
	ID      string // as it was sent
	Outcome thn.Outcome
}

// Deliver takes in what was sealed on phones, whoever brings it: whose a record is
// says the grant inside. Each is answered for itself, in the order sent. The error
// is for the log; the answers hold whatever it says.
func (p *Phones) Deliver(ctx context.Context, items []form.Sealed) ([]Answer, error) {
	d := &delivery{Phones: p, keys: map[thn.ID]programmeKeys{}, credits: map[string]credit{}, took: map[thn.ID]int{}, answers: make([]Answer, len(items))}
	for i, item := range items {
		d.answers[i] = Answer{ID: item.ID, Outcome: thn.Retry}
		d.take(ctx, i, item)
	}
	d.flush(ctx)
	d.count(ctx)
	return d.answers, fault.Wrap("deliver", d.err)
}

// delivery is one call of Deliver on its way. Records that follow each other and
// are of one person go to intake together.
type delivery struct {
	*Phones
	keys    map[thn.ID]programmeKeys
	credits map[string]credit
	run     []intake.Incoming
	at      []int  // where each one's answer goes
	as      credit // whose the run is
	took    map[thn.ID]int
	answers []Answer
	err     error // the first that went wrong; one cause is mostly that of all
}

func (d *delivery) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// take opens one record and puts it where it belongs. Whatever is not known for sure
// is left at retry.
func (d *delivery) take(ctx context.Context, i int, item form.Sealed) {
	id, err := thn.ParseID(item.ID)
	programme, number, ok := splitKid(item.KID)
	if err != nil || !ok {
		return
	}
	keys := d.keysOf(ctx, programme)
	if keys.err != nil {
		return
	}
	note, err := keys.open(number, id, item)
	if err != nil {
		d.answers[i].Outcome = d.unread(ctx, programme, id, item)
		return
	}
	c := d.creditOf(ctx, programme, note.Grant)
	if c.err != nil {
		return
	}
	x := incoming(id, note.Fill(id))
	if cause := c.speaksAgainst(note.Day); cause != "" {
		d.keep(ctx, i, c, x, cause)
		return
	}
	if len(d.run) > 0 && d.as.grant.ID != c.grant.ID {
		d.flush(ctx)
	}
	d.as, d.run, d.at = c, append(d.run, x), append(d.at, i)
}

func incoming(id thn.ID, f form.Filled) intake.Incoming {
	return intake.Incoming{ID: id, Kind: f.Kind, Record: f.Record, Corrects: f.Corrects, Void: f.Void, Cause: f.Cause, Payload: f.Payload}
}

// flush hands a run to intake.
func (d *delivery) flush(ctx context.Context) {
	if len(d.run) == 0 {
		return
	}
	d.mix()
	results, err := d.intake.Sync(ctx, d.as.actor, d.run)
	d.fail(err)
	for n, r := range results {
		d.answer(d.at[n], d.as.grant.ID, r)
	}
	d.run, d.at = nil, nil
}

// mix puts records that do not stand on each other into the order of their ids, which
// are random: in which order a worker met people in a shift is nobody's to know, not
// even from the order in which the database was told. Counts and what changes a
// record stay where they are, because they tell of what came before.
func (d *delivery) mix() {
	order := make([]int, len(d.run))
	for i := range order {
		order[i] = i
	}
	for from, to := 0, 0; from < len(order); from = max(from+1, to) {
		for to = from; to < len(order) && alone(d.run[to]); to++ {
		}
		slices.SortStableFunc(order[from:to], func(x, y int) int { return cmp.Compare(d.run[x].ID, d.run[y].ID) })
	}
	run, at := make([]intake.Incoming, len(order)), make([]int, len(order))
	for n, i := range order {
		run[n], at[n] = d.run[i], d.at[i]
	}
	d.run, d.at = run, at
}

// alone tells records that mean the same whatever comes before or after them.
func alone(x intake.Incoming) bool {
	return !x.Void && x.Corrects == "" && slices.Contains([]thn.RecordKind{thn.KindDistribution, thn.KindUse, thn.KindSession}, x.Kind)
}

func (d *delivery) answer(i int, grant thn.ID, r intake.Result) {
	d.fail(r.Err)
	d.answers[i].Outcome = r.Outcome
	if r.Outcome == thn.Stored || r.Outcome == thn.Held {
		d.took[grant]++
	}
}

// keep holds what is credited to nobody.
func (d *delivery) keep(ctx context.Context, i int, c credit, x intake.Incoming, cause string) {
	d.flush(ctx) // what came before is stored before
	if x.Cause == "" {
		x.Cause = cause
	}
	d.answer(i, c.grant.ID, d.intake.Keep(ctx, c.programme, c.grant.Account, x))
}

// unread holds what cannot be opened, as it came: somebody has to hear of it, and
// it can be opened should the key turn up.
func (d *delivery) unread(ctx context.Context, programme, id thn.ID, item form.Sealed) thn.Outcome {
	item.ID = string(id)
	payload, err := json.Marshal(item)
	if err != nil {
		panic(err) // text always marshals
	}
	held, err := d.store.HoldUpTo(ctx, thn.HeldRecord{Programme: programme, Kind: thn.KindSealed, Record: id, Cause: thn.CauseUnreadable, Payload: string(payload)}, mostUnread)
	if d.fail(err); err == nil && held {
		return thn.Held
	}
	return thn.Retry
}

// programmeKeys are the keys of one programme, or why they are not known.
type programmeKeys struct {
	private map[int]seal.Key
	err     error
}

func (d *delivery) keysOf(ctx context.Context, programme thn.ID) programmeKeys {
	if k, known := d.keys[programme]; known {
		return k
	}
	list, err := d.store.SealingKeys(ctx, programme)
	if !fault.Is(err, fault.NotFound) { // another server's programme is nothing to log
		d.fail(err)
	}
	k := programmeKeys{private: map[int]seal.Key{}, err: err}
	for _, x := range list {
		if private, err := seal.ReadKey(x.Private); err == nil { // one that was destroyed is none
			k.private[x.Number] = private
		}
	}
	d.keys[programme] = k
	return k
}

var errUnread = errors.New("it cannot be read")

func (k programmeKeys) open(number int, id thn.ID, item form.Sealed) (form.Note, error) {
	private, known := k.private[number]
	sealed, err := seal.Encoding.DecodeString(item.Sealed)
	if !known || err != nil || item.V != 1 {
		return form.Note{}, errUnread
	}
	text, err := private.Open(string(id), sealed)
	if err != nil {
		return form.Note{}, err
	}
	return form.ReadNote(text)
}
