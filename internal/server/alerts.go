package server

import (
	"net/url"
	"slices"
	"strconv"

	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// alerts lists what to do about stock: of one site, or of every site in reach
// for whoever sees the programme's figures.
func alerts(s *Server, r *request) (reply, error) {
	site, err := s.alertSite(r)
	if err != nil {
		return reply{}, err
	}
	w, err := s.Planner.Alerts(r.ctx, r.actor, site)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	p := &page.StockAlerts{Base: page.Base{Heading: l.T("alerts.title"), Here: "alerts"}, AsAt: l.Date(w.Supply.Today), Sentence: l.T("alerts.none")}
	if n := len(w.Alerts); n > 0 {
		p.Sentence = l.N("alerts.some", n)
	}
	p.Filters = alertFilter(r, w.Sites, site)
	for _, kind := range stock.AlertKinds {
		g := page.AlertGroup{Key: string(kind), Title: l.T("alerts.kind." + string(kind))}
		for _, a := range w.Alerts {
			if a.Kind == kind {
				g.Items = append(g.Items, alertItem(r, w.Supply, a))
			}
		}
		if len(g.Items) > 0 {
			p.Kinds = append(p.Kinds, g)
		}
	}
	return reply{page: p}, nil
}

// alertSite is the site that the address names. A worker who names none sees the
// one where they last gave out kits, or their first.
func (s *Server) alertSite(r *request) (thn.ID, error) {
	if text := r.query().Get("site"); text != "" {
		id, err := thn.ParseID(text)
		if err != nil {
			return "", notThere("site")
		}
		return id, nil
	}
	if r.actor.May(thn.VerbCoverage) {
		return "", nil
	}
	sites, err := s.Planner.Sites(r.ctx, r.actor)
	if err != nil {
		return "", err
	}
	if len(sites) == 0 {
		return "", errNoSites
	}
	if l, ok := s.lastOf(r); ok && slices.ContainsFunc(sites, func(x thn.Site) bool { return x.ID == l.Record.Site }) {
		return l.Record.Site, nil
	}
	lang.Sort(r.locale, sites, func(x thn.Site) string { return x.Name })
	return sites[0].ID, nil
}

func alertFilter(r *request, sites []thn.Site, chosen thn.ID) page.Form {
	f := page.Form{Action: "/alerts", Submit: r.locale.T("coverage.apply")}
	if len(sites) < 2 {
		return f
	}
	lang.Sort(r.locale, sites, func(x thn.Site) string { return x.Name })
	field := page.Field{Kind: page.FieldSelect, Name: "site", Label: r.locale.T("alerts.site")}
	if r.actor.May(thn.VerbCoverage) {
		field.Options = append(field.Options, page.Option{Label: r.locale.T("alerts.all_sites")})
	}
	for _, x := range sites {
		field.Options = append(field.Options, page.Option{Value: string(x.ID), Label: x.Name, Chosen: x.ID == chosen})
	}
	f.Fields = []page.Field{field}
	return f
}

// alertItem puts an alert into words, with the one thing to do next.
func alertItem(r *request, supply *stock.Supply, a stock.Alert) page.AlertItem {
	l := r.locale
	item := page.AlertItem{Where: supply.Sites[a.Site].Name, What: supply.Products[a.Product].Name, Act: alertAct(r, a)}
	if b, known := supply.Batches[a.Batch]; known && a.Batch != "" {
		item.What = l.T("alerts.what", "Product", item.What, "Lot", b.Lot)
	}
	if a.Product == "" {
		item.What, item.Where = item.Where, ""
	}
	day := ""
	if !a.Day.IsZero() {
		day = l.Date(a.Day)
	}
	to := supply.Sites[a.To].Name
	switch a.Kind {
	case stock.AlertExpiring:
		item.Say = append(item.Say, l.N("alerts.say.expiring", a.Kits, "Date", day), expiringWords(r, a, to))
	case stock.AlertOut:
		item.Say = append(item.Say, l.T("alerts.say.out"), orderWords(r, a))
	case stock.AlertLow:
		item.Say = append(item.Say, l.N("alerts.say.low", a.Kits, "Months", tenths(r, a.Lasting)))
		if a.Near > 0 {
			item.Say = append(item.Say, l.N("alerts.say.low_near", a.Near))
		}
		item.Say = append(item.Say, orderWords(r, a))
	case stock.AlertSilent:
		item.Say = append(item.Say, silentWords(r, a))
	default:
		item.Say = append(item.Say, l.N("alerts.say."+string(a.Kind), a.Kits, "Date", day, "Site", to))
	}
	return item
}

// expiringWords says what can be done before kits expire.
func expiringWords(r *request, a stock.Alert, to string) string {
	if a.To == "" {
		return r.locale.T("alerts.say.offer")
	}
	return r.locale.N("alerts.say.move", a.Movable, "Site", to)
}

// orderWords shows the sum behind a suggestion.
func orderWords(r *request, a stock.Alert) string {
	l := r.locale
	return l.N("alerts.say.order", a.Order.Kits, "Months", strconv.Itoa(a.Order.Months), "Need", l.Number(a.Order.Need), "Have", l.Number(a.Order.Have))
}

func silentWords(r *request, a stock.Alert) string {
	switch {
	case a.Kits > 0:
		return r.locale.N("alerts.say.unkept", a.Kits)
	case a.Day.IsZero():
		return r.locale.T("alerts.say.never")
	}
	return r.locale.T("alerts.say.silent", "Month", r.locale.Month(a.Day))
}

// tenths writes a number of months with one place, rounded half up.
func tenths(r *request, f stock.Fraction) string {
	return r.locale.Decimal(float64((20*f.Num+f.Den)/(2*f.Den))/10, 1)
}

// alertAct is the one thing to do next about each kind.
func alertAct(r *request, a stock.Alert) page.Option {
	act := func(url, key string) page.Option {
		return page.Option{Value: url, Label: r.locale.T("alerts.do." + key)}
	}
	kit := string(a.Product) + ":" + string(a.Batch)
	site := url.Values{"site": {string(a.Site)}}
	form := func(what, key string) page.Option {
		return act("/stock/move?"+url.Values{"what": {what}, "site": site["site"], "product": {kit}}.Encode(), key)
	}
	switch a.Kind {
	case stock.AlertExpiring:
		if a.To != "" {
			return form("send", "move")
		}
		return act("/aid/new?"+url.Values{"kind": {string(thn.AidOffer)}, "product": {kit}, "kits": {strconv.FormatInt(a.Kits, 10)}}.Encode(), "offer")
	case stock.AlertExpired:
		return form("off", "take_off")
	case stock.AlertTransfer:
		return act("/stock?"+site.Encode(), "arrived")
	case stock.AlertShortfall, stock.AlertSilent:
		return act("/stock/count?"+site.Encode(), "count")
	case stock.AlertRecall:
		return act("/recalls/"+string(a.Record), "recall")
	}
	return form("receive", "receive")
}
