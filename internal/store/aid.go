package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"thntracker/internal/thn"
)

// The mutual-aid board is the one place where a programme reads rows of another:
// posts, hand-overs that name it, and the kits of the two movements behind each.

type aidPostRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	Kind        string
	Day         day
	Code        string
	Product     string
	Lot         string
	Expiry      day
	Kits        int
	Expired     bool
	Answers     ref
	Closed      bool
}

// TableName is the table of posts.
func (aidPostRow) TableName() string { return "aid_posts" }

func toAidPost(p thn.AidPost) aidPostRow {
	return aidPostRow{ProgrammeID: string(p.Programme), ID: string(p.ID), Kind: string(p.Kind), Day: day{p.Day}, Code: p.Code, Product: p.Product,
		Lot: p.Lot, Expiry: day{p.Expiry}, Kits: p.Kits, Expired: p.Expired, Answers: ref(p.Answers), Closed: p.Closed}
}

func fromAidPost(r aidPostRow) thn.AidPost {
	return thn.AidPost{Programme: thn.ID(r.ProgrammeID), ID: thn.ID(r.ID), Kind: thn.AidKind(r.Kind), Day: r.Day.Date, Code: r.Code, Product: r.Product,
		Lot: r.Lot, Expiry: r.Expiry.Date, Kits: r.Kits, Expired: r.Expired, Answers: thn.ID(r.Answers), Closed: r.Closed}
}

type handOverRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	TakerID     string
	PostID      string
	Day         day
	Code        string
	Product     string
	Lot         string
	Expiry      day
	Kits        int
}

// TableName is the table of hand-overs.
func (handOverRow) TableName() string { return "aid_handovers" }

func toHandOver(h thn.HandOver) handOverRow {
	return handOverRow{ProgrammeID: string(h.Giver), ID: string(h.ID), TakerID: string(h.Taker), PostID: string(h.Post), Day: day{h.Day}, Code: h.Code,
		Product: h.Product, Lot: h.Lot, Expiry: day{h.Expiry}, Kits: h.Kits}
}

func fromHandOver(r handOverRow) thn.HandOver {
	return thn.HandOver{Giver: thn.ID(r.ProgrammeID), ID: thn.ID(r.ID), Taker: thn.ID(r.TakerID), Post: thn.ID(r.PostID), Day: r.Day.Date, Code: r.Code,
		Product: r.Product, Lot: r.Lot, Expiry: r.Expiry.Date, Kits: r.Kits}
}

// AidPosts lists the open posts of every programme, newest first.
func (s *Store) AidPosts(ctx context.Context) (list []thn.AidPost, err error) {
	err = s.read(ctx, "list aid posts", func(tx *gorm.DB) error {
		var rows []aidPostRow
		if err := tx.Where("NOT closed").Order("day DESC, id").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			list = append(list, fromAidPost(r))
		}
		return nil
	})
	return list, err
}

// AddAidPost adds a post of its programme. The same id again changes nothing.
func (s *Store) AddAidPost(ctx context.Context, by thn.ID, p thn.AidPost) error {
	if err := invalid("post", p.Check()); err != nil {
		return err
	}
	return s.write(ctx, "post "+string(p.ID), func(tx *writing) error {
		row := toAidPost(p)
		res := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if res.Error == nil && res.RowsAffected == 1 {
			tx.note(p.Programme, by, "post", "aid", p.ID)
		}
		return res.Error
	})
}

// CloseAidPost takes a programme's own post off the board.
func (s *Store) CloseAidPost(ctx context.Context, programme, by, id thn.ID) error {
	return changed[aidPostRow](ctx, s, change{"close", "aid", programme, by, id}, map[string]any{"closed": true})
}

// insertHandOver announces kits that leave in the same transaction.
func insertHandOver(tx *writing, h *thn.HandOver) error {
	if h == nil {
		return nil
	}
	row := toHandOver(*h)
	return tx.Create(&row).Error
}

// HandOvers lists what a programme gave or takes, newest first, with the kits
// that either ledger has booked under it by now.
func (s *Store) HandOvers(ctx context.Context, programme thn.ID) (list []thn.HandOver, err error) {
	err = s.read(ctx, "list hand-overs", func(tx *gorm.DB) error {
		var rows []handOverRow
		if err := tx.Where("programme_id = ? OR taker_id = ?", programme, programme).Order("day DESC, id").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			h := fromHandOver(r)
			if h.Sent, err = booked(tx, h.Giver, h.ID, thn.MovementAidOut); err != nil {
				return err
			}
			if h.Arrived, err = booked(tx, h.Taker, h.ID, thn.MovementAidIn); err != nil {
				return err
			}
			list = append(list, h)
		}
		return nil
	})
	return list, err
}

// booked sums one side of a hand-over as its ledger has it.
func booked(tx *gorm.DB, programme, handOver thn.ID, kind thn.MovementKind) (kits int, err error) {
	err = tx.Raw("SELECT COALESCE(SUM(kits), 0) FROM movements WHERE programme_id = ? AND aid_id = ? AND kind = ? AND "+unreplaced("movements"),
		programme, handOver, kind).Row().Scan(&kits)
	return kits, err
}

// Unarrived lists transfers sent before a day that no record of the other site
// answers, whichever version of the transfer it names.
func (s *Store) Unarrived(ctx context.Context, programme thn.ID, before thn.Date) (list []thn.Movement, err error) {
	err = s.read(ctx, "list transfers on their way", func(tx *gorm.DB) error {
		var rows []movementRow
		err := tx.Raw(`WITH RECURSIVE answered(id) AS (
				SELECT transfer_id FROM movements WHERE programme_id = ? AND transfer_id IS NOT NULL AND `+unreplaced("movements")+`
				UNION SELECT r.id FROM records r JOIN answered a ON r.corrects_id = a.id WHERE r.programme_id = ?)
			SELECT * FROM movements WHERE programme_id = ? AND kind = ? AND day < ? AND `+unreplaced("movements")+`
			AND record_id NOT IN (SELECT id FROM answered) ORDER BY day, record_id`,
			programme, programme, programme, thn.MovementSent, day{before}).Scan(&rows).Error
		for _, r := range rows {
			list = append(list, fromMovement(r))
		}
		return err
	})
	return list, err
}
