package server

import (
	"strconv"
	"strings"
	"time"

	"thntracker/internal/export"
	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/release"
	"thntracker/internal/thn"
)

// utc is the zone in which releases open: the same hour for everybody.
var utc = time.UTC

// editionList shows the releases of a programme to whoever answers for them.
func editionList(s *Server, r *request) (reply, error) {
	if !s.mayClose(r) {
		return reply{}, fault.New(fault.Denied, "list releases", "not for the whole programme")
	}
	list, err := s.Releases.Ledger.Editions(r.ctx, r.actor.Programme.ID)
	if err != nil {
		return reply{}, err
	}
	t := page.Table{Columns: columns(r, "edition.number", "edition.period", "edition.audience", "edition.state")}
	for _, x := range list {
		links := []page.Option{{Value: "/summary?number=" + strconv.Itoa(x.Number), Label: r.locale.T("edition.read")}}
		if x.State == thn.EditionClosed {
			links = append(links, page.Option{Value: "/editions/" + strconv.Itoa(x.Number) + "/publish", Label: r.locale.T("edition.publish")})
		} else if replacedBy(x, list) == 0 {
			links = append(links, page.Option{Value: "/editions/" + strconv.Itoa(x.Number) + "/revise", Label: r.locale.T("edition.revise")})
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: strconv.Itoa(x.Number)}, {Text: r.locale.Period(x.Period)},
			{Text: r.locale.T("edition.audience." + string(x.Audience))}, {Text: s.stateWords(r, x, list)}, acts(links...)}})
	}
	answer, err := listing(r, "editions", t)
	if p, ok := answer.page.(*page.ListPage); ok && err == nil {
		p.Also = page.Option{Value: "/editions/announce", Label: r.locale.T("calendar.announce")}
		if p.Extra, err = s.ownCalendar(r, list); err == nil {
			err = s.addReaders(r, p)
		}
	}
	return answer, err
}

// stateWords says how far a release has come.
func (s *Server) stateWords(r *request, x thn.Edition, list []thn.Edition) string {
	by := replacedBy(x, list)
	switch {
	case by > 0:
		return r.locale.T("edition.state.replaced", "Number", by)
	case x.State == thn.EditionPublished && !x.Open(s.Now()):
		return r.locale.T("edition.state.waiting", "Date", r.locale.Date(thn.DateOf(x.From, utc)), "Hour", x.From.UTC().Format("15:04"))
	}
	return r.locale.T("edition.state." + string(x.State))
}

// replacedBy is the number of the published release that takes the place of one; 0: none.
func replacedBy(x thn.Edition, list []thn.Edition) int {
	for _, y := range list {
		if y.Programme == x.Programme && y.Revises == x.Number && y.State == thn.EditionPublished {
			return y.Number
		}
	}
	return 0
}

func editionNew(s *Server, r *request) (reply, error) {
	return s.editionForm(r, form.Edition{For: string(thn.ForPublic), Kind: "final"}, nil)
}

func (s *Server) editionForm(r *request, f form.Edition, wrong error) (reply, error) {
	if !s.mayClose(r) {
		return reply{}, fault.New(fault.Denied, "close release", "not for the whole programme")
	}
	c, err := s.Setup.Country(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	again := func(wrong error) *page.FormPage {
		p := s.adding(r, "editions", "/editions", wrong, func(m map[string]string) []page.Field {
			kinds := []page.Option{{Value: "final", Label: l.T("edition.kind.final"), Chosen: f.Kind == "final"}, {Value: "provisional", Label: l.T("edition.kind.provisional"), Chosen: f.Kind == "provisional"}}
			alone := page.Field{Kind: page.FieldCheck, Name: "alone", Label: l.T("edition.alone"), Hint: l.T("edition.alone_hint"), Error: m["alone"], Optional: true,
				Options: []page.Option{{Value: "yes", Label: l.T("edition.alone_yes"), Chosen: f.Alone == "yes"}}}
			return []page.Field{hinted(r, textField(r, "period", "edition.period", f.Period, m, false), "edition.period_hint"), choice(r, "for", "edition.audience", m["for"], audiences(r, f.For)),
				choice(r, "kind", "edition.kind", m["kind"], kinds), alone}
		})
		p.Intro, p.Form.Submit = []string{l.T("edition.close_lead")}, l.T("edition.close")
		if len(c.Others) > 0 {
			p.Intro = append(p.Intro, l.T("contribution.needed", "Fewest", release.FewestContributors)+" "+withWords(r, c))
		}
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "editions", "", wrong, again)
}

func editionCreate(s *Server, r *request) (reply, error) {
	var f form.Edition
	err := r.form(&f)
	if err != nil {
		return s.editionForm(r, f, err)
	}
	if !s.mayClose(r) {
		return reply{}, fault.New(fault.Denied, "close release", "not for the whole programme")
	}
	period, err := thn.ParsePeriod(f.Period, time.Month(r.actor.Programme.Fiscal))
	if err != nil {
		return s.editionForm(r, f, fault.Fields("close release", fault.Field{Name: "period", Key: "edition.bad_period"}))
	}
	e, err := s.Releases.Close(r.ctx, release.Order{Programme: r.actor.Programme, Audience: thn.Readership(f.For), Period: period, Provisional: f.Kind == "provisional",
		Alone: f.Alone == "yes", By: r.actor.Account.ID})
	if err != nil {
		return s.editionForm(r, f, besides(err, "period", map[string]string{"edition.error.alone": "alone"}))
	}
	s.notice(r, r.locale.T("edition.closed_notice", "Number", e.Number))
	return seeOther("/summary?number=" + strconv.Itoa(e.Number))
}

// besides puts a sentence that refuses a form beside the field that it is about,
// so that what was entered comes back.
func besides(err error, field string, others map[string]string) error {
	key, args := fault.Sentence(err)
	if key == "" || len(fault.FieldsOf(err)) > 0 {
		return err
	}
	if other := others[key]; other != "" {
		field = other
	}
	return fault.Fields("answer", fault.Field{Name: field, Key: key, Args: args})
}

func editionPublish(s *Server, r *request) (reply, error) {
	e, err := s.toClose(r)
	if err != nil {
		return reply{}, err
	}
	f, err := s.dayAnnounced(r, e)
	if err != nil {
		return reply{}, err
	}
	return s.publishForm(r, f, nil)
}

func (s *Server) publishForm(r *request, f form.Publish, wrong error) (reply, error) {
	e, err := s.toClose(r)
	if err != nil {
		return reply{}, err
	}
	people, err := s.mayReadEarly(r)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	again := func(wrong error) *page.FormPage {
		p := s.adding(r, "editions", "/editions/"+strconv.Itoa(e.Number)+"/publish", wrong, func(m map[string]string) []page.Field {
			fields := []page.Field{hinted(r, dayField(r, "open", "edition.publish_at", f.Opens(), m, true), "edition.publish_hint"), numberField(r, "hour", "edition.publish_hour", f.Hour, m, true)}
			return append(fields, readersField(r, people, f.Readers, m["reader"])...)
		})
		p.Heading = l.T("edition.publish") + " " + strconv.Itoa(e.Number)
		p.Intro, p.Form.Submit = []string{l.T("edition.publish_lead")}, l.T("edition.publish")
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "editions", "", wrong, again)
}

// toClose finds the release of the address for whoever answers for it.
func (s *Server) toClose(r *request) (thn.Edition, error) {
	number, err := strconv.Atoi(r.gin.Param("number"))
	if err != nil || !s.mayClose(r) {
		return thn.Edition{}, noFile
	}
	return s.Releases.Ledger.Edition(r.ctx, r.actor.Programme.ID, number)
}

func editionPublished(s *Server, r *request) (reply, error) {
	var f form.Publish
	if err := r.form(&f); err != nil {
		return s.publishForm(r, f, err)
	}
	e, err := s.toClose(r)
	if err != nil {
		return reply{}, err
	}
	from, err := opening(f)
	if err == nil {
		var early []thn.ID
		if early, err = s.namedReaders(r, f, from); err == nil {
			err = s.Releases.Publish(r.ctx, r.actor.Programme.ID, r.actor.Account.ID, e.Number, from, early...)
		}
	}
	if err != nil {
		return s.publishForm(r, f, besides(err, "open", nil))
	}
	s.looks.again()
	s.notice(r, r.locale.T("edition.published_notice", "Number", e.Number))
	return seeOther("/editions")
}

// opening is the hour from which a release may be read; zero: now.
func opening(f form.Publish) (time.Time, error) {
	if f.Opens() == (form.Day{}) && f.Hour == "" {
		return time.Time{}, nil
	}
	day, err := f.Opens().Date()
	if err != nil {
		return time.Time{}, fault.Fields("publish", fault.Field{Name: "open", Key: "setup.day_missing"})
	}
	hour, err := strconv.Atoi(f.Hour)
	if f.Hour == "" {
		hour, err = 0, nil
	}
	if err != nil || hour < 0 || hour > 23 {
		return time.Time{}, fault.Fields("publish", fault.Field{Name: "hour", Key: "edition.bad_hour"})
	}
	return time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, time.UTC), nil
}

func editionRevise(s *Server, r *request) (reply, error) {
	return s.reviseForm(r, form.Revise{}, nil)
}

func (s *Server) reviseForm(r *request, f form.Revise, wrong error) (reply, error) {
	e, err := s.toClose(r)
	if err != nil {
		return reply{}, err
	}
	again := func(wrong error) *page.FormPage {
		p := s.adding(r, "editions", "/editions/"+strconv.Itoa(e.Number)+"/revise", wrong, func(m map[string]string) []page.Field {
			return []page.Field{textField(r, "reason", "edition.reason", f.Reason, m, false)}
		})
		p.Heading = r.locale.T("edition.revise") + " " + strconv.Itoa(e.Number)
		p.Intro, p.Form.Submit = []string{r.locale.T("edition.close_lead")}, r.locale.T("edition.close")
		return p
	}
	if wrong == nil {
		return reply{page: again(nil)}, nil
	}
	return s.answered(r, "editions", "", wrong, again)
}

func editionRevised(s *Server, r *request) (reply, error) {
	var f form.Revise
	if err := r.form(&f); err != nil {
		return s.reviseForm(r, f, err)
	}
	old, err := s.toClose(r)
	if err != nil {
		return reply{}, err
	}
	e, err := s.Releases.Revise(r.ctx, release.Order{Programme: r.actor.Programme, By: r.actor.Account.ID}, old.Number, f.Reason)
	if err != nil {
		return s.reviseForm(r, f, besides(err, "reason", nil))
	}
	s.notice(r, r.locale.T("edition.closed_notice", "Number", e.Number))
	return seeOther("/summary?number=" + strconv.Itoa(e.Number))
}

// editionFile is a release as a file: /summary/NUMBER/NAME.
func editionFile(s *Server, r *request) (reply, error) {
	text, name, _ := strings.Cut(strings.TrimPrefix(r.gin.Param("file"), "/"), "/")
	number, err := strconv.Atoi(text)
	if err != nil {
		return reply{}, noFile
	}
	e, err := s.Releases.Ledger.Edition(r.ctx, r.actor.Programme.ID, number)
	if err != nil {
		return reply{}, err
	}
	if !s.maySee(r, e) {
		return reply{}, noFile
	}
	if err := s.noteEarly(r, e); err != nil {
		return reply{}, err
	}
	return s.fileOf(r, e, name)
}

// fileName names a file of a release by its format: a release is one
// document, so they differ in what follows the point, but for the card.
func fileName(f export.Format) string {
	if f.Key == "card" {
		return "card." + f.Suffix()
	}
	return "summary." + f.Suffix()
}

// filesOf offers the files of a release under an address.
func filesOf(r *request, under, query string) (list []page.Option) {
	for _, f := range export.Whole() {
		list = append(list, page.Option{Value: under + "/" + fileName(f) + query, Label: r.locale.T("files." + f.Key)})
	}
	return list
}

// pictured leads from each drawing to itself as a picture to pass on.
func pictured(r *request, under, query string, lists ...[]page.Figure) {
	for _, figures := range lists {
		for i, f := range figures {
			if f.Wide != "" {
				figures[i].More = page.Option{Value: under + "/" + f.ID + ".png" + query, Label: r.locale.T("files.png")}
			}
		}
	}
}

// fileOf gives a release, or one of its drawings, under the name that asks for it.
func (s *Server) fileOf(r *request, e thn.Edition, name string) (reply, error) {
	return s.files.once(strings.Join([]string{string(e.ID), r.locale.Code, s.host(r), name}, "\n"), func() (reply, error) { return s.writeFile(r, e, name) })
}

func (s *Server) writeFile(r *request, e thn.Edition, name string) (reply, error) {
	figures, err := release.FiguresOf(e)
	if err != nil {
		return reply{}, err
	}
	document, err := page.Published(r.locale, s.host(r), e, figures)
	if err != nil {
		return reply{}, err
	}
	for _, f := range export.Whole() {
		if name == fileName(f) {
			return s.file(r, f, document)
		}
	}
	section, ending, _ := strings.Cut(name, ".")
	if one, drawn := document.Only(section); drawn && (ending == "svg" || ending == "png") {
		f, err := export.Find(ending)
		if err != nil {
			return reply{}, err
		}
		answer, err := s.file(r, f, one)
		answer.name = "" // a picture is shown where it is, also on other sites
		return answer, err
	}
	return reply{}, noFile
}
