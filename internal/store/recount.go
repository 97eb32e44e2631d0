package store

import (
	"context"
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
	for _, c := range cubes {
		found, err := s.recountCube(ctx, programme, c)
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

// recountCube compares in one statement, which sees one moment: a sum is right
// when the cell and what it has not taken in yet, less the lines, leave nothing.
func (s *Store) recountCube(ctx context.Context, programme thn.ID, c cube) (wrong []thn.WrongSums, err error) {
	keys := strings.Join(append([]string{"month"}, c.columns()...), ", ")
	err = s.read(ctx, "recount "+c.name, func(tx *gorm.DB) error {
		var rows []struct{ Month, Sums int }
		err := tx.Raw("SELECT month, COUNT(*) AS sums FROM (SELECT "+keys+" FROM ("+
			"SELECT "+keys+", lines, records, people, kits FROM tally_cells WHERE programme_id = ? AND cube = ?"+
			" UNION ALL "+fromJournal.selected(c.columns())+"j.programme_id = ?"+
			" UNION ALL "+fromLedger.turned().selected(c.columns())+"l.programme_id = ? AND "+unreplaced("l")+
			") parts GROUP BY "+keys+" HAVING SUM(lines) <> 0 OR SUM(records) <> 0 OR SUM(people) <> 0 OR SUM(kits) <> 0) differing GROUP BY month ORDER BY month",
			programme, c.key, programme, programme).Scan(&rows).Error
		for _, r := range rows {
			wrong = append(wrong, thn.WrongSums{Cube: c.name, Month: r.Month, Sums: r.Sums})
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
