package release

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"time"

	"thntracker/internal/disclosure"
	"thntracker/internal/fault"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// Order is what somebody asks to be closed.
type Order struct {
	Programme   thn.Programme
	Audience    thn.Readership
	Period      thn.Period
	Provisional bool
	Alone       bool      // the programme agrees to be known as the only one behind the figures
	Notice      thn.Date  // when it was said that the release would appear, where the calendar has nothing; zero: it was not
	AsAt        time.Time // the hour whose records it holds; zero: this one, or the one before when that makes no difference
	By          thn.ID

	with   []thn.ID // programmes whose figures are added, by id; Close asks the ledger who they are
	joined bool     // earlier editions for the same readers were of other programmes
}

// Close freezes the figures of a period for an audience, protects them and stores
// them under the next number. A period that is still open, or that has an edition
// for this audience already, is refused; so are figures that cannot be protected.
// Nothing is stored unless all of it is.
func (r Releases) Close(ctx context.Context, o Order) (thn.Edition, error) {
	const op = "close release"
	if err := r.join(ctx, &o); err != nil {
		return thn.Edition{}, fault.Wrap(op, err)
	}
	if err := r.mayClose(ctx, o); err != nil {
		return thn.Edition{}, err
	}
	var err error
	if o.Notice, err = r.notice(ctx, o); err != nil {
		return thn.Edition{}, fault.Wrap(op, err)
	}
	e, err := r.make(ctx, op, o, all)
	if err != nil {
		return e, err
	}
	e, err = r.Ledger.AddEdition(ctx, o.By, e)
	return e, fault.Wrap(op, err)
}

// all is beyond the number of any edition.
const all = math.MaxInt

// make freezes the figures of an order and protects them together with what the
// editions up to a number have told the same readers.
func (r Releases) make(ctx context.Context, op string, o Order, upTo int) (thn.Edition, error) {
	before, err := r.before(ctx, &o, upTo)
	if err != nil {
		return thn.Edition{}, fault.Wrap(op, err)
	}
	if o.AsAt.IsZero() {
		if o.AsAt, err = r.hour(ctx, o, upTo); err != nil {
			return thn.Edition{}, fault.Wrap(op, err)
		}
	}
	f, err := r.freeze(ctx, o)
	if err != nil {
		return thn.Edition{}, fault.Wrap(op, err)
	}
	if f.said, err = r.statements(ctx, o, upTo); err != nil {
		return thn.Edition{}, fault.Wrap(op, err)
	}
	safe, leaks, err := protect(f.set, before, o.rule())
	if err != nil {
		return thn.Edition{}, o.unprotected(op, err)
	}
	if len(leaks) > 0 {
		return thn.Edition{}, fault.Say(fault.Invalid, op, "edition.error.leak", map[string]any{"N": len(leaks)})
	}
	e, err := f.edition(o, safe)
	return e, fault.Wrap(op, err)
}

// protect hides what may not be seen and then checks the outcome from the side of
// a reader, as if it had come from somewhere else.
func protect(set disclosure.Set, before *disclosure.Published, rule disclosure.Rule) (safe disclosure.Protected, leaks []disclosure.Leak, err error) {
	if before == nil {
		if safe, err = disclosure.Protect(set, rule); err == nil {
			leaks, err = disclosure.Check(set, safe.Shown, rule)
		}
		return safe, leaks, err
	}
	if safe, err = disclosure.Revise(set, *before, rule); err == nil {
		leaks, err = disclosure.CheckRevision(set, safe.Shown, *before, rule)
	}
	return safe, leaks, err
}

// Preview gives the figures that Close would store, and stores nothing. It asks for
// no finished period: it is for those who may see the records anyway.
func (r Releases) Preview(ctx context.Context, o Order) (Figures, error) {
	const op = "preview release"
	if err := r.join(ctx, &o); err != nil {
		return Figures{}, fault.Wrap(op, err)
	}
	e, err := r.make(ctx, op, o, all)
	if err != nil {
		return Figures{}, err
	}
	return FiguresOf(e)
}

// mayClose refuses what could not be taken back.
func (r Releases) mayClose(ctx context.Context, o Order) error {
	const op = "close release"
	today := o.Programme.Today(r.Now())
	switch {
	case today.Before(o.Period.To):
		return fault.Say(fault.Invalid, op, "edition.error.open_period", map[string]any{"Day": o.Period.Last()})
	case o.outside() && !o.Alone && len(o.contributors()) < FewestContributors:
		return fault.Say(fault.Invalid, op, "edition.error.alone", map[string]any{"Fewest": FewestContributors, "N": len(o.contributors())})
	}
	list, err := r.Ledger.Editions(ctx, o.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	if i := slices.IndexFunc(list, func(e thn.Edition) bool { return e.Audience == o.Audience && e.Period.Overlaps(o.Period) }); i >= 0 {
		if list[i].Period != o.Period {
			return fault.Say(fault.Conflict, op, "edition.error.overlap", map[string]any{"Number": list[i].Number})
		}
		return fault.Say(fault.Conflict, op, "edition.error.closed_already", map[string]any{"Number": list[i].Number})
	}
	return fault.Wrap(op, r.mayJoin(ctx, o))
}

// frozen is a draft with its counts woven into one set.
type frozen struct {
	draft report.Draft
	*weave
	said []Statement
}

// spec is the question whose answer is frozen. Years before the period are not told
// again once other programmes stand behind them: what was told of those years by
// others could be taken off.
func (o Order) spec() report.Spec {
	return report.Spec{Programme: o.Programme, With: o.with, Period: o.Period, Within: o.together() || o.joined, AsAt: o.AsAt.UTC().Truncate(time.Hour)}
}

// freeze reads the figures as they stood at the hour that the order names.
func (r Releases) freeze(ctx context.Context, o Order) (frozen, error) {
	source, err := r.source(ctx, o)
	if err != nil {
		return frozen{}, err
	}
	draft, err := drafted(ctx, source, o)
	if err != nil {
		return frozen{}, err
	}
	thin := draft.Thin(o.rule().Smallest)
	draft.Merge(thin)
	f := frozen{draft: draft, weave: newWeave(&draft, o.rule().Smallest)}
	if n, several := source.(*nation); several {
		err = f.contribute(ctx, n, o, thin)
	}
	return f, err
}

// source is where the figures of an order come from.
func (r Releases) source(ctx context.Context, o Order) (report.Source, error) {
	if !o.together() {
		return r.At(o.AsAt), nil
	}
	return newNation(ctx, r.At(o.AsAt), o.Programme.ID, o.with)
}

// drafted answers what an order asks.
func drafted(ctx context.Context, source report.Source, o Order) (report.Draft, error) {
	draft, err := report.Drafted(ctx, source, o.spec())
	if err != nil {
		return draft, err
	}
	nameAreas(&draft)
	if o.joined {
		draft.ForgetReach()
	}
	return draft, nil
}

// nameAreas gives areas without a code of their own one made of their name: a
// random id says nothing to a reader and differs from server to server.
func nameAreas(d *report.Draft) {
	for _, c := range d.Kits {
		for i, r := range c.Table.Rows {
			if _, err := thn.ParseID(r.Label.Code); err == nil && r.Label.Text != "" {
				c.Table.Rows[i].Label.Code = strings.ReplaceAll(thn.Fold(r.Label.Text), " ", "-")
			}
		}
	}
}

// edition hides what must be hidden and makes the body of it.
func (f frozen) edition(o Order, safe disclosure.Protected) (thn.Edition, error) {
	f.hide(&f.draft, safe)
	figures := Figures{Programme: o.Programme.Name, Note: o.Programme.Note, Summary: f.draft.Summary(),
		Rule: Rule{Smallest: o.rule().Smallest, Counts: len(f.spots), Hidden: f.hiddenIn(safe)}, Statements: f.said}
	if o.together() {
		figures.Rule.Programmes, figures.Rule.Fewest, figures.Rule.Most = len(o.contributors()), o.rule().Contributors, o.rule().Share
	}
	body, err := json.Marshal(figures)
	if err != nil {
		return thn.Edition{}, err
	}
	counts, err := json.Marshal(memory{f.set, safe.Log, o.contributors()})
	return thn.Edition{Programme: o.Programme.ID, ID: thn.NewID(), Country: strings.ToUpper(o.Programme.Country), Audience: o.Audience, Period: o.Period, State: thn.EditionClosed,
		Provisional: o.Provisional, Alone: o.Alone, Notice: o.Notice, AsAt: o.AsAt.UTC().Truncate(time.Hour), With: o.with, Hash: hashOf(body), Body: body, Counts: counts}, err
}

// memory is what a programme keeps of an edition for itself: the counts as they
// were, and what was hidden why. Readers are not told the reasons: to know which
// counts are small and which only protect them is to know too much.
type memory struct {
	Set disclosure.Set     `json:"set"`
	Log []disclosure.Entry `json:"hidden"`

	Contributors []thn.ID `json:"contributors,omitempty"` // by the place of what they hold of each count
}

// hiddenIn counts the counts of the tables that are hidden.
func (f frozen) hiddenIn(p disclosure.Protected) (n int) {
	for key := range f.spots {
		if p.Shown[key].Hidden {
			n++
		}
	}
	return n
}

// unprotected says in words that figures cannot be made safe.
func (o Order) unprotected(op string, err error) error {
	var why *disclosure.Refused
	switch {
	case errors.As(err, &why) && why.Reason == disclosure.KeptChanged:
		return fault.Say(fault.Invalid, op, "edition.error.few_changes", map[string]any{"Smallest": report.SmallestShown})
	case why != nil && why.Reason == disclosure.KeptTooSmall && o.together():
		return fault.Say(fault.Invalid, op, "edition.error.one_programme", map[string]any{"Fewest": FewestContributors, "Most": MostOfOne})
	case fault.KindOf(err) == fault.Internal:
		return fault.Wrap(op, err)
	}
	return fault.Say(fault.Invalid, op, "edition.error.unsafe", nil)
}
