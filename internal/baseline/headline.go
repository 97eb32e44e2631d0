package baseline

import "strconv"

// Edition is one report of HRI whose printed totals are kept here.
type Edition int

// The editions, oldest first.
const (
	Edition2020 Edition = 2020
	Edition2022 Edition = 2022
	Update2023  Edition = 2023
	Edition2024 Edition = 2024
)

// Editions lists them, oldest first.
func Editions() []Edition { return []Edition{Edition2020, Edition2022, Update2023, Edition2024} }

// Key is the catalogue key of the edition's name.
func (e Edition) Key() string { return "world.edition." + strconv.Itoa(int(e)) }

// FigureState says how a total is known.
type FigureState string

// The states of a total.
const (
	Printed      FigureState = "printed"       // N is the number that HRI printed
	Added        FigureState = "added"         // N is how many HRI added to its last total
	NotCollected FigureState = "not_collected" // HRI had no such column yet
	NotFound     FigureState = "not_found"     // HRI may have printed it; it was not read here
)

// Figure is one printed total.
type Figure struct {
	N     int
	State FigureState
}

// Headline is how many countries HRI counted with one service, by edition.
// Definitions changed between editions, and HRI itself warns against comparing.
type Headline struct {
	Measure string // code of the service
	Figures map[Edition]Figure
	Noted   bool // NoteKey holds a remark
}

// Key is the catalogue key of the measure's name.
func (h Headline) Key() string { return "world.headline." + h.Measure }

// NoteKey is the catalogue key of a remark on how the totals were made.
func (h Headline) NoteKey() string { return h.Key() + "_note" }

// Headlines are the printed totals, take-home naloxone first.
func Headlines() []Headline {
	return []Headline{
		{"thn", figures(none, printed(35), lost, printed(Published)), true},
		{"peer", figures(lost, printed(21), Figure{2, Added}, lost), true},
		{"nsp", figures(lost, printed(92), lost, printed(93)), false},
		{"oat", figures(lost, printed(87), printed(88), printed(94)), true},
		{"dcr", figures(lost, printed(16), printed(17), printed(18)), true},
		{"policy", figures(printed(87), printed(105), printed(109), printed(108)), true},
		{"prison_nsp", figures(lost, printed(9), printed(9), lost), true},
	}
}

// The two ways for a total not to be there.
var (
	none = Figure{State: NotCollected}
	lost = Figure{State: NotFound}
)

// printed is a total as HRI printed it.
func printed(n int) Figure { return Figure{n, Printed} }

// figures puts totals in the order of the editions.
func figures(f2020, f2022, f2023, f2024 Figure) map[Edition]Figure {
	return map[Edition]Figure{Edition2020: f2020, Edition2022: f2022, Update2023: f2023, Edition2024: f2024}
}
