package store

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// listable are the kinds that Facts reads: their table, and the column of the
// day or month that they are about.
var listable = map[thn.RecordKind]struct{ table, day string }{
	thn.KindRelease:     {"releases", "month"},
	thn.KindCarriage:    {"carriage", "day"},
	thn.KindLeaveBehind: {"leave_behind", "month"},
}

// Facts lists the current facts of one kind, by day and then by id: what a later
// version replaces is left out.
func (s *Store) Facts(ctx context.Context, q thn.FactQuery) (facts []thn.Fact, err error) {
	op := "list records of kind " + string(q.Kind)
	from, ok := listable[q.Kind]
	if !ok {
		return nil, fault.New(fault.Invalid, op, "these are not listed")
	}
	where, args := s.factsWhere(q, from.table, from.day)
	err = s.read(ctx, op, func(tx *gorm.DB) error {
		var ids []thn.ID
		query := "SELECT record_id FROM " + from.table + " WHERE " + where + " ORDER BY " + from.day + ", record_id"
		if err := tx.Raw(query, args...).Scan(&ids).Error; err != nil {
			return err
		}
		for chunk := range slices.Chunk(ids, knownChunk) {
			found, err := loadFacts(tx, q.Programme, chunk, q.Kind)
			if err != nil {
				return err
			}
			for _, id := range chunk {
				facts = append(facts, found[id])
			}
		}
		return nil
	})
	return facts, err
}

func (s *Store) factsWhere(q thn.FactQuery, table, column string) (string, []any) {
	var c conditions
	c.add("programme_id = ?", q.Programme)
	s.standing(&c, table)
	if !q.Period.From.IsZero() {
		c.add(column+" >= ?", day{q.Period.From})
	}
	if !q.Period.To.IsZero() {
		c.add(column+" < ?", day{q.Period.To})
	}
	addList(&c, "area_id", q.Areas)
	addList(&c, "site_id", q.Sites)
	return c.text(), c.args
}
