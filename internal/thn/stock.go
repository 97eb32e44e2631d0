package thn

// Holder is where kits are: on the shelf of a site, or in a bag. Exactly one of
// the two is set.
type Holder struct {
	Site ID
	Bag  ID
}

// Bag is what one worker or team carries. It belongs to the site where it is
// filled. Its id is random, so that records of it say nothing of who carried it
// once the account is taken off it.
type Bag struct {
	ID      ID
	Site    ID
	Account ID
	Closed  bool
}

// EntryKind says why a balance changed: the kind of a movement, or given out.
type EntryKind string

// EntryGiven is the one entry that a distribution makes.
const EntryGiven EntryKind = "given"

// StockEntry is one change of a balance. Balances are sums of entries and are
// kept nowhere else: opening plus in less out is what is there.
type StockEntry struct {
	Day     Date
	Holder  Holder
	Product ID
	Batch   ID // empty: the lot was not recorded
	Kind    EntryKind
	Kits    int // never 0; below 0 takes off
}

// StockGroup is a way to split stock.
type StockGroup string

// StockGroups lists the ways. A month is 202603.
var StockGroups = []StockGroup{StockBySite, StockByBag, StockByProduct, StockByBatch, StockByKind, StockByMonth, StockByDay}

// The groups. By site counts shelves only: bags have their own group.
const (
	StockBySite    StockGroup = "site"
	StockByBag     StockGroup = "bag"
	StockByProduct StockGroup = "product"
	StockByBatch   StockGroup = "batch"
	StockByKind    StockGroup = "kind"
	StockByMonth   StockGroup = "month"
	StockByDay     StockGroup = "day"
)

// StockQuery asks for sums of entries. Nil lists mean no filter; an empty,
// non-nil list matches nothing. Sites and Bags together match either.
type StockQuery struct {
	Programme ID
	From      Date // zero: from the beginning
	To        Date // the day is not included; zero: all
	Sites     []ID // shelves of these sites
	Bags      []ID
	Products  []ID
	Batches   []ID
	Kinds     []EntryKind
	Groups    []StockGroup
}

// StockCell is one sum. Keys holds the value of each group asked for; the empty
// text stands for none (no bag, no batch).
type StockCell struct {
	Keys map[StockGroup]string
	Kits int64
}

// MovementQuery asks for movements that count: neither replaced nor taken out.
// Nil lists mean no filter. Sites and Others together match either, which finds
// both ends of a transfer.
type MovementQuery struct {
	Programme ID
	Sites     []ID // of the movement
	Others    []ID // the other site of a transfer
	Kinds     []MovementKind
	From      Date // zero: from the beginning
	To        Date // the day is not included; zero: all
	Limit     int  // 0: all
}

// Moved is a movement with its envelope.
type Moved struct {
	Movement Movement
	Envelope Envelope
}
