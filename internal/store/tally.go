package store

import (
	"context"
	"slices"

	"thntracker/internal/thn"
)

// groupColumn is the one column that each group reads. Both engines sum the
// same statement; adding a group is one line here and one in package thn.
var groupColumn = map[thn.Group]string{
	thn.ByMonth:     "month",
	thn.ByArea:      "area_id",
	thn.BySite:      "site_id",
	thn.BySetting:   "setting",
	thn.ByChannel:   "channel",
	thn.BySupplier:  "supplier",
	thn.ByRecipient: "recipient",
	thn.BySupply:    "supply",
	thn.ByReason:    "reason",
	thn.ByProduct:   "product_id",
	thn.ByBatch:     "COALESCE(batch_id, '')",
	thn.ByAgeBand:   "age_band",
	thn.ByGender:    "gender",
	thn.ByCarriage:  "carriage",
}

// Tally sums the current distributions a query asks for, one cell for each
// combination that occurs, ordered by key. Its cost grows with the lines in the
// period: the month index narrows, then each is read once.
func (s *Store) Tally(ctx context.Context, q thn.Query) (cells []thn.Cell, err error) {
	sum := summing[thn.Group]{from: "distribution_lines", sums: []string{"COUNT(*)", "COALESCE(SUM(people), 0)", "COALESCE(SUM(kits), 0)"},
		columns: groupColumn, conditions: tallyWhere(q)}
	err = groupedSums(ctx, s, "tally", sum, q.Groups, func(keys map[thn.Group]string, sums []int64) {
		cells = append(cells, thn.Cell{Keys: keys, Records: sums[0], People: sums[1], Kits: sums[2]})
	})
	return cells, err
}

func tallyWhere(q thn.Query) (c conditions) {
	c.add("programme_id = ?", q.Programme)
	// The month bounds let the index narrow; the day bounds make it exact.
	c.add("month >= ? AND month <= ?", q.Period.From.YearMonth(), q.Period.Last().YearMonth())
	if q.Period.From.Day() != 1 || q.Period.To.Day() != 1 {
		c.add("day >= ? AND day < ?", day{q.Period.From}, day{q.Period.To})
	}
	c.add("record_id NOT IN "+superseded, q.Programme)
	if q.By != "" {
		c.add("record_id IN (SELECT id FROM records WHERE programme_id = ? AND account_id = ?)", q.Programme, q.By)
	}
	addList(&c, "area_id", q.Areas)
	addList(&c, "site_id", q.Sites)
	addList(&c, "channel", q.Channels)
	addList(&c, "recipient", q.Recipients)
	addList(&c, "supply", q.Supplies)
	return c
}

func addList[C ~string](c *conditions, column string, list []C) {
	switch {
	case list == nil:
	case len(list) == 0:
		c.add("1 = 0")
	default:
		c.add(column+" IN ?", slices.Clone(list))
	}
}
