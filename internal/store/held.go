package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"thntracker/internal/thn"
)

type heldRow struct {
	ProgrammeID  string `gorm:"primaryKey"`
	ID           string `gorm:"primaryKey"`
	Kind         string
	RecordID     string
	CorrectsID   ref
	AccountID    string
	Cause        string
	Payload      string
	Digest       string
	ReceivedHour string
}

// TableName is the table of records that wait for a decision.
func (heldRow) TableName() string { return "held_records" }

// Hold keeps what could not be stored. The same content under the same record
// id is held once, however often it is sent, and nothing more is once answers in it
// were erased.
func (s *Store) Hold(ctx context.Context, h thn.HeldRecord) error {
	return s.write(ctx, "hold record "+string(h.Record), func(tx *writing) error {
		return s.hold(tx, h)
	})
}

// HoldUpTo is Hold while fewer than most wait for the same cause; it tells whether
// it is held.
func (s *Store) HoldUpTo(ctx context.Context, h thn.HeldRecord, most int) (held bool, err error) {
	err = s.write(ctx, "hold record "+string(h.Record), func(tx *writing) error {
		var same, waiting int64
		if err := tx.Model(&heldRow{}).Where("programme_id = ? AND record_id = ? AND digest = ?", h.Programme, h.Record, digest(h.Payload)).Count(&same).Error; err != nil {
			return err
		}
		if err := undecided(tx.Model(&heldRow{}), h.Programme).Where("cause = ?", h.Cause).Count(&waiting).Error; err != nil {
			return err
		}
		if held = same > 0 || waiting < int64(most); !held {
			return nil
		}
		return s.hold(tx, h)
	})
	return held, err
}

func (s *Store) hold(tx *writing, h thn.HeldRecord) error {
	row := heldRow{ProgrammeID: string(h.Programme), ID: string(thn.NewID()), Kind: string(h.Kind), RecordID: string(h.Record),
		CorrectsID: ref(h.Corrects), AccountID: string(h.By),
		Cause: h.Cause, Payload: h.Payload, Digest: digest(h.Payload), ReceivedHour: s.hour()}
	var erased int64 // of the same record, which stays as it is
	if err := tx.Model(&heldRow{}).Where("programme_id = ? AND record_id = ? AND kind = ? AND digest = id", row.ProgrammeID, row.RecordID, row.Kind).Count(&erased).Error; err != nil || erased > 0 {
		return err
	}
	res := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	if res.Error != nil || res.RowsAffected == 0 {
		return res.Error
	}
	tx.note(h.Programme, h.By, "hold", string(h.Kind), h.Record)
	return nil
}

// HeldRecords lists what waits for a decision, by id.
func (s *Store) HeldRecords(ctx context.Context, programme thn.ID) (held []thn.HeldRecord, err error) {
	err = s.read(ctx, "list held records", func(tx *gorm.DB) error {
		var rows []heldRow
		if err := undecided(tx, programme).Order("id").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			held = append(held, fromHeld(r))
		}
		return nil
	})
	return held, err
}

// HeldRecord gives one of them; NotFound when it is decided.
func (s *Store) HeldRecord(ctx context.Context, programme, id thn.ID) (held thn.HeldRecord, err error) {
	err = s.read(ctx, "held record "+string(id), func(tx *gorm.DB) error {
		var row heldRow
		if err := undecided(tx, programme).Where("id = ?", id).Take(&row).Error; err != nil {
			return err
		}
		held = fromHeld(row)
		return nil
	})
	return held, err
}

func undecided(tx *gorm.DB, programme thn.ID) *gorm.DB {
	return tx.Where("programme_id = ? AND NOT EXISTS (SELECT 1 FROM held_decisions d WHERE d.programme_id = held_records.programme_id AND d.held_id = held_records.id)", programme)
}

func fromHeld(r heldRow) thn.HeldRecord {
	return thn.HeldRecord{Programme: thn.ID(r.ProgrammeID), ID: thn.ID(r.ID), Kind: thn.RecordKind(r.Kind), Record: thn.ID(r.RecordID),
		Corrects: thn.ID(r.CorrectsID), By: thn.ID(r.AccountID), Hour: r.ReceivedHour, Cause: r.Cause, Payload: r.Payload}
}

type decisionRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	HeldID      string `gorm:"primaryKey"`
	Outcome     string
	Why         string
	VersionID   ref
	AccountID   string
	DecidedHour string
}

// TableName is the table of decisions about held records.
func (decisionRow) TableName() string { return "held_decisions" }

// TakeOut decides that a held record does not count. What was decided already
// is a conflict.
func (s *Store) TakeOut(ctx context.Context, d thn.Decision) error {
	return s.write(ctx, "take out held record "+string(d.Held), func(tx *writing) error {
		var held heldRow
		if err := tx.Where("programme_id = ? AND id = ?", d.Programme, d.Held).Take(&held).Error; err != nil {
			return err
		}
		tx.note(d.Programme, d.By, string(d.Outcome), held.Kind, thn.ID(held.RecordID))
		return s.decided(tx, d, "")
	})
}

// decided keeps a decision, in the transaction of what comes of it.
func (s *Store) decided(tx *writing, d thn.Decision, version thn.ID) error {
	return tx.Create(&decisionRow{ProgrammeID: string(d.Programme), HeldID: string(d.Held), Outcome: string(d.Outcome), Why: d.Why,
		VersionID: ref(version), AccountID: string(d.By), DecidedHour: s.hour()}).Error
}
