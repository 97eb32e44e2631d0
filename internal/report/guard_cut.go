package report

// FewestCut is the fewest people of whom a cut by what they said of themselves is
// shown: below it most rows would be about somebody.
const FewestCut = 20

// cutRow is a part of some people and of their kits.
type cutRow struct {
	label        Label
	people, kits int64
	unsaid       bool // nobody said it: declined, not known or not asked
	hidden       bool
}

// guardCut hides the rows that are about few, and more until nothing hidden is
// known from the totals: what is hidden leaves each of its rows at least
// SmallestInside numbers that it could be, of people and of kits alike. A row
// hides all that it says, so that kits do not tell of people. Rows that were
// hidden before stay hidden.
func guardCut(rows []cutRow) {
	for i := range rows {
		rows[i].hidden = rows[i].hidden || few(rows[i].people)
	}
	for tooWell(rows) {
		if next := nextToHide(rows); next >= 0 {
			rows[next].hidden = true
		} else {
			hideAll(rows) // even where there was nobody: where is then as hidden as how many
			return
		}
	}
}

// tooWell tells whether the hidden rows are known too well. A reader knows their sum
// and that each is about somebody: of m rows that come to s, each is 1 to s-m+1.
func tooWell(rows []cutRow) bool {
	var m, people, kits int64
	all := true
	for _, r := range rows {
		all = all && r.hidden
		if r.hidden {
			m, people, kits = m+1, people+r.people, kits+r.kits
		}
	}
	return m > 0 && !all && (m == 1 || people-m+1 < SmallestInside || kits-m+1 < SmallestInside)
}

// alike tells whether all people gave the same answer: what is true of all of
// them would be known of each.
func alike(rows []cutRow) bool {
	answers := 0
	for _, r := range rows {
		if r.people > 0 && r.unsaid {
			return false
		}
		if r.people > 0 {
			answers++
		}
	}
	return answers == 1
}

// nextToHide is the row about the fewest people that is still shown; -1: none.
func nextToHide(rows []cutRow) int {
	next := -1
	for i, r := range rows {
		if !r.hidden && r.people > 0 && (next < 0 || r.people < rows[next].people) {
			next = i
		}
	}
	return next
}

func hideAll(rows []cutRow) {
	for i := range rows {
		rows[i].hidden = true
	}
}

// anyHidden tells whether a row is hidden; which limits it to some of them.
func anyHidden(rows []cutRow, which func(cutRow) bool) bool {
	for _, r := range rows {
		if r.hidden && which(r) {
			return true
		}
	}
	return false
}

func sumOf(rows []cutRow) (all cutRow) {
	for _, r := range rows {
		all.people, all.kits = all.people+r.people, all.kits+r.kits
	}
	return all
}

// cells shows people, their share and kits; nothing of a hidden row.
func (r cutRow) cells(of int64) []Cell {
	if r.hidden {
		return []Cell{Masked(), Masked(), Masked()}
	}
	return []Cell{Number(r.people), shareOf[Person](r.people, of), Number(r.kits)}
}
