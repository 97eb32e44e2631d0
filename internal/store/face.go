package store

import (
	"context"

	"thntracker/internal/thn"
)

// SetFace chooses how the phone's screen looks among a phone's other apps.
func (s *Store) SetFace(ctx context.Context, programme, by thn.ID, f thn.Face) error {
	return s.write(ctx, "set face", func(tx *writing) error {
		tx.note(programme, by, "set_face", "programme", programme)
		return changedOne(tx.Model(&programmeRow{}).Where("id = ?", programme).Update("face", string(f)))
	})
}
