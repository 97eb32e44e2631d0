package stock

import (
	"context"
	"slices"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// AidBoard is the board as the database holds it. Posts and hand-overs are the
// only rows that one programme reads of another.
type AidBoard interface {
	Programmes(ctx context.Context) ([]thn.Programme, error)
	AidPosts(ctx context.Context) ([]thn.AidPost, error)
	AddAidPost(ctx context.Context, by thn.ID, p thn.AidPost) error
	CloseAidPost(ctx context.Context, programme, by, id thn.ID) error
	HandOvers(ctx context.Context, programme thn.ID) ([]thn.HandOver, error)
}

// AidKits is what the board needs of a programme's own kits.
type AidKits interface {
	Products(ctx context.Context, programme thn.ID) ([]thn.Product, error)
	Batches(ctx context.Context, programme thn.ID) ([]thn.Batch, error)
	AddBatches(ctx context.Context, programme, by thn.ID, batches ...thn.Batch) error
}

// AidStore is the database as mutual aid sees it.
type AidStore interface {
	AidBoard
	AidKits
}

// Aid is mutual aid between the programmes of an installation. A hand-over
// answers a request, so that nothing is sent to anybody who did not ask for it,
// and nothing past its date to anybody who did not say that they want it.
// The two sides are booked apart, each by its own programme.
type Aid struct {
	store AidStore
	now   func() time.Time
}

// NewAid makes the use cases.
func NewAid(store AidStore, now func() time.Time) *Aid { return &Aid{store: store, now: now} }

// Notice is a post with the name of its programme.
type Notice struct {
	thn.AidPost
	From string
	Mine bool
}

// Passage is a hand-over as one side sees it.
type Passage struct {
	thn.HandOver
	Other string // the name of the other programme
	Gave  bool   // the reader's programme is the giver
}

// Board is what a programme sees.
type Board struct {
	Today     thn.Date
	Alone     bool // no other programme is here to read it
	Offers    []Notice
	Requests  []Notice
	HandOvers []Passage // those that are under way or happened
}

// MayAct tells whether the actor may post and hand over: kits leave the whole
// programme, so that a role in one place only reads.
func MayAct(actor thn.Actor) bool { return actor.May(thn.VerbStock) && actor.Whole() }

// Refusal tells why an actor may not act on the board; nil when they may.
func (a *Aid) Refusal(actor thn.Actor) error { return mayAct(actor, "mutual aid") }

func mayAct(actor thn.Actor, op string) error {
	switch {
	case !actor.May(thn.VerbStock):
		return fault.New(fault.Denied, op, "role %q", actor.Grant.Role)
	case !actor.Whole():
		return fault.Say(fault.Denied, op, "aid.whole_only", nil)
	}
	return nil
}

// Board gives the board.
func (a *Aid) Board(ctx context.Context, actor thn.Actor) (Board, error) {
	const op = "aid board"
	if !actor.May(thn.VerbStock) {
		return Board{}, fault.New(fault.Denied, op, "role %q", actor.Grant.Role)
	}
	names, err := a.names(ctx, actor)
	if err != nil {
		return Board{}, fault.Wrap(op, err)
	}
	posts, err := a.store.AidPosts(ctx)
	if err != nil {
		return Board{}, fault.Wrap(op, err)
	}
	me := actor.Programme.ID
	b := Board{Today: actor.Programme.Today(a.now()), Alone: len(names) < 2}
	for _, p := range posts {
		n := Notice{AidPost: p, From: names[p.Programme], Mine: p.Programme == me}
		switch {
		case n.From == "": // of another world: a demonstration beside the real thing
		case p.Kind == thn.AidOffer:
			b.Offers = append(b.Offers, n)
		default:
			b.Requests = append(b.Requests, n)
		}
	}
	handOvers, err := a.store.HandOvers(ctx, me)
	for _, h := range handOvers {
		other := h.Taker
		if h.Taker == me {
			other = h.Giver
		}
		if h.Sent > 0 || h.Arrived > 0 { // otherwise the giver took it out again
			b.HandOvers = append(b.HandOvers, Passage{HandOver: h, Other: names[other], Gave: h.Giver == me})
		}
	}
	return b, fault.Wrap(op, err)
}

// names are the programmes that share a board: invented records and real ones
// do not trade kits.
func (a *Aid) names(ctx context.Context, actor thn.Actor) (map[thn.ID]string, error) {
	all, err := a.store.Programmes(ctx)
	names := map[thn.ID]string{}
	for _, p := range all {
		if p.Demo == actor.Programme.Demo {
			names[p.ID] = p.Name
		}
	}
	return names, err
}

// Wish is a post before it is one: the product is the programme's own.
type Wish struct {
	ID      thn.ID
	Kind    thn.AidKind
	Product thn.ID
	Batch   thn.ID // offer: which lot; may be empty
	Kits    int
	Expired bool // request
	Answers thn.ID
}

// Post puts an offer or a request on the board.
func (a *Aid) Post(ctx context.Context, actor thn.Actor, w Wish) error {
	const op = "post on aid board"
	if err := mayAct(actor, op); err != nil {
		return err
	}
	product, batch, err := a.kit(ctx, actor, w.Product, w.Batch)
	if err != nil {
		return fault.Wrap(op, err)
	}
	p := thn.AidPost{Programme: actor.Programme.ID, ID: w.ID, Kind: w.Kind, Day: actor.Programme.Today(a.now()), Code: product.Code, Product: product.Name, Kits: w.Kits}
	if w.Kind == thn.AidOffer {
		p.Lot, p.Expiry = batch.Lot, batch.Expiry
	} else {
		p.Expired, p.Answers = w.Expired, w.Answers
	}
	return fault.Wrap(op, a.store.AddAidPost(ctx, actor.Account.ID, p))
}

// kit finds a product and batch of the actor's programme.
func (a *Aid) kit(ctx context.Context, actor thn.Actor, product, batch thn.ID) (p thn.Product, b thn.Batch, err error) {
	products, err := a.store.Products(ctx, actor.Programme.ID)
	if err != nil {
		return p, b, err
	}
	i := slices.IndexFunc(products, func(x thn.Product) bool { return x.ID == product })
	if i < 0 {
		return p, b, fault.Fields("product", fault.Field{Name: "product", Key: "intake.product_unknown"})
	}
	batches, err := a.store.Batches(ctx, actor.Programme.ID)
	if err != nil || batch == "" {
		return products[i], b, err
	}
	j := slices.IndexFunc(batches, func(x thn.Batch) bool { return x.ID == batch && x.Product == product })
	if j < 0 {
		return p, b, fault.Fields("batch", fault.Field{Name: "product", Key: "intake.batch_unknown"})
	}
	return products[i], batches[j], nil
}

// Own gives an open post of the actor's programme.
func (a *Aid) Own(ctx context.Context, actor thn.Actor, id thn.ID) (thn.AidPost, error) {
	const op = "own post"
	if err := mayAct(actor, op); err != nil {
		return thn.AidPost{}, err
	}
	return a.post(ctx, actor, op, func(p thn.AidPost) bool { return p.ID == id && p.Programme == actor.Programme.ID })
}

// Offer gives an open offer of another programme, to ask for it.
func (a *Aid) Offer(ctx context.Context, actor thn.Actor, of, id thn.ID) (thn.AidPost, error) {
	return a.ofOther(ctx, actor, "offer", thn.AidOffer, of, id)
}

// Request gives an open request of another programme, to answer it.
func (a *Aid) Request(ctx context.Context, actor thn.Actor, of, id thn.ID) (thn.AidPost, error) {
	return a.ofOther(ctx, actor, "request", thn.AidRequest, of, id)
}

func (a *Aid) ofOther(ctx context.Context, actor thn.Actor, op string, kind thn.AidKind, of, id thn.ID) (thn.AidPost, error) {
	if err := mayAct(actor, op); err != nil {
		return thn.AidPost{}, err
	}
	return a.post(ctx, actor, op, func(p thn.AidPost) bool {
		return p.ID == id && p.Programme == of && p.Kind == kind && of != actor.Programme.ID
	})
}

func (a *Aid) post(ctx context.Context, actor thn.Actor, op string, is func(thn.AidPost) bool) (thn.AidPost, error) {
	names, err := a.names(ctx, actor)
	if err != nil {
		return thn.AidPost{}, fault.Wrap(op, err)
	}
	posts, err := a.store.AidPosts(ctx)
	if err != nil {
		return thn.AidPost{}, fault.Wrap(op, err)
	}
	i := slices.IndexFunc(posts, is)
	if i < 0 || names[posts[i].Programme] == "" {
		return thn.AidPost{}, fault.Say(fault.NotFound, op, "aid.post_gone", nil)
	}
	return posts[i], nil
}

// Close takes a post of the actor's programme off the board.
func (a *Aid) Close(ctx context.Context, actor thn.Actor, id thn.ID) error {
	if _, err := a.Own(ctx, actor, id); err != nil {
		return err
	}
	return fault.Wrap("close post", a.store.CloseAidPost(ctx, actor.Programme.ID, actor.Account.ID, id))
}

// Sending turns kits that leave for a request into the movement and the
// hand-over that are stored together. m says day, site, product, batch and kits.
func (a *Aid) Sending(ctx context.Context, actor thn.Actor, request thn.AidPost, m thn.Movement) (thn.Movement, thn.HandOver, error) {
	const op = "hand over kits"
	if err := mayAct(actor, op); err != nil {
		return m, thn.HandOver{}, err
	}
	product, batch, err := a.kit(ctx, actor, m.Product, m.Batch)
	if err != nil {
		return m, thn.HandOver{}, fault.Wrap(op, err)
	}
	m.Kind, m.Aid = thn.MovementAidOut, m.ID
	h := thn.HandOver{Giver: actor.Programme.ID, ID: m.ID, Taker: request.Programme, Post: request.ID, Day: m.Day, Code: product.Code, Product: product.Name,
		Lot: batch.Lot, Expiry: batch.Expiry, Kits: m.Kits}
	switch {
	case batch.Quarantined:
		err = fault.Fields(op, fault.Field{Name: "product", Key: "aid.aside"})
	case h.PastDate(actor.Programme.Today(a.now())) && !request.Expired:
		err = fault.Fields(op, fault.Field{Name: "product", Key: "aid.expired_unwanted"})
	}
	return m, h, err
}

// Coming gives a hand-over that is on its way to the actor's programme.
func (a *Aid) Coming(ctx context.Context, actor thn.Actor, giver, id thn.ID) (thn.HandOver, error) {
	const op = "hand-over"
	if err := mayAct(actor, op); err != nil {
		return thn.HandOver{}, err
	}
	list, err := a.store.HandOvers(ctx, actor.Programme.ID)
	if err != nil {
		return thn.HandOver{}, fault.Wrap(op, err)
	}
	i := slices.IndexFunc(list, func(h thn.HandOver) bool {
		return h.ID == id && h.Giver == giver && h.Taker == actor.Programme.ID
	})
	switch {
	case i < 0 || list[i].Sent == 0:
		return thn.HandOver{}, fault.Say(fault.NotFound, op, "aid.hand_over_gone", nil)
	case list[i].Arrived > 0:
		return thn.HandOver{}, fault.Say(fault.Conflict, op, "aid.booked_already", nil)
	}
	return list[i], nil
}

// Arriving turns kits that came into the movement to record. m says day, site,
// product and kits, which may differ from what was sent; a lot that the
// programme does not have yet is registered.
func (a *Aid) Arriving(ctx context.Context, actor thn.Actor, h thn.HandOver, m thn.Movement) (thn.Movement, error) {
	const op = "take over kits"
	if err := mayAct(actor, op); err != nil {
		return m, err
	}
	if _, _, err := a.kit(ctx, actor, m.Product, ""); err != nil {
		return m, fault.Wrap(op, err)
	}
	m.Kind, m.Aid = thn.MovementAidIn, h.ID
	if h.Lot == "" || h.Expiry.IsZero() {
		return m, nil
	}
	batches, err := a.store.Batches(ctx, actor.Programme.ID)
	if err != nil {
		return m, fault.Wrap(op, err)
	}
	same := func(b thn.Batch) bool { return b.Product == m.Product && thn.Fold(b.Lot) == thn.Fold(h.Lot) }
	if i := slices.IndexFunc(batches, same); i >= 0 {
		m.Batch = batches[i].ID
		return m, nil
	}
	m.Batch = thn.NewID()
	return m, fault.Wrap(op, a.store.AddBatches(ctx, actor.Programme.ID, actor.Account.ID, thn.Batch{ID: m.Batch, Product: m.Product, Lot: h.Lot, Expiry: h.Expiry}))
}
