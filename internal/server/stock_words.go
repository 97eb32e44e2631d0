package server

import (
	"net/url"
	"strings"

	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// moveURL is the address of a form on stock, with answers that are known already
// as pairs of name and value.
func moveURL(what string, site thn.ID, pairs ...string) string {
	q := url.Values{"what": {what}, "site": {string(site)}}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return "/stock/move?" + q.Encode()
}

// kit is a line as it is chosen in a form.
func (b *bench) kit(x stock.Line) kit { return kit{product: b.products[x.Product], batch: x.Batch} }

// byProduct puts lines in the order in which products are read; within a product
// the order stays, first to expire first.
func (b *bench) byProduct(r *request, lines []stock.Line) []stock.Line {
	lang.Sort(r.locale, lines, func(x stock.Line) string { return b.products[x.Product].Name })
	return lines
}

// kitName is product and batch in one run of words.
func (s *Server) kitName(r *request, b *bench, product thn.ID, batch thn.Batch) string {
	return r.locale.T("stock.kit", "Product", b.products[product].Name, "Batch", s.batchWords(r, kit{batch: batch}))
}

// kitCell names a product with its lot in small words.
func (s *Server) kitCell(r *request, b *bench, x stock.Line) page.Cell {
	c := page.Cell{Text: b.products[x.Product].Name, Note: r.locale.T("give.no_batch")}
	if x.Batch.ID != "" {
		c.Note = r.locale.T("stock.lot", "Lot", x.Batch.Lot)
	}
	return c
}

// expiryCell gives the last day with what it means for the order of use.
func (s *Server) expiryCell(r *request, x stock.Line) page.Cell {
	if x.Batch.ID == "" {
		return page.Cell{Text: r.locale.T("code.reason.unknown"), State: "missing"}
	}
	c := page.Cell{Text: lastDay(r, x.Batch.Expiry, x.Batch.MonthOnly)}
	switch {
	case x.Past:
		c.Note = r.locale.T("setup.batch.past")
	case x.Batch.Quarantined:
		c.Note = r.locale.T("stock.put_aside")
	case x.First:
		c.Mark = r.locale.T("stock.use_first")
	}
	return c
}

// bagNames names bags: one's own, by handle where the actor may see who it is,
// and else by the end of its random id, which tells two apart without saying
// whose they are.
func bagNames(r *request, list []stock.Carried) map[thn.ID]string {
	names := map[thn.ID]string{}
	for _, c := range list {
		name := ""
		switch id := string(c.Bag.ID); {
		case c.Mine:
			name = r.locale.T("stock.bag.mine")
		case c.Handle != "":
			name = r.locale.T("stock.bag.of", "Handle", c.Handle)
		default:
			name = r.locale.T("stock.bag.colleague", "Mark", strings.ToUpper(id[len(id)-4:]))
		}
		if c.Bag.Closed {
			name = r.locale.T("stock.bag.closed", "Bag", name)
		}
		names[c.Bag.ID] = name
	}
	return names
}
