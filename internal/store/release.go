package store

import (
	"database/sql/driver"
	"fmt"

	"gorm.io/gorm"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// kept is a count that may not have been kept: thn.NotRecorded is NULL, so that
// a sum in SQL leaves it out by itself. Its zero value is not recorded, because
// gorm leaves a field alone that the database has nothing for.
type kept struct {
	n     int
	known bool
}

func keep(n int) kept { return kept{n, n != thn.NotRecorded} }

// count gives thn.NotRecorded for a count that nobody kept.
func (k kept) count() int {
	if !k.known {
		return thn.NotRecorded
	}
	return k.n
}

// Value writes NULL for a count that nobody kept.
func (k kept) Value() (driver.Value, error) {
	if !k.known {
		return nil, nil
	}
	return int64(k.n), nil
}

// Scan reads NULL as not recorded.
func (k *kept) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*k = kept{}
	case int64:
		*k = kept{int(v), true}
	default:
		return fmt.Errorf("a count cannot be read from %T", src)
	}
	return nil
}

type releaseRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	RecordID    string `gorm:"primaryKey"`
	Month       day
	SiteID      string
	AreaID      string
	Definition  string
	Total       kept
	Unplanned   kept
	AtRisk      kept
	Offered     kept
	Trained     kept
	Accepted    kept
	InProperty  kept
	HandedOver  kept
	Grows       bool
}

// TableName is the table of months of releases.
func (releaseRow) TableName() string { return "releases" }

type dropOutRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	RecordID    string `gorm:"primaryKey"`
	Reason      string `gorm:"primaryKey"`
	Releases    int
}

// TableName is the table of why people left without a kit.
func (dropOutRow) TableName() string { return "release_drop_outs" }

// steps pairs the columns of a row with the steps they hold.
func (r *releaseRow) steps() map[thn.Step]*kept {
	return map[thn.Step]*kept{thn.StepAtRisk: &r.AtRisk, thn.StepOffered: &r.Offered, thn.StepTrained: &r.Trained,
		thn.StepAccepted: &r.Accepted, thn.StepInProperty: &r.InProperty, thn.StepHandedOver: &r.HandedOver}
}

func toRelease(programme thn.ID, x thn.Release) (releaseRow, []dropOutRow) {
	row := releaseRow{ProgrammeID: string(programme), RecordID: string(x.ID), Month: day{x.Month}, SiteID: string(x.Site), AreaID: string(x.Area),
		Definition: string(x.Definition), Total: keep(x.Total), Unplanned: keep(x.Unplanned), Grows: x.Grows}
	for step, column := range row.steps() {
		*column = keep(x.At(step))
	}
	var reasons []dropOutRow
	for _, reason := range thn.DropOuts {
		if n, ok := x.DropOuts[reason]; ok {
			reasons = append(reasons, dropOutRow{ProgrammeID: string(programme), RecordID: string(x.ID), Reason: string(reason), Releases: n})
		}
	}
	return row, reasons
}

func fromRelease(r releaseRow, reasons []dropOutRow) thn.Release {
	x := thn.Release{ID: thn.ID(r.RecordID), Site: thn.ID(r.SiteID), Area: thn.ID(r.AreaID), Month: r.Month.Date, Definition: thn.RiskDefinition(r.Definition),
		Total: r.Total.count(), Unplanned: r.Unplanned.count(), Grows: r.Grows, Reached: map[thn.Step]int{}}
	for step, column := range r.steps() {
		if column.known {
			x.Reached[step] = column.n
		}
	}
	for _, d := range reasons {
		if x.DropOuts == nil {
			x.DropOuts = map[thn.DropOut]int{}
		}
		x.DropOuts[thn.DropOut(d.Reason)] = d.Releases
	}
	return x
}

func loadReleases(tx *gorm.DB, programme thn.ID, ids []thn.ID) (map[thn.ID]thn.Fact, error) {
	var rows []releaseRow
	if err := among(tx, "releases", "record_id", programme, ids).Scan(&rows).Error; err != nil {
		return nil, err
	}
	var reasons []dropOutRow
	if err := among(tx, "release_drop_outs", "record_id", programme, ids).Scan(&reasons).Error; err != nil {
		return nil, err
	}
	byRecord := map[string][]dropOutRow{}
	for _, d := range reasons {
		byRecord[d.RecordID] = append(byRecord[d.RecordID], d)
	}
	facts := make(map[thn.ID]thn.Fact, len(rows))
	for _, r := range rows {
		facts[thn.ID(r.RecordID)] = fromRelease(r, byRecord[r.RecordID])
	}
	return facts, nil
}

// monthly are the kinds of which a site has one current record a month.
var monthly = map[thn.RecordKind]string{thn.KindRelease: "releases", thn.KindLeaveBehind: "leave_behind"}

func isMonthly(sub thn.Submission) bool {
	return monthly[sub.Record.RecordKind()] != "" && !sub.Void
}

// errMonthTaken rolls a record back whose site and month have a current record:
// the two would add up.
var errMonthTaken = fault.New(fault.Conflict, "append record", "the site has a record of this month")

// holdMonth refuses a month that another current record of the same site is
// about. Like a count it takes the programme's audit head before it reads, so
// that of two records at once the second one sees the first.
func (s *Store) holdMonth(tx *writing, sub thn.Submission) error {
	if !isMonthly(sub) {
		return nil
	}
	if _, err := s.lockHead(tx.DB, string(sub.Programme)); err != nil {
		return err
	}
	m := sub.Record.Mentions()
	var others int64
	table := monthly[sub.Record.RecordKind()]
	err := tx.Table(table).
		Where("programme_id = ? AND site_id = ? AND month = ? AND "+unreplaced(table), sub.Programme, m.Site(), day{m.Day}).
		Count(&others).Error
	if err == nil && others > 0 {
		err = errMonthTaken
	}
	return err
}
