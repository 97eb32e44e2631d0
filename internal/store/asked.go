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
	AgeBand, Gender, Carriage bool
	Reason                    string
	Assessment                string
	AccountID                 string
	ConfirmedBy               string
}

// TableName is the table of decisions about what a programme asks.
func (askingRow) TableName() string { return "askings" }

func toAsking(programme thn.ID, a thn.Asking) askingRow {
	return askingRow{ProgrammeID: string(programme), AgeBand: a.Asks.AgeBand, Gender: a.Asks.Gender, Carriage: a.Asks.Carriage,
		Reason: a.Reason, Assessment: a.Assessment, AccountID: string(a.By), ConfirmedBy: string(a.Confirmed)}
}

func fromAsking(r askingRow) thn.Asking {
	return thn.Asking{Asks: thn.Asks{AgeBand: r.AgeBand, Gender: r.Gender, Carriage: r.Carriage},
		Reason: r.Reason, Assessment: r.Assessment, By: thn.ID(r.AccountID), Confirmed: thn.ID(r.ConfirmedBy)}
}

// Asking gives the last decision about what a programme asks; NotFound when
// nobody ever decided.
func (s *Store) Asking(ctx context.Context, programme thn.ID) (a thn.Asking, err error) {
	err = s.read(ctx, "asking of "+string(programme), func(tx *gorm.DB) error {
		var row askingRow
		if err := tx.Where("programme_id = ?", programme).Take(&row).Error; err != nil {
			return err
		}
		a = fromAsking(row)
		return nil
	})
	return a, err
}

// Propose keeps a decision in place of the last one; until it is confirmed the
// programme asks what meanwhile holds.
func (s *Store) Propose(ctx context.Context, programme thn.ID, a thn.Asking, meanwhile thn.Asks) error {
	return s.write(ctx, "propose what to ask", func(tx *writing) error {
		row := toAsking(programme, a)
		if err := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
			return err
		}
		act := "propose"
		if !a.Waits() {
			act = "ask_less"
		}
		return ask(tx, programme, a.By, act, meanwhile)
	})
}

// ConfirmAsking puts a proposal into force, as it was looked at. NotFound when it
// has changed or was confirmed meanwhile.
func (s *Store) ConfirmAsking(ctx context.Context, programme thn.ID, a thn.Asking) error {
	return s.write(ctx, "confirm what to ask", func(tx *writing) error {
		seen := toAsking(programme, a)
		res := tx.Model(&askingRow{}).Where("programme_id = ? AND confirmed_by = '' AND account_id = ? AND age_band = ? AND gender = ? AND carriage = ? AND reason = ? AND assessment = ?",
			programme, seen.AccountID, seen.AgeBand, seen.Gender, seen.Carriage, seen.Reason, seen.Assessment).Updates(map[string]any{"confirmed_by": seen.ConfirmedBy})
		if err := changedOne(res); err != nil {
			return err
		}
		return ask(tx, programme, a.Confirmed, "confirm", a.Asks)
	})
}

func ask(tx *writing, programme, by thn.ID, act string, asks thn.Asks) error {
	tx.note(programme, by, act, "asking", programme)
	return changedOne(tx.Model(&programmeRow{}).Where("id = ?", programme).
		Updates(map[string]any{"asks_age_band": asks.AgeBand, "asks_gender": asks.Gender, "asks_carriage": asks.Carriage}))
}

// EraseAnswers empties the answers about people in records of the days before a
// day, whatever version, and in what is held, and tells whether there were any.
// No sum of what was erased is kept. The digest of a record stays as it is: it is
// of the content as it was sent, so that sending it again is still a duplicate,
// and it gives nothing back that somebody does not hold already.
func (s *Store) EraseAnswers(ctx context.Context, programme thn.ID, before thn.Date) (found bool, err error) {
	err = s.write(ctx, "erase answers", func(tx *writing) error {
		lines := tx.Exec("UPDATE distribution_lines SET age_band = '', gender = '', carriage = '' WHERE programme_id = ? AND day < ?"+
			" AND (age_band <> '' OR gender <> '' OR carriage <> '')", programme, day{before})
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

// eraseHeld does it for records that wait, or waited, for a decision.
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
			err = changedOne(tx.Model(&heldRow{}).Where("programme_id = ? AND id = ?", programme, r.ID).Updates(map[string]any{"payload": string(payload)}))
		}
		if err != nil {
			return found, err
		}
		found = true
	}
	return found, nil
}
