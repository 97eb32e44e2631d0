package thn

// References is what some records name, as far as the programme has it,
// and which of their ids its ledger knows. A name that is missing here is of
// another programme or of none; the two are not told apart.
type References struct {
	Sites    map[ID]Site
	Products map[ID]Product
	Batches  map[ID]Batch
	Bags     map[ID]Bag
	Known    map[ID]bool
	Began    Began // looked up for records that may be older than the programme
}

// Began is when a programme began: its earliest current record, or the day its
// first site opened, whichever came first. The zero Began is not known.
type Began struct {
	Day    Date
	Opened bool // it is the opening of a site
}

// Membership is an account with its grants that have not ended and the
// programmes that they are in.
type Membership struct {
	Account    Account
	Grants     []Grant
	Programmes map[ID]Programme
}

// AccountChange is a new state of an account. Epoch is the one that the account
// was read with: if it has moved on since, somebody else changed the account.
// Action is what the audit says in every programme of the account; without one
// the change is the program's own upkeep.
type AccountChange struct {
	Account Account
	Epoch   int
	By      ID // empty: the command line
	Action  string
}

// Seed is a programme with everything that it begins with.
type Seed struct {
	Founding Founding
	Load     Load
	Members  []Member
}
