package store

import (
	"context"

	"thntracker/internal/thn"
)

type productRow struct {
	ProgrammeID    string `gorm:"primaryKey"`
	ID             string `gorm:"primaryKey"`
	Code           string
	Name           string
	Route          string
	DoseMicrograms int
	DosesPerUnit   int
	UnitsPerKit    int
	KitThousandths int
	Confirmed      bool
	GTIN           string `gorm:"column:gtin"`
	Closed         bool
}

// TableName is the table of products.
func (productRow) TableName() string { return "products" }

func toProduct(programme thn.ID, p thn.Product) productRow {
	return productRow{ProgrammeID: string(programme), ID: string(p.ID), Code: p.Code, Name: p.Name, Route: string(p.Route),
		DoseMicrograms: p.DoseMicrograms, DosesPerUnit: p.DosesPerUnit, UnitsPerKit: p.UnitsPerKit, KitThousandths: p.KitThousandths,
		Confirmed: p.Confirmed, GTIN: p.GTIN, Closed: p.Closed}
}

func fromProduct(r productRow) thn.Product {
	return thn.Product{ID: thn.ID(r.ID), Code: r.Code, Name: r.Name, Route: thn.Route(r.Route), DoseMicrograms: r.DoseMicrograms,
		DosesPerUnit: r.DosesPerUnit, UnitsPerKit: r.UnitsPerKit, KitThousandths: r.KitThousandths, Confirmed: r.Confirmed, GTIN: r.GTIN, Closed: r.Closed}
}

type batchRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	ProductID   string
	Lot         string
	Expiry      day
	MonthOnly   bool
	Closed      bool

	Printed          day
	PrintedMonthOnly bool
	Quarantined      bool
	Produced         day
}

// TableName is the table of batches.
func (batchRow) TableName() string { return "batches" }

func toBatch(programme thn.ID, b thn.Batch) batchRow {
	return batchRow{ProgrammeID: string(programme), ID: string(b.ID), ProductID: string(b.Product), Lot: b.Lot, Expiry: day{b.Expiry}, MonthOnly: b.MonthOnly, Closed: b.Closed,
		Printed: day{b.Printed}, PrintedMonthOnly: b.PrintedMonthOnly, Quarantined: b.Quarantined, Produced: day{b.Produced}}
}

func fromBatch(r batchRow) thn.Batch {
	return thn.Batch{ID: thn.ID(r.ID), Product: thn.ID(r.ProductID), Lot: r.Lot, Expiry: r.Expiry.Date, MonthOnly: r.MonthOnly, Closed: r.Closed,
		Printed: r.Printed.Date, PrintedMonthOnly: r.PrintedMonthOnly, Quarantined: r.Quarantined, Produced: r.Produced.Date}
}

// Products lists a programme's products by id, closed ones included.
func (s *Store) Products(ctx context.Context, programme thn.ID) ([]thn.Product, error) {
	return listed(ctx, s, "list products", programme, fromProduct)
}

// AddProducts adds products with an audit entry each.
func (s *Store) AddProducts(ctx context.Context, programme, by thn.ID, products ...thn.Product) error {
	return added(ctx, s, "product", programme, by, products, toProduct, func(p thn.Product) thn.ID { return p.ID })
}

// CloseProduct takes a product off the worker's list; records keep naming it.
func (s *Store) CloseProduct(ctx context.Context, programme, by, id thn.ID) error {
	return changed[productRow](ctx, s, change{"close", "product", programme, by, id}, map[string]any{"closed": true})
}

// Batches lists a programme's batches by id, closed ones included.
func (s *Store) Batches(ctx context.Context, programme thn.ID) ([]thn.Batch, error) {
	return listed(ctx, s, "list batches", programme, fromBatch)
}

// AddBatches adds batches with an audit entry each.
func (s *Store) AddBatches(ctx context.Context, programme, by thn.ID, batches ...thn.Batch) error {
	return added(ctx, s, "batch", programme, by, batches, toBatch, func(b thn.Batch) thn.ID { return b.ID })
}

// CloseBatch takes a batch off the worker's list; records keep naming it.
func (s *Store) CloseBatch(ctx context.Context, programme, by, id thn.ID) error {
	return changed[batchRow](ctx, s, change{"close", "batch", programme, by, id}, map[string]any{"closed": true})
}
