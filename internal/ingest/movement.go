package ingest

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"thntracker/internal/thn"
)

// movementShape is for a stock book: what came in, went elsewhere, was counted or
// taken off, a row each. What was given out is not stock's to say: it is imported
// as distributions, which take off by themselves.
var movementShape = shape{
	fields:  []Field{FieldDay, FieldSite, FieldMovement, FieldProduct, FieldBatch, FieldExpiry, FieldKits, FieldOther, FieldWhy, FieldReference, FieldKey},
	needed:  []Field{FieldDay, FieldSite, FieldMovement, FieldProduct, FieldKits},
	columns: []Field{FieldDay, FieldSite, FieldMovement, FieldProduct, FieldBatch, FieldKits, FieldOther},
	names:   []Field{FieldSite, FieldProduct, FieldOther}, notes: true, build: newMovementBuilder,
}

// importedMovements are the kinds that a file can hold: bags and hand-overs to
// other programmes have two sides, which a row does not.
var importedMovements = []thn.MovementKind{thn.MovementOpening, thn.MovementReceived, thn.MovementSent, thn.MovementArrived, thn.MovementCarriage,
	thn.MovementCount, thn.MovementExpired, thn.MovementDamaged, thn.MovementDestroyed, thn.MovementLost, thn.MovementRecalled}

// movementBuilder makes stock movements. A lot that is not registered is added
// when the row says when it expires.
type movementBuilder struct{ *records }

func newMovementBuilder(p *planner) builder {
	b := &movementBuilder{}
	b.records = newRecords(p, thn.KindMovement, movementContent, func(f thn.Fact) {
		m := f.(thn.Movement)
		p.sum(string(thn.MeasureKits), thn.Month(m.Day.Year(), m.Day.Month()), string(m.Kind), thn.ExactKits(int64(moved(m))))
	}, func(f thn.Fact) string {
		m, _ := f.(thn.Movement) // another kind under this number moved nothing
		return strconv.Itoa(moved(m))
	})
	return b
}

// moved is what the row says of kits: for a count, how many were found.
func moved(m thn.Movement) int {
	if m.Kind == thn.MovementCount {
		return m.Counted
	}
	return m.Kits
}

// movementContent tells two rows apart. What a count differs by is the ledger's
// to say, so it is left out.
func movementContent(f thn.Fact) string {
	m := f.(thn.Movement)
	reason := m.Reason
	if m.Kind == thn.MovementCount && reason == "unknown" {
		reason = ""
	}
	return strings.Join([]string{m.Day.String(), string(m.Kind), string(m.Site), string(m.Product), string(m.Batch), strconv.Itoa(moved(m)), string(reason), string(m.Other), m.Reference}, "|")
}

func (b *movementBuilder) add(e entry) error {
	m, err := b.movement(e)
	if err != nil {
		return err
	}
	return b.keep(e, m, e.get(FieldKey).text)
}

func (b *movementBuilder) movement(e entry) (m thn.Movement, err error) {
	site, err := b.site(e)
	if err != nil {
		return m, err
	}
	m.Site, m.Reference = site.ID, e.get(FieldReference).text
	if utf8.RuneCountInString(m.Reference) > thn.MaxReference {
		return m, e.get(FieldReference).refuse("text_long", map[string]any{"Most": thn.MaxReference})
	}
	if m.Day, err = b.siteDay(e, site); err != nil {
		return m, err
	}
	kind, err := b.code(e, FieldMovement, "")
	if err != nil {
		return m, err
	}
	if m.Kind = thn.MovementKind(kind); kind == "" {
		return m, e.get(FieldMovement).refuse("needed", nil)
	}
	product, err := b.product(e)
	if err != nil {
		return m, err
	}
	m.Product = product.ID
	if m.Batch, err = b.batchOr(e, product); err != nil {
		return m, err
	}
	return b.amount(e, site, m)
}

// amount reads how many kits, and what belongs to single kinds.
func (b *movementBuilder) amount(e entry, site thn.Site, m thn.Movement) (thn.Movement, error) {
	least := 1
	if m.Kind == thn.MovementCount {
		least = 0
	}
	n, err := b.between(e, FieldKits, least, thn.MaxMoved, "number_range")
	if err != nil {
		return m, err
	}
	m.Kits = n
	if m.Kind == thn.MovementCount {
		m.Kits, m.Counted = 0, n
		why, err := b.code(e, FieldWhy, "")
		m.Reason = thn.AdjustReason(why)
		return m, err
	}
	if m.Kind != thn.MovementSent && m.Kind != thn.MovementArrived {
		return m, nil
	}
	return b.other(e, site, m)
}

// other finds the second site of a transfer; one that arrived may come from a
// site that the programme does not know.
func (b *movementBuilder) other(e entry, site thn.Site, m thn.Movement) (thn.Movement, error) {
	v := e.get(FieldOther)
	if v.blank() && m.Kind == thn.MovementArrived {
		return m, nil
	}
	other, err := b.siteIn(e, FieldOther)
	if err != nil {
		return m, err
	}
	if other.ID == site.ID {
		return m, v.refuse("same_site", nil)
	}
	m.Other = other.ID
	return m, nil
}

// batchOr is batch, but a lot that comes with an expiry is registered.
func (b *movementBuilder) batchOr(e entry, product thn.Product) (thn.ID, error) {
	id, err := b.batch(e, product)
	expiry := e.get(FieldExpiry)
	if err == nil || expiry.blank() {
		return id, err
	}
	span, err := b.periods.Parse(expiry.text)
	if err != nil {
		return "", expiry.where.Blame(err)
	}
	days, err := expiry.days(span.From, span.Until)
	if err != nil {
		return "", err
	}
	lot := thn.Batch{ID: thn.NewID(), Product: product.ID, Lot: e.get(FieldBatch).text, Expiry: days.Last(), MonthOnly: days.Days() > 1}
	b.known.batches = append(b.known.batches, lot)
	b.plan.load.Batches = append(b.plan.load.Batches, lot)
	return lot.ID, nil
}
