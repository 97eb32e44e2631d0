package server

import (
	"cmp"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/report"
	"thntracker/internal/thn"
)

// carrierLabel is how somebody's records are told apart on a page: the beginning
// of their random id. It is no collar number and leads to nobody.
func carrierLabel(id thn.ID) string { return string(id)[:min(6, len(id))] }

// carriers follows everybody with a record at some sites to today.
func (s *Server) carriers(r *request, sites []thn.Site) ([]thn.Carrier, error) {
	found, err := s.Figures.Facts(r.ctx, thn.FactQuery{Programme: r.actor.Programme.ID, Kind: thn.KindCarriage, Sites: idsOf(sites)})
	events := make([]thn.Carriage, len(found))
	for i, f := range found {
		events[i] = f.(thn.Carriage)
	}
	list := thn.Carriers(events, s.today(r))
	slices.SortFunc(list, func(a, b thn.Carrier) int { return cmp.Compare(a.ID, b.ID) })
	return list, err
}

// responderList shows each station's three numbers, then what has to be done.
func responderList(s *Server, r *request) (reply, error) {
	l := r.locale
	sites, err := s.ownSites(r, thn.ResponderSettings...)
	if err != nil {
		return reply{}, err
	}
	p := &page.ListPage{Base: page.Base{Heading: l.T("responders.title"), Here: "responders", Wide: true}, Intro: []string{l.T("responders.intro")}, Empty: l.T("responders.no_station")}
	station := thn.ID(r.query().Get("site"))
	if _, mine := siteOf(sites, station); station != "" && !mine {
		return reply{}, fault.Say(fault.NotFound, "station", "problem.not_found_text", nil)
	}
	if len(sites) == 0 {
		return reply{page: p}, nil
	}
	list, err := s.carriers(r, sites)
	if err != nil {
		return reply{}, err
	}
	sentence, err := s.carriageSentence(r)
	if err != nil {
		return reply{}, err
	}
	p.Intro = append(sentence, p.Intro...)
	p.Table = s.stations(r, sites, list)
	p.Extra = []page.Table{s.dueTable(r, sites, list)}
	if site, one := siteOf(sites, station); one {
		p.Extra = append([]page.Table{s.carrierTable(r, site, list)}, p.Extra...)
	}
	return reply{page: p}, nil
}

// carriageSentence sets kits in date against officers in scope, for those who
// see the programme's figures.
func (s *Server) carriageSentence(r *request) ([]string, error) {
	if !r.actor.May(thn.VerbCoverage) || r.actor.Grant.Site != "" {
		return nil, nil
	}
	today := s.today(r)
	spec := report.Spec{Programme: r.actor.Programme, Areas: r.actor.Areas, AsAt: s.Now(), Period: thn.Period{From: today.AddMonths(-11), To: today.AddDays(1)}}
	t, err := report.Build(r.ctx, s.Figures, "carriage", spec)
	if err != nil {
		return nil, err
	}
	return []string{page.CarriageSentence(r.locale, t)}, nil
}

// stations lists the numbers of each station; trained, in date and returned are
// never one.
func (s *Server) stations(r *request, sites []thn.Site, list []thn.Carrier) page.Table {
	l, today := r.locale, s.today(r)
	t := page.Table{Caption: l.T("responders.stations"), Columns: []page.Column{{Label: l.T("responders.station")}}}
	for _, key := range []string{"trained", "in_date", "returned", "expired", "soon"} {
		t.Columns = append(t.Columns, page.Column{Label: l.T("responders.short." + key), Numeric: true})
	}
	t.Columns = append(t.Columns, actsColumn(r))
	for _, site := range sites {
		n := report.CarriersOf(list, site.ID, today)
		row := page.Row{Cells: []page.Cell{{Text: site.Name, URL: "/responders?site=" + string(site.ID)}}}
		for i, x := range []int64{n.Trained, n.InDate, n.Returned, n.Expired, n.Soon} {
			if silent := !slices.ContainsFunc(list, func(c thn.Carrier) bool { return c.Site == site.ID }); silent {
				word := map[bool]string{true: l.T("cell.not_reported"), false: "–"}[i == 0]
				row.Cells = append(row.Cells, page.Cell{Text: word, State: "missing", Numeric: true})
				continue
			}
			row.Cells = append(row.Cells, page.Cell{Text: l.Number(x), Numeric: true})
		}
		row.Cells = append(row.Cells, acts(page.Option{Value: "/responders/new?site=" + string(site.ID), Label: l.T("responders.add")}))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// dueTable lists what has passed its date, or does soon, the oldest first.
func (s *Server) dueTable(r *request, sites []thn.Site, list []thn.Carrier) page.Table {
	l, today := r.locale, s.today(r)
	t := page.Table{Caption: l.T("responders.due_title"), Columns: []page.Column{{Label: l.T("responders.carrier")}, {Label: l.T("responders.station")}, {Label: l.T("responders.to_do")}, actsColumn(r)}}
	type due struct {
		who  thn.Carrier
		what string
		day  thn.Date
	}
	var dues []due
	for _, c := range list {
		switch {
		case !c.InPost():
			continue
		case c.Last == thn.CarriageExpired:
			dues = append(dues, due{c, "responders.put_aside", c.LastDay})
		case c.Expired(today):
			dues = append(dues, due{c, "responders.expired", c.Expiry})
		case c.InDate(today) && !today.AddDays(report.DueSoon).Before(c.Expiry):
			dues = append(dues, due{c, "responders.expires", c.Expiry})
		}
		if !c.Due.IsZero() && !today.AddDays(report.DueSoon).Before(c.Due) {
			dues = append(dues, due{c, "responders.training_due", c.Due})
		}
	}
	slices.SortFunc(dues, func(a, b due) int { return cmp.Compare(a.day.String(), b.day.String()) })
	for _, d := range dues {
		site, _ := siteOf(sites, d.who.Site)
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: carrierLabel(d.who.ID)}, {Text: site.Name}, {Text: l.T(d.what, "Day", l.Date(d.day))},
			acts(page.Option{Value: "/responders/new?site=" + string(d.who.Site) + "&carrier=" + string(d.who.ID), Label: l.T("responders.record")})}})
	}
	return t
}

// carrierTable lists everybody of one station.
func (s *Server) carrierTable(r *request, site thn.Site, list []thn.Carrier) page.Table {
	l := r.locale
	t := page.Table{Caption: l.T("responders.of_station", "Site", site.Name), Columns: []page.Column{{Label: l.T("responders.carrier")}, {Label: l.T("code.carriage_status.trained")},
		{Label: l.T("responders.kit")}, {Label: l.T("responders.newest")}, actsColumn(r)}}
	for _, c := range list {
		if c.Site != site.ID {
			continue
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: carrierLabel(c.ID)}, dayCell(r, c.Trained), s.carriedCell(r, c),
			{Text: l.T("code.carriage_status." + string(c.Last)), Note: l.Date(c.LastDay)},
			acts(page.Option{Value: "/responders/new?site=" + string(site.ID) + "&carrier=" + string(c.ID), Label: l.T("responders.record")})}})
	}
	return t
}

func dayCell(r *request, d thn.Date) page.Cell {
	if d.IsZero() {
		return page.Cell{Text: r.locale.T("releases.not_recorded"), State: "missing"}
	}
	return page.Cell{Text: r.locale.Date(d)}
}

// carriedCell says what somebody carries: until when, past its date, or nothing.
func (s *Server) carriedCell(r *request, c thn.Carrier) page.Cell {
	l := r.locale
	switch {
	case !c.Holds():
		return page.Cell{Text: l.T("responders.no_kit"), State: "missing"}
	case c.Expiry.IsZero():
		return page.Cell{Text: l.T("responders.no_expiry"), State: "missing"}
	case c.Expired(s.today(r)):
		return page.Cell{Text: l.T("responders.expired", "Day", l.Date(c.Expiry))}
	}
	return page.Cell{Text: l.T("responders.in_date", "Day", l.Date(c.Expiry))}
}

// responderNew opens the form for one station.
func responderNew(s *Server, r *request) (reply, error) {
	q, day := r.query(), form.DayOf(s.today(r))
	f := form.Carriage{ID: string(thn.NewID()), Fresh: string(thn.NewID()), Site: q.Get("site"), Carrier: q.Get("carrier"), DayDay: day.Day, DayMonth: day.Month, DayYear: day.Year}
	p, err := s.responderPage(r, f, nil)
	return reply{page: p}, err
}

func (s *Server) responderPage(r *request, f form.Carriage, wrong error) (*page.FormPage, error) {
	sites, err := s.ownSites(r, thn.ResponderSettings...)
	if err != nil {
		return nil, err
	}
	l := r.locale
	p := &page.FormPage{Base: page.Base{Heading: l.T("responders.form_any"), Here: "responders"}, Intro: []string{l.T("responders.form_intro")}}
	m := s.problems(r, wrong, &p.Base)
	fields := []page.Field{idField(f.ID), {Kind: page.FieldHidden, Name: "fresh", Value: f.Fresh}}
	site, chosen := siteOf(sites, thn.ID(f.Site))
	if f.Site != "" && !chosen {
		return nil, fault.Say(fault.NotFound, "station", "problem.not_found_text", nil)
	}
	if !chosen {
		var options []page.Option
		for _, x := range sites {
			options = append(options, page.Option{Value: string(x.ID), Label: x.Name})
		}
		fields = append(fields, choice(r, "site", "responders.station", m["site"], options))
	} else {
		p.Heading = l.T("responders.form_title", "Site", site.Name)
		fields = append(fields, page.Field{Kind: page.FieldHidden, Name: "site", Value: f.Site})
	}
	who, err := s.carrierField(r, site, f.Carrier, m["carrier"])
	if err != nil {
		return nil, err
	}
	kit, err := s.kitOptions(r, f.Product)
	if err != nil {
		return nil, err
	}
	product := page.Field{Kind: page.FieldSelect, Name: "product", Label: l.T("give.product"), Error: m["product"], Optional: true, Options: kit, Hint: l.T("responders.kit_hint")}
	fields = append(fields, who, codes(r, "status", "responders.what", "carriage_status", thn.CarriageStatuses, f.Status, m, false),
		dayField(r, "day", "responders.day", f.Day(), m, false), product,
		hinted(r, dayField(r, "expiry", "responders.expiry", f.Expiry(), m, true), "responders.expiry_hint"),
		hinted(r, dayField(r, "due", "responders.due", f.Due(), m, true), "responders.due_hint"))
	p.Form = page.Form{Action: "/responders", Submit: l.T("form.save"), Cancel: "/responders", Fields: fields}
	return p, nil
}

// carrierField offers those with a record at the station who have not left, and
// somebody new.
func (s *Server) carrierField(r *request, site thn.Site, value, wrong string) (page.Field, error) {
	l := r.locale
	list, err := s.carriers(r, []thn.Site{site})
	options := []page.Option{{Value: form.NewCarrier, Label: l.T("responders.new_carrier"), Chosen: value == form.NewCarrier}}
	for _, c := range list {
		if c.InPost() {
			options = append(options, page.Option{Value: string(c.ID), Chosen: value == string(c.ID),
				Label: l.T("responders.carrier_choice", "Who", carrierLabel(c.ID), "What", l.T("code.carriage_status."+string(c.Last)), "Day", l.Date(c.LastDay))})
		}
	}
	f := choice(r, "carrier", "responders.carrier", wrong, options)
	f.Hint = l.T("responders.carrier_hint")
	return f, err
}

// kitOptions lists the registered kits and batches.
func (s *Server) kitOptions(r *request, value string) ([]page.Option, error) {
	b, err := s.bench(r)
	if err != nil {
		return nil, err
	}
	options := []page.Option{{Label: r.locale.T("form.choose")}}
	for _, k := range b.kits {
		options = append(options, page.Option{Value: k.value(), Label: r.locale.Beside(k.product.Name, s.batchWords(r, k)), Chosen: k.value() == value})
	}
	return options, nil
}

func responderCreate(s *Server, r *request) (reply, error) {
	var f form.Carriage
	err := r.form(&f)
	var record thn.Carriage
	if err == nil {
		record, err = f.ToDomain()
	}
	if err == nil {
		err = s.storeCarriage(r, f, record)
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		p, lookup := s.responderPage(r, f, err)
		if lookup != nil {
			return reply{}, lookup
		}
		return s.answered(r, "responders", "", err, func(error) *page.FormPage { return p })
	}
	if err != nil {
		return reply{}, err
	}
	s.notice(r, r.locale.T("responders.saved", "Who", carrierLabel(record.Carrier)))
	return seeOther("/responders?site=" + string(record.Site))
}

// storeCarriage takes only carriers who have a record at the station, or the one
// that this page made: an id typed by hand could join two people's records.
func (s *Server) storeCarriage(r *request, f form.Carriage, record thn.Carriage) error {
	sites, err := s.ownSites(r, thn.ResponderSettings...)
	if err != nil {
		return err
	}
	site, mine := siteOf(sites, record.Site)
	if !mine {
		return fault.Fields("carriage", fault.Field{Name: "site", Key: "intake.site_unknown"})
	}
	list, err := s.carriers(r, []thn.Site{site})
	if err != nil {
		return err
	}
	if f.Carrier != form.NewCarrier && !slices.ContainsFunc(list, func(c thn.Carrier) bool { return c.ID == record.Carrier }) {
		return fault.Fields("carriage", fault.Field{Name: "carrier", Key: "form.choose_for", Args: map[string]any{"Field": fault.Label("responders.carrier")}})
	}
	return s.keep(r, record)
}
