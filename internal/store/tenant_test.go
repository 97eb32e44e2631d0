package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// What one programme has does not exist for another, whichever way it asks.
func TestProgrammes_areStrangers(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		q := newPlace(t, p.Store)
		mine := p.given(1)
		require.Equal(t, thn.Stored, p.append(t, p.sub(mine)))
		lost := p.given(1)
		lost.Site = thn.NewID()
		p.append(t, p.sub(lost))
		total := thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasureKits, Area: p.root.ID, Period: thn.Month(2026, time.March), Source: "S"}
		denominator := thn.Denominator{ID: thn.NewID(), Kind: thn.Residents, Area: p.root.ID, Period: thn.Month(2026, time.March), Definition: "D", Source: "S"}
		require.NoError(t, p.AddTotals(t.Context(), p.programme.ID, p.by, total))
		require.NoError(t, p.AddDenominators(t.Context(), p.programme.ID, p.by, denominator))

		ctx, other := t.Context(), q.programme.ID
		for name, call := range map[string]func() error{
			"site":          func() error { _, err := q.Site(ctx, other, p.harbour.ID); return err },
			"distribution":  func() error { _, _, err := q.Fact(ctx, other, mine.ID); return err },
			"close site":    func() error { return q.CloseSite(ctx, other, q.by, p.harbour.ID, thn.MustDate(2026, 3, 1)) },
			"end area":      func() error { return q.EndArea(ctx, other, q.by, p.north.ID, thn.MustDate(2026, 3, 1)) },
			"close product": func() error { return q.CloseProduct(ctx, other, q.by, p.spray.ID) },
			"close batch":   func() error { return q.CloseBatch(ctx, other, q.by, p.lot.ID) },
		} {
			require.True(t, fault.Is(call(), fault.NotFound), "%s: %v", name, call())
		}
		for name, call := range map[string]func() error{
			"area under another's": func() error {
				return q.AddAreas(ctx, other, q.by, thn.Area{ID: thn.NewID(), Parent: p.north.ID, Kind: "district", Name: "X"})
			},
			"site in another's area": func() error {
				return q.AddSites(ctx, other, q.by, thn.Site{ID: thn.NewID(), Area: p.north.ID, Name: "X"})
			},
			"batch of another's kit": func() error {
				return q.AddBatches(ctx, other, q.by, thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: "X", Expiry: thn.MustDate(2027, 1, 1)})
			},
			"total of another's area": func() error {
				x := total
				x.ID = thn.NewID()
				return q.AddTotals(ctx, other, q.by, x)
			},
			"correction of another's total": func() error {
				x := total
				x.ID, x.Area, x.Corrects = thn.NewID(), q.root.ID, total.ID
				return q.AddTotals(ctx, other, q.by, x)
			},
		} {
			require.True(t, fault.Is(call(), fault.Invalid), "%s: %v", name, call())
		}
		require.Equal(t, thn.Held, q.append(t, q.correction(mine.ID, q.given(1))), "another's record cannot be corrected")
		require.Equal(t, thn.Held, q.append(t, q.void(mine.ID)))
		borrowed := q.given(1)
		borrowed.Site = p.harbour.ID
		require.Equal(t, thn.Held, q.append(t, q.sub(borrowed)))
		same := q.given(5)
		same.ID = mine.ID
		require.Equal(t, thn.Stored, q.append(t, q.sub(same)), "an id is a programme's own")

		require.Equal(t, []int64{1, 5}, []int64{p.kits(t), q.kits(t)})
		require.Len(t, p.causes(t), 1)
		totals, err := q.Totals(ctx, other)
		require.NoError(t, err)
		require.Empty(t, totals)
		denominators, err := q.Denominators(ctx, other)
		require.NoError(t, err)
		require.Empty(t, denominators)
		for _, list := range []func() (int, error){
			func() (int, error) { l, err := q.Areas(ctx, other); return len(l) - 3, err },
			func() (int, error) { l, err := q.Sites(ctx, other); return len(l) - 2, err },
			func() (int, error) { l, err := q.Products(ctx, other); return len(l) - 2, err },
			func() (int, error) { l, err := q.Batches(ctx, other); return len(l) - 1, err },
			func() (int, error) { l, err := q.People(ctx, other); return len(l), err },
		} {
			more, err := list()
			require.NoError(t, err)
			require.Zero(t, more)
		}
	})
}

func TestKinds_ofWhatTheDatabaseRefuses(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx, id := t.Context(), p.programme.ID
		cases := map[string]struct {
			kind fault.Kind
			call func() error
		}{
			"area twice": {fault.Conflict, func() error { return p.AddAreas(ctx, id, p.by, p.north) }},
			"area name in other case": {fault.Conflict, func() error {
				return p.AddAreas(ctx, id, p.by, thn.Area{ID: thn.NewID(), Parent: p.root.ID, Kind: "region", Name: "  nÓrth "})
			}},
			"area code twice": {fault.Conflict, func() error {
				return p.AddAreas(ctx, id, p.by, thn.Area{ID: thn.NewID(), Parent: p.root.ID, Kind: "region", Name: "New", Code: "XD-N"})
			}},
			"area without its parent": {fault.Invalid, func() error {
				return p.AddAreas(ctx, id, p.by, thn.Area{ID: thn.NewID(), Parent: thn.NewID(), Kind: "region", Name: "New"})
			}},
			"site code twice": {fault.Conflict, func() error {
				return p.AddSites(ctx, id, p.by, thn.Site{ID: thn.NewID(), Area: p.south.ID, Name: "New", Code: "H1"})
			}},
			"lot twice": {fault.Conflict, func() error {
				return p.AddBatches(ctx, id, p.by, thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: "L1", Expiry: thn.MustDate(2030, 1, 1)})
			}},
			"product code twice": {fault.Conflict, func() error { return p.AddProducts(ctx, id, p.by, thn.Product{ID: thn.NewID(), Code: "spray"}) }},
			"negative dose": {fault.Invalid, func() error {
				return p.AddProducts(ctx, id, p.by, thn.Product{ID: thn.NewID(), Code: "n", DoseMicrograms: -1})
			}},
			"nothing to close": {fault.NotFound, func() error { return p.CloseProduct(ctx, id, p.by, thn.NewID()) }},
			"total twice": {fault.Conflict, func() error {
				x := thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasureKits, Area: p.root.ID, Period: thn.Month(2026, 3), Source: "S"}
				return p.AddTotals(ctx, id, p.by, x, x)
			}},
			"no such programme":  {fault.Invalid, func() error { return p.AddProducts(ctx, thn.NewID(), p.by, thn.Product{ID: thn.NewID(), Code: "x"}) }},
			"account nobody has": {fault.NotFound, func() error { _, err := p.Account(ctx, "nobody"); return err }},
			"role of nobody": {fault.Invalid, func() error {
				return p.AddGrant(ctx, "", thn.Grant{ID: thn.NewID(), Programme: id, Account: thn.NewID(), Role: thn.RoleWorker})
			}},
		}
		before := p.count(t, "audit_entries")
		for name, c := range cases {
			err := c.call()
			require.True(t, fault.Is(err, c.kind), "%s: %v", name, err)
		}
		require.Equal(t, before, p.count(t, "audit_entries"), "what failed is not audited as done")
	})
}
