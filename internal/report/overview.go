package report

import "thntracker/internal/thn"

// Overview is what the coverage page shows at once: a sentence in numbers, the
// tables under it, and what is missing. Pages draw it and compute nothing.
type Overview struct {
	Head        Head
	Kits        Cell  // given out in the period
	First       Cell  // people reached for the first time in the period
	Reach       Cell  // people at risk who ever had a kit, over the newest denominator; per 100
	Months      Table // kits by month: the three largest channels, the others, and all
	Areas       Table // kits by area and per 100 people at risk a year, against 100
	FirstRepeat Table
	RepeatUsed  Table
	ReachOver   Table // one row for each denominator
	PerDeath    Table // by year, against 9 and 20
	Peer        Table
	Changes     []Change
	Silent      []thn.Site // open sites without a record in the period
	Uncounted   []thn.Area // areas without people at risk
}

// Change sets the period's kits against those of another period of the same kind.
type Change struct {
	Key     string // catalogue key: the period before, or the year before
	Period  thn.Period
	Kits    Cell // then
	More    Cell // now minus then, negative when fewer
	Percent Cell // the same as a share of then
}
