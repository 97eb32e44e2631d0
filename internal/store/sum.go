package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"thntracker/internal/fault"
)

// conditions gathers what narrows a statement.
type conditions struct {
	where []string
	args  []any
}

func (c *conditions) add(condition string, values ...any) {
	c.where, c.args = append(c.where, condition), append(c.args, values...)
}

// text joins them for after WHERE.
func (c *conditions) text() string { return strings.Join(c.where, " AND ") }

// summing is a statement that adds up columns, split by some of the groups that
// it knows. Both engines run the same one; a group is one line in a column map.
type summing[G ~string] struct {
	from    string       // tables, joined; values in it come before those of the conditions
	sums    []string     // expressions
	columns map[G]string // what each group reads
	having  string       // which combinations are shown; empty: all that occur
	conditions
}

// groupedSums runs it and hands over each combination that occurs, ordered by
// key; no column of a group reads as the empty text. A group that the statement
// does not know is refused.
func groupedSums[G ~string](ctx context.Context, s *Store, op string, q summing[G], groups []G, each func(keys map[G]string, sums []int64)) error {
	var columns []string
	for _, g := range groups {
		column, known := q.columns[g]
		if !known {
			return fault.New(fault.Invalid, op, "no such group %q", g)
		}
		columns = append(columns, "COALESCE(CAST("+column+" AS TEXT), '')")
	}
	statement := "SELECT " + strings.Join(append(columns, q.sums...), ", ") + " FROM " + q.from
	if len(q.where) > 0 {
		statement += " WHERE " + q.text()
	}
	if keys := strings.Join(columns, ", "); keys != "" {
		statement += " GROUP BY " + keys
		if q.having != "" {
			statement += " HAVING " + q.having
		}
		statement += " ORDER BY " + keys
	}
	return s.read(ctx, op, func(tx *gorm.DB) error {
		return scanSums(tx.Raw(statement, q.args...), groups, len(q.sums), each)
	})
}

func scanSums[G ~string](query *gorm.DB, groups []G, sums int, each func(map[G]string, []int64)) error {
	rows, err := query.Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		texts, numbers := make([]string, len(groups)), make([]int64, sums)
		targets := make([]any, 0, len(groups)+sums)
		for i := range texts {
			targets = append(targets, &texts[i])
		}
		for i := range numbers {
			targets = append(targets, &numbers[i])
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		keys := make(map[G]string, len(groups))
		for i, g := range groups {
			keys[g] = texts[i]
		}
		each(keys, numbers)
	}
	return rows.Err()
}
