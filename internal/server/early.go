package server

import (
	"slices"
	"strconv"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/release"
	"thntracker/internal/thn"
)

// namedFor is for how many months after its hour it is shown who read a release
// before it: after that nobody needs the name.
const namedFor = 6

// mayReadEarly lists whom it makes sense to name: those who read releases at all,
// and do not answer for them, in order of their handles.
func (s *Server) mayReadEarly(r *request) ([]thn.Account, error) {
	people, err := s.Setup.People(r.ctx, r.actor)
	var list []thn.Account
	for _, m := range people {
		who := thn.Actor{Account: m.Account, Grant: m.Grant}
		known := slices.ContainsFunc(list, func(a thn.Account) bool { return a.ID == m.Account.ID })
		if who.May(thn.VerbAdvocate) && !(who.May(thn.VerbSetup) && who.Whole()) && !known {
			list = append(list, m.Account)
		}
	}
	lang.Sort(r.locale, list, func(a thn.Account) string { return a.Handle })
	return list, err
}

// readersField offers them by handle; where there is nobody to name, nothing.
func readersField(r *request, people []thn.Account, chosen []string, wrong string) []page.Field {
	if len(people) == 0 {
		return nil
	}
	f := page.Field{Kind: page.FieldCheck, Name: "reader", Label: r.locale.T("early.readers"), Hint: r.locale.T("early.readers_hint"), Error: wrong, Optional: true}
	for _, a := range people {
		f.Options = append(f.Options, page.Option{Value: string(a.ID), Label: a.Handle, Chosen: slices.Contains(chosen, string(a.ID))})
	}
	return []page.Field{f}
}

// namedReaders are the accounts that the form names, each once.
func (s *Server) namedReaders(r *request, f form.Publish, from time.Time) (early []thn.ID, err error) {
	if len(f.Readers) == 0 {
		return nil, nil
	}
	if from.IsZero() {
		return nil, fault.Fields("publish", fault.Field{Name: "reader", Key: "early.no_hour"})
	}
	people, err := s.mayReadEarly(r)
	if err != nil {
		return nil, err
	}
	for _, id := range f.Readers {
		if !slices.ContainsFunc(people, func(a thn.Account) bool { return string(a.ID) == id }) {
			return nil, fault.Fields("publish", fault.Field{Name: "reader", Key: "setup.choose_list"})
		}
		early = append(early, thn.ID(id))
	}
	slices.Sort(early)
	return slices.Compact(early), nil
}

// addReaders shows who may read which release before its hour, and who did.
func (s *Server) addReaders(r *request, p *page.ListPage) error {
	list, err := s.EarlyReaders(r.ctx, r.actor.Programme.ID, s.Now().AddDate(0, -namedFor, 0))
	if err != nil || len(list) == 0 {
		return err
	}
	l := r.locale
	t := page.Table{ID: "early", Caption: l.T("early.caption"), Columns: []page.Column{{Label: l.T("edition.number")}, {Label: l.T("early.who")}, {Label: l.T("early.read")}},
		Notes: []string{l.T("early.note")}}
	for _, x := range list {
		read := page.Cell{Text: l.T("early.unread"), State: "missing"}
		if day, err := thn.ParseDate(x.Hour[:min(len(x.Hour), len("2006-01-02"))]); err == nil {
			read = page.Cell{Text: l.Date(day)}
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: strconv.Itoa(x.Edition)}, {Text: x.Handle}, read}})
	}
	p.Extra = append([]page.Table{t}, p.Extra...)
	return nil
}

// announcedHour is what the form suggests on the day that was announced.
const announcedHour = "9"

// dayAnnounced is the form as it is met: on the day that readers were told, where
// that is still to come.
func (s *Server) dayAnnounced(r *request, e thn.Edition) (f form.Publish, err error) {
	said, err := s.Releases.Ledger.Announcements(r.ctx, e.Programme)
	for _, d := range release.Expected(said, nil) {
		if day := d.Appears(); d.Audience == e.Audience && d.Period == e.Period && e.Revises == 0 && thn.DateOf(s.Now(), utc).Before(day) {
			f = form.Publish{Day: strconv.Itoa(day.Day()), Month: strconv.Itoa(int(day.Month())), Year: strconv.Itoa(day.Year()), Hour: announcedHour}
		}
	}
	return f, err
}
