package store

import (
	"context"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

// Today counts what one account recorded for a day: counts only, for the screen
// that shows a worker their own day. Its cost grows with the records of that
// month of the programme.
func (s *Store) Today(ctx context.Context, programme, account thn.ID, on thn.Date) (c thn.Cell, err error) {
	err = s.read(ctx, "today", func(tx *gorm.DB) error {
		return tx.Raw(`SELECT COUNT(*), COALESCE(SUM(l.people), 0), COALESCE(SUM(l.kits), 0)
			FROM distribution_lines l JOIN records r ON r.programme_id = l.programme_id AND r.id = l.record_id
			WHERE l.programme_id = ? AND l.month = ? AND l.day = ? AND r.account_id = ? AND l.record_id NOT IN `+superseded,
			programme, on.YearMonth(), day{on}, account, programme).Row().Scan(&c.Records, &c.People, &c.Kits)
	})
	return c, err
}
