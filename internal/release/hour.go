package release

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"thntracker/internal/report"
)

// settling is how long a record may be on its way into the ledger after its hour
// was read off the clock.
const settling = 5 * time.Minute

// hour chooses the hour whose records an order holds. Where nothing that it tells
// came in since the last hour that is over, it is as at that hour: whatever comes in
// from now on changes nothing of it, and it can be computed again at any time.
// Otherwise it is as at this hour, and what comes in before the hour ends makes the
// same question give another answer.
func (r Releases) hour(ctx context.Context, o Order, upTo int) (time.Time, error) {
	now := r.Now()
	last := now.UTC().Add(-settling).Truncate(time.Hour).Add(-time.Hour)
	then, err := r.toldAt(ctx, o, last, upTo)
	if err != nil {
		return now, err
	}
	today, err := r.toldAt(ctx, o, now, upTo)
	if err != nil || !bytes.Equal(then, today) {
		return now, err
	}
	return last, nil
}

// toldAt is what an order would tell as at an instant, but for the instant.
func (r Releases) toldAt(ctx context.Context, o Order, at time.Time, upTo int) ([]byte, error) {
	o.AsAt = at
	source, err := r.source(ctx, o)
	if err != nil {
		return nil, err
	}
	draft, err := drafted(ctx, source, o)
	if err != nil {
		return nil, err
	}
	said, err := r.statements(ctx, o, upTo)
	if err != nil {
		return nil, err
	}
	timeless(&draft)
	return json.Marshal(struct {
		Draft report.Draft
		Said  []Statement
	}{draft, said})
}

func timeless(d *report.Draft) {
	d.Head.AsAt = time.Time{}
	for i := range d.Kits {
		d.Kits[i].Table.Head.AsAt = time.Time{}
	}
	for i := range d.Tables {
		d.Tables[i].Head.AsAt = time.Time{}
	}
}
