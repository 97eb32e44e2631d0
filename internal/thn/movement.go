package thn

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// MovementKind is what happened to kits in stock other than being given out.
type MovementKind string

// MovementKinds lists them in the order of a kit's life.
var MovementKinds = []MovementKind{MovementOpening, MovementReceived, MovementSent, MovementArrived, MovementIssued, MovementReturned,
	MovementCarriage, MovementAidOut, MovementAidIn, MovementCount, MovementExpired, MovementDamaged, MovementDestroyed, MovementLost, MovementRecalled}

// The kinds of movement. Sent and arrived are two facts about one transfer: what
// arrived may differ from what was sent, and the difference stays visible.
const (
	MovementOpening   MovementKind = "opening"            // on the shelf when the ledger began
	MovementReceived  MovementKind = "received"           // from a supplier
	MovementSent      MovementKind = "transfer_out"       // to another site
	MovementArrived   MovementKind = "transfer_in"        // from another site
	MovementIssued    MovementKind = "issued_to_bag"      // from the shelf into a bag
	MovementReturned  MovementKind = "returned_from_bag"  // from a bag back on the shelf
	MovementCarriage  MovementKind = "issued_to_carriage" // to responders for duty: never a distribution
	MovementAidOut    MovementKind = "mutual_aid_out"     // handed to another programme
	MovementAidIn     MovementKind = "mutual_aid_in"      // taken over from another programme
	MovementCount     MovementKind = "count_adjustment"   // a count that differs from the ledger
	MovementExpired   MovementKind = "expired"            // put aside because its date has passed
	MovementDamaged   MovementKind = "damaged"            //
	MovementDestroyed MovementKind = "destroyed"          //
	MovementLost      MovementKind = "lost_theft"         // lost or stolen from stock
	MovementRecalled  MovementKind = "recalled"           // sent back under a recall
)

// AdjustReason is why a count differs from the ledger, as far as anybody knows.
type AdjustReason string

// AdjustReasons lists them.
var AdjustReasons = []AdjustReason{"not_recorded", "recorded_twice", "wrong_batch", "miscounted", "found", "missing", "unknown"}

// MaxMoved is the most kits one movement may hold: a large delivery.
const MaxMoved = 100_000

// MaxReference is how many characters the number of an order or delivery note may have.
const MaxReference = 60

// Movement is the fact that kits moved: received, sent, put into a bag, counted,
// taken off. Bag is set where a bag is one side of it; Other is the other site of
// a transfer. A count says what was found; Kits is then the difference to the
// ledger at the moment it was stored, above or below 0: whoever sends it leaves it 0.
type Movement struct {
	ID        ID
	Day       Date
	Kind      MovementKind
	Site      ID
	Bag       ID `json:",omitempty"`
	Product   ID
	Batch     ID `json:",omitempty"` // empty: the lot was not recorded
	Kits      int
	Counted   int          `json:",omitempty"` // count_adjustment: kits found
	Reason    AdjustReason `json:",omitempty"` // count_adjustment
	Other     ID           `json:",omitempty"` // transfer_out: where to; transfer_in: where from
	Transfer  ID           `json:",omitempty"` // transfer_in: the record that sent them
	Recall    ID           `json:",omitempty"` // recalled: under which recall
	Aid       ID           `json:",omitempty"` // mutual_aid_out and _in: the hand-over that both ledgers name
	Reference string       `json:",omitempty"` // of an order or delivery note; never a name
}

// RecordKind says that kits moved.
func (m Movement) RecordKind() RecordKind { return KindMovement }

// RecordID gives the id.
func (m Movement) RecordID() ID { return m.ID }

// Mentions lists what it names. The other site of a transfer is named too.
func (m Movement) Mentions() Mentions {
	return Mentions{Day: m.Day, Sites: []ID{m.Site, m.Other}, Products: []ID{m.Product}, Batches: []ID{m.Batch}, Bags: []ID{m.Bag}}
}

// movementSigns says what each kind does to the shelf of its site and to its bag.
// A kind that takes off takes from the bag when it names one.
var movementSigns = map[MovementKind]struct{ shelf, bag int }{
	MovementOpening: {1, 1}, MovementReceived: {1, 0}, MovementSent: {-1, 0}, MovementArrived: {1, 0},
	MovementIssued: {-1, 1}, MovementReturned: {1, -1}, MovementCarriage: {-1, 0}, MovementAidOut: {-1, 0}, MovementAidIn: {1, 0},
	MovementCount: {1, 1}, MovementExpired: {-1, -1}, MovementDamaged: {-1, -1}, MovementDestroyed: {-1, -1}, MovementLost: {-1, -1}, MovementRecalled: {-1, -1},
}

// Stock gives the entries: two for what passes between shelf and bag, one for
// everything else, none for a count that agreed.
func (m Movement) Stock() []StockEntry {
	if m.Kits == 0 {
		return nil
	}
	signs := movementSigns[m.Kind]
	entry := func(at Holder, sign int) StockEntry {
		return StockEntry{Day: m.Day, Holder: at, Product: m.Product, Batch: m.Batch, Kind: EntryKind(m.Kind), Kits: sign * m.Kits}
	}
	switch {
	case m.Between():
		return []StockEntry{entry(Holder{Site: m.Site}, signs.shelf), entry(Holder{Bag: m.Bag}, signs.bag)}
	case m.Bag != "":
		return []StockEntry{entry(Holder{Bag: m.Bag}, signs.bag)}
	}
	return []StockEntry{entry(Holder{Site: m.Site}, signs.shelf)}
}

// Between tells whether kits pass between a shelf and a bag.
func (m Movement) Between() bool { return m.Kind == MovementIssued || m.Kind == MovementReturned }

// clearing are the kinds that empty a place, or say what is still there.
var clearing = []MovementKind{MovementSent, MovementReturned, MovementAidOut, MovementCount, MovementExpired,
	MovementDamaged, MovementDestroyed, MovementLost, MovementRecalled}

// Clears tells whether the movement may still happen at a site that has closed:
// what is on its shelf has to be sent on, taken off or counted.
func (m Movement) Clears() bool { return slices.Contains(clearing, m.Kind) }

// Check tells what is impossible about the movement itself.
func (m Movement) Check() error {
	signs, known := movementSigns[m.Kind]
	switch {
	case m.ID == "" || m.Site == "" || m.Product == "":
		return fmt.Errorf("a movement names its id, site and product")
	case !known:
		return fmt.Errorf("no movement of kind %q", clip(string(m.Kind)))
	case m.Day.IsZero():
		return fmt.Errorf("a movement has a day")
	case m.Between() && m.Bag == "":
		return fmt.Errorf("a movement between shelf and bag names the bag")
	case m.Bag != "" && signs.bag == 0:
		return fmt.Errorf("%s is not about a bag", m.Kind)
	case m.Kind == MovementSent && (m.Other == "" || m.Other == m.Site):
		return fmt.Errorf("a transfer names another site")
	case utf8.RuneCountInString(m.Reference) > MaxReference:
		return fmt.Errorf("a reference has at most %d characters", MaxReference)
	}
	return m.checkKits()
}

func (m Movement) checkKits() error {
	if m.Kind != MovementCount {
		if m.Kits < 1 || m.Kits > MaxMoved {
			return fmt.Errorf("kits must be 1 to %d, not %d", MaxMoved, m.Kits)
		}
		return nil
	}
	switch {
	case m.Counted < 0 || m.Counted > MaxMoved || m.Kits < -MaxMoved || m.Kits > MaxMoved:
		return fmt.Errorf("a count is 0 to %d", MaxMoved)
	}
	return nil
}
