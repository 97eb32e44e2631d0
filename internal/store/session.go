package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type sessionRow struct {
	TokenHash string `gorm:"primaryKey"`
	Data      []byte
	ExpiresAt int64
}

// TableName is the table of sessions.
func (sessionRow) TableName() string { return "sessions" }

// Sessions keeps sign-in sessions in the database in the form that the session
// library asks for. It is given hashed tokens only.
type Sessions struct{ store *Store }

// Sessions gives the session table.
func (s *Store) Sessions() Sessions { return Sessions{store: s} }

// FindCtx gives a session's data, or false when it is unknown or over.
func (s Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.store.read(ctx, "find session", func(tx *gorm.DB) error {
		var rows []sessionRow
		err := tx.Where("token_hash = ? AND expires_at > ?", token, s.store.now().Unix()).Find(&rows).Error
		if err == nil && len(rows) == 1 {
			data, found = rows[0].Data, true
		}
		return err
	})
	return data, found, err
}

// CommitCtx writes a session's data and expiry.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.store.write(ctx, "commit session", func(tx *writing) error {
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&sessionRow{TokenHash: token, Data: data, ExpiresAt: expiry.Unix()}).Error
	})
}

// DeleteCtx ends a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.store.write(ctx, "delete session", func(tx *writing) error {
		return tx.Where("token_hash = ?", token).Delete(&sessionRow{}).Error
	})
}

// Sweep removes sessions that are over.
func (s Sessions) Sweep(ctx context.Context) error {
	return s.store.write(ctx, "sweep sessions", func(tx *writing) error {
		return tx.Where("expires_at <= ?", s.store.now().Unix()).Delete(&sessionRow{}).Error
	})
}

// Find is FindCtx without a request. It, Commit and Delete exist because the
// library's interface names them; it calls the forms with a context instead.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a request.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a request.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
