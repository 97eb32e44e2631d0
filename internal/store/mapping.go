package store

import (
	"context"

	"gorm.io/gorm/clause"

	"thntracker/internal/thn"
)

type mappingRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	Name        string
	Kind        string
	Body        string
}

// TableName is the table of saved mappings.
func (mappingRow) TableName() string { return "saved_mappings" }

func toMapping(programme thn.ID, m thn.SavedMapping) mappingRow {
	return mappingRow{ProgrammeID: string(programme), ID: string(m.ID), Name: m.Name, Kind: m.Kind, Body: m.Body}
}

func fromMapping(r mappingRow) thn.SavedMapping {
	return thn.SavedMapping{ID: thn.ID(r.ID), Name: r.Name, Kind: r.Kind, Body: r.Body}
}

// Mappings lists the mappings a programme saved, by id.
func (s *Store) Mappings(ctx context.Context, programme thn.ID) ([]thn.SavedMapping, error) {
	return listed(ctx, s, "list mappings", programme, fromMapping)
}

// SaveMapping keeps a mapping. One of the same name is replaced: a mapping is a
// tool, not a record.
func (s *Store) SaveMapping(ctx context.Context, programme, by thn.ID, m thn.SavedMapping) error {
	return s.write(ctx, "save mapping", func(tx *writing) error {
		row := toMapping(programme, m)
		err := tx.Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "programme_id"}, {Name: "name"}},
			DoUpdates: clause.AssignmentColumns([]string{"kind", "body"}),
		}).Create(&row).Error
		if err != nil {
			return err
		}
		tx.note(programme, by, "save", "mapping", m.ID)
		return nil
	})
}
