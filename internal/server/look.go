package server

import (
	"context"

	"thntracker/internal/report"
)

// look answers a question from figures that are all of one moment, as they stood
// at the hour that the question names: what a page says in one place it says in
// every other, whatever is recorded meanwhile.
func look[T any](s *Server, r *request, spec report.Spec, ask func(context.Context, report.Source, report.Spec) (T, error)) (answer T, err error) {
	err = s.AtOnce(r.ctx, spec.AsAt, func(source report.Source) error {
		answer, err = ask(r.ctx, source, spec)
		return err
	})
	return answer, err
}
