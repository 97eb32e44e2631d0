package server

import (
	"cmp"
	"slices"
	"strings"

	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/release"
	"thntracker/internal/setup"
	"thntracker/internal/thn"
)

// contributionList says who may add the programme's figures to its own, whose
// figures it may add, and what was said before.
func contributionList(s *Server, r *request) (reply, error) {
	c, err := s.Setup.Country(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	var t page.Table
	for _, key := range []string{"contribution.word", "contribution.given"} {
		t.Columns = append(t.Columns, page.Column{Label: l.T(key)})
	}
	for _, w := range c.Words {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: contributionWord(r, c, w.Publisher)}, givenAs(r, w.Role, w.Hour)}})
	}
	answer, err := listing(r, "contribution", t)
	if p, ok := answer.page.(*page.ListPage); ok {
		p.Intro = append(p.Intro, contributionTerms(r)...)
		p.Intro = append(p.Intro, withWords(r, c))
		p.Table.Caption = l.T("contribution.history")
		if len(c.Others) == 0 {
			p.Add, p.Empty = page.Option{}, l.T("contribution.none")
		}
	}
	return answer, err
}

// contributionWord is what a programme says.
func contributionWord(r *request, c setup.Country, publisher thn.ID) string {
	if p, known := c.Other(publisher); known {
		return r.locale.T("contribution.may", "Programme", p.Name)
	}
	return r.locale.T("contribution.nobody_may")
}

// contributionTerms say what follows from the word.
func contributionTerms(r *request) []string {
	l := r.locale
	return []string{l.T("contribution.told", "Fewest", release.FewestContributors, "Most", release.MostOfOne), l.T("contribution.apart"), l.T("contribution.stays")}
}

// withWords says whose figures the programme may add.
func withWords(r *request, c setup.Country) string {
	if len(c.With) == 0 {
		return r.locale.T("contribution.here_none")
	}
	var names []string
	for _, p := range c.With {
		names = append(names, p.Name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(thn.Fold(a), thn.Fold(b)), strings.Compare(a, b)) })
	return r.locale.N("contribution.here", len(names), "Names", r.locale.Beside(names...))
}

func contributionNew(s *Server, r *request) (reply, error) {
	return s.contributionForm(r, form.Contribution{}, nil)
}

func (s *Server) contributionForm(r *request, f form.Contribution, wrong error) (reply, error) {
	c, err := s.Setup.Country(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	again := func(wrong error) *page.FormPage {
		p := s.adding(r, "contribution", "/contribution", wrong, func(m map[string]string) []page.Field {
			var options []page.Option
			for _, o := range c.Others {
				options = append(options, page.Option{Value: string(o.ID), Label: o.Name, Chosen: f.Publisher == string(o.ID)})
			}
			options = append(options, page.Option{Value: form.ContributionNobody, Label: l.T("contribution.nobody"), Chosen: f.Publisher == form.ContributionNobody})
			return []page.Field{choice(r, "publisher", "contribution.publisher", m["publisher"], options)}
		})
		p.Intro, p.Form.Submit = contributionTerms(r), l.T("contribution.save")
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "contribution", "", wrong, again)
}

func contributionCreate(s *Server, r *request) (reply, error) {
	var f form.Contribution
	err := r.form(&f)
	if err == nil {
		publisher := thn.ID(f.Publisher)
		if f.Publisher == form.ContributionNobody {
			publisher = ""
		}
		err = s.Setup.Contribute(r.ctx, r.actor, publisher)
	}
	if err != nil {
		return s.contributionForm(r, f, err)
	}
	return s.answered(r, "contribution", "contribution.saved", nil, nil)
}
