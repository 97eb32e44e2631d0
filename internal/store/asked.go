package store

import (
	"context"
	"encoding/json"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"thntracker/internal/thn"
)

type askingRow struct {
	ProgrammeID               string `gorm:"primaryKey"`
	Waits                     bool   `gorm:"primaryKey"`
	AgeBand, Gender, Carriage bool
	Reason                    string
	Assessment                string
	AccountID                 string
	ConfirmedBy               string
}

// TableName is the table of decisions about what a programme asks.
func (askingRow) TableName() string { return "askings" }

func toAsking(programme thn.ID, a thn.Asking) askingRow {
	return askingRow{ProgrammeID: string(programme), Waits: a.Waits(), AgeBand: a.Asks.AgeBand, Gender: a.Asks.Gender, Carriage: a.Asks.Carriage,
		Reason: a.Reason, Assessment: a.Assessment, AccountID: string(a.By), ConfirmedBy: string(a.Confirmed)}
}

func fromAsking(r askingRow) thn.Asking {
	return thn.Asking{Asks: thn.Asks{AgeBand: r.AgeBand, Gender: r.Gender, Carriage: r.Carriage},
		Reason: r.Reason, Assessment: r.Assessment, By: thn.ID(r.AccountID), Confirmed: thn.ID(r.ConfirmedBy)}
}

// Askings gives the decision about what a programme asks that is in force, and
// the one that waits, as far as there are any.
func (s *Store) Askings(ctx context.Context, programme thn.ID) (list []thn.Asking, err error) {
	err = s.read(ctx, "askings of "+string(programme), func(tx *gorm.DB) error {
		var rows []askingRow
		if err := tx.Where("programme_id = ?", programme).Order("waits").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			list = append(list, fromAsking(r))
		}
		return nil
	})
	return list, err
}

// Propose keeps a decision that waits, in place of another that did.
func (s *Store) Propose(ctx context.Context, programme thn.ID, a thn.Asking) error {
	return s.write(ctx, "propose what to ask", func(tx *writing) error {
		tx.note(programme, a.By, "propose", "asking", programme)
		return keepAsking(tx, programme, a)
	})
}

// Withdraw lets go of the decision that waits; NotFound when none does.
func (s *Store) Withdraw(ctx context.Context, programme, by thn.ID) error {
	return s.write(ctx, "withdraw what to ask", func(tx *writing) error {
		tx.note(programme, by, "withdraw", "asking", programme)
		return changedOne(tx.Where("programme_id = ? AND waits", programme).Delete(&askingRow{}))
	})
}

// Confirm puts the decision that waits into force, as it was looked at. NotFound
// when it has changed, or is in force already.
func (s *Store) Confirm(ctx context.Context, programme thn.ID, a thn.Asking) error {
	return s.write(ctx, "confirm what to ask", func(tx *writing) error {
		tx.note(programme, a.Confirmed, "confirm", "asking", programme)
		seen := toAsking(programme, a)
		if err := changedOne(tx.Where("programme_id = ? AND waits AND account_id = ? AND age_band = ? AND gender = ? AND carriage = ? AND reason = ? AND assessment = ?",
			programme, seen.AccountID, seen.AgeBand, seen.Gender, seen.Carriage, seen.Reason, seen.Assessment).Delete(&askingRow{})); err != nil {
			return err
		}
		return ask(tx, programme, a)
	})
}

// AskLess puts a decision into force that asks nothing new: it needs nobody else.
func (s *Store) AskLess(ctx context.Context, programme thn.ID, a thn.Asking) error {
	return s.write(ctx, "ask less", func(tx *writing) error {
		tx.note(programme, a.Confirmed, "ask_less", "asking", programme)
		return ask(tx, programme, a)
	})
}

func ask(tx *writing, programme thn.ID, a thn.Asking) error {
	if err := keepAsking(tx, programme, a); err != nil {
		return err
	}
	return changedOne(tx.Model(&programmeRow{}).Where("id = ?", programme).
		Updates(map[string]any{"asks_age_band": a.Asks.AgeBand, "asks_gender": a.Asks.Gender, "asks_carriage": a.Asks.Carriage}))
}

func keepAsking(tx *writing, programme thn.ID, a thn.Asking) error {
	row := toAsking(programme, a)
	return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
}

// EraseAnswers empties the answers about people in records of the days before a
// day, whatever version, and in what is held, and tells whether there were any.
// No sum of what was erased is kept, and no digest either: whoever has the rest of a
// record tries the few answers that there are until the digest is the same. From then
// on whatever comes under that id is a duplicate.
func (s *Store) EraseAnswers(ctx context.Context, programme thn.ID, before thn.Date) (found bool, err error) {
	const due = " WHERE programme_id = ? AND day < ? AND (age_band <> '' OR gender <> '' OR carriage <> '')"
	err = s.write(ctx, "erase answers", func(tx *writing) error {
		if err := tx.Exec("UPDATE records SET digest = '' WHERE programme_id = ? AND id IN (SELECT record_id FROM distribution_lines"+due+")", programme, programme, day{before}).Error; err != nil {
			return err
		}
		lines := tx.Exec("UPDATE distribution_lines SET age_band = '', gender = '', carriage = ''"+due, programme, day{before})
		if lines.Error != nil {
			return lines.Error
		}
		held, err := eraseHeld(tx, programme, before)
		if found = lines.RowsAffected > 0 || held; found {
			tx.note(programme, "", "erase", "answers", thn.ID(before.String()))
		}
		return err
	})
	return found, err
}

// eraseHeld does it for records that wait, or waited, for a decision. In the place of
// a digest stands the row's own id, because two that were held for one record differ.
func eraseHeld(tx *writing, programme thn.ID, before thn.Date) (found bool, err error) {
	var rows []heldRow
	if err := tx.Where("programme_id = ? AND kind = ? AND (payload LIKE ? OR payload LIKE ? OR payload LIKE ?)", programme, thn.KindDistribution,
		`%"age_band":%`, `%"gender":%`, `%"carriage":%`).Find(&rows).Error; err != nil {
		return false, err
	}
	for _, r := range rows {
		var d thn.Distribution
		if err := json.Unmarshal([]byte(r.Payload), &d); err != nil {
			return found, err
		}
		if !d.Day.Before(before) {
			continue
		}
		payload, err := json.Marshal(d.Only(thn.Asks{}))
		if err == nil {
			err = changedOne(tx.Model(&heldRow{}).Where("programme_id = ? AND id = ?", programme, r.ID).Updates(map[string]any{"payload": string(payload), "digest": r.ID}))
		}
		if err != nil {
			return found, err
		}
		found = true
	}
	return found, nil
}
