package ingest

import (
	"slices"

	"thntracker/internal/thn"
)

// Note is something to know about a row that is stored all the same. The
// sentence names the row itself.
type Note struct {
	Row    int
	Column string
	Key    string
	Args   map[string]any
}

// note says where a total crosses one that the programme has, or one of the same
// file: the two share kits and neither holds the other, so that only one of them
// can count. It never refuses: both may be what their sources say.
func (b *totalBuilder) note(e entry, t thn.PeriodTotal) {
	var first thn.PeriodTotal
	n := 0
	for _, other := range b.beside {
		if other.Scope() != t.Scope() && b.cross(t, other) {
			if n++; n == 1 {
				first = other
			}
		}
	}
	b.beside = append(b.beside, t)
	if n == 0 || len(b.plan.Notes) >= MaxListed {
		return
	}
	b.plan.Notes = append(b.plan.Notes, Note{Row: e.where.Row, Column: e.where.Column, Key: "import.note.crosses", Args: map[string]any{"Row": e.where.Row, "Count": n,
		"Value": t.Count.String(), "Area": b.places.areas[t.Area].Name, "Period": t.Period.String(),
		"Other": first.Count.String(), "OtherArea": b.places.areas[first.Area].Name, "OtherPeriod": first.Period.String(), "Source": first.Source}})
}

// dimension is how two totals lie to each other in one respect.
type dimension struct{ meet, holds, inside bool }

func (b *totalBuilder) cross(x, y thn.PeriodTotal) bool {
	if x.Measure != y.Measure {
		return false
	}
	holds, inside := true, true
	for _, d := range []dimension{
		{x.Period.Overlaps(y.Period), x.Period.Covers(y.Period), y.Period.Covers(x.Period)},
		nested(b.above(x.Area, y.Area), b.above(y.Area, x.Area)),
		oneOf(string(x.Site), string(y.Site)), channelsOf(x.Channels, y.Channels),
		oneOf(string(x.Recipient), string(y.Recipient)), oneOf(string(x.Supply), string(y.Supply)), oneOf(string(x.Reason), string(y.Reason)),
	} {
		if !d.meet {
			return false
		}
		holds, inside = holds && d.holds, inside && d.inside
	}
	return !holds && !inside
}

func nested(holds, inside bool) dimension { return dimension{holds || inside, holds, inside} }

// oneOf compares two codes, of which an empty one means all.
func oneOf(x, y string) dimension { return nested(x == "" || x == y, y == "" || x == y) }

func channelsOf(x, y []thn.Channel) dimension {
	all := func(list []thn.Channel) []thn.Channel {
		if len(list) == 0 {
			return thn.Channels
		}
		return list
	}
	holds := func(x, y []thn.Channel) bool {
		return !slices.ContainsFunc(y, func(c thn.Channel) bool { return !slices.Contains(x, c) })
	}
	x, y = all(x), all(y)
	return dimension{slices.ContainsFunc(x, func(c thn.Channel) bool { return slices.Contains(y, c) }), holds(x, y), holds(y, x)}
}

// above tells whether an area is another one or lies above it.
func (b *totalBuilder) above(area, below thn.ID) bool {
	for range len(b.places.areas) + 1 { // no longer than the tree is deep
		if below == area {
			return true
		}
		if below = b.places.areas[below].Parent; below == "" {
			return false
		}
	}
	return false
}
