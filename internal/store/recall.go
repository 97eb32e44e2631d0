package store

import (
	"context"

	"gorm.io/gorm"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

type recallRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	ProductID   string
	Day         day
	Source      string
	Reference   string
	Action      string
	Lifted      day
	LiftedBy    string
}

// TableName is the table of notices.
func (recallRow) TableName() string { return "recalls" }

type recallBatchRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	RecallID    string `gorm:"primaryKey"`
	BatchID     string `gorm:"primaryKey"`
}

// TableName is the table of the batches that notices name.
func (recallBatchRow) TableName() string { return "recall_batches" }

func toRecall(programme thn.ID, r thn.Recall) recallRow {
	return recallRow{ProgrammeID: string(programme), ID: string(r.ID), ProductID: string(r.Product), Day: day{r.Day}, Source: r.Source,
		Reference: r.Reference, Action: string(r.Action), Lifted: day{r.Lifted}, LiftedBy: r.LiftedBy}
}

func fromRecall(r recallRow, batches []recallBatchRow) thn.Recall {
	recall := thn.Recall{ID: thn.ID(r.ID), Product: thn.ID(r.ProductID), Day: r.Day.Date, Source: r.Source, Reference: r.Reference,
		Action: thn.RecallAction(r.Action), Lifted: r.Lifted.Date, LiftedBy: r.LiftedBy}
	for _, b := range batches {
		if b.RecallID == r.ID {
			recall.Batches = append(recall.Batches, thn.ID(b.BatchID))
		}
	}
	return recall
}

// Recalls lists a programme's recalls by id, lifted ones included.
func (s *Store) Recalls(ctx context.Context, programme thn.ID) (list []thn.Recall, err error) {
	err = s.read(ctx, "list recalls", func(tx *gorm.DB) error {
		var rows []recallRow
		if err := tx.Where("programme_id = ?", programme).Order("id").Find(&rows).Error; err != nil {
			return err
		}
		var batches []recallBatchRow
		if err := tx.Where("programme_id = ?", programme).Order("recall_id, batch_id").Find(&batches).Error; err != nil {
			return err
		}
		for _, r := range rows {
			list = append(list, fromRecall(r, batches))
		}
		return nil
	})
	return list, err
}

// AddRecall stores a notice and puts its batches aside where it asks for that.
func (s *Store) AddRecall(ctx context.Context, programme, by thn.ID, r thn.Recall) error {
	op := "add recall " + string(r.ID)
	if len(r.Batches) == 0 {
		return fault.New(fault.Invalid, op, "a recall names at least one batch")
	}
	return s.write(ctx, op, func(tx *writing) error {
		if _, err := s.lockHead(tx.DB, string(programme)); err != nil {
			return err
		}
		row := toRecall(programme, r)
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		for _, batch := range r.Batches {
			if err := tx.Create(&recallBatchRow{ProgrammeID: string(programme), RecallID: string(r.ID), BatchID: string(batch)}).Error; err != nil {
				return err
			}
			if err := holdBack(tx, programme, by, r, batch); err != nil {
				return err
			}
		}
		tx.note(programme, by, "add", "recall", r.ID)
		return nil
	})
}

func holdBack(tx *writing, programme, by thn.ID, r thn.Recall, batch thn.ID) error {
	if !r.Clears() {
		return nil
	}
	err := revise(tx, programme, by, thn.BatchRevision{ID: thn.NewID(), Batch: batch, Day: r.Day, Change: thn.BatchQuarantined, Source: r.Source, Recall: r.ID})
	if err != nil {
		return err
	}
	return conclude(tx, programme, batch)
}

// LiftRecall ends a recall. Its batches are given out again unless somebody or
// another recall keeps them aside. A recall that was lifted before is a conflict.
func (s *Store) LiftRecall(ctx context.Context, programme, by, id thn.ID, on thn.Date, source string) error {
	op := "lift recall " + string(id)
	return s.write(ctx, op, func(tx *writing) error {
		if _, err := s.lockHead(tx.DB, string(programme)); err != nil {
			return err
		}
		var row recallRow
		if err := tx.Where("programme_id = ? AND id = ?", programme, id).Take(&row).Error; err != nil {
			return err
		}
		if !row.Lifted.IsZero() {
			return fault.New(fault.Conflict, op, "lifted on %s", row.Lifted)
		}
		if err := changedOne(tx.Model(&recallRow{}).Where("programme_id = ? AND id = ?", programme, id).
			Updates(map[string]any{"lifted": day{on}, "lifted_by": source})); err != nil {
			return err
		}
		tx.note(programme, by, "lift", "recall", id)
		return letGo(tx, programme, by, id, on, source)
	})
}

// letGo concludes the batches of a recall that is over, and says so in the life of
// those that nothing else keeps aside.
func letGo(tx *writing, programme, by, recall thn.ID, on thn.Date, source string) error {
	var held []recallBatchRow
	if err := tx.Where("programme_id = ? AND recall_id = ?", programme, recall).Order("batch_id").Find(&held).Error; err != nil {
		return err
	}
	for _, h := range held {
		var before, after batchRow
		batch := tx.Where("programme_id = ? AND id = ?", programme, h.BatchID).Session(&gorm.Session{})
		if err := batch.Take(&before).Error; err != nil {
			return err
		}
		if err := conclude(tx, programme, thn.ID(h.BatchID)); err != nil {
			return err
		}
		if err := batch.Take(&after).Error; err != nil {
			return err
		}
		if !before.Quarantined || after.Quarantined {
			continue
		}
		r := thn.BatchRevision{ID: thn.NewID(), Batch: thn.ID(h.BatchID), Day: on, Change: thn.BatchReleased, Source: source, Recall: recall}
		if err := revise(tx, programme, by, r); err != nil {
			return err
		}
	}
	return nil
}

// Recalled lists the movements under a recall that still count, by id.
func (s *Store) Recalled(ctx context.Context, programme, recall thn.ID) (list []thn.Movement, err error) {
	err = s.read(ctx, "list movements of recall "+string(recall), func(tx *gorm.DB) error {
		var rows []movementRow
		err := tx.Where("programme_id = ? AND recall_id = ? AND "+unreplaced("movements"), programme, recall).Order("record_id").Find(&rows).Error
		for _, r := range rows {
			list = append(list, fromMovement(r))
		}
		return err
	})
	return list, err
}
