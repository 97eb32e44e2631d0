package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

// journalRow is a version that the sums have yet to take in, or a distribution that
// they have yet to give up. Every version has one: whatever it is of, it may have
// taken back what another did to stock.
type journalRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	VersionID   string `gorm:"primaryKey"`
	Sign        int    `gorm:"primaryKey;autoIncrement:false"`
}

// TableName is the table of what is not in the cells yet.
func (journalRow) TableName() string { return "tally_journal" }

// cellRow is a sum of one cube.
type cellRow struct {
	ProgrammeID                                                                               string `gorm:"primaryKey"`
	Cube                                                                                      int    `gorm:"primaryKey;autoIncrement:false"`
	Month                                                                                     int    `gorm:"primaryKey;autoIncrement:false"`
	AreaID, SiteID, Setting, Channel, Supplier, Recipient, Supply, Reason, ProductID, BatchID string `gorm:"primaryKey"`
	Lines, Records, People, Kits                                                              int64
}

// TableName is the table of sums.
func (cellRow) TableName() string { return "tally_cells" }

// takeBack notes that the sums have to give up the distributions that some
// versions replace. What else they replace has no lines and leaves no trace.
func takeBack(tx *writing, programme thn.ID, replaced []thn.ID) error {
	if len(replaced) == 0 {
		return nil
	}
	return tx.Exec("INSERT INTO tally_journal (programme_id, version_id, sign) SELECT programme_id, record_id, -1 FROM distribution_lines "+
		"WHERE programme_id = ? AND record_id IN ? AND line = 1", programme, replaced).Error
}

// Unfolded lists the programmes whose journal is not empty.
func (s *Store) Unfolded(ctx context.Context) (list []thn.ID, err error) {
	err = s.read(ctx, "look for what is not folded", func(tx *gorm.DB) error {
		return tx.Raw("SELECT DISTINCT programme_id FROM tally_journal ORDER BY programme_id").Scan(&list).Error
	})
	return list, err
}

// Fold moves the journal of about so many versions of a programme into its sums, in one transaction, and tells how many rows that were: 0 when there is
// nothing left, or when another server is at it. No figure changes by it. Call it
// until it gives 0.
func (s *Store) Fold(ctx context.Context, programme thn.ID, most int) (rows int, err error) {
	err = s.writeAtOnce(ctx, "fold sums", func(tx *writing) error {
		rows = 0
		var last sql.NullString
		err := tx.Raw("SELECT MAX(version_id) FROM (SELECT version_id FROM tally_journal WHERE programme_id = ? ORDER BY version_id LIMIT ?) t",
			programme, most).Row().Scan(&last)
		if err != nil || !last.Valid {
			return err
		}
		for _, c := range cubes {
			if err := c.add(tx, programme, fromJournal.selected(c.columns())+"j.programme_id = ? AND j.version_id <= ?", programme, last.String); err != nil {
				return err
			}
		}
		if err := foldStock(tx, programme, last.String); err != nil {
			return err
		}
		res := tx.Exec("DELETE FROM tally_journal WHERE programme_id = ? AND version_id <= ?", programme, last.String)
		rows = int(res.RowsAffected)
		return res.Error
	})
	if transient(err) { // somebody else is doing this very thing
		return 0, nil
	}
	return rows, err
}

// Rebuild makes a programme's sums anew from its records. Nothing else waits for
// it but a fold; at ten million lines it takes minutes. Where sums were wrong figures
// change, so the audit hears of it, afterwards: who holds its head keeps everybody
// from writing.
func (s *Store) Rebuild(ctx context.Context, programme thn.ID) error {
	err := s.writeAtOnce(ctx, "make sums anew", func(tx *writing) error {
		for _, table := range []string{"tally_cells", "tally_journal"} {
			if err := tx.Exec("DELETE FROM "+table+" WHERE programme_id = ?", programme).Error; err != nil {
				return err
			}
		}
		for i, c := range slices.Backward(cubes) {
			from, args := fromLedger.selected(c.columns())+"l.programme_id = ? AND "+unreplaced("l"), []any{programme}
			if larger, there := cubeFor(cubes[i+1:], c.groups); there { // which has been made already, and is far smaller than the lines
				from, args = "SELECT * FROM tally_cells WHERE programme_id = ? AND cube = ?", []any{programme, larger.key}
			}
			if err := c.add(tx, programme, from, args...); err != nil {
				return err
			}
		}
		return rebuildStock(tx, programme)
	})
	if err != nil {
		return err
	}
	return s.write(ctx, "note sums made anew", func(tx *writing) error {
		tx.note(programme, "", "rebuild", "sums", programme)
		return nil
	})
}

// writeAtOnce is write for what takes several statements that must see the same
// moment: a record written between two of them would be removed from the journal
// without having been added to a cell. Two that change the same sums cannot both
// succeed; the later one is tried again, so that no lock is needed. SQLite has
// one writer at a time by nature.
func (s *Store) writeAtOnce(ctx context.Context, op string, fn func(tx *writing) error) error {
	if s.engine == Postgres {
		return s.writeWith(ctx, op, fn, &sql.TxOptions{Isolation: sql.LevelRepeatableRead})
	}
	return s.write(ctx, op, fn)
}

// add sums what a statement selects into the cells of the cube.
func (c cube) add(tx *writing, programme thn.ID, selected string, args ...any) error {
	keys := strings.Join(append([]string{"month"}, c.columns()...), ", ")
	return tx.Exec("INSERT INTO tally_cells (programme_id, cube, "+keys+c.others(", ")+", lines, records, people, kits) "+
		"SELECT CAST(? AS TEXT), "+strconv.Itoa(c.key)+", "+keys+c.others(", '' AS ")+", SUM(lines), SUM(records), SUM(people), SUM(kits) FROM ("+
		selected+") t WHERE 1 = 1 GROUP BY "+keys+" ORDER BY "+keys+ // SQLite takes ON CONFLICT for a join without WHERE
		" ON CONFLICT (programme_id, cube, month, area_id, site_id, setting, channel, supplier, recipient, supply, reason, product_id, batch_id) DO UPDATE SET lines = tally_cells.lines + excluded.lines, records = tally_cells.records + excluded.records, "+
		"people = tally_cells.people + excluded.people, kits = tally_cells.kits + excluded.kits",
		append([]any{programme}, args...)...).Error
}
