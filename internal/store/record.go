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
	case known[0].Digest == row.Digest, known[0].Digest == "": // what was erased is not told apart any more
		return thn.Duplicate, "", nil
	}
	return thn.Held, "other_content", nil
}

// Has tells whether the ledger has exactly this content under its id, or had it
// before answers in it were erased.
func (s *Store) Has(ctx context.Context, sub thn.Submission) (has bool, err error) {
	row := s.envelopeOf(sub)
	err = s.read(ctx, "compare record "+row.ID, func(tx *gorm.DB) error {
		var n int64
		err := tx.Model(&recordRow{}).Where("programme_id = ? AND id = ? AND digest IN (?, '')", row.ProgrammeID, row.ID, row.Digest).Count(&n).Error
		has = n > 0
		return err
	})
	return has, err
}

func envelope(tx *gorm.DB, programme, id thn.ID) (thn.Envelope, error) {
	var row recordRow
	err := tx.Where("programme_id = ? AND id = ?", programme, id).Take(&row).Error
	if err != nil {
		return thn.Envelope{}, err
	}
	var later []recordRow
	if err := tx.Where("programme_id = ? AND corrects_id = ?", programme, id).Find(&later).Error; err != nil {
		return thn.Envelope{}, err
	}
	e := thn.Envelope{Kind: thn.RecordKind(row.Kind), Corrects: thn.ID(row.CorrectsID), By: thn.ID(row.AccountID), Void: row.Void, Superseded: len(later) > 0, Hour: row.ReceivedHour}
	if e.Superseded {
		e.Next = thn.ID(later[0].ID) // a version is replaced once
	}
	return e, nil
}

func invalid(op string, err error) error {
	if err == nil {
		return nil
	}
	return &fault.Error{Kind: fault.Invalid, Op: op, Err: err}
}
