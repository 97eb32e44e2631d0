package store

import (
	"context"
	"slices"
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
// key; no value of a column reads as the empty text, which is no value of one that
// may have none. A group that the statement does not know is refused. The database
// groups by the plain columns and the keys are ordered here: both are several times
// quicker than on texts made for it, and the order is the same on both engines.
func groupedSums[G ~string](ctx context.Context, s *Store, op string, q summing[G], groups []G, each func(keys map[G]string, sums []int64)) error {
	var columns, shown []string
	for _, g := range groups {
		column, known := q.columns[g]
		if !known {
			return fault.New(fault.Invalid, op, "no such group %q", g)
		}
		columns, shown = append(columns, column), append(shown, "COALESCE(CAST("+column+" AS TEXT), '')")
	}
	statement := "SELECT " + strings.Join(append(shown, q.sums...), ", ") + " FROM " + q.from
	if len(q.where) > 0 {
		statement += " WHERE " + q.text()
	}
	if keys := strings.Join(columns, ", "); keys != "" {
		statement += " GROUP BY " + keys
		if q.having != "" {
			statement += " HAVING " + q.having
		}
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
	var found []sumRow
	for rows.Next() {
		r := sumRow{make([]string, len(groups)), make([]int64, sums)}
		targets := make([]any, 0, len(groups)+sums)
		for i := range r.keys {
			targets = append(targets, &r.keys[i])
		}
		for i := range r.sums {
			targets = append(targets, &r.sums[i])
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		found = append(found, r)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	slices.SortFunc(found, func(x, y sumRow) int { return slices.Compare(x.keys, y.keys) })
	for _, r := range found {
		keys := make(map[G]string, len(groups))
		for i, g := range groups {
			keys[g] = r.keys[i]
		}
		each(keys, r.sums)
	}
	return nil
}

// sumRow is one combination, as the database answered.
type sumRow struct {
	keys []string
	sums []int64
}
