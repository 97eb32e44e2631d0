package intake

import (
	"cmp"
	"context"
	"encoding/json"
	"reflect"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// ReviewStore is what deciding about held records needs of the database.
type ReviewStore interface {
	// HeldRecords lists what waits for a decision.
	HeldRecords(ctx context.Context, programme thn.ID) ([]thn.HeldRecord, error)
	// HeldRecord gives one of them.
	HeldRecord(ctx context.Context, programme, id thn.ID) (thn.HeldRecord, error)
	// TakeOut decides that it does not count.
	TakeOut(ctx context.Context, d thn.Decision) error
	// Sites lists a programme's sites.
	Sites(ctx context.Context, programme thn.ID) ([]thn.Site, error)
	// People lists who may act in a programme.
	People(ctx context.Context, programme thn.ID) ([]thn.Member, error)
	// Facts lists the current facts of a kind.
	Facts(ctx context.Context, q thn.FactQuery) ([]thn.Fact, error)
}

// Review is the use cases on held records: each is stored as it was sent, stored
// with answers put right, or taken out. What was sent stays as it came.
type Review struct {
	in    *Intake
	store ReviewStore
}

// NewReview makes the use cases over a store.
func NewReview(in *Intake, store ReviewStore) *Review { return &Review{in: in, store: store} }

// Waiting is a held record as it lies before whoever decides.
type Waiting struct {
	thn.HeldRecord
	Handle  string   // of whoever sent it
	Fact    thn.Fact // what was sent; nil when no record could be made of it
	Void    bool     // what was sent takes a record out
	Site    thn.ID   // where it belongs, as far as it says
	Other   thn.Fact // the version in the ledger that it meets; nil: none
	OtherID thn.ID
	taken   bool     // the ledger has a record under the id that it was sent under
	Blocked []string // why it cannot be stored as it is: codes, in words under "held.CODE"
}

// List gives what waits within the actor's reach, by the hour it arrived.
func (v *Review) List(ctx context.Context, actor thn.Actor) ([]Waiting, error) {
	const op = "list what is held"
	if !actor.May(thn.VerbReview) {
		return nil, fault.New(fault.Denied, op, "role %q", actor.Grant.Role)
	}
	held, err := v.store.HeldRecords(ctx, actor.Programme.ID)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	var list []Waiting
	for _, h := range held {
		list = append(list, read(h))
	}
	sites, err := v.sites(ctx, actor)
	if err == nil {
		err = v.sign(ctx, actor, list)
	}
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	list = slices.DeleteFunc(list, func(w Waiting) bool { return !reaches(actor, sites, w.Site) })
	slices.SortStableFunc(list, func(a, b Waiting) int { return cmp.Compare(a.Hour, b.Hour) })
	return list, nil
}

// sign names who sent each.
func (v *Review) sign(ctx context.Context, actor thn.Actor, list []Waiting) error {
	people, err := v.store.People(ctx, actor.Programme.ID)
	handles := map[thn.ID]string{}
	for _, m := range people {
		handles[m.Account.ID] = m.Account.Handle
	}
	for i := range list {
		list[i].Handle = handles[list[i].By]
	}
	return err
}

func (v *Review) sites(ctx context.Context, actor thn.Actor) (map[thn.ID]thn.Site, error) {
	list, err := v.store.Sites(ctx, actor.Programme.ID)
	sites := make(map[thn.ID]thn.Site, len(list))
	for _, s := range list {
		sites[s.ID] = s
	}
	return sites, err
}

// reaches tells whether a held record is the actor's to decide. One that names
// no site of the programme is for whoever sees all of it.
func reaches(actor thn.Actor, sites map[thn.ID]thn.Site, site thn.ID) bool {
	s, known := sites[site]
	return actor.Whole() || known && actor.Reaches(s)
}

// read makes what was sent out of what was kept of it.
func read(h thn.HeldRecord) Waiting {
	w := Waiting{HeldRecord: h}
	var where struct{ Site thn.ID } // keys are read in any letter case: phones write them small
	if json.Unmarshal([]byte(h.Payload), &where) == nil {
		w.Site = where.Site
	}
	blank, err := thn.Blank(h.Kind, h.Record)
	if err != nil || h.Cause == "unknown_field" || h.Cause == "not_well_formed" {
		return w
	}
	fact := reflect.New(reflect.TypeOf(blank))
	if json.Unmarshal([]byte(h.Payload), fact.Interface()) != nil {
		return w
	}
	w.Fact = fact.Elem().Interface().(thn.Fact)
	w.Void = h.Corrects != "" && reflect.DeepEqual(w.Fact, blank)
	return w
}

// Look gives one held record with what it meets in the ledger; NotFound when it
// was decided or is not the actor's to decide.
func (v *Review) Look(ctx context.Context, actor thn.Actor, id thn.ID) (Waiting, error) {
	w, _, err := v.look(ctx, actor, id)
	return w, fault.Wrap("look at what is held", err)
}

func (v *Review) look(ctx context.Context, actor thn.Actor, id thn.ID) (Waiting, *desk, error) {
	const op = "held record"
	if !actor.May(thn.VerbReview) {
		return Waiting{}, nil, fault.New(fault.Denied, op, "role %q", actor.Grant.Role)
	}
	h, err := v.store.HeldRecord(ctx, actor.Programme.ID, id)
	if fault.Is(err, fault.NotFound) {
		err = errGone
	}
	if err != nil {
		return Waiting{}, nil, err
	}
	w := read(h)
	if d, ok := w.Fact.(thn.Distribution); ok { // the programme may have stopped asking meanwhile
		w.Fact = d.Only(actor.Programme.Asks)
	}
	sites, err := v.sites(ctx, actor)
	if err != nil {
		return Waiting{}, nil, err
	}
	if !reaches(actor, sites, w.Site) {
		return Waiting{}, nil, errGone
	}
	one := []Waiting{w}
	if err := v.sign(ctx, actor, one); err != nil {
		return Waiting{}, nil, err
	}
	w = one[0]
	if err := v.meet(ctx, actor, &w); err != nil {
		return Waiting{}, nil, err
	}
	d, err := v.weigh(ctx, actor, &w)
	return w, d, err
}

// errGone is said of what was decided, is elsewhere, or never was: the three are
// not told apart.
var errGone = fault.Say(fault.NotFound, "held record", "review.gone", nil)

// meet finds the newest version of what a held record meets in the ledger: the
// record that has its id, the one that it was to replace, or the one that its
// site has of the month.
func (v *Review) meet(ctx context.Context, actor thn.Actor, w *Waiting) error {
	for _, at := range []thn.ID{w.Record, w.Corrects} {
		for at != "" {
			f, e, err := v.in.store.Fact(ctx, actor.Programme.ID, at)
			if fault.Is(err, fault.NotFound) {
				break
			}
			if err != nil {
				return err
			}
			w.taken = w.taken || at == w.Record
			if e.Next == "" {
				w.OtherID, w.Other = at, f
				return w.takesOut(f)
			}
			at = e.Next
		}
	}
	return v.meetMonth(ctx, actor, w)
}

// takesOut gives a void the kind of what it takes out: whoever sent it before that
// was here could not say it.
func (w *Waiting) takesOut(f thn.Fact) (err error) {
	if w.Void {
		w.Kind = f.RecordKind()
		w.Fact, err = thn.Blank(w.Kind, w.Record)
	}
	return err
}

// meetMonth: of a site's month one record counts, so that another one of it can
// only replace that.
func (v *Review) meetMonth(ctx context.Context, actor thn.Actor, w *Waiting) error {
	if w.Fact == nil || w.Void || w.Corrects != "" || !thn.Monthly(w.Fact) {
		return nil
	}
	m := w.Fact.Mentions()
	list, err := v.store.Facts(ctx, thn.FactQuery{Programme: actor.Programme.ID, Kind: w.Kind, Period: thn.Month(m.Day.Year(), m.Day.Month()), Sites: []thn.ID{m.Site()}})
	if err == nil && len(list) > 0 {
		w.OtherID, w.Other = list[0].RecordID(), list[0]
	}
	return err
}

// weigh tells why a held record cannot be stored as it is, by the rules that
// hold for whoever decides.
func (v *Review) weigh(ctx context.Context, actor thn.Actor, w *Waiting) (*desk, error) {
	var facts []thn.Fact
	for _, f := range []thn.Fact{w.Fact, w.Other} {
		if f != nil {
			facts = append(facts, f)
		}
	}
	d, err := v.in.desk(ctx, actor, facts...)
	if err != nil {
		return nil, err
	}
	w.Blocked = d.blocked(w)
	if w.Other != nil && !isBlank(w.Other) && !d.mayChange(w.Other, thn.Envelope{}) {
		w.Other = nil // of a place that is not the actor's to see
	}
	return d, nil
}

func (k *desk) blocked(w *Waiting) (codes []string) {
	switch {
	case w.Fact == nil:
		return []string{w.Cause}
	case w.Corrects != "" && w.OtherID == "":
		return []string{"not_changeable"}
	case w.Other != nil && w.Other.RecordKind() != w.Kind:
		return []string{"other_kind"}
	case w.Other != nil && isBlank(w.Other):
		return []string{"taken_out"}
	case w.Other != nil && !k.mayChange(w.Other, thn.Envelope{}):
		return []string{"not_changeable"}
	case w.Void:
		return nil
	}
	f := k.complete(w.Fact)
	for _, b := range k.broken(f) {
		if !slices.Contains(codes, b.code) {
			codes = append(codes, b.code)
		}
	}
	if len(codes) == 0 && f.Check() != nil {
		codes = []string{"not_well_formed"}
	}
	return codes
}

// isBlank tells whether a version is a void.
func isBlank(f thn.Fact) bool {
	blank, err := thn.Blank(f.RecordKind(), f.RecordID())
	return err == nil && reflect.DeepEqual(f, blank)
}
