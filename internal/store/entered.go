package store

import (
	"context"

	"thntracker/internal/thn"
)

// enteredColumn is what the groups of entering read: l is a line, r its record.
var enteredColumn = map[thn.Group]string{thn.ByDay: "l.day", thn.ByReceived: "r.received_hour", thn.ByMonth: "l.month", thn.ByArea: "l.area_id",
	thn.BySite: "l.site_id", thn.ByChannel: "l.channel"}

// Entered counts distributions as they were first entered, whatever became of them
// since: a correction does not make a record late. A cell for each day and each hour
// in which records of it came, and for each of the query's groups. Its cost grows
// with the lines in the period, each read once.
func (s *Store) Entered(ctx context.Context, q thn.Query) (cells []thn.Cell, err error) {
	sum := summing[thn.Group]{from: "distribution_lines l JOIN records r ON r.programme_id = l.programme_id AND r.id = l.record_id",
		sums: []string{"COUNT(*)"}, columns: enteredColumn}
	sum.add("l.programme_id = ? AND l.line = 1 AND r.corrects_id IS NULL", q.Programme)
	sum.add("l.month >= ? AND l.month <= ?", q.Period.From.YearMonth(), q.Period.Last().YearMonth())
	sum.add("l.day >= ? AND l.day < ?", day{q.Period.From}, day{q.Period.To})
	if s.asAt != "" {
		sum.add("r.received_hour <= ?", s.asAt)
	}
	addList(&sum.conditions, "l.area_id", q.Areas)
	addList(&sum.conditions, "l.site_id", q.Sites)
	addList(&sum.conditions, "l.channel", q.Channels)
	err = groupedSums(ctx, s, "tally entries", sum, append([]thn.Group{thn.ByDay, thn.ByReceived}, q.Groups...), func(keys map[thn.Group]string, sums []int64) {
		cells = append(cells, thn.Cell{Keys: keys, Records: sums[0]})
	})
	return cells, err
}
