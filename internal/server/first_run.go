package server

import (
	"net/http"
	"strconv"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"thntracker/internal/account"
	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/setup"
)

// firstRunForm opens the page of an empty installation; once somebody has an
// account it is gone.
func firstRunForm(s *Server, r *request) (reply, error) {
	if err := s.mustBeEmpty(r); err != nil {
		return reply{}, err
	}
	return reply{page: s.firstRunPage(r, form.FirstRun{Zone: s.zoneToOffer(), Fiscal: "1"}, nil)}, nil
}

// firstRun makes the first programme and its administrator.
func firstRun(s *Server, r *request) (reply, error) {
	if err := s.mustBeEmpty(r); err != nil {
		return reply{}, err
	}
	var posted form.FirstRun
	err := r.form(&posted)
	if err == nil {
		err = s.makeFirst(r, posted)
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		return reply{status: http.StatusUnprocessableEntity, page: s.firstRunPage(r, posted, err)}, nil
	}
	if err != nil {
		return reply{}, err
	}
	s.notice(r, r.locale.T("setup.first_run_done"))
	return seeOther("/sign-in")
}

func (s *Server) mustBeEmpty(r *request) error {
	empty, err := s.Accounts.Empty(r.ctx)
	if err == nil && !empty {
		err = fault.Say(fault.NotFound, "first run", "problem.not_found_text", nil)
	}
	return err
}

// makeFirst founds nothing before the code and the password are known to be good.
func (s *Server) makeFirst(r *request, f form.FirstRun) error {
	start := setup.Start{Name: f.Programme, Country: f.Country, CountryName: countryName(r.locale, f.Country), Zone: f.Zone, Fiscal: f.FiscalMonth()}
	founding, err := s.Setup.Founding(start)
	if err != nil {
		return err
	}
	made, err := s.Accounts.FirstAdministrator(r.ctx, account.First{Code: f.Code, Handle: f.Handle, Password: f.Password, Language: r.locale.Code, Founding: founding})
	if err == nil {
		s.Log.Info("first administrator", "account", string(made.ID))
	}
	return err
}

func (s *Server) firstRunPage(r *request, f form.FirstRun, wrong error) *page.FormPage {
	t := r.locale.T
	p := &page.FormPage{Base: page.Base{Heading: t("first_run.title")}, Intro: []string{t("first_run.intro")}}
	m := s.problems(r, wrong, &p.Base)
	months := page.Field{Kind: page.FieldSelect, Name: "fiscal", Label: t("first_run.fiscal"), Error: m["fiscal"]}
	for month := time.January; month <= time.December; month++ {
		months.Options = append(months.Options, page.Option{Value: strconv.Itoa(int(month)), Label: r.locale.MonthName(month), Chosen: f.FiscalMonth() == int(month)})
	}
	p.Form = page.Form{Action: "/first-run", Submit: t("first_run.submit"), Fields: []page.Field{
		{Kind: page.FieldText, Name: "code", Label: t("first_run.code"), Hint: t("first_run.code_hint"), Value: f.Code, Error: m["code"], Complete: "one-time-code"},
		{Kind: page.FieldText, Name: "programme", Label: t("first_run.programme"), Value: f.Programme, Error: m["programme"]},
		{Kind: page.FieldText, Name: "country", Label: t("first_run.country"), Hint: t("first_run.country_hint"), Value: f.Country, Error: m["country"], Complete: "country"},
		{Kind: page.FieldText, Name: "zone", Label: t("first_run.zone"), Hint: t("first_run.zone_hint"), Value: f.Zone, Error: m["zone"]},
		months,
		{Kind: page.FieldText, Name: "handle", Label: t("first_run.handle"), Hint: t("first_run.handle_hint"), Value: f.Handle, Error: m["handle"], Complete: "username"},
		{Kind: page.FieldPassword, Name: "password", Label: t("first_run.password"), Hint: t("first_run.password_hint"), Error: m["password"], Complete: "new-password"},
	}}
	return p
}

// zoneToOffer is the server's own zone if it has a name that can be kept.
func (s *Server) zoneToOffer() string {
	if name := s.Now().Location().String(); name != "Local" {
		return name
	}
	return "UTC"
}

// countryName is the country in the reader's language; empty when the code has
// no name, as the user-assigned ones.
func countryName(l *lang.Locale, code string) string {
	region, err := language.ParseRegion(code)
	if err != nil || !region.Canonicalize().IsCountry() {
		return ""
	}
	return display.Regions(language.Make(l.Code)).Name(region.Canonicalize())
}
