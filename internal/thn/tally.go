package thn

// Group is a way to split a tally. The order of groups in a query does not
// matter; a cell carries a value for each.
type Group string

// Groups lists the ways records can be split.
var Groups = []Group{ByMonth, ByArea, BySite, BySetting, ByChannel, BySupplier, ByRecipient, BySupply, ByReason, ByProduct, ByBatch, ByAgeBand, ByGender, ByCarriage}

// The groups. Month is 202603; every other key is an id or a code. The batch is
// empty where no lot was recorded.
const (
	ByMonth     Group = "month"
	ByArea      Group = "area"
	BySite      Group = "site"
	BySetting   Group = "setting"
	ByChannel   Group = "channel"
	BySupplier  Group = "supplier"
	ByRecipient Group = "recipient"
	BySupply    Group = "supply"
	ByReason    Group = "reason"
	ByProduct   Group = "product"
	ByBatch     Group = "batch"
	ByAgeBand   Group = "age_band" // these three are empty where it was not asked
	ByGender    Group = "gender"
	ByCarriage  Group = "carriage"
)

// The groups that tell when a distribution was entered: the day it is about, and
// the hour in which its first version came (2026-03-01T14, UTC).
const (
	ByDay      Group = "day"
	ByReceived Group = "received"
)

// Query asks for sums over a programme's current distributions. Nil lists mean
// no filter; an empty, non-nil list matches nothing.
type Query struct {
	Programme  ID
	Period     Period
	Areas      []ID // the areas themselves: the caller adds what lies below
	Sites      []ID
	Channels   []Channel
	Recipients []Recipient
	Supplies   []Supply
	By         ID // what this account recorded; empty: everybody
	Groups     []Group
}

// Cell is one sum. Keys holds the value of each group asked for, as text.
type Cell struct {
	Keys      map[Group]string
	Records   int64 // lines: answers, not envelopes
	People    int64
	Kits      int64
	Programme ID // whose records, where a question is about several programmes
}
