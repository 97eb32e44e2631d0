package server

import (
	"strconv"

	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// aidBoard shows what programmes offer and ask for, and what is on its way.
func aidBoard(s *Server, r *request) (reply, error) {
	b, err := s.Aid.Board(r.ctx, r.actor)
	if err != nil {
		return reply{}, err
	}
	l := r.locale
	p := &page.Aid{Base: page.Base{Heading: l.T("aid.title"), Here: "aid"}, Intro: []string{l.T("aid.intro")}}
	if b.Alone {
		p.Intro = append(p.Intro, l.T("aid.alone"))
	}
	if stock.MayAct(r.actor) {
		p.Add = []page.Option{{Value: "/aid/new?kind=offer", Label: l.T("aid.offer_title")}, {Value: "/aid/new?kind=request", Label: l.T("aid.request_title")}}
	}
	offers := page.AlertGroup{Key: "offers", Title: l.T("aid.offers"), Empty: l.T("aid.no_offers")}
	for _, n := range b.Offers {
		offers.Items = append(offers.Items, noticeItem(r, n, offerWords(r, b.Today, n)))
	}
	requests := page.AlertGroup{Key: "requests", Title: l.T("aid.requests"), Empty: l.T("aid.no_requests")}
	for _, n := range b.Requests {
		requests.Items = append(requests.Items, noticeItem(r, n, []string{l.N("aid.say.request", n.Kits), expiredWords(r, n.AidPost)}))
	}
	p.Kinds = []page.AlertGroup{offers, requests}
	if len(b.HandOvers) > 0 {
		passages := page.AlertGroup{Key: "handovers", Title: l.T("aid.handovers")}
		for _, h := range b.HandOvers {
			passages.Items = append(passages.Items, passageItem(r, h))
		}
		p.Kinds = append(p.Kinds, passages)
	}
	return reply{page: p}, nil
}

func noticeItem(r *request, n stock.Notice, say []string) page.AlertItem {
	from := n.From
	if n.Mine {
		from = r.locale.T("aid.ours")
	}
	return page.AlertItem{What: lotWords(r, n.Product, n.Lot), Where: from, Say: append(say, r.locale.T("aid.since", "Date", r.locale.Date(n.Day))), Act: noticeAct(r, n)}
}

func lotWords(r *request, product, lot string) string {
	if lot == "" {
		return product
	}
	return r.locale.T("alerts.what", "Product", product, "Lot", lot)
}

// offerWords says how many, until when, and how near that is.
func offerWords(r *request, today thn.Date, n stock.Notice) []string {
	l := r.locale
	if n.Expiry.IsZero() {
		return []string{l.N("aid.say.offer_open", n.Kits)}
	}
	say := []string{l.N("aid.say.offer", n.Kits, "Date", l.Date(n.Expiry))}
	switch {
	case n.Expiry.Before(today):
		say = append(say, l.T("aid.past"))
	case n.Expiry.Before(today.AddDays(stock.Far + 1)):
		say = append(say, l.T("aid.soon"))
	}
	return say
}

func expiredWords(r *request, p thn.AidPost) string {
	if p.Expired {
		return r.locale.T("aid.expired_yes")
	}
	return r.locale.T("aid.expired_no")
}

func noticeAct(r *request, n stock.Notice) page.Option {
	path := "/aid/" + string(n.ID)
	switch {
	case !stock.MayAct(r.actor):
		return page.Option{}
	case n.Mine:
		return page.Option{Value: path + "/close", Label: r.locale.T("aid.close")}
	case n.Kind == thn.AidOffer:
		return page.Option{Value: "/aid/new?kind=request&offer=" + string(n.ID) + "&of=" + string(n.Programme), Label: r.locale.T("aid.ask")}
	}
	return page.Option{Value: path + "/send?of=" + string(n.Programme), Label: r.locale.T("aid.send")}
}

// passageItem shows what left and what arrived; both sides see what differs.
func passageItem(r *request, h stock.Passage) page.AlertItem {
	l := r.locale
	way := "aid.got"
	if h.Gave {
		way = "aid.gave"
	}
	item := page.AlertItem{What: lotWords(r, h.Product, h.Lot), Where: l.T(way, "Programme", h.Other), Say: []string{l.N("aid.say.sent", h.Sent, "Date", l.Date(h.Day))}}
	if h.OnItsWay() {
		item.Say = append(item.Say, l.T("aid.on_its_way"))
		if !h.Gave && stock.MayAct(r.actor) {
			item.Act = page.Option{Value: "/aid/" + string(h.ID) + "/receive?of=" + string(h.Giver), Label: l.T("aid.receive")}
		}
		return item
	}
	switch d := h.Arrived - h.Sent; {
	case d < 0:
		item.Say = append(item.Say, l.N("aid.say.arrived_fewer", h.Arrived, "Difference", l.Number(-d)))
	case d > 0:
		item.Say = append(item.Say, l.N("aid.say.arrived_more", h.Arrived, "Difference", l.Number(d)))
	default:
		item.Say = append(item.Say, l.N("aid.say.arrived", h.Arrived))
	}
	return item
}

// kitChoice lists the programme's own kits, with their lots or without.
func (s *Server) kitChoice(r *request, chosen, wrong string, lots bool) (page.Field, error) {
	b, err := s.bench(r)
	var options []page.Option
	if err == nil {
		for _, k := range b.kits {
			if lots || k.batch.ID == "" {
				label := k.product.Name
				if lots {
					label = r.locale.Beside(label, s.batchWords(r, k))
				}
				options = append(options, page.Option{Value: k.value(), Label: label, Chosen: k.value() == chosen})
			}
		}
	}
	return choice(r, "product", "aid.product", wrong, options), err
}

// openSites lists the sites that kits may leave or come to.
func (s *Server) openSites(r *request, chosen, wrong string) (page.Field, error) {
	b, err := s.bench(r)
	if err != nil {
		return page.Field{}, err
	}
	lang.Sort(r.locale, b.open, func(x thn.Site) string { return x.Name })
	var options []page.Option
	for _, x := range b.open {
		options = append(options, page.Option{Value: string(x.ID), Label: x.Name, Chosen: string(x.ID) == chosen || len(b.open) == 1})
	}
	return choice(r, "site", "aid.site", wrong, options), nil
}

// otherOf gives the programme and id that the address of another's thing names.
func otherOf(r *request) (of, id thn.ID, err error) {
	if id, err = r.id("id"); err != nil {
		return "", "", err
	}
	if of, err = thn.ParseID(r.query().Get("of")); err != nil {
		return "", "", notThere("programme")
	}
	return of, id, nil
}

// kitByCode is the programme's own product of a code, as a form's value: with the
// lot to use first if one is asked for.
func (s *Server) kitByCode(r *request, code string, lots bool) (string, error) {
	b, err := s.bench(r)
	if err != nil {
		return "", err
	}
	for _, k := range b.kits {
		past := k.batch.ID != "" && k.batch.Expiry.Before(s.today(r))
		if k.product.Code == code && (k.batch.ID == "" || lots && !past && !k.batch.Quarantined) {
			return k.value(), nil
		}
	}
	return "", nil
}

func countText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
