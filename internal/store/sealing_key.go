package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

type sealingKeyRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	Number      int    `gorm:"primaryKey;autoIncrement:false"`
	PrivateKey  string
	MadeOn      day
	RetiredOn   day
	DestroyedOn day
}

// TableName is the table of sealing keys.
func (sealingKeyRow) TableName() string { return "sealing_keys" }

func toSealingKey(programme thn.ID, k thn.SealingKey) sealingKeyRow {
	return sealingKeyRow{ProgrammeID: string(programme), Number: k.Number, PrivateKey: k.Private, MadeOn: day{k.Made}, RetiredOn: day{k.Retired}, DestroyedOn: day{k.Destroyed}}
}

func fromSealingKey(r sealingKeyRow) thn.SealingKey {
	return thn.SealingKey{Number: r.Number, Private: r.PrivateKey, Made: r.MadeOn.Date, Retired: r.RetiredOn.Date, Destroyed: r.DestroyedOn.Date}
}

// SealingKeys lists a programme's keys by number. A programme that is not here is
// not found, one without keys has none.
func (s *Store) SealingKeys(ctx context.Context, programme thn.ID) (keys []thn.SealingKey, err error) {
	err = s.read(ctx, "list sealing keys", func(tx *gorm.DB) error {
		var rows []sealingKeyRow
		if err := tx.Where("programme_id = ?", programme).Order("number").Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) == 0 {
			return tx.Where("id = ?", programme).Take(&programmeRow{}).Error
		}
		for _, r := range rows {
			keys = append(keys, fromSealingKey(r))
		}
		return nil
	})
	return keys, err
}

// AddSealingKey adds a key in the place of the one before, which is retired on the
// day. A number that is taken is a conflict: another server was first.
func (s *Store) AddSealingKey(ctx context.Context, programme, by thn.ID, k thn.SealingKey) error {
	return s.write(ctx, "add sealing key", func(tx *writing) error {
		row := toSealingKey(programme, k)
		res := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if res.Error == nil && res.RowsAffected == 0 {
			return fault.New(fault.Conflict, "number key", "%d is taken", k.Number)
		}
		if res.Error != nil {
			return res.Error
		}
		tx.note(programme, by, "add", "sealing_key", programme)
		return tx.Model(&sealingKeyRow{}).Where("programme_id = ? AND number < ? AND retired_on IS NULL", programme, k.Number).
			Updates(map[string]any{"retired_on": day{k.Made}}).Error
	})
}

// DestroyKeys forgets the private half of keys that were retired before a day, and
// tells how many. What is still sealed to them can never be read again.
func (s *Store) DestroyKeys(ctx context.Context, programme, by thn.ID, before, today thn.Date) (n int, err error) {
	err = s.write(ctx, "destroy sealing keys", func(tx *writing) error {
		res := tx.Model(&sealingKeyRow{}).Where("programme_id = ? AND retired_on < ? AND private_key <> ''", programme, day{before}).
			Updates(map[string]any{"private_key": "", "destroyed_on": day{today}})
		if n = int(res.RowsAffected); n > 0 {
			tx.note(programme, by, "destroy", "sealing_key", programme)
		}
		return res.Error
	})
	return n, err
}

type epochRow struct {
	ID    int `gorm:"primaryKey;autoIncrement:false"`
	Epoch string
}

// TableName is the table of the one epoch.
func (epochRow) TableName() string { return "server_epochs" }

// Epoch names the state of this database: the same until NewEpoch. It is made when
// it is first asked for; of two servers that ask at once both get the same.
func (s *Store) Epoch(ctx context.Context) (string, error) {
	epoch, err := s.epoch(ctx)
	if !fault.Is(err, fault.NotFound) {
		return epoch, err
	}
	err = s.write(ctx, "make epoch", func(tx *writing) error {
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&epochRow{ID: 1, Epoch: string(thn.NewID())}).Error
	})
	if err != nil {
		return "", err
	}
	return s.epoch(ctx)
}

func (s *Store) epoch(ctx context.Context) (string, error) {
	var row epochRow
	err := s.read(ctx, "epoch", func(tx *gorm.DB) error { return tx.Where("id = 1").Take(&row).Error })
	return row.Epoch, err
}

// NewEpoch says that a backup was put back, in every programme's audit too.
func (s *Store) NewEpoch(ctx context.Context) error {
	return s.write(ctx, "new epoch", func(tx *writing) error {
		var programmes []programmeRow
		if err := tx.Find(&programmes).Error; err != nil {
			return err
		}
		for _, p := range programmes {
			tx.note(thn.ID(p.ID), "", "put_back", "programme", thn.ID(p.ID))
		}
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&epochRow{ID: 1, Epoch: string(thn.NewID())}).Error
	})
}
