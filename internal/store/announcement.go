package store

import (
	"context"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

type announcementRow struct {
	ProgrammeID  string `gorm:"primaryKey"`
	ID           string `gorm:"primaryKey"`
	Number       int
	Country      string
	Audience     string
	FromDay      day
	ToDay        day
	AppearsDay   day
	Reason       string
	AnnouncedDay day
}

// TableName is the table of announcements.
func (announcementRow) TableName() string { return "announcements" }

func toAnnouncement(programme thn.ID, a thn.Announcement) announcementRow {
	return announcementRow{ProgrammeID: string(programme), ID: string(a.ID), Number: a.Number, Country: a.Country, Audience: string(a.Audience), FromDay: day{a.Period.From},
		ToDay: day{a.Period.To}, AppearsDay: day{a.Appears}, Reason: a.Reason, AnnouncedDay: day{a.Announced}}
}

func fromAnnouncement(r announcementRow) thn.Announcement {
	return thn.Announcement{Programme: thn.ID(r.ProgrammeID), ID: thn.ID(r.ID), Number: r.Number, Country: r.Country, Audience: thn.Readership(r.Audience),
		Period: thn.Period{From: r.FromDay.Date, To: r.ToDay.Date}, Appears: r.AppearsDay.Date, Reason: r.Reason, Announced: r.AnnouncedDay.Date}
}

// Announcements lists what a programme has announced, the oldest first.
func (s *Store) Announcements(ctx context.Context, programme thn.ID) (list []thn.Announcement, err error) {
	err = s.read(ctx, "list announcements", func(tx *gorm.DB) error {
		list, err = announcements(tx.Where("programme_id = ?", programme))
		return err
	})
	return list, err
}

// Announced lists what was announced for everybody, of a country or, without one,
// of all: the oldest first.
func (s *Shelf) Announced(ctx context.Context, country string) ([]thn.Announcement, error) {
	find := s.reads.WithContext(ctx).Where("audience = ?", thn.ForPublic)
	if country != "" {
		find = find.Where("country = ?", country)
	}
	list, err := announcements(find)
	return list, translate("list announced editions", err)
}

func announcements(find *gorm.DB) (list []thn.Announcement, err error) {
	var rows []announcementRow
	if err := find.Order("programme_id, number").Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, r := range rows {
		list = append(list, fromAnnouncement(r))
	}
	return list, nil
}

// AddAnnouncement adds an announcement under the next number, with an audit entry.
func (s *Store) AddAnnouncement(ctx context.Context, by thn.ID, a thn.Announcement) error {
	if err := invalid("announcement", a.Check()); err != nil {
		return err
	}
	return s.write(ctx, "add announcement", func(tx *writing) error {
		var last int
		if err := tx.Model(&announcementRow{}).Where("programme_id = ?", a.Programme).Select("COALESCE(MAX(number), 0)").Scan(&last).Error; err != nil {
			return err
		}
		a.Number = last + 1
		row := toAnnouncement(a.Programme, a)
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		tx.note(a.Programme, by, "add", "announcement", a.ID)
		return nil
	})
}
