package app

import (
	"context"
	"time"

	"thntracker/internal/baseline"
	"thntracker/internal/release"
	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/thn"
)

// Releases are the releases of a store's programmes.
func Releases(st *store.Store, now func() time.Time) release.Releases {
	return release.Releases{Ledger: st, At: func(t time.Time) report.Source { return st.At(t) }, Now: now}
}

// releaseDemo closes a period of the demonstration and publishes it for everybody.
// The fictional country also says when its next period will appear.
func (a *App) releaseDemo(ctx context.Context, programme thn.Programme, period thn.Period) error {
	r := Releases(a.Store, a.now)
	e, err := r.Close(ctx, release.Order{Programme: programme, Audience: thn.ForPublic, Period: period, Alone: true, AsAt: a.now()})
	if err != nil {
		return err
	}
	if err := r.Publish(ctx, programme.ID, "", e.Number, time.Time{}); err != nil || programme.Country != baseline.Demonstration {
		return err
	}
	next := period.After()
	return r.Announce(ctx, release.Notice{Programme: programme, Audience: thn.ForPublic, Period: next, Appears: next.To.AddMonths(2)})
}
