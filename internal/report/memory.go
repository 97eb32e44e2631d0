package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"thntracker/internal/thn"
)

// memory is a source that remembers what it was told, so that the many tables of
// one page ask the database once for what they share. It lives as long as one
// question: nothing is kept between two pages.
type memory struct {
	Source
	told     map[string]any
	tallies  []tallied[thn.Cell]
	uses     []tallied[thn.UseCell]
	reported []sayings
}

// tallied is a tally already made, with the question but for its groups.
type tallied[C any] struct {
	question string
	groups   []thn.Group
	cells    []C
}

// sayings are what sites said for the months of a period.
type sayings struct {
	programme thn.ID
	months    thn.Period
	list      []thn.Reported
}

func remember(s Source) *memory { return &memory{Source: s, told: map[string]any{}} }

// once asks what was not asked before. Lists come back as copies, because those
// who read them drop what they do not need. The question is written with its
// types: a list that is nil asks for everything, an empty one for nothing.
func once[E any](m *memory, of string, question any, ask func() ([]E, error)) ([]E, error) {
	key := fmt.Sprintf("%s %#v", of, question)
	if list, known := m.told[key].([]E); known {
		return slices.Clone(list), nil
	}
	list, err := ask()
	if err == nil {
		m.told[key] = list
	}
	return slices.Clone(list), err
}

// Tally serves from a tally of the same records that was split at least as far.
func (m *memory) Tally(ctx context.Context, q thn.Query) ([]thn.Cell, error) {
	whole := q
	whole.Groups = nil
	question := fmt.Sprintf("%#v", whole)
	for _, t := range m.tallies {
		if t.question == question && !slices.ContainsFunc(q.Groups, func(g thn.Group) bool { return !slices.Contains(t.groups, g) }) {
			return t.cells, nil
		}
	}
	cells, err := m.Source.Tally(ctx, q)
	if err == nil {
		m.tallies = append(m.tallies, tallied[thn.Cell]{question, q.Groups, cells})
	}
	return cells, err
}

// ofOneUse are the groups that a use is in one of: split by these, nothing is
// counted twice.
var ofOneUse = []thn.Group{thn.ByMonth, thn.ByToldMonth, thn.ByArea, thn.BySite, thn.ByReporter, thn.ByPlace, thn.ByAmbulance, thn.ByBreathing, thn.ByHospital, thn.ByDoses}

// UseTally adds up a tally of the same uses that was split further by what a use
// has one of. Split by persons or by what they were given it cannot be added up:
// one use may be in several cells.
func (m *memory) UseTally(ctx context.Context, q thn.UseQuery) ([]thn.UseCell, error) {
	whole := q
	whole.Groups = nil
	question := fmt.Sprintf("%#v", whole)
	for _, t := range m.uses {
		if t.question == question && !slices.ContainsFunc(q.Groups, func(g thn.Group) bool { return !slices.Contains(t.groups, g) }) &&
			!slices.ContainsFunc(t.groups, func(g thn.Group) bool { return !slices.Contains(q.Groups, g) && !slices.Contains(ofOneUse, g) }) {
			return addedUp(t.cells, q.Groups), nil
		}
	}
	cells, err := m.Source.UseTally(ctx, q)
	if err == nil {
		m.uses = append(m.uses, tallied[thn.UseCell]{question, q.Groups, cells})
	}
	return slices.Clone(cells), err
}

// addedUp keeps some of the groups of cells apart, ordered by key.
func addedUp(cells []thn.UseCell, groups []thn.Group) (sums []thn.UseCell) {
	at := map[string]int{}
	if len(groups) == 0 { // a tally of nothing is one empty cell
		sums, at[""] = []thn.UseCell{{Keys: map[thn.Group]string{}}}, 0
	}
	for _, c := range cells {
		key, keys := "", map[thn.Group]string{}
		for _, g := range groups {
			keys[g] = c.Keys[g]
			key += c.Keys[g] + "\x00"
		}
		i, known := at[key]
		if !known {
			i = len(sums)
			sums, at[key] = append(sums, thn.UseCell{Keys: keys}), i
		}
		s := &sums[i]
		s.Incidents, s.Given, s.Persons = s.Incidents+c.Incidents, s.Given+c.Given, s.Persons+c.Persons
		s.Administrations, s.Doses = s.Administrations+c.Administrations, s.Doses+c.Doses
	}
	slices.SortFunc(sums, func(x, y thn.UseCell) int {
		for _, g := range groups {
			if n := cmp.Compare(x.Keys[g], y.Keys[g]); n != 0 {
				return n
			}
		}
		return 0
	})
	return sums
}

// Reported serves from what was said for a longer period: it is by month.
func (m *memory) Reported(ctx context.Context, programme thn.ID, period thn.Period) (list []thn.Reported, err error) {
	months := thn.Period{From: period.From.FirstOfMonth(), To: period.Last().FirstOfMonth().AddMonths(1)}
	i := slices.IndexFunc(m.reported, func(r sayings) bool { return r.programme == programme && r.months.Covers(months) })
	if i < 0 {
		known, err := m.Source.Reported(ctx, programme, period)
		if err != nil {
			return nil, err
		}
		i = len(m.reported)
		m.reported = append(m.reported, sayings{programme, months, known})
	}
	for _, r := range m.reported[i].list {
		if months.Contains(r.Month) {
			list = append(list, r)
		}
	}
	return list, nil
}

// The others answer as the source does.

func (m *memory) Facts(ctx context.Context, q thn.FactQuery) ([]thn.Fact, error) {
	return once(m, "facts", q, func() ([]thn.Fact, error) { return m.Source.Facts(ctx, q) })
}

func (m *memory) Stock(ctx context.Context, q thn.StockQuery) ([]thn.StockCell, error) {
	return once(m, "stock", q, func() ([]thn.StockCell, error) { return m.Source.Stock(ctx, q) })
}

func (m *memory) Sites(ctx context.Context, programme thn.ID) ([]thn.Site, error) {
	return once(m, "sites", programme, func() ([]thn.Site, error) { return m.Source.Sites(ctx, programme) })
}

func (m *memory) Products(ctx context.Context, programme thn.ID) ([]thn.Product, error) {
	return once(m, "products", programme, func() ([]thn.Product, error) { return m.Source.Products(ctx, programme) })
}

func (m *memory) Bags(ctx context.Context, programme thn.ID) ([]thn.Bag, error) {
	return once(m, "bags", programme, func() ([]thn.Bag, error) { return m.Source.Bags(ctx, programme) })
}

func (m *memory) Batches(ctx context.Context, programme thn.ID) ([]thn.Batch, error) {
	return once(m, "batches", programme, func() ([]thn.Batch, error) { return m.Source.Batches(ctx, programme) })
}
