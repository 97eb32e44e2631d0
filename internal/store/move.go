package store

import (
	"context"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

// movedRow is a movement beside its envelope.
type movedRow struct {
	Movement     movementRow `gorm:"embedded"`
	CorrectsID   ref
	AccountID    string
	ReceivedHour string
}

// Movements lists movements that count, the latest day first.
func (s *Store) Movements(ctx context.Context, q thn.MovementQuery) (list []thn.Moved, err error) {
	where, args := movedWhere(q)
	err = s.read(ctx, "list movements", func(tx *gorm.DB) error {
		query := tx.Table("movements m").Select("m.*, r.corrects_id, r.account_id, r.received_hour").
			Joins("JOIN records r ON r.programme_id = m.programme_id AND r.id = m.record_id").
			Where(where, args...).Order("m.day DESC, r.received_hour DESC, m.record_id")
		if q.Limit > 0 {
			query = query.Limit(q.Limit)
		}
		var rows []movedRow
		if err := query.Scan(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			list = append(list, thn.Moved{Movement: fromMovement(r.Movement),
				Envelope: thn.Envelope{Kind: thn.KindMovement, Corrects: thn.ID(r.CorrectsID), By: thn.ID(r.AccountID), Hour: r.ReceivedHour}})
		}
		return nil
	})
	return list, err
}

func movedWhere(q thn.MovementQuery) (string, []any) {
	var c conditions
	c.add("m.programme_id = ?", q.Programme)
	c.add(unreplaced("m"))
	switch {
	case len(q.Sites) > 0 && len(q.Others) > 0:
		c.add("(m.site_id IN ? OR m.other_id IN ?)", q.Sites, q.Others)
	default:
		addList(&c, "m.site_id", q.Sites)
		addList(&c, "m.other_id", q.Others)
	}
	addList(&c, "m.kind", q.Kinds)
	if !q.From.IsZero() {
		c.add("m.day >= ?", day{q.From})
	}
	if !q.To.IsZero() {
		c.add("m.day < ?", day{q.To})
	}
	return c.text(), c.args
}

// Newest gives for each record its latest version, a void included. What names a
// version that was corrected since means the correction.
func (s *Store) Newest(ctx context.Context, programme thn.ID, ids []thn.ID) (newest map[thn.ID]thn.ID, err error) {
	newest = map[thn.ID]thn.ID{}
	from := map[thn.ID][]thn.ID{} // version at hand → the records asked for
	for _, id := range named(ids) {
		newest[id], from[id] = id, []thn.ID{id}
	}
	err = s.read(ctx, "follow corrections", func(tx *gorm.DB) error {
		for len(from) > 0 {
			var rows []recordRow
			var old []thn.ID
			for id := range from {
				old = append(old, id)
			}
			if err := tx.Select("id", "corrects_id").Where("programme_id = ? AND corrects_id IN ?", programme, old).Find(&rows).Error; err != nil {
				return err
			}
			next := map[thn.ID][]thn.ID{}
			for _, r := range rows {
				for _, asked := range from[thn.ID(r.CorrectsID)] {
					newest[asked] = thn.ID(r.ID)
					next[thn.ID(r.ID)] = append(next[thn.ID(r.ID)], asked)
				}
			}
			from = next
		}
		return nil
	})
	return newest, err
}
