package store

import (
	"context"
	"errors"
	"maps"
	"slices"

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

// chain writes what was gathered behind each programme's head. The heads are
// the last things a transaction takes hold of, in one order for all, so that two
// of them wait for each other here and never in a circle; who gets a head first
// writes first.
func (s *Store) chain(tx *writing) error {
	byProgramme := map[string][]auditRow{}
	for _, row := range tx.said {
		byProgramme[row.ProgrammeID] = append(byProgramme[row.ProgrammeID], row)
	}
	for _, programme := range slices.Sorted(maps.Keys(byProgramme)) {
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

// Mark names the state of a programme: every change of what figures are made of
// comes with an entry of its audit, in one transaction, and every entry moves the
// head on. Transactions take the head one after the other and hold it until they
// are over, so whoever reads a mark reads what came before it whole. What is read
// between two readings of the same mark is of one state, on whichever server; a
// state is never come back to. It costs a look-up by primary key, and a writer
// nothing that the audit does not cost already.
//
// Sessions, the day of the last recount and the folding of sums leave no mark.
func (s *Store) Mark(ctx context.Context, programme thn.ID) (mark string, err error) {
	err = s.read(ctx, "mark of "+string(programme), func(tx *gorm.DB) error {
		var rows []headRow
		err := tx.Where("programme_id = ?", programme).Find(&rows).Error
		if err == nil && len(rows) == 1 {
			mark = rows[0].Link
		}
		return err
	})
	return mark, err
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
	return fault.New(fault.Unavailable, "seal audit", "the audit of programme %s is sealed with another key than the one given: put the key file back that it was begun with; if it is the right one, the head was tampered with: see thn verify", programme)
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
