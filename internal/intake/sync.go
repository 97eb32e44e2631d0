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
	Record   thn.Fact // nil when there is a cause
	Corrects thn.ID   // the version that this one replaces, if any
	Cause    string
	Payload  string // what is held when there is a cause; only fields of the closed list
}

// kind is what the record is about, as far as it could be read.
func (x Incoming) kind() thn.RecordKind {
	if x.Record == nil {
		return thn.KindDistribution
	}
	return x.Record.RecordKind()
}

// Sync takes records from a phone, each for itself: what breaks a rule is held
// with the cause. Retry is answered only for records of which nothing is known;
// an error means that this is so for all of them.
func (in *Intake) Sync(ctx context.Context, actor thn.Actor, incoming []Incoming) ([]Result, error) {
	const op = "take exchange"
	if err := mayRecord(op, actor); err != nil {
		return nil, err
	}
	var records []thn.Fact
	for _, x := range incoming {
		if x.Record != nil {
			records = append(records, x.Record)
		}
	}
	desk, err := in.desk(ctx, actor, records...)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	e := exchange{Intake: in, desk: desk, sent: map[thn.ID]bool{}, results: make([]Result, len(incoming))}
	for i, x := range incoming {
		e.sort(ctx, i, x)
	}
	e.append(ctx)
	return e.results, nil
}

// exchange is one call of Sync on its way.
type exchange struct {
	*Intake
	desk    *desk
	sent    map[thn.ID]bool // good so far, in this exchange
	subs    []thn.Submission
	at      []int // where each submission's result goes
	results []Result
}

// sort puts a record among those to append, or holds it.
func (e *exchange) sort(ctx context.Context, i int, x Incoming) {
	if x.Record != nil {
		x.Record = e.desk.complete(x.Record)
	}
	// An answer that the programme does not ask for is let go of before anything
	// else looks at the record, whatever becomes of it.
	if d, ok := x.Record.(thn.Distribution); ok && !d.Answered().Within(e.desk.actor.Programme.Asks) {
		x.Record, x.Cause = d.Only(e.desk.actor.Programme.Asks), "unknown_field"
	}
	cause, err := e.cause(ctx, x)
	switch {
	case err != nil:
		e.results[i] = Result{ID: x.ID, Outcome: thn.Retry, Err: err}
	case cause != "":
		e.results[i] = e.hold(ctx, x, cause)
	default:
		if e.sent[x.ID] { // twice in one exchange: the second is told from the first as a resend is
			e.desk.refs.Known[x.ID] = true
		}
		sub := thn.Submission{Programme: e.desk.actor.Programme.ID, By: e.desk.actor.Account.ID, Record: x.Record, Corrects: x.Corrects}
		if x.Corrects != "" {
			sub.Why = thn.WhyMistake
		}
		e.sent[x.ID] = true
		e.subs, e.at = append(e.subs, sub), append(e.at, i)
	}
}

// cause tells why a record cannot be stored as it is; empty when it can. A known
// id passes the rules by: the ledger tells a resend from another record, and a
// resend must not be held because its site has closed meanwhile.
func (e *exchange) cause(ctx context.Context, x Incoming) (string, error) {
	if x.Cause != "" || x.Record == nil {
		return x.Cause, nil
	}
	broken := e.desk.broken(x.Record)
	wrong := x.Record.Check()
	switch {
	case wrong == nil && e.desk.refs.Known[x.ID] && x.Corrects != x.ID:
		return "", nil
	case len(broken) > 0:
		return broken[0].code, nil
	case wrong != nil || x.Record.RecordID() != x.ID || x.Corrects == x.ID:
		return "not_well_formed", nil
	case x.Corrects == "" || e.sent[x.Corrects]:
		return "", nil
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
	}
	return "", err
}

func (e *exchange) hold(ctx context.Context, x Incoming, cause string) Result {
	if x.Payload == "" {
		b, err := json.Marshal(x.Record)
		if err != nil {
			panic(err) // domain values always marshal
		}
		x.Payload = string(b)
	}
	h := thn.HeldRecord{Programme: e.desk.actor.Programme.ID, Kind: x.kind(), Record: x.ID, Corrects: x.Corrects, By: e.desk.actor.Account.ID, Cause: cause, Payload: x.Payload}
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
