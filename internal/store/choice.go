package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"thntracker/internal/thn"
)

// choiceRow is what a programme has chosen about one scope of totals.
type choiceRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	Scope       string `gorm:"primaryKey"`
	Aside       bool
}

// TableName is the table of choices about totals.
func (choiceRow) TableName() string { return "total_choices" }

// totalsAside lists the scopes whose totals are put aside.
func (s *Store) totalsAside(ctx context.Context, programme thn.ID) (aside map[string]bool, err error) {
	aside = map[string]bool{}
	err = s.read(ctx, "list choices about totals", func(tx *gorm.DB) error {
		var rows []choiceRow
		if err := tx.Where("programme_id = ? AND aside", programme).Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			aside[r.Scope] = true
		}
		return nil
	})
	return aside, err
}

// PutAside lets the single records in a total's scope stand instead of the total,
// or the total again.
func (s *Store) PutAside(ctx context.Context, programme, by thn.ID, t thn.PeriodTotal, aside bool) error {
	action := "restore"
	if aside {
		action = "put_aside"
	}
	return s.write(ctx, action+" total "+string(t.ID), func(tx *writing) error {
		row := choiceRow{ProgrammeID: string(programme), Scope: t.Scope(), Aside: aside}
		err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "programme_id"}, {Name: "scope"}},
			DoUpdates: clause.AssignmentColumns([]string{"aside"})}).Create(&row).Error
		tx.note(programme, by, action, string(thn.KindTotal), t.ID)
		return err
	})
}
