package report_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// counting is a source that counts how often each of its questions is asked.
type counting struct {
	report.Source
	asked map[string]int
}

func (c *counting) Tally(ctx context.Context, q thn.Query) ([]thn.Cell, error) {
	c.asked["tally"]++
	return c.Source.Tally(ctx, q)
}

func (c *counting) UseTally(ctx context.Context, q thn.UseQuery) ([]thn.UseCell, error) {
	c.asked["uses"]++
	return c.Source.UseTally(ctx, q)
}

func (c *counting) Facts(ctx context.Context, q thn.FactQuery) ([]thn.Fact, error) {
	c.asked["facts"]++
	return c.Source.Facts(ctx, q)
}

func (c *counting) Stock(ctx context.Context, q thn.StockQuery) ([]thn.StockCell, error) {
	c.asked["stock"]++
	return c.Source.Stock(ctx, q)
}

func (c *counting) Sites(ctx context.Context, id thn.ID) ([]thn.Site, error) {
	c.asked["names"]++
	return c.Source.Sites(ctx, id)
}

func (c *counting) Products(ctx context.Context, id thn.ID) ([]thn.Product, error) {
	c.asked["names"]++
	return c.Source.Products(ctx, id)
}

func (c *counting) Batches(ctx context.Context, id thn.ID) ([]thn.Batch, error) {
	c.asked["names"]++
	return c.Source.Batches(ctx, id)
}

func (c *counting) Bags(ctx context.Context, id thn.ID) ([]thn.Bag, error) {
	c.asked["names"]++
	return c.Source.Bags(ctx, id)
}

func (c *counting) Reported(ctx context.Context, id thn.ID, p thn.Period) ([]thn.Reported, error) {
	c.asked["reported"]++
	return c.Source.Reported(ctx, id, p)
}

func (c *counting) Areas(ctx context.Context, id thn.ID) ([]thn.Area, error) {
	c.asked["names"]++
	return c.Source.Areas(ctx, id)
}

func (c *counting) Totals(ctx context.Context, id thn.ID) ([]thn.PeriodTotal, error) {
	c.asked["totals"]++
	return c.Source.Totals(ctx, id)
}

func (c *counting) Denominators(ctx context.Context, id thn.ID) ([]thn.Denominator, error) {
	c.asked["denominators"]++
	return c.Source.Denominators(ctx, id)
}

// TestSee_asksTheDatabaseOnce holds the whole coverage page to a number of
// questions: one for each thing it is about, however many tables share it.
func TestSee_asksTheDatabaseOnce(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p, _, _ := harbour(t, s)
	for then, want := range map[thn.Period]map[string]int{
		{}: {"tally": 9, "uses": 2, "facts": 3, "stock": 5, "names": 5, "reported": 1, "totals": 1, "denominators": 1},
		// The kits of another period are among those read for the usual comparison;
		// its reach, its calls and its uses by month are asked for besides.
		winter.YearEarlier(): {"tally": 10, "uses": 3, "facts": 4, "stock": 5, "names": 5, "reported": 1, "totals": 1, "denominators": 1},
	} {
		source := &counting{Source: s, asked: map[string]int{}}
		spec := p.spec(winter, report.ByNone)
		spec.Then = then
		_, err := report.See(t.Context(), source, spec, page.Asks(page.SectionsOf(true))...)
		require.NoError(t, err)
		assert.Equal(t, want, source.asked, then.String())
	}
}

// TestMemory_answersAsWithoutIt: one table drops what it does not need, and the next
// still has all of it.
func TestMemory_answersAsWithoutIt(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p, _, _ := harbour(t, s)
	spec := p.spec(winter, report.ByNone)
	asks := page.Asks(page.SectionsOf(true))
	together, err := report.See(t.Context(), s, spec, asks...)
	require.NoError(t, err)
	for i, ask := range asks {
		alone, err := report.TableOf(t.Context(), s, spec, ask)
		require.NoError(t, err)
		require.Equal(t, alone, together.Tables[i], ask.Key)
	}
}
