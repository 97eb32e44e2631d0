package setup_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

func newProduct() thn.Product {
	return thn.Product{ID: thn.NewID(), Name: "Spray 3 mg", Route: "nasal", DoseMicrograms: 3000, DosesPerUnit: 1, UnitsPerKit: 2, KitThousandths: 1000}
}

func TestAddProduct_refusals(t *testing.T) {
	each(t, func(b *bench) {
		for name, c := range map[string]struct {
			change     func(*thn.Product)
			field, key string
		}{
			"no name":                {func(p *thn.Product) { p.Name = "" }, "name", "setup.name_missing"},
			"a name that is there":   {func(p *thn.Product) { p.Name = strings.ToUpper(b.product.Name) }, "name", "setup.product_taken"},
			"a code that is there":   {func(p *thn.Product) { p.Code = b.product.Code }, "code", "setup.code_taken"},
			"an unknown route":       {func(p *thn.Product) { p.Route = "oral" }, "route", "setup.choose_list"},
			"grams for milligrams":   {func(p *thn.Product) { p.DoseMicrograms = 3_000_000 }, "dose", "setup.dose_range"},
			"less than nothing":      {func(p *thn.Product) { p.DoseMicrograms = -1 }, "dose", "setup.dose_range"},
			"no doses":               {func(p *thn.Product) { p.DosesPerUnit = 0 }, "doses", "setup.doses_range"},
			"too many units":         {func(p *thn.Product) { p.UnitsPerKit = 99 }, "units", "setup.units_range"},
			"confirmed yet unknown":  {func(p *thn.Product) { p.UnitsPerKit, p.Confirmed = 0, true }, "units", "setup.units_confirmed"},
			"no equivalents":         {func(p *thn.Product) { p.KitThousandths = 0 }, "equivalents", "setup.equivalents_range"},
			"a bar code too short":   {func(p *thn.Product) { p.GTIN = "1234" }, "gtin", "setup.gtin_digits"},
			"a bar code with a slip": {func(p *thn.Product) { p.GTIN = "4006381333932" }, "gtin", "setup.gtin_digits"},
		} {
			b.t.Run(name, func(t *testing.T) {
				p := newProduct()
				c.change(&p)
				refused(t, b.AddProduct(context.Background(), b.as(thn.RoleManager), p), c.field, c.key)
			})
		}
	})
}

func TestAddProduct_makesACodeAndCloses(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		p := newProduct()
		p.GTIN = "4006381333931"
		require.NoError(b.t, b.AddProduct(ctx, manager, p))
		require.NoError(b.t, b.AddProduct(ctx, manager, p), "the button pressed twice")
		got, err := b.Product(ctx, manager, p.ID)
		require.NoError(b.t, err)
		require.Equal(b.t, "spray-3-mg", got.Code)
		require.NoError(b.t, b.CloseProduct(ctx, manager, p.ID))
		kind(b.t, b.CloseProduct(ctx, manager, p.ID), fault.Conflict)
		refused(b.t, b.AddBatch(ctx, manager, thn.Batch{ID: thn.NewID(), Product: p.ID, Lot: "X", Expiry: today}), "product", "setup.product_unknown")
	})
}

func TestAddBatch_refusals(t *testing.T) {
	each(t, func(b *bench) {
		for name, c := range map[string]struct {
			change     func(*thn.Batch)
			field, key string
		}{
			"no product":          {func(x *thn.Batch) { x.Product = "" }, "product", "setup.product_unknown"},
			"no lot":              {func(x *thn.Batch) { x.Lot = " " }, "lot", "setup.lot_missing"},
			"a lot that is there": {func(x *thn.Batch) { x.Lot = "ab12" }, "lot", "setup.lot_taken"},
			"no expiry":           {func(x *thn.Batch) { x.Expiry = thn.Date{} }, "expiry", "setup.expiry_missing"},
			"the last century":    {func(x *thn.Batch) { x.Expiry = thn.MustDate(1928, time.January, 1) }, "expiry", "setup.expiry_range"},
			"the next century":    {func(x *thn.Batch) { x.Expiry = thn.MustDate(2128, time.January, 1) }, "expiry", "setup.expiry_range"},
		} {
			b.t.Run(name, func(t *testing.T) {
				x := thn.Batch{ID: thn.NewID(), Product: b.product.ID, Lot: "NEW", Expiry: thn.MustDate(2028, time.May, 1)}
				c.change(&x)
				refused(t, b.AddBatch(context.Background(), b.as(thn.RoleManager), x), c.field, c.key)
			})
		}
	})
}

func TestAddBatch_aMonthLastsUntilItsLastDay(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		for first, want := range map[thn.Date]thn.Date{
			thn.MustDate(2028, time.February, 1): thn.MustDate(2028, time.February, 29),
			thn.MustDate(2027, time.December, 1): thn.MustDate(2027, time.December, 31),
			thn.MustDate(2025, time.April, 1):    thn.MustDate(2025, time.April, 30), // past: its kits may still be out there
		} {
			x := thn.Batch{ID: thn.NewID(), Product: b.product.ID, Lot: want.String(), Expiry: first, MonthOnly: true}
			require.NoError(b.t, b.AddBatch(ctx, manager, x))
			got, err := b.Batch(ctx, manager, x.ID)
			require.NoError(b.t, err)
			require.Equal(b.t, want, got.Expiry)
		}
		require.NoError(b.t, b.CloseBatch(ctx, manager, b.batch.ID))
		kind(b.t, b.CloseBatch(ctx, manager, b.batch.ID), fault.Conflict)
	})
}

// Products and batches lie in no place, so that whoever is bound to one may
// read them and change nothing.
func TestKits_areForTheWholeProgramme(t *testing.T) {
	each(t, func(b *bench) {
		ctx := context.Background()
		north := b.as(thn.RoleManager, b.north.ID)
		list, err := b.Batches(ctx, north)
		require.NoError(b.t, err)
		require.Len(b.t, list, 1)
		kind(b.t, b.AddProduct(ctx, north, newProduct()), fault.Denied)
		kind(b.t, b.CloseProduct(ctx, north, b.product.ID), fault.Denied)
		kind(b.t, b.AddBatch(ctx, north, b.batch), fault.Denied)
		kind(b.t, b.CloseBatch(ctx, north, b.batch.ID), fault.Denied)

		stranger := b.stranger(thn.RoleAdministrator)
		kind(b.t, b.CloseProduct(ctx, stranger, b.product.ID), fault.NotFound)
		kind(b.t, b.CloseBatch(ctx, stranger, b.batch.ID), fault.NotFound)
		refused(b.t, b.AddBatch(ctx, stranger, thn.Batch{ID: thn.NewID(), Product: b.product.ID, Lot: "Z", Expiry: today}), "product", "setup.product_unknown")
	})
}
