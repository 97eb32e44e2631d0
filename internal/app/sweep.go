package app

import (
	"context"
	"maps"
	"slices"
	"time"
)

// sweep does the hourly upkeep: it removes sessions that are over and, once a
// day, prints how far each audit has come and counts the sums anew.
func (a *App) sweep(ctx context.Context) {
	noted := a.noteHeads(ctx, "")
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := a.Store.Sessions().Sweep(ctx); err != nil {
				a.log.Error("sweep sessions", "cause", err.Error())
			}
			noted = a.noteHeads(ctx, noted)
			a.recount(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// noteHeads prints the head of each programme's audit, unless it did so on this
// day already, and gives the day. A log that is kept elsewhere shows later, with
// thn verify --noted, whether the database was put back to an older state.
func (a *App) noteHeads(ctx context.Context, noted string) string {
	today := a.now().UTC().Format(time.DateOnly)
	if today == noted || ctx.Err() != nil {
		return noted
	}
	heads, err := a.Store.AuditHeads(ctx)
	if err != nil {
		a.log.Error("note audit heads", "cause", err.Error())
		return noted
	}
	for _, id := range slices.Sorted(maps.Keys(heads)) {
		a.log.Info("audit head", "programme", id, "seq", heads[id].Seq, "link", heads[id].Link)
	}
	return today
}
