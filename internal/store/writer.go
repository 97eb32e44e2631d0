package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"gorm.io/gorm/clause"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// ledgerWriter lets records that arrive together share one commit: while one
// transaction is on its way to the disk the next ones gather. A batch that
// cannot be committed whole is taken apart, so that one record never spoils
// its neighbours. The answer is given after the commit, never before.
type ledgerWriter struct {
	store *Store
	jobs  chan job
	quit  chan struct{}
	done  chan struct{}
	once  sync.Once
}

type job struct {
	subs   []thn.Submission
	answer chan answer // buffered: a sender that gave up must not stop the writer
}

type answer struct {
	outcomes []thn.Outcome
	err      error
}

const (
	gatherRecords = 256             // most records in one transaction
	commitTime    = 5 * time.Second // most time one transaction may take
)

func startLedger(s *Store) *ledgerWriter {
	w := &ledgerWriter{store: s, jobs: make(chan job, gatherRecords), quit: make(chan struct{}), done: make(chan struct{})}
	go w.run()
	return w
}

// stop answers what is already waiting and refuses the rest.
func (w *ledgerWriter) stop() {
	w.once.Do(func() { close(w.quit) })
	<-w.done
}

func (w *ledgerWriter) run() {
	defer close(w.done)
	for {
		select {
		case first := <-w.jobs:
			w.commitAll(first)
		case <-w.quit:
			w.drain()
			return
		}
	}
}

func (w *ledgerWriter) drain() {
	for {
		select {
		case first := <-w.jobs:
			w.commitAll(first)
		default:
			return
		}
	}
}

func (w *ledgerWriter) commitAll(first job) {
	for _, batch := range byProgramme(w.gather(first)) {
		w.commit(batch)
	}
}

// gather takes what is waiting, without waiting for more.
func (w *ledgerWriter) gather(first job) []job {
	batch, n := []job{first}, len(first.subs)
	for n < gatherRecords {
		select {
		case next := <-w.jobs:
			batch, n = append(batch, next), n+len(next.subs)
		default:
			return batch
		}
	}
	return batch
}

// byProgramme keeps each transaction inside one tenant, which a distributed
// database needs. Order within a programme stays.
func byProgramme(jobs []job) [][]job {
	var batches [][]job
	index := map[thn.ID]int{}
	for _, j := range jobs {
		programme := j.subs[0].Programme
		i, ok := index[programme]
		if !ok {
			i = len(batches)
			index[programme] = i
			batches = append(batches, nil)
		}
		batches[i] = append(batches[i], j)
	}
	return batches
}

func (w *ledgerWriter) commit(batch []job) {
	ctx, cancel := context.WithTimeout(context.Background(), commitTime)
	defer cancel()
	var all []thn.Submission
	for _, j := range batch {
		all = append(all, j.subs...)
	}
	if w.store.appendTogether(ctx, all) == nil {
		for _, j := range batch {
			j.answer <- answer{outcomes: repeat(thn.Stored, len(j.subs))}
		}
		return
	}
	var a answer
	for _, j := range batch {
		if !errors.Is(a.err, context.DeadlineExceeded) { // else the rest would wait as long, one after the other, for the same
			a = w.store.appendEach(j.subs)
		}
		j.answer <- a
	}
}

func repeat(o thn.Outcome, n int) []thn.Outcome {
	outcomes := make([]thn.Outcome, n)
	for i := range outcomes {
		outcomes[i] = o
	}
	return outcomes
}

// errTakeApart rolls a batch back in which some record is not plainly new.
var errTakeApart = fault.New(fault.Conflict, "append records", "a record of the batch needs a look of its own")

// apart tells whether a submission has to be compared with the ledger before it
// can be written, and so cannot share a transaction with others like it.
func apart(sub thn.Submission) bool { return isCount(sub) || isMonthly(sub) }

// appendTogether stores a batch of new records in one transaction, or none.
func (s *Store) appendTogether(ctx context.Context, subs []thn.Submission) error {
	if slices.ContainsFunc(subs, apart) {
		return errTakeApart
	}
	envelopes := make([]recordRow, len(subs))
	var facts factRows
	for i, sub := range subs {
		envelopes[i] = s.envelopeOf(sub)
		if !sub.Void {
			facts.add(sub.Programme, sub.Record)
		}
	}
	return s.write(ctx, "append records", func(tx *writing) error {
		res := tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(envelopes, batchRows)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected != int64(len(envelopes)) {
			return errTakeApart
		}
		if err := facts.insert(tx); err != nil {
			return err
		}
		return s.settle(tx, subs)
	})
}

// settle finishes what versions bring with them: the entries of the version
// before are taken back, what was held is decided, and the audit hears of each.
// All of them are of one programme.
func (s *Store) settle(tx *writing, subs []thn.Submission) error {
	var written []journalRow
	var replaced []thn.ID
	for _, sub := range subs {
		written = append(written, journalRow{string(sub.Programme), string(sub.Record.RecordID()), 1})
		if err := insertHandOver(tx, sub.HandOver); err != nil {
			return err
		}
		if err := reverseStock(tx, sub); err != nil {
			return err
		}
		by, act := sub.By, action(sub)
		if d := sub.Settles; d != nil { // the record is whoever's sent it; deciding was another's act
			by, act = d.By, string(d.Outcome)
			if err := s.decided(tx, *d, sub.Record.RecordID()); err != nil {
				return err
			}
		}
		tx.note(sub.Programme, by, act, string(sub.Record.RecordKind()), sub.Record.RecordID())
		if sub.For != "" {
			tx.note(sub.Programme, sub.For, thn.ActNamed, string(sub.Record.RecordKind()), sub.Record.RecordID())
		}
		if sub.Corrects != "" {
			replaced = append(replaced, sub.Corrects)
		}
	}
	if err := insertRows(tx, written); err != nil {
		return err
	}
	return takeBack(tx, subs[0].Programme, replaced)
}

// appendEach stores records one transaction each. It stops at the first error
// that is not about a record, because nothing is then known of the rest.
func (s *Store) appendEach(subs []thn.Submission) answer {
	outcomes := make([]thn.Outcome, len(subs))
	for i, sub := range subs {
		outcome, err := s.appendOrHold(sub)
		if err != nil {
			return answer{err: err}
		}
		outcomes[i] = outcome
	}
	return answer{outcomes: outcomes}
}

// appendOrHold stores one record, with as much time as any other transaction has.
func (s *Store) appendOrHold(sub thn.Submission) (thn.Outcome, error) {
	ctx, cancel := context.WithTimeout(context.Background(), commitTime)
	defer cancel()
	outcome, err := s.appendOne(ctx, sub)
	if fault.Is(err, fault.Invalid) && sub.Settles == nil { // it names something this programme does not have
		outcome, err = thn.Held, s.holdSubmission(ctx, sub, "unknown_reference")
	}
	if errors.Is(err, errMonthTaken) {
		if outcome, err = thn.Held, nil; sub.Settles == nil { // what was held stays held once
			err = s.holdSubmission(ctx, sub, "month_taken")
		}
	}
	return outcome, err
}

func (s *Store) holdSubmission(ctx context.Context, sub thn.Submission, cause string) error {
	h, err := heldOf(sub, cause)
	if err != nil {
		return err
	}
	return s.Hold(ctx, h)
}

func heldOf(sub thn.Submission, cause string) (thn.HeldRecord, error) {
	payload, err := json.Marshal(sub.Record)
	return thn.HeldRecord{Programme: sub.Programme, Kind: sub.Record.RecordKind(), Record: sub.Record.RecordID(), Corrects: sub.Corrects, By: sub.By, Cause: cause, Payload: string(payload)}, err
}

func (s *Store) appendOne(ctx context.Context, sub thn.Submission) (outcome thn.Outcome, err error) {
	row := s.envelopeOf(sub)
	err = s.write(ctx, "append record "+row.ID, func(tx *writing) error {
		added, err := insertRecord(tx, &row)
		if err != nil {
			return err
		}
		if !added {
			outcome, err = s.decide(tx, sub, row)
			return err
		}
		outcome = thn.Stored
		return s.addRecord(tx, sub)
	})
	return outcome, err
}

// addRecord writes what one envelope holds.
func (s *Store) addRecord(tx *writing, sub thn.Submission) error {
	if err := s.settle(tx, []thn.Submission{sub}); err != nil || sub.Void {
		return err
	}
	if err := s.holdMonth(tx, sub); err != nil {
		return err
	}
	measured, err := s.measure(tx, sub)
	if err != nil {
		return err
	}
	var facts factRows
	facts.add(sub.Programme, measured.Record)
	return facts.insert(tx)
}

// decide answers for a record whose envelope was refused, and keeps the content
// when it differs from what is known.
func (s *Store) decide(tx *writing, sub thn.Submission, row recordRow) (thn.Outcome, error) {
	outcome, cause, err := outcomeOf(tx, row)
	if err != nil {
		return outcome, err
	}
	if d := sub.Settles; d != nil { // what was held stays held, unless the ledger has it by now
		if outcome == thn.Duplicate {
			tx.note(sub.Programme, d.By, string(d.Outcome), row.Kind, sub.Record.RecordID())
			err = s.decided(tx, *d, sub.Record.RecordID())
		}
		return outcome, err
	}
	if outcome != thn.Held {
		return outcome, nil
	}
	h, err := heldOf(sub, cause)
	if err != nil {
		return "", err
	}
	return thn.Held, s.hold(tx, h)
}

// Append stores submissions of one programme and answers for each: stored,
// duplicate or held. An error means that nothing is known of any of them and
// all may be sent again. It returns after the commit.
func (s *Store) Append(ctx context.Context, subs []thn.Submission) ([]thn.Outcome, error) {
	const op = "append records"
	if len(subs) == 0 {
		return nil, nil
	}
	for _, sub := range subs {
		if sub.Programme != subs[0].Programme {
			return nil, fault.New(fault.Invalid, op, "submissions of two programmes in one call")
		}
		if sub.Corrects == sub.Record.RecordID() {
			return nil, fault.New(fault.Invalid, op, "record %s corrects itself", sub.Record.RecordID())
		}
		if !sub.Void {
			if err := invalid(op, sub.Record.Check()); err != nil {
				return nil, err
			}
		}
	}
	j := job{subs: subs, answer: make(chan answer, 1)}
	select {
	case s.ledger.jobs <- j:
	case <-s.ledger.quit:
		return nil, fault.New(fault.Unavailable, op, "the store is closing")
	case <-ctx.Done():
		return nil, translate(op, ctx.Err())
	}
	select {
	case a := <-j.answer:
		return a.outcomes, a.err
	case <-s.ledger.done:
		return nil, fault.New(fault.Unavailable, op, "the store is closing")
	case <-ctx.Done():
		return nil, translate(op, ctx.Err())
	}
}
