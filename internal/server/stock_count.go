package server

import (
	"net/http"
	"net/url"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// countForm opens the sheet of a shelf, or of a bag.
func countForm(s *Server, r *request) (reply, error) {
	site, _, err := s.stockSite(r)
	if err != nil {
		return reply{}, err
	}
	if site == "" {
		return seeOther("/stock")
	}
	day := form.DayOf(s.today(r))
	f := form.CountSheet{Site: string(site), Bag: r.query().Get("bag"), DayDay: day.Day, DayMonth: day.Month, DayYear: day.Year}
	p, err := s.countPage(r, f, nil, false)
	return reply{page: p}, err
}

// countPage draws the sheet: what the ledger has met there on a new one, the
// person's own lines on one that comes back.
func (s *Server) countPage(r *request, f form.CountSheet, wrong error, doubted bool) (*page.CountSheet, error) {
	site, err := s.Stock.Site(r.ctx, r.actor, thn.ID(f.Site))
	if err != nil {
		return nil, err
	}
	l := r.locale
	p := &page.CountSheet{Base: page.Base{Heading: l.T("stock.count.title", "Site", site.Name), Here: "stock"}, Site: f.Site, Bag: f.Bag, Back: "/stock?site=" + f.Site,
		Other: page.Option{Value: moveURL(form.StockCount, site.ID, "bag", f.Bag), Label: l.T("stock.count.other")}}
	if f.Bag != "" {
		p.Heading = l.T("stock.count.title_bag")
	}
	m := s.problems(r, wrong, &p.Base)
	p.Day = dayField(r, "day", "stock.day", f.Day(), m, false)
	if doubted || f.Anyway != "" {
		anyway := anywayField(r, f.Anyway)
		p.Anyway = &anyway
	}
	if p.Lines, err = s.countLines(r, f); err != nil {
		return nil, err
	}
	for i := range p.Lines {
		p.Lines[i].Name = form.LineName(i)
		p.Lines[i].Error = m[form.LineName(i)]
	}
	return p, nil
}

func (s *Server) countLines(r *request, f form.CountSheet) (list []page.CountLine, err error) {
	b, err := s.bench(r)
	if err != nil {
		return nil, err
	}
	for i := range min(len(f.IDs), len(f.Kits), len(f.Counted)) {
		line := s.countLine(r, b.kitOf(f.Kits[i]))
		line.ID, line.Value = f.IDs[i], f.Counted[i]
		list = append(list, line)
	}
	if len(f.IDs) > 0 {
		return list, nil
	}
	lines, err := s.Stock.Sheet(r.ctx, r.actor, sheetHolder(f))
	for _, x := range b.byProduct(r, lines) {
		list = append(list, s.countLine(r, b.kit(x)))
	}
	return list, err
}

func sheetHolder(f form.CountSheet) thn.Holder {
	if f.Bag != "" {
		return thn.Holder{Bag: thn.ID(f.Bag)}
	}
	return thn.Holder{Site: thn.ID(f.Site)}
}

func (s *Server) countLine(r *request, k kit) page.CountLine {
	return page.CountLine{ID: string(thn.NewID()), Kit: k.value(), Label: k.product.Name, Note: s.batchWords(r, k)}
}

// countSave records each line that is filled in as a count of its own. Sent
// twice, the lines are known by their ids and count once.
func countSave(s *Server, r *request) (reply, error) {
	var f form.CountSheet
	err := r.form(&f)
	if fault.Is(err, fault.TooLarge) {
		return reply{}, err
	}
	doubted := false
	if err == nil {
		doubted, err = s.takeCount(r, f)
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 && f.Site != "" {
		p, again := s.countPage(r, f, err, doubted)
		return reply{status: http.StatusUnprocessableEntity, page: p}, again
	}
	if err != nil {
		return reply{}, err
	}
	return seeOther("/stock?site=" + url.QueryEscape(f.Site))
}

func (s *Server) takeCount(r *request, f form.CountSheet) (doubted bool, err error) {
	counts, lines, err := f.ToDomain()
	if err != nil {
		return false, err
	}
	if _, err := s.Stock.Site(r.ctx, r.actor, thn.ID(f.Site)); err != nil {
		return false, err
	}
	doubts, err := s.countDoubts(r, counts, lines)
	if err != nil {
		return false, err
	}
	if len(doubts) > 0 && f.Anyway == "" {
		return true, fault.Fields("weigh count", doubts...)
	}
	b, err := s.bench(r)
	if err != nil {
		return false, err
	}
	x := moved{Day: s.today(r).String(), Site: thn.ID(f.Site)}
	same := 0
	for _, m := range counts {
		if _, err := s.recordMove(r, "", m); err != nil {
			return false, err
		}
		x.IDs = append(x.IDs, m.ID)
		words, agreed, err := s.countWords(r, m, s.kitName(r, b, m.Product, b.batches[m.Batch]))
		if err != nil {
			return false, err
		}
		if agreed {
			same++
			continue
		}
		x.Words = append(x.Words, words)
	}
	summary := []string{r.locale.N("stock.saved.sheet", len(counts))}
	if same > 0 {
		summary = append(summary, r.locale.N("stock.saved.sheet_same", same))
	}
	x.Words = append(summary, x.Words...)
	s.rememberMove(r, x)
	return false, nil
}

// countDoubts names each doubt by the line of the sheet that it is about.
func (s *Server) countDoubts(r *request, counts []thn.Movement, lines []int) (doubts []fault.Field, err error) {
	for i, m := range counts {
		found, err := s.Stock.Doubts(r.ctx, r.actor, "", m)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			d.Name = form.LineName(lines[i])
			doubts = append(doubts, d)
		}
	}
	return doubts, nil
}

// kitOf is the kit of a form's value; what is unknown has no name.
func (b *bench) kitOf(value string) kit {
	product, batch := splitKit(value)
	k := b.kit(stock.Line{Product: product, Batch: b.batches[batch]})
	k.product.ID, k.batch.ID = product, batch
	return k
}
