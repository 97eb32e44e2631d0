package thn

// Recount is the last time that a programme's maintained sums were set beside
// its records, all of them counted anew.
type Recount struct {
	Day   Date
	Wrong int // sums that were not what the records say; 0: they agree
}

// WrongSums says where maintained sums are not what the records say. It holds no
// figure.
type WrongSums struct {
	Cube  string // which set of sums
	Month int    // 202603
	Sums  int    // how many of them
}
