package intake

import (
	"context"
	"encoding/json"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Incoming is one record from a phone: a domain value, or what could be read of
// it with the cause for which it cannot be one.
type Incoming struct {
	ID       thn.ID
	Kind     thn.RecordKind // what it is about, as far as it could be read
	Record   thn.Fact       // nil for a void, and where it could not be read
	Corrects thn.ID         // the version that this one replaces, if any
	Void     bool           // it takes Corrects out
	Cause    string         // why it cannot be stored, whatever it says
	Payload  string         // what is held where there is no record; only fields of the closed list
}

// Sync takes records from a phone, each for itself: what breaks a rule is held
// with the cause. Retry is answered only for records of which nothing is known;
// an error means that this is so for all of them.
func (in *Intake) Sync(ctx context.Context, actor thn.Actor, incoming []Incoming) ([]Result, error) {
	const op = "take exchange"
	if err := mayRecord(op, actor); err != nil {
		return nil, err
	}
	e, err := in.exchange(ctx, actor, incoming)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	for i, x := range incoming {
		e.sort(ctx, i, x)
	}
	e.append(ctx)
	return e.results, nil
}

// Keep holds a record that is nobody's to store: by is whose it says it is, if
// that is known. What the ledger has already is a duplicate all the same, because
// it was stored while it could be.
func (in *Intake) Keep(ctx context.Context, programme thn.Programme, by thn.ID, x Incoming) Result {
	cause := x.Cause
	e, err := in.exchange(ctx, thn.Actor{Programme: programme, Account: thn.Account{ID: by}}, []Incoming{x})
	if err == nil {
		x, err = e.made(ctx, x)
	}
	has := false
	if err == nil && x.Record != nil && e.desk.refs.Known[x.ID] {
		has, err = in.store.Has(ctx, e.submission(x))
	}
	switch {
	case err != nil:
		return Result{ID: x.ID, Outcome: thn.Retry, Err: err}
	case has:
		return Result{ID: x.ID, Outcome: thn.Duplicate}
	}
	return e.hold(ctx, x, cause)
}

// exchange is one call of Sync on its way.
type exchange struct {
	*Intake
	desk    *desk
	sent    map[thn.ID]thn.RecordKind // good so far, in this exchange
	subs    []thn.Submission
	at      []int // where each submission's result goes
	results []Result
}

func (in *Intake) exchange(ctx context.Context, actor thn.Actor, incoming []Incoming) (*exchange, error) {
	var records []thn.Fact
	for _, x := range incoming {
		switch {
		case x.Record != nil:
			records = append(records, x.Record)
		case x.Void:
			records = append(records, thn.Distribution{ID: x.ID}) // only to learn whether the id is known
		}
	}
	desk, err := in.desk(ctx, actor, records...)
	return &exchange{Intake: in, desk: desk, sent: map[thn.ID]thn.RecordKind{}, results: make([]Result, len(incoming))}, err
}

// sort puts a record among those to append, or holds it.
func (e *exchange) sort(ctx context.Context, i int, x Incoming) {
	x, err := e.made(ctx, x)
	cause := ""
	if err == nil {
		cause, err = e.cause(ctx, x)
	}
	switch {
	case err != nil:
		e.results[i] = Result{ID: x.ID, Outcome: thn.Retry, Err: err}
	case cause != "":
		e.results[i] = e.hold(ctx, x, cause)
	default:
		if _, twice := e.sent[x.ID]; twice { // the second is told from the first as a resend is
			e.desk.refs.Known[x.ID] = true
		}
		e.sent[x.ID] = x.Record.RecordKind()
		e.subs, e.at = append(e.subs, e.submission(x)), append(e.at, i)
	}
}

func (e *exchange) submission(x Incoming) thn.Submission {
	sub := thn.Submission{Programme: e.desk.actor.Programme.ID, By: e.desk.actor.Account.ID, Record: x.Record, Corrects: x.Corrects, Void: x.Void}
	switch {
	case x.Void:
		sub.Why = thn.WhyUndo
	case x.Corrects != "":
		sub.Why = thn.WhyMistake
	}
	return sub
}

// made completes a record, and makes the blank one that a void is.
func (e *exchange) made(ctx context.Context, x Incoming) (Incoming, error) {
	if x.Void {
		kind, err := e.kindOf(ctx, x.Corrects)
		if err == nil {
			x.Record, err = thn.Blank(kind, x.ID)
		}
		return x, err
	}
	if x.Record == nil {
		return x, nil
	}
	x.Record = e.desk.complete(x.Record)
	// An answer that the programme does not ask for is let go of before anything
	// else looks at the record, whatever becomes of it.
	if d, ok := x.Record.(thn.Distribution); ok && !d.Answered().Within(e.desk.actor.Programme.Asks) {
		x.Record, x.Cause = d.Only(e.desk.actor.Programme.Asks), "unknown_field"
	}
	return x, nil
}

// kindOf tells what a record is about that is to be taken out. One that is not
// here may come yet; until then any kind will do.
func (e *exchange) kindOf(ctx context.Context, id thn.ID) (thn.RecordKind, error) {
	if kind, here := e.sent[id]; here {
		return kind, nil
	}
	f, _, err := e.store.Fact(ctx, e.desk.actor.Programme.ID, id)
	if fault.Is(err, fault.NotFound) {
		return thn.KindDistribution, nil
	}
	if err != nil {
		return "", err
	}
	return f.RecordKind(), nil
}

// cause tells why a record cannot be stored as it is; empty when it can. A known
// id passes the rules by: the ledger tells a resend from another record, and a
// resend must not be held because its site has closed meanwhile.
func (e *exchange) cause(ctx context.Context, x Incoming) (string, error) {
	if x.Cause != "" || x.Record == nil {
		return x.Cause, nil
	}
	var broken []rule
	var wrong error
	if !x.Void {
		broken, wrong = e.desk.broken(x.Record), x.Record.Check()
	}
	switch {
	case wrong == nil && e.desk.refs.Known[x.ID] && x.Corrects != x.ID:
		return "", nil
	case len(broken) > 0:
		return broken[0].code, nil
	case wrong != nil || x.Record.RecordID() != x.ID || x.Corrects == x.ID:
		return "not_well_formed", nil
	case x.Corrects == "":
		return "", nil
	}
	if kind, here := e.sent[x.Corrects]; here {
		return map[bool]string{true: "other_kind"}[kind != x.Record.RecordKind()], nil
	}
	return e.correctionCause(ctx, x)
}

func (e *exchange) correctionCause(ctx context.Context, x Incoming) (string, error) {
	_, err := e.change(ctx, e.desk.actor, x.Corrects, x.Record)
	switch {
	case err == nil:
		return "", nil
	case fault.Is(err, fault.NotFound):
		return "not_changeable", nil
	case fault.Is(err, fault.Conflict):
		return "corrected_already", nil
	case fault.Is(err, fault.Invalid):
		return "other_kind", nil
	}
	return "", err
}

func (e *exchange) hold(ctx context.Context, x Incoming, cause string) Result {
	if x.Record != nil {
		b, err := json.Marshal(x.Record)
		if err != nil {
			panic(err) // domain values always marshal
		}
		x.Kind, x.Payload = x.Record.RecordKind(), string(b)
	}
	h := thn.HeldRecord{Programme: e.desk.actor.Programme.ID, Kind: x.Kind, Record: x.ID, Corrects: x.Corrects, By: e.desk.actor.Account.ID, Cause: cause, Payload: x.Payload}
	if err := e.store.Hold(ctx, h); err != nil {
		return Result{ID: x.ID, Outcome: thn.Retry, Err: err}
	}
	return Result{ID: x.ID, Outcome: thn.Held, Cause: cause}
}

func (e *exchange) append(ctx context.Context) {
	outcomes, err := e.store.Append(ctx, e.subs)
	for n, sub := range e.subs {
		if err != nil {
			e.results[e.at[n]] = Result{ID: sub.Record.RecordID(), Outcome: thn.Retry, Err: err}
			continue
		}
		e.results[e.at[n]] = e.desk.result(sub, outcomes[n])
	}
}
