package store

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// groupColumn is the one column that each group reads. Both engines sum the
// same statement; adding a group is one line here and one in package thn.
var groupColumn = map[thn.Group]string{
	thn.ByMonth:     "month",
	thn.ByArea:      "area_id",
	thn.BySite:      "site_id",
	thn.ByChannel:   "channel",
	thn.BySupplier:  "supplier",
	thn.ByRecipient: "recipient",
	thn.BySupply:    "supply",
	thn.ByReason:    "reason",
	thn.ByProduct:   "product_id",
	thn.ByBatch:     "COALESCE(batch_id, '')",
}

// Tally sums the current distributions a query asks for, one cell for each
// combination that occurs, ordered by key. Its cost grows with the lines in the
// period: the month index narrows, then each is read once.
func (s *Store) Tally(ctx context.Context, q thn.Query) (cells []thn.Cell, err error) {
	const op = "tally"
	for _, g := range q.Groups {
		if groupColumn[g] == "" {
			return nil, fault.New(fault.Invalid, op, "no such group %q", g)
		}
	}
	statement, args := tallySQL(q)
	err = s.read(ctx, op, func(tx *gorm.DB) error {
		cells, err = scanCells(tx.Raw(statement, args...), q.Groups)
		return err
	})
	return cells, err
}

func tallySQL(q thn.Query) (string, []any) {
	var columns []string
	for _, g := range q.Groups {
		columns = append(columns, "CAST("+groupColumn[g]+" AS TEXT)")
	}
	keys := strings.Join(columns, ", ")
	where, args := tallyWhere(q)
	b := "SELECT COUNT(*), COALESCE(SUM(people), 0), COALESCE(SUM(kits), 0)"
	if keys != "" {
		b += ", " + keys
	}
	b += " FROM distribution_lines WHERE " + strings.Join(where, " AND ")
	if keys != "" {
		b += " GROUP BY " + keys + " ORDER BY " + keys
	}
	return b, args
}

func tallyWhere(q thn.Query) (where []string, args []any) {
	add := func(condition string, values ...any) {
		where, args = append(where, condition), append(args, values...)
	}
	add("programme_id = ?", q.Programme)
	// The month bounds let the index narrow; the day bounds make it exact.
	add("month >= ? AND month <= ?", q.Period.From.YearMonth(), q.Period.Last().YearMonth())
	if q.Period.From.Day() != 1 || q.Period.To.Day() != 1 {
		add("day >= ? AND day < ?", day{q.Period.From}, day{q.Period.To})
	}
	add("record_id NOT IN "+superseded, q.Programme)
	if q.By != "" {
		add("record_id IN (SELECT id FROM records WHERE programme_id = ? AND account_id = ?)", q.Programme, q.By)
	}
	addList(add, "area_id", q.Areas)
	addList(add, "site_id", q.Sites)
	addList(add, "channel", q.Channels)
	addList(add, "recipient", q.Recipients)
	addList(add, "supply", q.Supplies)
	return where, args
}

func addList[C ~string](add func(string, ...any), column string, list []C) {
	switch {
	case list == nil:
	case len(list) == 0:
		add("1 = 0")
	default:
		add(column+" IN ?", slices.Clone(list))
	}
}

func scanCells(query *gorm.DB, groups []thn.Group) ([]thn.Cell, error) {
	rows, err := query.Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var cells []thn.Cell
	for rows.Next() {
		c := thn.Cell{Keys: make(map[thn.Group]string, len(groups))}
		texts := make([]string, len(groups))
		targets := []any{&c.Records, &c.People, &c.Kits}
		for i := range texts {
			targets = append(targets, &texts[i])
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		for i, g := range groups {
			c.Keys[g] = texts[i]
		}
		cells = append(cells, c)
	}
	return cells, rows.Err()
}
