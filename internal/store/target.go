package store

import (
	"context"

	"thntracker/internal/thn"
)

type targetRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	Indicator   string
	AreaID      ref
	Thousandths int64
	FromDay     day
	UntilDay    day
	Source      string
	URL         string `gorm:"column:url"`
}

// TableName is the table of targets.
func (targetRow) TableName() string { return "targets" }

func toTarget(programme thn.ID, t thn.Target) targetRow {
	return targetRow{ProgrammeID: string(programme), ID: string(t.ID), Indicator: t.Indicator, AreaID: ref(t.Area), Thousandths: t.Thousandths,
		FromDay: day{t.From}, UntilDay: day{t.Until}, Source: t.Source, URL: t.URL}
}

func fromTarget(r targetRow) thn.Target {
	return thn.Target{ID: thn.ID(r.ID), Indicator: r.Indicator, Area: thn.ID(r.AreaID), Thousandths: r.Thousandths, From: r.FromDay.Date,
		Until: r.UntilDay.Date, Source: r.Source, URL: r.URL}
}

// Targets lists the levels that a programme set itself, ended ones included.
func (s *Store) Targets(ctx context.Context, programme thn.ID) ([]thn.Target, error) {
	return listed(ctx, s, "list targets", programme, fromTarget)
}

// AddTarget adds a level with an audit entry. What it takes over from stays.
func (s *Store) AddTarget(ctx context.Context, programme, by thn.ID, t thn.Target) error {
	if err := invalid("target", t.Check()); err != nil {
		return err
	}
	return added(ctx, s, "target", programme, by, []thn.Target{t}, toTarget, func(t thn.Target) thn.ID { return t.ID })
}

// EndTarget sets the first day on which a target no longer holds.
func (s *Store) EndTarget(ctx context.Context, programme, by, id thn.ID, from thn.Date) error {
	return changed[targetRow](ctx, s, change{"end", "target", programme, by, id}, map[string]any{"until_day": day{from}})
}
