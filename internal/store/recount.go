package store

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"thntracker/internal/thn"
)

// recountRow is when a programme's sums were last counted anew, and what came of it.
type recountRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	Day         day
	Wrong       int
}

// TableName is the table of recounts.
func (recountRow) TableName() string { return "tally_recounts" }

// Recount adds up a programme's records anew and sets the outcome beside every
// maintained sum. It tells where they differ, nowhere when all is well, and
// keeps under the day given that it was done. Its cost grows with all lines of
// the programme.
func (s *Store) Recount(ctx context.Context, programme thn.ID, on thn.Date) (wrong []thn.WrongSums, err error) {
	for _, d := range differences(programme) {
		found, err := s.differing(ctx, d)
		if err != nil {
			return nil, err
		}
		wrong = append(wrong, found...)
	}
	row := recountRow{ProgrammeID: string(programme), Day: day{on}}
	for _, w := range wrong {
		row.Wrong += w.Sums
	}
	err = s.write(ctx, "keep recount", func(tx *writing) error {
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	})
	return wrong, err
}

// difference is what a set of maintained sums, what it has not taken in yet, and
// what it is made of leave when they are added up: nothing, where all is well.
type difference struct {
	of         string   // the set
	keys       []string // what it keeps apart, the month among them
	sums       []string
	conditions // the three statements
}

// differences are those of all sets. A cell is right when it and the journal, less
// the records, leave nothing.
func differences(programme thn.ID) (list []difference) {
	for _, c := range cubes {
		d := difference{of: c.name, keys: append([]string{"month"}, c.columns()...), sums: []string{"lines", "records", "people", "kits"}}
		d.add("SELECT "+strings.Join(append(slices.Clone(d.keys), d.sums...), ", ")+" FROM tally_cells WHERE programme_id = ? AND cube = ?", programme, c.key)
		d.add(fromJournal.selected(c.columns())+"j.programme_id = ?", programme)
		d.add(fromLedger.turned().selected(c.columns())+"l.programme_id = ? AND "+unreplaced("l"), programme)
		list = append(list, d)
	}
	for _, t := range []stockSums{stockMonths, stockDays} {
		d := difference{of: t.name, keys: t.columns(), sums: []string{"entries", "kits"}}
		if t == stockDays {
			d.keys = append([]string{"month"}, d.keys...)
		}
		d.add("SELECT "+strings.Join(append(slices.Clone(d.keys), d.sums...), ", ")+" FROM "+t.table+" WHERE programme_id = ?", programme)
		d.add(entriesOfJournal.entries(d.keys)+"j.programme_id = ?", programme)
		d.add(entriesOfLedger.turned().entries(d.keys)+"e.programme_id = ?", programme)
		list = append(list, d)
	}
	return list
}

// differing looks for what is left, in one statement, which sees one moment.
func (s *Store) differing(ctx context.Context, d difference) (wrong []thn.WrongSums, err error) {
	keys := strings.Join(d.keys, ", ")
	left := "SUM(" + strings.Join(d.sums, ") <> 0 OR SUM(") + ") <> 0"
	err = s.read(ctx, "recount "+d.of, func(tx *gorm.DB) error {
		var rows []struct{ Month, Sums int }
		err := tx.Raw("SELECT month, COUNT(*) AS sums FROM (SELECT "+keys+" FROM ("+strings.Join(d.where, " UNION ALL ")+") parts GROUP BY "+keys+
			" HAVING "+left+") differing GROUP BY month ORDER BY month", d.args...).Scan(&rows).Error
		for _, r := range rows {
			wrong = append(wrong, thn.WrongSums{Cube: d.of, Month: r.Month, Sums: r.Sums})
		}
		return err
	})
	return wrong, err
}

// LastRecount tells when a programme's sums were last counted anew and how many
// were wrong; NotFound when they never were.
func (s *Store) LastRecount(ctx context.Context, programme thn.ID) (last thn.Recount, err error) {
	err = s.read(ctx, "last recount", func(tx *gorm.DB) error {
		var row recountRow
		err := tx.Where("programme_id = ?", programme).Take(&row).Error
		last = thn.Recount{Day: row.Day.Date, Wrong: row.Wrong}
		return err
	})
	return last, err
}
