package report

import (
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
	told    map[string]any
	tallies []tallied
}

// tallied is a tally already made, with the question but for its groups.
type tallied struct {
	question string
	groups   []thn.Group
	cells    []thn.Cell
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
		m.tallies = append(m.tallies, tallied{question, q.Groups, cells})
	}
	return cells, err
}

// The others answer as the source does.

func (m *memory) UseTally(ctx context.Context, q thn.UseQuery) ([]thn.UseCell, error) {
	return once(m, "uses", q, func() ([]thn.UseCell, error) { return m.Source.UseTally(ctx, q) })
}

func (m *memory) Facts(ctx context.Context, q thn.FactQuery) ([]thn.Fact, error) {
	return once(m, "facts", q, func() ([]thn.Fact, error) { return m.Source.Facts(ctx, q) })
}

func (m *memory) Stock(ctx context.Context, q thn.StockQuery) ([]thn.StockCell, error) {
	return once(m, "stock", q, func() ([]thn.StockCell, error) { return m.Source.Stock(ctx, q) })
}

func (m *memory) Reported(ctx context.Context, programme thn.ID, period thn.Period) ([]thn.Reported, error) {
	return once(m, "reported", []any{programme, period}, func() ([]thn.Reported, error) { return m.Source.Reported(ctx, programme, period) })
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
