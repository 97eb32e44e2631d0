package server

import (
	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// stockShow answers what one site holds. Whoever reaches several chooses first;
// the site is then in the address.
func stockShow(s *Server, r *request) (reply, error) {
	b, err := s.bench(r)
	if err != nil {
		return reply{}, err
	}
	site, list, err := s.stockSite(r)
	if err != nil {
		return reply{}, err
	}
	if site == "" {
		return s.stockSites(r, list)
	}
	p := &page.Stock{Base: page.Base{Here: "stock", Wide: true}, Site: string(site)}
	day := s.lookBack(r, p)
	shelf, err := s.Stock.Shelf(r.ctx, r.actor, site, day)
	if err != nil {
		return reply{}, err
	}
	p.Heading = r.locale.T("stock.title", "Site", shelf.Site.Name)
	s.drawShelf(r, b, p, shelf)
	if p.Past == "" {
		s.drawActs(r, p, shelf)
		s.drawWay(r, b, p, shelf)
		s.drawBags(r, b, p, shelf)
		p.Moved = s.movedToday(r, site)
	}
	p.Links = append(p.Links, page.Option{Value: "/stock/moves?site=" + string(site), Label: r.locale.T("stock.moves.link")},
		page.Option{Value: "/alerts?site=" + string(site), Label: r.locale.T("nav.alerts")})
	if len(b.open) > 1 {
		p.Links = append(p.Links, page.Option{Value: "/stock", Label: r.locale.T("stock.other_site")})
	}
	return reply{page: p}, nil
}

// stockSite is the site of the address, or the only one there is; empty where one
// has to be chosen from the list. Only then is what every site holds summed up.
func (s *Server) stockSite(r *request) (thn.ID, []stock.Standing, error) {
	if text := r.query().Get("site"); text != "" {
		id, err := thn.ParseID(text)
		if err != nil {
			return "", nil, fault.Say(fault.NotFound, "stock", "problem.not_found_text", nil)
		}
		return id, nil, nil
	}
	list, err := s.Stock.Sites(r.ctx, r.actor)
	if err != nil {
		return "", nil, err
	}
	switch len(list) {
	case 0:
		return "", nil, errNoSites
	case 1:
		return list[0].Site.ID, list, nil
	}
	return "", list, nil
}

// stockSites lists the sites to choose from.
func (s *Server) stockSites(r *request, list []stock.Standing) (reply, error) {
	l := r.locale
	lang.Sort(l, list, func(x stock.Standing) string { return x.Site.Name })
	t := page.Table{Caption: l.T("stock.sites.caption"), Columns: []page.Column{{Label: l.T("give.site")}, {Label: l.T("stock.on_shelf"), Numeric: true}}}
	for _, x := range list {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: x.Site.Name, URL: "/stock?site=" + string(x.Site.ID)}, {Text: l.Number(x.Kits), Numeric: true}}})
	}
	return reply{page: &page.ListPage{Base: page.Base{Heading: l.T("stock.sites.title"), Here: "stock"}, Table: t}}, nil
}

// lookBack reads the day to look at: one of the past, or now.
func (s *Server) lookBack(r *request, p *page.Stock) thn.Date {
	q, today := r.query(), s.today(r)
	typed := form.Day{Day: q.Get("day-day"), Month: q.Get("day-month"), Year: q.Get("day-year")}
	var day thn.Date
	var err error
	switch {
	case q.Get("day") != "":
		day, err = thn.ParseDate(q.Get("day"))
		typed = form.DayOf(day)
	case !typed.Empty():
		day, err = typed.Date()
	default:
		day = today
	}
	if err != nil || today.Before(day) {
		wrong := fault.Fields("look back", fault.Field{Name: "day", Key: "form.date", Args: map[string]any{"Field": fault.Label("stock.back.day")}})
		if err == nil {
			wrong = fault.Fields("look back", fault.Field{Name: "day", Key: "intake.day_ahead"})
		}
		m := s.problems(r, wrong, &p.Base)
		p.Day = dayField(r, "day", "stock.back.day", typed, m, false)
		return today
	}
	p.Day = dayField(r, "day", "stock.back.day", typed, nil, false)
	if day != today {
		p.Past = r.locale.T("stock.back.then", "Date", r.locale.Date(day))
	}
	return day
}

// drawShelf draws what is on hand, and what the ledger cannot explain.
func (s *Server) drawShelf(r *request, b *bench, p *page.Stock, shelf stock.Shelf) {
	l := r.locale
	link := func(what string, x stock.Line) page.Option {
		return page.Option{Value: moveURL(what, shelf.Site.ID, "product", b.kit(x).value()), Label: l.T("stock.act." + what)}
	}
	for _, x := range shelf.Short {
		words := l.N("stock.short", x.Kits, "Kit", s.kitName(r, b, x.Product, x.Batch))
		p.Alerts = append(p.Alerts, page.Alert{Text: words, Links: []page.Option{link(form.StockReceive, x), link(form.StockCount, x)}})
	}
	for _, x := range b.byProduct(r, shelf.Unkept) {
		words := l.N("stock.unkept", x.Kits, "Product", b.products[x.Product].Name)
		p.Begin = append(p.Begin, page.Alert{Text: words, Links: []page.Option{{Value: "/stock/count?site=" + string(shelf.Site.ID), Label: l.T("stock.act.opening")}}})
	}
	p.Table = page.Table{Caption: l.T("stock.on_hand"), Columns: []page.Column{{Label: l.T("stock.product")}, {Label: l.T("setup.batch.expiry")}, {Label: l.T("report.column.kits"), Numeric: true}}}
	if p.Past == "" {
		p.Table.Columns = append(p.Table.Columns, actsColumn(r))
	}
	p.Empty = l.T("stock.empty")
	for _, x := range b.byProduct(r, shelf.Lines) {
		cells := []page.Cell{s.kitCell(r, b, x), s.expiryCell(r, x), {Text: l.Number(x.Kits), Numeric: true}}
		if p.Past == "" {
			cells = append(cells, acts(link(form.StockCount, x), link(form.StockOff, x)))
		}
		p.Table.Rows = append(p.Table.Rows, page.Row{Cells: cells})
	}
}

// drawActs offers what can be done, the most frequent first.
func (s *Server) drawActs(r *request, p *page.Stock, shelf stock.Shelf) {
	option := func(what string) page.Option {
		return page.Option{Value: moveURL(what, shelf.Site.ID), Label: r.locale.T("stock.do." + what)}
	}
	p.First = option(form.StockReceive)
	for _, what := range []string{form.StockFill, form.StockReturn, form.StockSend, form.StockOff, form.StockDuty, form.StockOpening} {
		p.Acts = append(p.Acts, option(what))
	}
	sheet := page.Option{Value: "/stock/count?site=" + string(shelf.Site.ID), Label: r.locale.T("stock.do.count")}
	p.Acts = append([]page.Option{sheet}, p.Acts...)
}

// drawWay draws the transfers whose two ends differ.
func (s *Server) drawWay(r *request, b *bench, p *page.Stock, shelf stock.Shelf) {
	l := r.locale
	p.Way = page.Table{Caption: l.T("stock.way.caption"), Notes: []string{l.T("stock.way.note")}, Columns: columns(r, "stock.way.where", "stock.product")}
	last := p.Way.Columns[2]
	p.Way.Columns = append(p.Way.Columns[:2], page.Column{Label: l.T("stock.way.sent"), Numeric: true}, page.Column{Label: l.T("stock.way.arrived"), Numeric: true}, last)
	for _, t := range shelf.Transfers {
		where, act := page.Cell{Text: l.T("stock.way.from", "Site", b.sites[t.From].Name)}, page.Cell{}
		if t.From == shelf.Site.ID {
			where.Text = l.T("stock.way.to", "Site", b.sites[t.To].Name)
			act = acts(page.Option{Value: "/stock/move?corrects=" + string(t.ID), Label: l.T("give.correct")})
		} else {
			act = acts(page.Option{Value: moveURL(form.StockArrive, shelf.Site.ID, "transfer", string(t.ID)), Label: l.T("stock.act.arrive")})
		}
		where.Note = l.Date(t.Day)
		arrived := page.Cell{Text: l.Number(t.Arrived), Numeric: true}
		if t.Arrived > 0 && t.Rest() > 0 {
			arrived.Note = l.N("stock.way.missing", t.Rest())
		} else if t.Rest() < 0 {
			arrived.Note = l.N("stock.way.more", -t.Rest())
		}
		kit := page.Cell{Text: b.products[t.Product].Name, Note: s.batchWords(r, kit{batch: b.batches[t.Batch]})}
		p.Way.Rows = append(p.Way.Rows, page.Row{Cells: []page.Cell{where, kit, {Text: l.Number(t.Sent), Numeric: true}, arrived, act}})
	}
}

// drawBags draws what is carried.
func (s *Server) drawBags(r *request, b *bench, p *page.Stock, shelf stock.Shelf) {
	l := r.locale
	names := bagNames(r, shelf.Bags)
	for _, c := range shelf.Bags {
		id := string(c.Bag.ID)
		bag := page.Bag{Name: names[c.Bag.ID], Empty: l.T("stock.bags.empty"), Table: page.Table{Caption: names[c.Bag.ID],
			Columns: []page.Column{{Label: l.T("stock.product")}, {Label: l.T("setup.batch.expiry")}, {Label: l.T("report.column.kits"), Numeric: true}}}}
		for _, x := range b.byProduct(r, c.Lines) {
			if x.Kits < 0 {
				bag.Notes = append(bag.Notes, l.N("stock.short_bag", -x.Kits, "Kit", s.kitName(r, b, x.Product, x.Batch)))
				continue
			}
			bag.Table.Rows = append(bag.Table.Rows, page.Row{Cells: []page.Cell{s.kitCell(r, b, x), s.expiryCell(r, x), {Text: l.Number(x.Kits), Numeric: true}}})
		}
		if !c.Bag.Closed {
			bag.Links = append(bag.Links, page.Option{Value: moveURL(form.StockFill, shelf.Site.ID, "bag", id), Label: l.T("stock.act.fill")})
		}
		bag.Links = append(bag.Links, page.Option{Value: moveURL(form.StockReturn, shelf.Site.ID, "bag", id), Label: l.T("stock.act.return")},
			page.Option{Value: "/stock/count?site=" + string(shelf.Site.ID) + "&bag=" + id, Label: l.T("stock.act.count")},
			page.Option{Value: moveURL(form.StockOff, shelf.Site.ID, "bag", id), Label: l.T("stock.act.off")})
		if !c.Bag.Closed && len(c.Lines) == 0 && (c.Mine || r.actor.May(thn.VerbCoverage)) {
			bag.Links = append(bag.Links, page.Option{Value: "/stock/bags/" + id + "/close", Label: l.T("setup.end")})
		}
		p.Bags = append(p.Bags, bag)
	}
}
