package intake

import (
	"context"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// HandOver records kits that leave for another programme and announces them to
// it, both or neither.
func (in *Intake) HandOver(ctx context.Context, actor thn.Actor, m thn.Movement, h thn.HandOver) (Result, error) {
	const op = "hand over kits"
	if err := mayRecord(op, actor); err != nil {
		return Result{}, err
	}
	desk, err := in.desk(ctx, actor, m)
	if err != nil {
		return Result{}, fault.Wrap(op, err)
	}
	return in.submit(ctx, desk, thn.Submission{Record: m, HandOver: &h})
}
