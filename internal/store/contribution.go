package store

import (
	"context"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

type contributionRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	Number      int    `gorm:"primaryKey;autoIncrement:false"`
	PublisherID ref
	Role        string
	GivenHour   string
}

// TableName is the table of words on whether figures may be added to national ones.
func (contributionRow) TableName() string { return "contributions" }

type editionContributorRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	PublisherID string `gorm:"primaryKey"`
	EditionID   string `gorm:"primaryKey"`
}

// TableName is the table of whose figures were added to a release.
func (editionContributorRow) TableName() string { return "edition_contributors" }

// AddContribution adds a programme's word under the next number, with an audit entry.
func (s *Store) AddContribution(ctx context.Context, by thn.ID, c thn.Contribution) error {
	if err := invalid("contribution", c.Check()); err != nil {
		return err
	}
	return s.write(ctx, "add contribution", func(tx *writing) error {
		var last int
		if err := tx.Model(&contributionRow{}).Where("programme_id = ?", c.Programme).Select("COALESCE(MAX(number), 0)").Scan(&last).Error; err != nil {
			return err
		}
		row := contributionRow{string(c.Programme), last + 1, ref(c.Publisher), string(c.Role), s.hour()}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		action := "contribute"
		if c.Publisher == "" {
			action = "keep_back"
		}
		tx.note(c.Programme, by, action, "programme", c.Programme)
		return nil
	})
}

// Contributions lists what a programme has said, the newest first.
func (s *Store) Contributions(ctx context.Context, programme thn.ID) (list []thn.Contribution, err error) {
	err = s.read(ctx, "list contributions", func(tx *gorm.DB) error {
		var rows []contributionRow
		err := tx.Where("programme_id = ?", programme).Order("number DESC").Find(&rows).Error
		for _, r := range rows {
			list = append(list, thn.Contribution{Programme: thn.ID(r.ProgrammeID), Number: r.Number, Publisher: thn.ID(r.PublisherID), Role: thn.Role(r.Role), Hour: r.GivenHour})
		}
		return err
	})
	return list, err
}

// Contributors lists the programmes whose newest word lets a publisher add their
// figures to its own, by id.
func (s *Store) Contributors(ctx context.Context, publisher thn.ID) (list []thn.ID, err error) {
	err = s.read(ctx, "list contributors", func(tx *gorm.DB) error {
		return tx.Raw(`SELECT c.programme_id FROM contributions c WHERE c.publisher_id = ?
			AND NOT EXISTS (SELECT 1 FROM contributions newer WHERE newer.programme_id = c.programme_id AND newer.number > c.number)
			ORDER BY c.programme_id`, publisher).Scan(&list).Error
	})
	return list, err
}

// PartOf lists the releases of other programmes to which a programme's figures
// were added, without their bodies.
func (s *Store) PartOf(ctx context.Context, programme thn.ID) (list []thn.Edition, err error) {
	err = s.read(ctx, "list editions of others", func(tx *gorm.DB) error {
		list, err = editions(tx.Omit("body").Where(`EXISTS (SELECT 1 FROM edition_contributors c WHERE c.programme_id = ?
			AND c.publisher_id = editions.programme_id AND c.edition_id = editions.id)`, programme))
		return err
	})
	return list, err
}
