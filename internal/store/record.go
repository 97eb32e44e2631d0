package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// recordRow is the envelope of any record.
type recordRow struct {
	ProgrammeID  string `gorm:"primaryKey"`
	ID           string `gorm:"primaryKey"`
	Kind         string
	CorrectsID   ref
	Void         bool
	Why          string
	Digest       string
	AccountID    string
	ReceivedHour string
}

// TableName is the table of envelopes.
func (recordRow) TableName() string { return "records" }

// batchRows keeps a multi-row insert under SQLite's limit of bound values.
const batchRows = 500

// superseded lists the ids of a programme's records that a later version
// replaces. A record is current when it is not in this list and is not a void;
// facts of a void do not exist, so facts need only the list.
const superseded = "(SELECT corrects_id FROM records WHERE programme_id = ? AND corrects_id IS NOT NULL)"

// digest tells content apart. What the server decides by itself (the area a
// site lies in) is left out, so that a resend after a site moved is still the
// same record; so is who delivered it.
func digest(content any) string {
	b, err := json.Marshal(content)
	if err != nil {
		panic(err) // domain values always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// insertRecord adds one envelope unless its id is known or another version has
// replaced the same predecessor; it tells whether it did.
func insertRecord(tx *writing, row *recordRow) (bool, error) {
	res := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(row)
	return res.RowsAffected == 1, res.Error
}

// outcomeOf explains an envelope that could not be added.
func outcomeOf(tx *writing, row recordRow) (thn.Outcome, string, error) {
	var known []recordRow
	if err := tx.Where("programme_id = ? AND id = ?", row.ProgrammeID, row.ID).Find(&known).Error; err != nil {
		return "", "", err
	}
	switch {
	case len(known) == 0:
		return thn.Held, "corrected_already", nil
	case known[0].Digest == row.Digest:
		return thn.Duplicate, "", nil
	}
	return thn.Held, "other_content", nil
}

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
// id is held once, however often it is sent.
func (s *Store) Hold(ctx context.Context, h thn.HeldRecord) error {
	return s.write(ctx, "hold record "+string(h.Record), func(tx *writing) error {
		return s.hold(tx, h)
	})
}

func (s *Store) hold(tx *writing, h thn.HeldRecord) error {
	row := heldRow{ProgrammeID: string(h.Programme), ID: string(thn.NewID()), Kind: string(h.Kind), RecordID: string(h.Record),
		CorrectsID: ref(h.Corrects), AccountID: string(h.By),
		Cause: h.Cause, Payload: h.Payload, Digest: digest(h.Payload), ReceivedHour: s.hour()}
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
		if err := tx.Where("programme_id = ?", programme).Order("id").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			held = append(held, thn.HeldRecord{Programme: thn.ID(r.ProgrammeID), ID: thn.ID(r.ID), Kind: thn.RecordKind(r.Kind), Record: thn.ID(r.RecordID),
				Corrects: thn.ID(r.CorrectsID), By: thn.ID(r.AccountID), Hour: r.ReceivedHour, Cause: r.Cause, Payload: r.Payload})
		}
		return nil
	})
	return held, err
}

func envelope(tx *gorm.DB, programme, id thn.ID) (thn.Envelope, error) {
	var row recordRow
	err := tx.Where("programme_id = ? AND id = ?", programme, id).Take(&row).Error
	if err != nil {
		return thn.Envelope{}, err
	}
	var later int64
	if err := tx.Model(&recordRow{}).Where("programme_id = ? AND corrects_id = ?", programme, id).Count(&later).Error; err != nil {
		return thn.Envelope{}, err
	}
	return thn.Envelope{Kind: thn.RecordKind(row.Kind), Corrects: thn.ID(row.CorrectsID), By: thn.ID(row.AccountID), Void: row.Void, Superseded: later > 0, Hour: row.ReceivedHour}, nil
}

func invalid(op string, err error) error {
	if err == nil {
		return nil
	}
	return &fault.Error{Kind: fault.Invalid, Op: op, Err: err}
}
