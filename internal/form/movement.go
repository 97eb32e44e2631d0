package form

import (
	"strconv"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// What a person says happened to stock. Each is a form of its own; the kinds of
// movement that a form may make follow from it.
const (
	StockReceive = "receive" // from a supplier
	StockOpening = "opening" // on the shelf when the ledger began
	StockSend    = "send"    // to another site
	StockArrive  = "arrive"  // from another site
	StockFill    = "fill"    // from the shelf into a bag
	StockReturn  = "return"  // from a bag back on the shelf
	StockOff     = "off"     // expired, damaged, destroyed, lost
	StockDuty    = "duty"    // to responders for duty
	StockCount   = "count"   // one line of a shelf
)

// StockForms lists the forms.
var StockForms = []string{StockReceive, StockOpening, StockSend, StockArrive, StockFill, StockReturn, StockOff, StockDuty, StockCount}

// OffKinds lists what takes kits off a shelf or out of a bag for good.
var OffKinds = []thn.MovementKind{thn.MovementExpired, thn.MovementDamaged, thn.MovementLost, thn.MovementDestroyed}

var stockKinds = map[string]thn.MovementKind{StockReceive: thn.MovementReceived, StockOpening: thn.MovementOpening, StockSend: thn.MovementSent,
	StockArrive: thn.MovementArrived, StockFill: thn.MovementIssued, StockReturn: thn.MovementReturned, StockDuty: thn.MovementCarriage, StockCount: thn.MovementCount}

// NewLot stands for the batch in Product when the lot is typed.
const NewLot = "new"

// Values of Bag that are not ids.
const (
	OnShelf = "shelf" // no bag: the shelf of the site
	MyBag   = "mine"  // the actor's own, opened if need be
)

// Movement is the form for anything that happens to stock. What says which form
// it was; a form leaves empty what it does not ask. Product holds product and
// batch joined by a colon, as when giving out.
type Movement struct {
	ID          string `form:"id" label:"stock.day" validate:"required,id"`
	Corrects    string `form:"corrects" label:"stock.day" validate:"omitempty,id"`
	What        string `form:"what" label:"stock.what" validate:"required,stockform"`
	Site        string `form:"site" label:"give.site" validate:"required,id"`
	Kind        string `form:"kind" label:"stock.off.kind" validate:"required_if=What off,omitempty,movement"`
	Transfer    string `form:"transfer" label:"stock.what" validate:"required_if=What arrive,omitempty,id"`
	Product     string `form:"product" label:"stock.product"`
	LotID       string `form:"lot-id" label:"setup.batch.lot" validate:"omitempty,id"`
	Lot         string `form:"lot" label:"setup.batch.lot" validate:"max=120"`
	ExpiryDay   string `form:"expiry-day"`
	ExpiryMonth string `form:"expiry-month"`
	ExpiryYear  string `form:"expiry-year"`
	Bag         string `form:"bag" label:"stock.bag"`
	Other       string `form:"other" label:"stock.other" validate:"required_if=What send,omitempty,id"`
	Kits        string `form:"kits" label:"stock.kits"`
	Counted     string `form:"counted" label:"stock.counted"`
	Reason      string `form:"reason" label:"stock.reason" validate:"omitempty,adjustreason"`
	DayDay      string `form:"day-day"`
	DayMonth    string `form:"day-month"`
	DayYear     string `form:"day-year"`
	Reference   string `form:"reference" label:"stock.reference" validate:"max=60"`
	Anyway      string `form:"anyway" label:"stock.anyway" validate:"omitempty,oneof=yes"`
}

// Day is the day as answered.
func (f Movement) Day() Day { return Day{f.DayDay, f.DayMonth, f.DayYear} }

// Expiry is what the pack prints, as answered.
func (f Movement) Expiry() Day { return Day{f.ExpiryDay, f.ExpiryMonth, f.ExpiryYear} }

// Typed tells whether the lot is typed and not chosen.
func (f Movement) Typed() bool { return f.What == StockReceive || f.What == StockOpening }

// ToDomain makes the movement. A lot that is typed comes back as a batch yet to
// be added, under the id that the movement names.
func (f Movement) ToDomain() (thn.Movement, thn.Batch, error) {
	var r reader
	m := thn.Movement{ID: thn.ID(f.ID), Kind: stockKinds[f.What], Site: thn.ID(f.Site), Day: r.mustDay("day", "stock.day", f.Day())}
	if f.What == StockOff {
		m.Kind = thn.MovementKind(f.Kind)
	}
	if f.What == StockCount {
		m.Counted, m.Reason = r.kits("counted", "stock.counted", f.Counted, 0), thn.AdjustReason(f.Reason)
	} else {
		m.Kits = r.kits("kits", "stock.kits", f.Kits, 1)
	}
	switch f.What {
	case StockReceive:
		m.Reference = f.Reference
	case StockSend:
		m.Other = thn.ID(f.Other)
	case StockArrive:
		m.Transfer = thn.ID(f.Transfer)
	case StockFill, StockReturn, StockOff, StockCount:
		m.Bag = r.bag(f)
	}
	var lot thn.Batch
	if f.What != StockArrive { // the transfer says which kits they are
		m.Product, m.Batch, lot = r.kit(f)
	}
	return m, lot, r.err("movement")
}

// bag reads which bag; the actor's own is left empty for whoever knows it.
func (r *reader) bag(f Movement) thn.ID {
	between := f.What == StockFill || f.What == StockReturn
	switch {
	case f.Bag == MyBag, !between && (f.Bag == OnShelf || f.Bag == ""):
		return ""
	case !isID(f.Bag):
		r.refuse("bag", "form.choose_for", "stock.bag")
		return ""
	}
	return thn.ID(f.Bag)
}

// kit reads product and batch, and the lot where it is typed.
func (r *reader) kit(f Movement) (product, batch thn.ID, lot thn.Batch) {
	p, b, _ := strings.Cut(f.Product, ":")
	switch {
	case !isID(p) || b != "" && b != NewLot && !isID(b) || b == NewLot && (!f.Typed() || f.LotID == ""):
		r.refuse("product", "form.choose_for", "stock.product")
		return "", "", lot
	case b != NewLot:
		return thn.ID(p), thn.ID(b), lot
	}
	typed := Batch{ID: f.LotID, Product: p, Lot: f.Lot, ExpiryDay: f.ExpiryDay, ExpiryMonth: f.ExpiryMonth, ExpiryYear: f.ExpiryYear}
	if f.Lot == "" {
		r.refuse("lot", "form.missing", "setup.batch.lot")
	}
	lot, err := typed.ToDomain()
	r.wrong = append(r.wrong, fault.FieldsOf(err)...)
	return thn.ID(p), thn.ID(f.LotID), lot
}

// kits reads a number of kits of a movement, which may be a whole delivery.
func (r *reader) kits(name, label, text string, least int) int {
	n, err := Count(text)
	if err != nil || n < least || n > thn.MaxMoved {
		r.wrong = append(r.wrong, fault.Field{Name: name, Key: "form.range", Args: map[string]any{"Field": fault.Label(label), "Min": least, "Max": thn.MaxMoved}})
	}
	return n
}

// MovementOf puts a movement back into its form, under a new id that corrects it.
func MovementOf(m thn.Movement) Movement {
	f := Movement{ID: string(thn.NewID()), Corrects: string(m.ID), LotID: string(thn.NewID()), Site: string(m.Site), What: StockOff, Kind: string(m.Kind), Transfer: string(m.Transfer),
		Product: string(m.Product) + ":" + string(m.Batch), Bag: string(m.Bag), Other: string(m.Other), Reason: string(m.Reason), Reference: m.Reference}
	for what, kind := range stockKinds {
		if kind == m.Kind {
			f.What, f.Kind = what, ""
		}
	}
	if f.Bag == "" {
		f.Bag = OnShelf
	}
	f.Kits, f.Counted = strconv.Itoa(m.Kits), strconv.Itoa(m.Counted)
	day := DayOf(m.Day)
	f.DayDay, f.DayMonth, f.DayYear = day.Day, day.Month, day.Year
	return f
}

// MoveUndo is the undo button after a movement: the records, and the ids of the
// versions that take them out, side by side.
type MoveUndo struct {
	Site  string   `form:"site" label:"give.site" validate:"required,id"`
	IDs   []string `form:"id" validate:"dive,id"`
	Voids []string `form:"void" validate:"dive,id"`
}
