package setup

import (
	"context"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// SetFace chooses the neutral name and icon under which the phone's screen stands
// on the phones of a programme. Phones that have it already keep what they show.
func (s *Setup) SetFace(ctx context.Context, actor thn.Actor, f thn.Face) error {
	const op = "set face"
	if err := mayAll(actor, op); err != nil {
		return err
	}
	if !slices.Contains(thn.Faces, f) {
		return fault.Fields(op, fault.Field{Name: "face", Key: "form.choose_for", Args: map[string]any{"Field": fault.Label("phones.face")}})
	}
	return fault.Wrap(op, s.store.SetFace(ctx, actor.Programme.ID, actor.Account.ID, f))
}
