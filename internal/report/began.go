package report

import (
	"context"
	"slices"
	"strconv"
	"time"

	"thntracker/internal/thn"
)

// markBegan marks the years and quarters in whose course anything began to be
// known: kits that were given out before are not in them, so that a ratio of such
// a row is too low. A month is too short to say.
func (b *book) markBegan(ctx context.Context, t *Table, i Indicator) error {
	if i.Num != MeasureKits || !slices.Contains([]By{ByQuarter, ByYear, ByFiscal}, b.spec.By) {
		return nil
	}
	began, err := b.began(ctx)
	if err != nil || began.IsZero() {
		return err
	}
	for n, r := range t.Rows {
		if p := r.Label.Period; p.From.Before(began) && began.Before(p.To) {
			mark := Label{Code: "began", Key: "report.mark.began", Args: map[string]any{"Month": thn.Month(began.Year(), began.Month())}}
			t.Rows[n].Marks = append(r.Marks[:len(r.Marks):len(r.Marks)], mark)
		}
	}
	return nil
}

// began is the first day of the first month of which a record in view is, or of
// which a published total is, whichever came first; zero when there is neither.
func (b *book) began(ctx context.Context) (first thn.Date, err error) {
	for _, x := range b.totals {
		if x.Measure == thn.MeasureKits && (first.IsZero() || x.Period.From.Before(first)) {
			first = x.Period.From
		}
	}
	cells, err := b.tally(ctx, thn.Period{From: dayZero, To: b.spec.Period.To}, []thn.Group{thn.ByMonth})
	for _, c := range cells {
		if n, err := strconv.Atoi(c.Keys[thn.ByMonth]); err == nil && c.Kits > 0 {
			if month := thn.MustDate(n/100, time.Month(n%100), 1); first.IsZero() || month.Before(first) {
				first = month
			}
		}
	}
	return first, err
}
