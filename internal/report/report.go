// Package report turns a programme's records and published totals into figures:
// typed tables with their definitions, denominators and gaps beside them. Screen
// and files draw the same table, so they cannot disagree.
//
// It asks a Source for sums and reference data and computes the rest. It knows
// no database, no page, no file format, no language and no clock: what people
// read is named by catalogue key, and "as at" is given to it.
//
// Start at Indicators (what can be asked), Build (one table) and See (what the
// coverage page shows at once). How single records and published totals become
// one figure without being counted twice is told in combine.go.
package report

import (
	"context"
	"time"

	"thntracker/internal/need"
	"thntracker/internal/thn"
)

// Source is where figures come from; the store is one.
type Source interface {
	// Tally sums the current distributions.
	Tally(ctx context.Context, q thn.Query) ([]thn.Cell, error)
	// UseTally counts the current uses.
	UseTally(ctx context.Context, q thn.UseQuery) ([]thn.UseCell, error)
	// Totals lists the current period totals of a programme.
	Totals(ctx context.Context, programme thn.ID) ([]thn.PeriodTotal, error)
	// Denominators lists the current denominators of a programme.
	Denominators(ctx context.Context, programme thn.ID) ([]thn.Denominator, error)
	// Areas lists the areas, ended ones included.
	Areas(ctx context.Context, programme thn.ID) ([]thn.Area, error)
	// Sites lists the sites, closed ones included.
	Sites(ctx context.Context, programme thn.ID) ([]thn.Site, error)
	// Products lists the products.
	Products(ctx context.Context, programme thn.ID) ([]thn.Product, error)
	// Past tells that all of it stands at an hour that is over.
	Past() bool
	// Targets lists the levels that a programme set itself, ended ones included.
	Targets(ctx context.Context, programme thn.ID) ([]thn.Target, error)
	Stocks
	Activity
	Months
	Entries
	Asking
}

// Activity is where figures about trainings and about silence come from.
type Activity interface {
	// Trainings sums the current training sessions.
	Trainings(ctx context.Context, q thn.TrainingQuery) ([]thn.TrainingCell, error)
	// Reported tells what sites said for the months that a period touches.
	Reported(ctx context.Context, programme thn.ID, period thn.Period) ([]thn.Reported, error)
}

// Months is where figures about prisons and responders come from.
type Months interface {
	// Facts lists the current facts of one kind.
	Facts(ctx context.Context, q thn.FactQuery) ([]thn.Fact, error)
}

// By is the dimension that a table's rows split by.
type By string

// The dimensions. ByNone lets the indicator choose its usual rows.
const (
	ByNone      By = ""
	ByArea      By = "area"
	BySite      By = "site"
	BySetting   By = "setting" // the kind of place
	ByChannel   By = "channel"
	ByMonth     By = "month"
	ByQuarter   By = "quarter"
	ByYear      By = "year"
	ByFiscal    By = "fiscal"
	BySupply    By = "supply"
	ByRecipient By = "recipient"
	BySupplier  By = "supplier"
	ByProduct   By = "product"
	ByReason    By = "reason"   // of repeat supplies only
	ByAudience  By = "audience" // of trainings only
)

// Splits lists the dimensions in the order people are offered them.
var Splits = []By{ByChannel, ByArea, ByMonth, ByQuarter, ByYear, ByFiscal, BySupply, ByRecipient, BySupplier, BySite, BySetting, ByProduct}

// Spec is a question: whose figures, of which days, how split.
type Spec struct {
	Programme thn.Programme
	With      []thn.ID // programmes whose figures are added to this one's; the source says whose each is
	Period    thn.Period
	Within    bool // no year before the period is told beside it
	By        By
	Across    By               // what the columns of kits split by, instead of channels
	Then      thn.Period       // the period that Ask.Compare sets beside this one; zero: none
	Areas     []thn.ID         // every area in view, subtrees included, as an actor carries them; nil: all
	Sites     []thn.ID         // sites in view; nil: all. Totals of whole areas are then out of view
	Channels  []thn.Channel    // nil: all
	Series    string           // the one series of denominators to divide by, named as choose reads it; empty: as each indicator does
	Need      need.Assumptions // what figures of need assume; left open: need.Default
	AsAt      time.Time        // when the data were read; shown with every table
}
