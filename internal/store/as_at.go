package store

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// At gives the same store as it stood at the end of the hour of an instant: no
// reading of it counts a record, or the correction or void of one, that was
// received later. Figures can so be asked for again as somebody saw them. The
// zero instant is now.
//
// Records are kept by the hour, so that is how finely one can ask. What is set
// up (areas, sites, products, batches, bags) and what a programme chose (totals
// put aside for its records) is as it is now: it has no history of its own.
func (s *Store) At(t time.Time) *Store {
	then := *s
	then.asAt = ""
	if hour := hourOf(t); !t.IsZero() && hour < s.hour() { // at this hour everything has been received
		then.asAt = hour
	}
	return &then
}

// Past tells that readings stand at an hour that is over.
func (s *Store) Past() bool { return s.asAt != "" }

// AtOnce lets all that fn reads from the store it is given be of one moment, so
// that the figures of a page agree with each other while records come in. fn asks
// one question after the other, and keeps neither the store nor a connection.
func (s *Store) AtOnce(ctx context.Context, fn func(moment *Store) error) error {
	return s.readAtOnce(ctx, "read at once", func(tx *gorm.DB) error {
		then := *s
		then.moment = tx
		return fn(&then)
	})
}

// unreplaced holds for facts of a table that no later version replaces. Facts of
// a void do not exist, so it is all that tells whether a fact counts now. The
// table is named as the statement names it.
func unreplaced(table string) string { return "NOT EXISTS (" + replacing(table) + ")" }

// replacing selects what replaces a fact. That a correction names something goes
// without saying, but shows the database how few of the records are corrections.
func replacing(table string) string {
	return "SELECT 1 FROM records newer WHERE newer.programme_id = " + table + ".programme_id AND newer.corrects_id = " + table +
		".record_id AND newer.corrects_id IS NOT NULL"
}

// standing narrows to the facts of a table that count at the hour asked about:
// received by then, and not replaced by what was received by then.
func (s *Store) standing(c *conditions, table string) {
	if s.asAt == "" {
		c.add(unreplaced(table))
		return
	}
	c.add("NOT EXISTS ("+replacing(table)+" AND newer.received_hour <= ?)", s.asAt)
	s.received(c, table)
}

// received narrows to the rows of a table whose records were received by the
// hour asked about.
func (s *Store) received(c *conditions, table string) {
	if s.asAt != "" {
		c.add("NOT EXISTS (SELECT 1 FROM records own WHERE own.programme_id = "+table+".programme_id AND own.id = "+table+".record_id AND own.received_hour > ?)", s.asAt)
	}
}
