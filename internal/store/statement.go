package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

type statementRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	Number      int
	Service     string
	Answer      string
	Source      string
	URL         string `gorm:"column:url"`
	SourceDay   day
	Role        string
	GivenHour   string
	Edition     int
}

// TableName is the table of statements.
func (statementRow) TableName() string { return "statements" }

func toStatement(programme thn.ID, s thn.Statement) statementRow {
	return statementRow{ProgrammeID: string(programme), ID: string(s.ID), Number: s.Number, Service: string(s.Service), Answer: string(s.Exists), Source: s.Source, URL: s.URL,
		SourceDay: day{s.Dated}, Role: string(s.Role), GivenHour: s.Hour, Edition: s.Edition}
}

func fromStatement(r statementRow) thn.Statement {
	return thn.Statement{ID: thn.ID(r.ID), Number: r.Number, Service: thn.Service(r.Service), Exists: thn.Answer(r.Answer), Source: r.Source, URL: r.URL,
		Dated: r.SourceDay.Date, Role: thn.Role(r.Role), Hour: r.GivenHour, Edition: r.Edition}
}

// Statements lists what a programme had stated when the hour of an instant ended,
// the newest first, with what newer ones took over from. The zero instant is now.
func (s *Store) Statements(ctx context.Context, programme thn.ID, by time.Time) (list []thn.Statement, err error) {
	err = s.read(ctx, "list statements", func(tx *gorm.DB) error {
		find := tx.Where("programme_id = ?", programme)
		if !by.IsZero() {
			find = find.Where("given_hour <= ?", hourOf(by))
		}
		var rows []statementRow
		if err := find.Order("number DESC").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			list = append(list, fromStatement(r))
		}
		return nil
	})
	return list, err
}

// AddStatement adds a statement under the next number, with an audit entry. The
// hour alone could not tell whether it came before a release that was closed in
// the same one, so it also keeps which release was the newest.
func (s *Store) AddStatement(ctx context.Context, programme, by thn.ID, x thn.Statement) error {
	if err := invalid("statement", x.Check()); err != nil {
		return err
	}
	return s.write(ctx, "add statement", func(tx *writing) error {
		x.Hour = s.hour()
		for table, number := range map[string]*int{"statements": &x.Number, "editions": &x.Edition} {
			if err := tx.Table(table).Where("programme_id = ?", programme).Select("COALESCE(MAX(number), 0)").Scan(number).Error; err != nil {
				return err
			}
		}
		x.Number++
		row := toStatement(programme, x)
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		tx.note(programme, by, "add", "statement", x.ID)
		return nil
	})
}
