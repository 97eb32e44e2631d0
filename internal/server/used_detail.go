package server

import (
	"fmt"
	"strconv"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// useDetail opens the form for a report of several persons.
func useDetail(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	if len(b.open) == 0 {
		return reply{}, errNoSites
	}
	when := s.newUse(r, b)
	when.When, when.WhenMonth, when.WhenYear = "other", strconv.Itoa(int(s.today(r).Month())), strconv.Itoa(s.today(r).Year())
	f := form.UseDetail{UseIncident: form.UseIncident{UseWhen: when}, Persons: []form.UsePerson{{Given: []form.UseGiven{{}}}}}
	return reply{page: s.useDetailPage(r, b, f, nil)}, nil
}

// useDetailCreate saves it, or adds a person or a time and asks again.
func useDetailCreate(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	values, err := r.posted()
	if err != nil {
		return reply{}, err
	}
	posted, err := form.DecodeUse(values)
	err = r.unlessTurned(err)
	if added, full := posted.Add(); added {
		return reply{page: s.useDetailPage(r, b, posted, full)}, nil
	}
	return s.usePosted(r, posted.ToDomain, err, func(wrong error) page.Page { return s.useDetailPage(r, b, posted, wrong) })
}

func (s *Server) useDetailPage(r *request, b *bench, f form.UseDetail, wrong error) *page.FormPage {
	l := r.locale
	p := &page.FormPage{Base: page.Base{Heading: l.T("used.detail_title"), Here: "used", NotRecorded: l.T("used.not_recorded_text")}, Intro: []string{l.T("used.detail_lead")}}
	m := s.problems(r, wrong, &p.Base)
	site := s.siteField(r, b, thn.ID(f.Site), m["site"])
	site.Kind, site.Label = page.FieldSelect, l.T("used.site")
	_, when := s.whenFields(r, f.UseWhen, m)
	when.Label, when.Error = l.T("used.when"), m["when"]
	fields := []page.Field{idField(f.ID), {Kind: page.FieldHidden, Name: "when", Value: "other"}, site, when}
	for i, x := range f.Persons {
		fields = append(fields, s.personFields(r, b, i+1, x, m)...)
	}
	fields = append(fields,
		page.Field{Kind: page.FieldHeading, Label: l.T("twins.event")},
		codeField(r, "ambulance", "used.ambulance", "answer", thn.Answers, f.Ambulance, m["ambulance"]),
		codeField(r, "hospital", "used.hospital", "answer", thn.Answers, f.Hospital, m["hospital"]),
		codeField(r, "breathing", "used.breathing", "answer", thn.Answers, f.Breathing, m["breathing"]),
		codes(r, "place", "used.place", "place", thn.Places, f.Place, m, false),
		codes(r, "reporter", "used.reporter", "reporter", thn.Reporters, f.Reporter, m, false))
	p.Form = page.Form{Action: "/used/detail", Submit: l.T("used.save"), Cancel: "/used", Fields: fields}
	for i := range f.Persons {
		p.Form.Several = append(p.Form.Several, page.Option{Value: fmt.Sprintf("given-%d", i+1), Label: l.T("used.add_given", "Number", i+1)})
	}
	p.Form.Several = append(p.Form.Several, page.Option{Value: "person", Label: l.T("used.add_person")})
	return p
}

func (s *Server) personFields(r *request, b *bench, n int, x form.UsePerson, m map[string]string) []page.Field {
	l := r.locale
	named := func(name string) string { return fmt.Sprintf("%s-%d", name, n) }
	head := page.Field{Kind: page.FieldHeading, Name: named("person"), Label: l.T("used.person", "Number", n)}
	if n == 1 {
		head.Name, head.Error = "persons", m["persons"]
	}
	fields := []page.Field{head,
		codeField(r, named("outcome"), "used.outcome", "outcome", thn.Survivals, x.Outcome, m[named("outcome")]),
		codes(r, named("relation"), "used.relation", "relation", thn.Relations, x.Relation, m, false)}
	for j, g := range x.Given {
		named := func(name string) string { return fmt.Sprintf("%s-%d-%d", name, n, j+1) }
		fields = append(fields, page.Field{Kind: page.FieldHeading, Name: named("given"), Label: l.T("used.given", "Number", n, "Time", j+1)},
			codes(r, named("giver"), "used.giver", "giver", thn.Givers, g.Giver, m, false),
			numberField(r, named("given_doses"), "used.doses_of", g.Doses, m, false),
			productField(r, b, named("given_product"), g.Product, m[named("given_product")]),
			codes(r, named("response"), "used.response", "response", thn.Responses, g.Response, m, false))
	}
	return fields
}

// errTwins is said when a decision names nothing.
var errTwins = fault.Say(fault.Conflict, "twins", "twins.gone", nil)
