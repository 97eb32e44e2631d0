package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

type editionRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	Number      int
	Country     string
	Audience    string
	FromDay     day
	ToDay       day
	Revises     int
	State       string
	Provisional int
	Alone       int
	Reason      string
	NoticeDay   day
	OpenHour    string
	AsAtHour    string
	Hash        string
	Body        string
	ClosedBy    ref
	ClosedHour  string
}

// TableName is the table of releases.
func (editionRow) TableName() string { return "editions" }

type editionReaderRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	EditionID   string `gorm:"primaryKey"`
	AccountID   string `gorm:"primaryKey"`
}

// TableName is the table of those who may read a release early.
func (editionReaderRow) TableName() string { return "edition_readers" }

type editionCountsRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	EditionID   string `gorm:"primaryKey"`
	Counts      string
}

// TableName is the table of what releases hide.
func (editionCountsRow) TableName() string { return "edition_counts" }

func toEdition(programme thn.ID, e thn.Edition) editionRow {
	return editionRow{ProgrammeID: string(programme), ID: string(e.ID), Number: e.Number, Country: e.Country, Audience: string(e.Audience), FromDay: day{e.Period.From}, ToDay: day{e.Period.To},
		Revises: e.Revises, State: string(e.State), Provisional: bit(e.Provisional), Alone: bit(e.Alone), Reason: e.Reason, NoticeDay: day{e.Notice}, OpenHour: hourOrNone(e.From),
		AsAtHour: hourOrNone(e.AsAt), Hash: e.Hash, Body: string(e.Body), ClosedBy: ref(e.ClosedBy), ClosedHour: e.ClosedHour}
}

func fromEdition(r editionRow) thn.Edition {
	return thn.Edition{Programme: thn.ID(r.ProgrammeID), ID: thn.ID(r.ID), Number: r.Number, Country: r.Country, Audience: thn.Readership(r.Audience),
		Period: thn.Period{From: r.FromDay.Date, To: r.ToDay.Date}, Revises: r.Revises, State: thn.EditionState(r.State), Provisional: r.Provisional == 1, Alone: r.Alone == 1,
		Reason: r.Reason, Notice: r.NoticeDay.Date, From: instant(r.OpenHour), AsAt: instant(r.AsAtHour), Hash: r.Hash, Body: []byte(r.Body),
		ClosedBy: thn.ID(r.ClosedBy), ClosedHour: r.ClosedHour}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// hourOrNone keeps an instant by the hour; the zero instant is empty.
func hourOrNone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return hourOf(t)
}

func instant(hour string) time.Time {
	t, err := time.Parse(hourLayout, hour)
	if err != nil {
		return time.Time{}
	}
	return t
}

// AddEdition stores a release under the next number of its programme and gives it
// back with that number. Two who close at once get two numbers; two revisions of
// one release are a conflict.
func (s *Store) AddEdition(ctx context.Context, by thn.ID, e thn.Edition) (thn.Edition, error) {
	const op = "add edition"
	err := s.write(ctx, op, func(tx *writing) error {
		var last int
		if err := tx.Model(&editionRow{}).Where("programme_id = ?", e.Programme).Select("COALESCE(MAX(number), 0)").Scan(&last).Error; err != nil {
			return err
		}
		e.Number, e.ClosedBy, e.ClosedHour = last+1, by, s.hour()
		if err := invalid("edition", e.Check()); err != nil {
			return err
		}
		row := toEdition(e.Programme, e)
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		if err := tx.Create(&editionCountsRow{string(e.Programme), string(e.ID), string(e.Counts)}).Error; err != nil {
			return err
		}
		for _, programme := range e.With {
			if err := tx.Create(&editionContributorRow{string(programme), string(e.Programme), string(e.ID)}).Error; err != nil {
				return err
			}
		}
		tx.note(e.Programme, by, "close", "edition", e.ID)
		return nil
	})
	return e, err
}

// Publish says from which hour a closed release may be read by its audience, and
// who may read it before. A release that was published already is a conflict.
func (s *Store) Publish(ctx context.Context, programme, by, id thn.ID, from time.Time, early ...thn.ID) error {
	return s.write(ctx, "publish edition "+string(id), func(tx *writing) error {
		res := tx.Model(&editionRow{}).Where("programme_id = ? AND id = ? AND state = ?", programme, id, thn.EditionClosed).
			Updates(map[string]any{"state": string(thn.EditionPublished), "open_hour": hourOrNone(from)})
		if res.Error == nil && res.RowsAffected == 0 {
			return fault.Say(fault.Conflict, "publish edition", "edition.error.published", nil)
		}
		if err := changedOne(res); err != nil {
			return err
		}
		for _, account := range early {
			if err := tx.Create(&editionReaderRow{string(programme), string(id), string(account)}).Error; err != nil {
				return err
			}
		}
		tx.note(programme, by, "publish", "edition", id)
		return nil
	})
}

// NoteReading puts into the audit that somebody read a release before its hour.
func (s *Store) NoteReading(ctx context.Context, programme, by, id thn.ID) error {
	return s.write(ctx, "note early reading", func(tx *writing) error {
		tx.note(programme, by, "read_early", "edition", id)
		return nil
	})
}

// earlyReaders finds in the audit whether who is named for a release read it before
// its hour. Entries are looked for between closing and opening alone, so that the
// cost does not grow with the audit.
const earlyReaders = `SELECT e.number AS edition, a.handle, COALESCE((SELECT MIN(x.at_hour) FROM audit_entries x WHERE x.programme_id = r.programme_id
	AND x.at_hour >= e.closed_hour AND x.at_hour <= e.open_hour AND x.action = 'read_early' AND x.object_id = r.edition_id AND x.account_id = r.account_id), '') AS hour
	FROM edition_readers r JOIN editions e ON e.programme_id = r.programme_id AND e.id = r.edition_id JOIN accounts a ON a.id = r.account_id
	WHERE r.programme_id = ? AND e.open_hour > ? ORDER BY e.number DESC, a.folded`

// EarlyReaders lists who may read the releases of a programme that open after an
// hour, or did, before theirs.
func (s *Store) EarlyReaders(ctx context.Context, programme thn.ID, after time.Time) (list []thn.EarlyReader, err error) {
	err = s.read(ctx, "list early readers", func(tx *gorm.DB) error { return tx.Raw(earlyReaders, programme, hourOf(after)).Scan(&list).Error })
	return list, err
}

// Editions lists a programme's releases, the newest first, without their bodies.
func (s *Store) Editions(ctx context.Context, programme thn.ID) (list []thn.Edition, err error) {
	err = s.read(ctx, "list editions", func(tx *gorm.DB) error {
		list, err = editions(tx.Omit("body").Where("programme_id = ?", programme))
		return err
	})
	return list, err
}

// Counts gives what a release was made of before anything was hidden.
func (s *Store) Counts(ctx context.Context, programme, id thn.ID) (counts []byte, err error) {
	err = s.read(ctx, "edition counts", func(tx *gorm.DB) error {
		var row editionCountsRow
		err := tx.Where("programme_id = ? AND edition_id = ?", programme, id).Take(&row).Error
		counts = []byte(row.Counts)
		return err
	})
	return counts, err
}

// Edition finds a release of a programme by its number, with its body and readers.
func (s *Store) Edition(ctx context.Context, programme thn.ID, number int) (e thn.Edition, err error) {
	err = s.read(ctx, "edition", func(tx *gorm.DB) error {
		e, err = edition(tx, programme, number)
		return err
	})
	return e, err
}

func editions(tx *gorm.DB) (list []thn.Edition, err error) {
	var rows []editionRow
	if err := tx.Order("programme_id, number DESC").Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, r := range rows {
		list = append(list, fromEdition(r))
	}
	return list, nil
}

func edition(tx *gorm.DB, programme thn.ID, number int) (thn.Edition, error) {
	var row editionRow
	if err := tx.Where("programme_id = ? AND number = ?", programme, number).Take(&row).Error; err != nil {
		return thn.Edition{}, err
	}
	e := fromEdition(row)
	var readers []editionReaderRow
	err := tx.Where("programme_id = ? AND edition_id = ?", programme, row.ID).Order("account_id").Find(&readers).Error
	for _, r := range readers {
		e.Readers = append(e.Readers, thn.ID(r.AccountID))
	}
	return e, err
}
