package recall

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Notice is what a person copies from the notice that came. Lots are as they are
// printed; Batches are those that were chosen from the list.
type Notice struct {
	Recall thn.Recall // Batches are those chosen
	Lots   []string   // typed
}

// Lengths in characters.
const (
	longestSource    = 120
	longestReference = 60
)

// Unknown gives the lots of a notice that the programme has no batch of, in the
// order they were typed. They have to be registered first: kits of them may have
// come under another number or never.
func (c *Recalls) Unknown(ctx context.Context, actor thn.Actor, n Notice) (lots []string, err error) {
	batches, err := c.store.Batches(ctx, actor.Programme.ID)
	for _, lot := range n.Lots {
		if _, known := batchOf(batches, n.Recall.Product, lot); !known {
			lots = append(lots, lot)
		}
	}
	return lots, fault.Wrap("look up lots", err)
}

func batchOf(batches []thn.Batch, product thn.ID, lot string) (thn.ID, bool) {
	i := slices.IndexFunc(batches, func(b thn.Batch) bool { return b.Product == product && thn.Fold(b.Lot) == thn.Fold(lot) })
	if i < 0 {
		return "", false
	}
	return batches[i].ID, true
}

// Check tells what has to be put right in a notice, but for lots that are not
// registered: see Unknown.
func (c *Recalls) Check(ctx context.Context, actor thn.Actor, n Notice) error {
	const op = "check recall"
	if err := mayDecide(op, actor); err != nil {
		return err
	}
	products, err := c.store.Products(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	batches, err := c.store.Batches(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	var fields []fault.Field
	add := func(wrong bool, name, key string) {
		if wrong {
			fields = append(fields, fault.Field{Name: name, Key: key})
		}
	}
	r := n.Recall
	add(!slices.ContainsFunc(products, func(p thn.Product) bool { return p.ID == r.Product }), "product", "setup.product_unknown")
	add(len(r.Batches)+len(n.Lots) == 0, "lots", "recall.lots_missing")
	for _, id := range r.Batches {
		i := slices.IndexFunc(batches, func(b thn.Batch) bool { return b.ID == id })
		add(i < 0 || batches[i].Product != r.Product, "batch", "recall.lot_other")
	}
	add(strings.TrimSpace(r.Source) == "", "source", "recall.source_missing")
	add(utf8.RuneCountInString(r.Source) > longestSource, "source", "setup.name_long")
	add(utf8.RuneCountInString(r.Reference) > longestReference, "reference", "recall.reference_long")
	add(!slices.Contains(thn.RecallActions, r.Action), "action", "setup.choose_list")
	add(r.Day.IsZero() || c.today(actor).Before(r.Day), "day", "intake.day_ahead")
	return fault.Fields(op, fields...)
}

// Start stores a notice, which puts its batches aside where it asks for that.
// The same notice sent twice is one.
func (c *Recalls) Start(ctx context.Context, actor thn.Actor, n Notice) error {
	const op = "start recall"
	if err := c.Check(ctx, actor, n); err != nil {
		return err
	}
	list, err := c.store.Recalls(ctx, actor.Programme.ID)
	if err != nil || slices.ContainsFunc(list, func(r thn.Recall) bool { return r.ID == n.Recall.ID }) {
		return fault.Wrap(op, err)
	}
	batches, err := c.store.Batches(ctx, actor.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	r := n.Recall
	r.Batches = slices.Clone(r.Batches)
	for _, lot := range n.Lots {
		id, known := batchOf(batches, r.Product, lot)
		if !known {
			return fault.Fields(op, fault.Field{Name: "lots", Key: "recall.lot_unknown", Args: map[string]any{"Lot": lot}})
		}
		r.Batches = append(r.Batches, id)
	}
	slices.Sort(r.Batches)
	r.Batches = slices.Compact(r.Batches)
	return fault.Wrap(op, c.store.AddRecall(ctx, actor.Programme.ID, actor.Account.ID, r))
}

// Lift ends a recall on a day, on the word of a source. Its movements stay; each
// can be taken back when its kits return to the shelf.
func (c *Recalls) Lift(ctx context.Context, actor thn.Actor, id thn.ID, on thn.Date, source string) error {
	const op = "lift recall"
	if err := mayDecide(op, actor); err != nil {
		return err
	}
	r, err := c.Find(ctx, actor, id)
	if err != nil {
		return err
	}
	var fields []fault.Field
	if strings.TrimSpace(source) == "" {
		fields = append(fields, fault.Field{Name: "source", Key: "recall.source_missing"})
	}
	if utf8.RuneCountInString(source) > longestSource {
		fields = append(fields, fault.Field{Name: "source", Key: "setup.name_long"})
	}
	if on.Before(r.Day) || c.today(actor).Before(on) {
		fields = append(fields, fault.Field{Name: "from", Key: "recall.lift_day"})
	}
	if err := fault.Fields(op, fields...); err != nil {
		return err
	}
	if !r.InForce() {
		return fault.Say(fault.Conflict, op, "recall.lifted_already", nil)
	}
	return fault.Wrap(op, c.store.LiftRecall(ctx, actor.Programme.ID, actor.Account.ID, id, on, source))
}
