package server

import (
	"context"
	"net/http"

	"thntracker/internal/fault"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// coverage shows the manager's picture. A period that is none comes back with
// the form that asked for it, and nothing is counted.
func coverage(s *Server, r *request) (reply, error) {
	v, err := s.view(r)
	p := &page.Coverage{Base: page.Base{Heading: r.locale.T("coverage.title"), Here: "coverage", Wide: true}}
	if fault.Is(err, fault.Invalid) {
		p.Choose = s.chooser(r, v, "/coverage", s.problems(r, err, &p.Base))
		return reply{status: http.StatusUnprocessableEntity, page: p}, nil
	}
	if err != nil {
		return reply{}, err
	}
	sections := page.SectionsOf(v.divided())
	overview, err := look(s, r, v.spec, func(ctx context.Context, source report.Source, spec report.Spec) (report.Overview, error) {
		return report.See(ctx, source, spec, page.Asks(sections)...)
	})
	if err != nil {
		return reply{}, err
	}
	p.Choose, p.Trail = s.chooser(r, v, "/coverage", nil), s.trail(r, v, "/coverage")
	if p.Waiting, err = s.toDecide(r); err != nil {
		return reply{}, err
	}
	p.AsAt, p.Lasting = v.stands(s, r), v.address("/coverage")
	if !v.asAt.IsZero() {
		p.Past = page.Past{Words: r.locale.T("coverage.past", "Date", p.AsAt), Now: page.Option{Value: v.address("/coverage", "as_at", ""), Label: r.locale.T("coverage.past_now")},
			Since: page.Option{Value: v.address("/figures/kits", "by", "month"), Label: r.locale.T("coverage.past_since")}}
	}
	p.Recounted = s.recounted(r)
	if err := p.Draw(r.locale, overview, sections, v.drill("/coverage")); err != nil {
		return reply{}, err
	}
	for i := range p.Figures {
		f := &p.Figures[i]
		f.Table.Files = fileLinks(r, "/coverage/"+f.ID, v)
		if f.ID == "reach" && overview.ReachSeries > 1 && r.actor.May(thn.VerbSetup) {
			f.More = page.Option{Value: v.address("/denominators/effect"), Label: r.locale.T("coverage.reach_effect")}
		}
		if f.ID == "need" {
			f.More = page.Option{Value: "/need", Label: r.locale.T("coverage.need")}
		}
		for j := range f.Also {
			f.Also[j].Table.Files = fileLinks(r, "/coverage/"+f.Also[j].ID, v)
		}
	}
	return reply{page: p}, nil
}
