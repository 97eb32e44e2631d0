package app

import (
	"context"
	"maps"
	"slices"
	"time"

	"thntracker/internal/phone"
	"thntracker/internal/thn"
)

// sweep does the hourly upkeep: it removes sessions that are over, erases answers
// about people and keys that are kept no longer and, once a day, prints how far each audit
// has come and counts the sums anew.
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
			a.eraseAnswers(ctx)
			a.destroyKeys(ctx)
			noted = a.noteHeads(ctx, noted)
			a.recount(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// eraseAnswers empties what people said of themselves twelve months ago, by each
// programme's own day. Doing it again finds nothing and leaves no entry.
func (a *App) eraseAnswers(ctx context.Context) {
	programmes, err := a.Store.Programmes(ctx)
	if err != nil {
		a.log.Error("erase answers", "cause", err.Error())
	}
	for _, p := range programmes {
		before := thn.AnswersFrom(p.Today(a.now()))
		if found, err := a.Store.EraseAnswers(ctx, p.ID, before); err != nil {
			a.log.Error("erase answers", "programme", p.ID, "cause", err.Error())
		} else if found {
			a.log.Info("erased answers", "programme", p.ID, "before", before.String())
		}
	}
}

// destroyKeys forgets keys of phones that were replaced long enough ago.
func (a *App) destroyKeys(ctx context.Context) {
	programmes, err := a.Store.Programmes(ctx)
	if err != nil {
		a.log.Error("destroy keys", "cause", err.Error())
	}
	ring := phone.NewKeyring(a.Store, a.now)
	for _, p := range programmes {
		if n, err := ring.Destroy(ctx, p, ""); err != nil {
			a.log.Error("destroy keys", "programme", p.ID, "cause", err.Error())
		} else if n > 0 {
			a.log.Info("destroyed keys", "programme", p.ID, "keys", n)
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
