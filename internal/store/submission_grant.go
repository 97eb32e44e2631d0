package store

import (
	"context"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

type submissionGrantRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	AccountID   string
	TokenHash   string
	IssuedOn    day
	UntilOn     day
	RevokedOn   day
	Waiting     int
	HeardOn     day
}

// TableName is the table of submission grants.
func (submissionGrantRow) TableName() string { return "submission_grants" }

func toSubmissionGrant(programme thn.ID, g thn.SubmissionGrant) submissionGrantRow {
	return submissionGrantRow{ProgrammeID: string(programme), ID: string(g.ID), AccountID: string(g.Account), TokenHash: g.TokenHash,
		IssuedOn: day{g.Issued}, UntilOn: day{g.Until}, RevokedOn: day{g.Revoked}, Waiting: g.Waiting, HeardOn: day{g.Heard}}
}

func fromSubmissionGrant(r submissionGrantRow) thn.SubmissionGrant {
	return thn.SubmissionGrant{ID: thn.ID(r.ID), Account: thn.ID(r.AccountID), TokenHash: r.TokenHash, Issued: r.IssuedOn.Date,
		Until: r.UntilOn.Date, Revoked: r.RevokedOn.Date, Waiting: r.Waiting, Heard: r.HeardOn.Date}
}

// SubmissionGrants lists a programme's grants by id, those that are over included.
func (s *Store) SubmissionGrants(ctx context.Context, programme thn.ID) ([]thn.SubmissionGrant, error) {
	return listed(ctx, s, "list submission grants", programme, fromSubmissionGrant)
}

// SubmissionGrant finds a grant by the hash of its token.
func (s *Store) SubmissionGrant(ctx context.Context, programme thn.ID, hash string) (g thn.SubmissionGrant, err error) {
	err = s.read(ctx, "submission grant", func(tx *gorm.DB) error {
		var row submissionGrantRow
		err := tx.Where("programme_id = ? AND token_hash = ?", programme, hash).Take(&row).Error
		g = fromSubmissionGrant(row)
		return err
	})
	return g, err
}

// AddSubmissionGrant issues a grant to its account.
func (s *Store) AddSubmissionGrant(ctx context.Context, programme thn.ID, g thn.SubmissionGrant) error {
	return added(ctx, s, "phone", programme, g.Account, []thn.SubmissionGrant{g}, toSubmissionGrant, func(g thn.SubmissionGrant) thn.ID { return g.ID })
}

// SetWaiting keeps how many records a phone says it holds. It is the phone's own
// word and nobody's act, so the audit does not hear of it.
func (s *Store) SetWaiting(ctx context.Context, programme, id thn.ID, waiting int, heard thn.Date) error {
	return s.write(ctx, "set waiting", func(tx *writing) error {
		return changedOne(tx.Model(&submissionGrantRow{}).Where("programme_id = ? AND id = ?", programme, id).
			Updates(map[string]any{"waiting": waiting, "heard_on": day{heard}}))
	})
}

// TookIn takes records that have come off what a phone holds.
func (s *Store) TookIn(ctx context.Context, programme, id thn.ID, n int, heard thn.Date) error {
	return s.write(ctx, "take off waiting", func(tx *writing) error {
		return changedOne(tx.Model(&submissionGrantRow{}).Where("programme_id = ? AND id = ?", programme, id).
			Updates(map[string]any{"waiting": gorm.Expr("CASE WHEN waiting > ? THEN waiting - ? ELSE 0 END", n, n), "heard_on": day{heard}}))
	})
}

// RevokeSubmissionGrant ends a grant: what it was sealed into is held from now on.
func (s *Store) RevokeSubmissionGrant(ctx context.Context, programme, by, id thn.ID, on thn.Date) error {
	return changed[submissionGrantRow](ctx, s, change{"end", "phone", programme, by, id}, map[string]any{"revoked_on": day{on}})
}
