package server

import (
	"context"

	"thntracker/internal/export"
	"thntracker/internal/fault"
	"thntracker/internal/page"
	"thntracker/internal/report"
)

// revisionFile ends the name of a file that says what was revised of a figure.
const revisionFile = "-revision"

// sinceThen says beneath a figure of an earlier day what of it was revised since.
func (s *Server) sinceThen(r *request, v view, i report.Indicator, was report.Table, p *page.FigurePage) error {
	if v.asAt.IsZero() {
		return nil
	}
	path := "/figures/" + i.Key
	p.Past = page.Past{Words: r.locale.T("coverage.past", "Date", p.AsAt), Now: page.Option{Value: v.address(path, "as_at", "", "by", string(v.spec.By)), Label: r.locale.T("coverage.past_now")}}
	if i.Unrevised {
		return nil
	}
	t, err := s.revisedFrom(r, v, i.Key, was)
	if err != nil {
		return err
	}
	p.Revise(r.locale, t)
	p.Revised.Table.Files = fileLinks(r, path+revisionFile, v)
	return nil
}

// revised compares the day of the view with now. Each is read as one moment, one
// after the other: two at once could wait for each other's connection.
func (s *Server) revised(r *request, v view, key string) (report.Table, error) {
	was, err := s.built(r, key, v.spec)
	if err != nil {
		return was, err
	}
	return s.revisedFrom(r, v, key, was)
}

// revisedFrom does so where the figure of that day is built already.
func (s *Server) revisedFrom(r *request, v view, key string, was report.Table) (report.Table, error) {
	return report.Revise(key, "", v.spec, v.spec.AsAt, s.Now(), func(spec report.Spec) (report.Table, error) {
		if spec.AsAt.Equal(v.spec.AsAt) {
			return was, nil
		}
		return s.built(r, key, spec)
	})
}

// built is one figure of one moment.
func (s *Server) built(r *request, key string, spec report.Spec) (report.Table, error) {
	return look(s, r, spec, func(ctx context.Context, source report.Source, spec report.Spec) (report.Table, error) {
		return report.Build(ctx, source, key, spec)
	})
}

// revisedFile is the same as a file: /figures/NAME-revision.csv, of a day that is over.
func (s *Server) revisedFile(r *request, key, file string) (reply, error) {
	name, format, err := fileNamed(file)
	if err != nil {
		return reply{}, err
	}
	v, err := s.view(r)
	if err != nil {
		return reply{}, err
	}
	v.spec.By = report.By(r.query().Get("by"))
	if _, err := report.Find(key); err != nil || v.asAt.IsZero() {
		return reply{}, noFile
	}
	t, err := s.revised(r, v, key)
	if fault.Is(err, fault.Invalid) {
		return reply{}, noFile // rows that this figure does not have, or none that are revised
	}
	if err != nil {
		return reply{}, err
	}
	return s.file(r, format, export.Document{Name: name, Tables: []report.Table{t}})
}

// recounted says when the sums were last counted anew from the records, and
// whether they agreed; nothing where that cannot be told.
func (s *Server) recounted(r *request) string {
	last, err := s.LastRecount(r.ctx, r.actor.Programme.ID)
	switch {
	case err != nil:
		return ""
	case last.Wrong > 0:
		return r.locale.T("coverage.recounted_wrong", "Date", r.locale.Date(last.Day))
	}
	return r.locale.T("coverage.recounted", "Date", r.locale.Date(last.Day))
}
