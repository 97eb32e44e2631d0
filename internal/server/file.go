package server

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"thntracker/internal/export"
	"thntracker/internal/fault"
	"thntracker/internal/page"
	"thntracker/internal/report"
)

// coverageFile is one figure of the coverage page as a file: /coverage/NAME.csv.
// It reads the same table as the page.
func coverageFile(s *Server, r *request) (reply, error) {
	name, format, err := fileNamed(r.gin.Param("file"))
	if err != nil {
		return reply{}, err
	}
	v, err := s.view(r)
	if err != nil {
		return reply{}, err
	}
	i := slices.IndexFunc(page.Sections, func(x page.Section) bool { return x.ID == name })
	if i < 0 {
		return reply{}, noFile
	}
	t, err := look(s, r, v.spec, func(ctx context.Context, source report.Source, spec report.Spec) (report.Table, error) {
		return report.TableOf(ctx, source, spec, page.Sections[i].Ask)
	})
	if err != nil {
		return reply{}, err
	}
	return s.file(r, format, export.Document{Name: name, Tables: []report.Table{t}})
}

var noFile = fault.Say(fault.NotFound, "file", "problem.not_found_text", nil)

// fileNamed takes a file's name apart into stem and format.
func fileNamed(file string) (name string, format export.Format, err error) {
	name, ending, _ := strings.Cut(strings.TrimPrefix(file, "/"), ".")
	for _, f := range export.Files() {
		if f.Key == ending {
			return name, f, nil
		}
	}
	return "", export.Format{}, noFile
}

func (s *Server) file(r *request, f export.Format, d export.Document) (reply, error) {
	var b bytes.Buffer
	if err := f.Write(&b, r.locale, d); err != nil {
		return reply{}, err
	}
	return reply{kind: f.Type, body: b.Bytes(), name: f.FileName(d)}, nil
}
