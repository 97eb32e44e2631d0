package app

import (
	"context"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// foldEvery is how long a record may wait in the journal before the sums take it
// in. Figures are exact meanwhile; they only cost more to read.
const foldEvery = 15 * time.Second

// foldChunk is how many distributions one transaction takes in: few enough that
// SQLite's one writer does not keep a worker waiting.
const foldChunk = 2000

// keepSums folds in the background. It asks one small question each time and
// does nothing when nothing was recorded.
func (a *App) keepSums(ctx context.Context) {
	tick := time.NewTicker(foldEvery)
	defer tick.Stop()
	for {
		a.fold(ctx)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// fold takes in all that waits. What one programme stumbles over does not keep
// another waiting.
func (a *App) fold(ctx context.Context) {
	programmes, err := a.Store.Unfolded(ctx)
	if err != nil && ctx.Err() == nil {
		a.log.Error("look for what is not folded", "cause", err.Error())
	}
	for _, programme := range programmes {
		for rows := 1; rows > 0; {
			if rows, err = a.Store.Fold(ctx, programme, foldChunk); err != nil && ctx.Err() == nil {
				a.log.Error("fold sums", "programme", programme, "cause", err.Error())
			}
		}
	}
}

// recount counts each programme's sums anew from its records, once on each of
// its days: in the first hour of the day, where the server runs through the
// night. Of several servers the first to come does it. The log says where sums
// are wrong and never what they are.
func (a *App) recount(ctx context.Context) {
	programmes, err := a.Store.Programmes(ctx)
	if err != nil {
		a.log.Error("recount", "cause", err.Error())
	}
	for _, p := range programmes {
		today := p.Today(a.now())
		last, err := a.Store.LastRecount(ctx, p.ID)
		if err == nil && last.Day == today {
			continue
		}
		var wrong []thn.WrongSums
		if err == nil || fault.Is(err, fault.NotFound) {
			wrong, err = a.Store.Recount(ctx, p.ID, today)
		}
		if err != nil {
			a.log.Error("recount", "programme", p.ID, "cause", err.Error())
		}
		for _, w := range wrong {
			a.log.Error("sums are not what the records say: thn recount --rebuild makes them anew", "programme", p.ID, "cube", w.Cube, "month", w.Month, "sums", w.Sums)
		}
	}
}
