package thn

import "fmt"

// AidKind tells what a post on the mutual-aid board says.
type AidKind string

// AidKinds lists them.
var AidKinds = []AidKind{AidOffer, AidRequest}

// The kinds of post.
const (
	AidOffer   AidKind = "offer"   // kits that another programme may have
	AidRequest AidKind = "request" // kits that a programme needs
)

// AidPost is what one programme says to the others of an installation about
// kits. It names the product in words, because products are each programme's
// own, and holds no place, no person and no free text.
type AidPost struct {
	Programme ID // whose post it is
	ID        ID
	Kind      AidKind
	Day       Date
	Code      string // of the product
	Product   string // its name
	Lot       string // offer: which lot; empty: several or not said
	Expiry    Date   // offer: the last day of the lot; zero: not said
	Kits      int
	Expired   bool // request: kits past their printed date are welcome too
	Answers   ID   // request: the offer that it takes up
	Closed    bool
}

// Check tells what is impossible about a post.
func (p AidPost) Check() error {
	switch {
	case p.ID == "" || p.Programme == "" || p.Day.IsZero():
		return fmt.Errorf("a post names its id, programme and day")
	case p.Kind != AidOffer && p.Kind != AidRequest:
		return fmt.Errorf("no post of kind %q", clip(string(p.Kind)))
	case p.Product == "" || p.Kits < 1 || p.Kits > MaxMoved:
		return fmt.Errorf("a post is about 1 to %d kits of a product", MaxMoved)
	case p.Kind == AidRequest && (p.Lot != "" || !p.Expiry.IsZero()):
		return fmt.Errorf("a request is not about a lot")
	}
	return nil
}

// HandOver is kits on their way from one programme to another, in answer to a
// request. Each side books them in its own ledger and nowhere else: Sent and
// Arrived are sums of current movements that name the hand-over, so that a
// correction on either side shows at once. What arrived may differ from what was
// sent, and both see it.
type HandOver struct {
	Giver   ID // programme
	ID      ID
	Taker   ID // programme
	Post    ID // the request, of the taker
	Day     Date
	Code    string
	Product string
	Lot     string // empty: not recorded
	Expiry  Date   // zero: not known
	Kits    int    // as it was announced

	Sent    int // as the giver's ledger has it now
	Arrived int // as the taker's has it; 0: on its way
}

// OnItsWay tells whether kits were sent that the taker has not booked.
func (h HandOver) OnItsWay() bool { return h.Sent > 0 && h.Arrived == 0 }

// PastDate tells whether the lot may no longer be used on a day.
func (h HandOver) PastDate(on Date) bool { return !h.Expiry.IsZero() && h.Expiry.Before(on) }
