package store

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"math"

	"gorm.io/gorm"

	"thntracker/internal/audit"
	"thntracker/internal/thn"
)

// verifyPage is how many entries are read at once.
const verifyPage = 5000

// VerifyAudit reads a programme's whole audit, as it stands at one moment, and
// says what does not hold. Its memory does not grow with the audit; its time
// does, by about a microsecond and a half of hashing an entry. Noted heads were
// written down elsewhere.
func (s *Store) VerifyAudit(ctx context.Context, programme thn.ID, noted ...audit.Head) (report audit.Report, err error) {
	err = s.readAtOnce(ctx, "verify audit", func(tx *gorm.DB) error {
		var row headRow
		if err := tx.Where("programme_id = ?", programme).Take(&row).Error; err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return err
		}
		var err error
		if report, err = s.key.Verify(string(programme), auditEntries(tx, programme), headOf(row), noted...); err != nil {
			return err
		}
		return before(tx, programme, &report)
	})
	return report, err
}

// before counts the entries of before the chain. A programme without any entry
// at all has lost them: it begins with one that says who founded it.
func before(tx *gorm.DB, programme thn.ID, report *audit.Report) error {
	if err := tx.Model(&auditRow{}).Where("programme_id = ? AND seq IS NULL", programme).Count(&report.Before).Error; err != nil {
		return err
	}
	if report.Before == 0 && report.Entries == 0 && len(report.Findings) == 0 {
		report.Findings = []audit.Finding{{Fault: audit.Truncated, From: 1, To: 1}}
	}
	return nil
}

// readAtOnce is read for what takes several statements and must not see what is
// committed between them. SQLite's reads are so by nature.
func (s *Store) readAtOnce(ctx context.Context, op string, fn func(tx *gorm.DB) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if s.engine == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return s.readWith(ctx, op, fn, opts)
}

func auditEntries(tx *gorm.DB, programme thn.ID) iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		last, id := int64(math.MinInt32), "" // by id too: whoever tampers may have dropped the index that keeps numbers apart
		for {
			var rows []auditRow
			err := tx.Where("programme_id = ? AND (seq > ? OR seq = ? AND id > ?)", programme, last, last, id).Order("seq, id").Limit(verifyPage).Find(&rows).Error
			if err != nil {
				yield(audit.Entry{}, err)
				return
			}
			for _, r := range rows {
				if last, id = *r.Seq, r.ID; !yield(entryOf(r), nil) {
					return
				}
			}
			if len(rows) < verifyPage {
				return
			}
		}
	}
}

// AuditHeads gives the head of each programme's audit as it is kept, without
// looking at what is before it: what is cheap enough to note down every day.
func (s *Store) AuditHeads(ctx context.Context) (heads map[thn.ID]audit.Head, err error) {
	err = s.read(ctx, "audit heads", func(tx *gorm.DB) error {
		var rows []headRow
		if err := tx.Find(&rows).Error; err != nil {
			return err
		}
		heads = make(map[thn.ID]audit.Head, len(rows))
		for _, r := range rows {
			heads[thn.ID(r.ProgrammeID)] = headOf(r)
		}
		return nil
	})
	return heads, err
}
