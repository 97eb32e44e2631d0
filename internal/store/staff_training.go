package store

import (
	"context"

	"thntracker/internal/thn"
)

type staffTrainingRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	AccountID   string
	Day         day
	Due         day
	Withdrawn   bool
}

// TableName is the table of days on which staff were trained.
func (staffTrainingRow) TableName() string { return "staff_trainings" }

func toStaffTraining(programme thn.ID, t thn.StaffTraining) staffTrainingRow {
	return staffTrainingRow{ProgrammeID: string(programme), ID: string(t.ID), AccountID: string(t.Account), Day: day{t.Day}, Due: day{t.Due}, Withdrawn: t.Withdrawn}
}

func fromStaffTraining(r staffTrainingRow) thn.StaffTraining {
	return thn.StaffTraining{ID: thn.ID(r.ID), Account: thn.ID(r.AccountID), Day: r.Day.Date, Due: r.Due.Date, Withdrawn: r.Withdrawn}
}

// StaffTrainings lists when the programme's staff were trained, withdrawn
// entries included.
func (s *Store) StaffTrainings(ctx context.Context, programme thn.ID) ([]thn.StaffTraining, error) {
	return listed(ctx, s, "list staff trainings", programme, fromStaffTraining)
}

// AddStaffTraining adds a day on which somebody was trained.
func (s *Store) AddStaffTraining(ctx context.Context, programme, by thn.ID, t thn.StaffTraining) error {
	return added(ctx, s, "staff_training", programme, by, []thn.StaffTraining{t}, toStaffTraining, func(t thn.StaffTraining) thn.ID { return t.ID })
}

// WithdrawStaffTraining marks an entry as made by mistake.
func (s *Store) WithdrawStaffTraining(ctx context.Context, programme, by, id thn.ID) error {
	return changed[staffTrainingRow](ctx, s, change{"withdraw", "staff_training", programme, by, id}, map[string]any{"withdrawn": true})
}
