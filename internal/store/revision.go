package store

import (
	"context"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

type revisionRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	Seq         int
	BatchID     string
	Day         day
	Change      string
	Expiry      day
	MonthOnly   bool
	Source      string
	RecallID    ref
}

// TableName is the table of what was decided about batches.
func (revisionRow) TableName() string { return "batch_revisions" }

func toRevision(programme thn.ID, r thn.BatchRevision) revisionRow {
	return revisionRow{ProgrammeID: string(programme), ID: string(r.ID), BatchID: string(r.Batch), Day: day{r.Day}, Change: string(r.Change),
		Expiry: day{r.Expiry}, MonthOnly: r.MonthOnly, Source: r.Source, RecallID: ref(r.Recall)}
}

func fromRevision(r revisionRow) thn.BatchRevision {
	return thn.BatchRevision{ID: thn.ID(r.ID), Batch: thn.ID(r.BatchID), Day: r.Day.Date, Change: thn.BatchChange(r.Change),
		Expiry: r.Expiry.Date, MonthOnly: r.MonthOnly, Source: r.Source, Recall: thn.ID(r.RecallID)}
}

// Revisions lists what was decided about a batch, in the order it was decided.
func (s *Store) Revisions(ctx context.Context, programme, batch thn.ID) (list []thn.BatchRevision, err error) {
	err = s.read(ctx, "list revisions of batch "+string(batch), func(tx *gorm.DB) error {
		rows, err := revisionsOf(tx, programme, batch)
		for _, r := range rows {
			list = append(list, fromRevision(r))
		}
		return err
	})
	return list, err
}

func revisionsOf(tx *gorm.DB, programme, batch thn.ID) (rows []revisionRow, err error) {
	err = tx.Where("programme_id = ? AND batch_id = ?", programme, batch).Order("seq").Find(&rows).Error
	return rows, err
}

// ReviseBatch adds a decision and brings the batch to what its decisions come to.
func (s *Store) ReviseBatch(ctx context.Context, programme, by thn.ID, r thn.BatchRevision) error {
	return s.write(ctx, "revise batch "+string(r.Batch), func(tx *writing) error {
		if _, err := s.lockHead(tx.DB, string(programme)); err != nil {
			return err
		}
		if err := revise(tx, programme, by, r); err != nil {
			return err
		}
		return conclude(tx, programme, r.Batch)
	})
}

// revise adds a decision behind those of before. The programme's audit head is
// held, so that two decisions at once stand in one order.
func revise(tx *writing, programme, by thn.ID, r thn.BatchRevision) error {
	row := toRevision(programme, r)
	if err := tx.Raw("SELECT COALESCE(MAX(seq), 0) + 1 FROM batch_revisions WHERE programme_id = ? AND batch_id = ?", programme, r.Batch).Row().Scan(&row.Seq); err != nil {
		return err
	}
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	tx.note(programme, by, string(r.Change), "batch", r.Batch)
	return nil
}

// conclude writes into a batch what its decisions come to: the newest last day,
// and whether somebody or a recall in force keeps it aside.
func conclude(tx *writing, programme, batch thn.ID) error {
	var row batchRow
	if err := tx.Where("programme_id = ? AND id = ?", programme, batch).Take(&row).Error; err != nil {
		return err
	}
	revisions, err := revisionsOf(tx.DB, programme, batch)
	if err != nil {
		return err
	}
	var recalls int64
	err = tx.Raw(`SELECT COUNT(*) FROM recall_batches b JOIN recalls r ON r.programme_id = b.programme_id AND r.id = b.recall_id
		WHERE b.programme_id = ? AND b.batch_id = ? AND r.lifted IS NULL AND r.action <> ?`, programme, batch, thn.RecallInform).Row().Scan(&recalls)
	if err != nil {
		return err
	}
	row.Quarantined = false
	for _, r := range revisions {
		switch {
		case r.Change == string(thn.BatchExtended):
			if row.Printed.IsZero() {
				row.Printed, row.PrintedMonthOnly = row.Expiry, row.MonthOnly
			}
			row.Expiry, row.MonthOnly = r.Expiry, r.MonthOnly
		case r.RecallID == "":
			row.Quarantined = r.Change == string(thn.BatchQuarantined)
		}
	}
	return changedOne(tx.Model(&batchRow{}).Where("programme_id = ? AND id = ?", programme, batch).Updates(map[string]any{
		"expiry": row.Expiry, "month_only": row.MonthOnly, "printed": row.Printed, "printed_month_only": row.PrintedMonthOnly,
		"quarantined": row.Quarantined || recalls > 0}))
}
