package store

import (
	"context"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

type bagRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	SiteID      string
	AccountID   string
	Closed      bool
}

// TableName is the table of bags.
func (bagRow) TableName() string { return "bags" }

func toBag(programme thn.ID, b thn.Bag) bagRow {
	return bagRow{ProgrammeID: string(programme), ID: string(b.ID), SiteID: string(b.Site), AccountID: string(b.Account), Closed: b.Closed}
}

func fromBag(r bagRow) thn.Bag {
	return thn.Bag{ID: thn.ID(r.ID), Site: thn.ID(r.SiteID), Account: thn.ID(r.AccountID), Closed: r.Closed}
}

// Bags lists a programme's bags by id, closed ones included.
func (s *Store) Bags(ctx context.Context, programme thn.ID) ([]thn.Bag, error) {
	return listed(ctx, s, "list bags", programme, fromBag)
}

// BagOf gives the open bag of an account; NotFound when it has none.
func (s *Store) BagOf(ctx context.Context, programme, account thn.ID) (b thn.Bag, err error) {
	err = s.read(ctx, "bag", func(tx *gorm.DB) error {
		var row bagRow
		if err := tx.Where("programme_id = ? AND account_id = ? AND NOT closed", programme, account).Take(&row).Error; err != nil {
			return err
		}
		b = fromBag(row)
		return nil
	})
	return b, err
}

// OpenBag adds a bag. An account that has an open one already is a conflict.
func (s *Store) OpenBag(ctx context.Context, programme, by thn.ID, b thn.Bag) error {
	return added(ctx, s, "bag", programme, by, []thn.Bag{b}, toBag, func(b thn.Bag) thn.ID { return b.ID })
}

// CloseBag ends a bag; what it still holds stays in its balance.
func (s *Store) CloseBag(ctx context.Context, programme, by, id thn.ID) error {
	return changed[bagRow](ctx, s, change{"close", "bag", programme, by, id}, map[string]any{"closed": true})
}
