package store

import (
	"context"
	"errors"
	"iter"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"thntracker/internal/audit"
	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// auditRow is an entry of the audit. Entries of before the chain have no
// sequence.
type auditRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	AccountID   string
	Action      string
	ObjectKind  string
	ObjectID    string
	AtHour      string
	Seq         *int64
	Salt        string
	Content     string
	Link        string
}

// TableName is the table of audit entries.
func (auditRow) TableName() string { return "audit_entries" }

type headRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	Seq         int64
	Link        string
	Seal        string
}

// TableName is the table of chain heads.
func (headRow) TableName() string { return "audit_heads" }

// note gathers an audit entry for the end of the transaction.
func (w *writing) note(programme, account thn.ID, action, kind string, object thn.ID) {
	w.said = append(w.said, auditRow{ProgrammeID: string(programme), ID: string(thn.NewID()), AccountID: string(account),
		Action: action, ObjectKind: kind, ObjectID: string(object)})
}

// chain writes what was gathered behind each programme's head. The head is the
// last thing a transaction takes hold of, so that two of them wait for each
// other here and never in a circle; who gets it first writes first.
func (s *Store) chain(tx *writing) error {
	byProgramme := map[string][]auditRow{}
	var order []string
	for _, row := range tx.said {
		if byProgramme[row.ProgrammeID] == nil {
			order = append(order, row.ProgrammeID)
		}
		byProgramme[row.ProgrammeID] = append(byProgramme[row.ProgrammeID], row)
	}
	for _, programme := range order {
		if err := s.chainOne(tx.DB, programme, byProgramme[programme]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) chainOne(tx *gorm.DB, programme string, rows []auditRow) error {
	head, err := s.lockHead(tx, programme)
	if err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		r.AtHour = s.hour()
		var e audit.Entry
		e, head = s.key.Chain(programme, head, entryOf(*r))
		r.Seq, r.Salt, r.Content, r.Link = &e.Seq, e.Salt, e.Content, e.Link
	}
	if err := tx.CreateInBatches(rows, batchRows).Error; err != nil {
		return err
	}
	return changedOne(tx.Model(&headRow{}).Where("programme_id = ?", programme).
		Updates(map[string]any{"seq": head.Seq, "link": head.Link, "seal": head.Seal}))
}

// lockHead reads a programme's head for writing; the first entry makes it. A
// head that another key sealed stops the transaction: nothing may be written
// that the audit cannot hold.
func (s *Store) lockHead(tx *gorm.DB, programme string) (audit.Head, error) {
	var row headRow
	lock := func() error {
		return tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("programme_id = ?", programme).Take(&row).Error
	}
	err := lock()
	if errors.Is(err, gorm.ErrRecordNotFound) {
		first := s.key.Head(programme, 0, "")
		made := headRow{ProgrammeID: programme, Seal: first.Seal}
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&made).Error; err != nil {
			return audit.Head{}, err
		}
		err = lock()
	}
	if err != nil {
		return audit.Head{}, err
	}
	head := headOf(row)
	if !s.key.Holds(programme, head) {
		return head, otherKey(programme)
	}
	return head, nil
}

// checkKey refuses to open a database whose audit another key seals: a program
// that starts and then cannot write anything is worse.
func (s *Store) checkKey(ctx context.Context) error {
	return s.read(ctx, "check audit key", func(tx *gorm.DB) error {
		var rows []headRow
		if err := tx.Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			if !s.key.Holds(r.ProgrammeID, headOf(r)) {
				return otherKey(r.ProgrammeID)
			}
		}
		return nil
	})
}

func otherKey(programme string) error {
	return fault.New(fault.Unavailable, "seal audit", "the audit of programme %s is sealed with another key than the one given: put the key file back that it was begun with", programme)
}

func headOf(r headRow) audit.Head { return audit.Head{Seq: r.Seq, Link: r.Link, Seal: r.Seal} }

func entryOf(r auditRow) audit.Entry {
	e := audit.Entry{ID: r.ID, Account: r.AccountID, Action: r.Action, Kind: r.ObjectKind, Object: r.ObjectID, Hour: r.AtHour,
		Salt: r.Salt, Content: r.Content, Link: r.Link}
	if r.Seq != nil {
		e.Seq = *r.Seq
	}
	return e
}

// verifyPage is how many entries are read at once.
const verifyPage = 5000

// VerifyAudit reads a programme's whole audit and says what does not hold. Its
// memory does not grow with the audit; its time does, by about a microsecond
// and a half of hashing an entry. Noted heads were written down elsewhere.
func (s *Store) VerifyAudit(ctx context.Context, programme thn.ID, noted ...audit.Head) (report audit.Report, err error) {
	err = s.read(ctx, "verify audit", func(tx *gorm.DB) error {
		var row headRow
		if err := tx.Where("programme_id = ?", programme).Take(&row).Error; err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return err
		}
		var err error
		report, err = s.key.Verify(string(programme), auditEntries(tx, programme), headOf(row), noted...)
		return err
	})
	return report, err
}

func auditEntries(tx *gorm.DB, programme thn.ID) iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		last := int64(-1 << 62)
		for {
			var rows []auditRow
			if err := tx.Where("programme_id = ? AND seq > ?", programme, last).Order("seq").Limit(verifyPage).Find(&rows).Error; err != nil {
				yield(audit.Entry{}, err)
				return
			}
			for _, r := range rows {
				if last = *r.Seq; !yield(entryOf(r), nil) {
					return
				}
			}
			if len(rows) < verifyPage {
				return
			}
		}
	}
}
