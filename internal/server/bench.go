package server

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// bench is what lies before a worker: the sites, products and batches they may
// choose from today.
type bench struct {
	sites    map[thn.ID]thn.Site
	products map[thn.ID]thn.Product
	batches  map[thn.ID]thn.Batch
	open     []thn.Site
	kits     []kit
	hand     hand
}

// kit is a product with one of its batches, or with none recorded.
type kit struct {
	product thn.Product
	batch   thn.Batch
}

func (k kit) value() string { return string(k.product.ID) + ":" + string(k.batch.ID) }

func (s *Server) bench(r *request) (*bench, error) {
	programme := r.actor.Programme.ID
	sites, err := s.Directory.Sites(r.ctx, programme)
	if err != nil {
		return nil, err
	}
	products, err := s.Directory.Products(r.ctx, programme)
	if err != nil {
		return nil, err
	}
	batches, err := s.Directory.Batches(r.ctx, programme)
	if err != nil {
		return nil, err
	}
	b := &bench{sites: map[thn.ID]thn.Site{}, products: map[thn.ID]thn.Product{}, batches: map[thn.ID]thn.Batch{}}
	for _, site := range sites {
		b.sites[site.ID] = site
		if r.actor.Reaches(site) && site.OpenOn(s.today(r)) {
			b.open = append(b.open, site)
		}
	}
	lang.Sort(r.locale, b.open, func(site thn.Site) string { return site.Name })
	b.stock(r, products, batches)
	return b, nil
}

// stock lists kits by product name, the batch that expires first on top, so
// that it is used first. Batches that are put aside stand last: one that was
// given all the same can still be recorded.
func (b *bench) stock(r *request, products []thn.Product, batches []thn.Batch) {
	for _, p := range products {
		b.products[p.ID] = p
	}
	lang.Sort(r.locale, products, func(p thn.Product) string { return p.Name })
	lang.Sort(r.locale, batches, func(x thn.Batch) string { return x.Expiry.String() + x.Lot })
	for _, x := range batches {
		b.batches[x.ID] = x
	}
	none := []thn.Batch{{}}
	b.offer(products, func(p thn.Product, x thn.Batch) bool { return x.Product == p.ID && !x.Closed && !x.Quarantined }, batches)
	b.offer(products, func(thn.Product, thn.Batch) bool { return true }, none)
	b.offer(products, func(p thn.Product, x thn.Batch) bool { return x.Product == p.ID && !x.Closed && x.Quarantined }, batches)
}

func (b *bench) offer(products []thn.Product, fits func(thn.Product, thn.Batch) bool, batches []thn.Batch) {
	for _, p := range products {
		for _, x := range batches {
			if !p.Closed && fits(p, x) {
				b.kits = append(b.kits, kit{product: p, batch: x})
			}
		}
	}
}

func (s *Server) siteField(r *request, b *bench, chosen thn.ID, wrong string) page.Field {
	f := page.Field{Kind: page.FieldRadio, Name: "site", Label: r.locale.T("give.site"), Error: wrong}
	for _, site := range b.open {
		f.Options = append(f.Options, page.Option{Value: string(site.ID), Label: site.Name, Chosen: site.ID == chosen})
	}
	return f
}

func (s *Server) kitField(r *request, b *bench, chosen, wrong string) page.Field {
	f := page.Field{Kind: page.FieldRadio, Name: "product", Label: r.locale.T("give.product"), Error: wrong}
	for _, k := range b.kits {
		f.Options = append(f.Options, page.Option{Value: k.value(), Label: k.product.Name, Hint: s.toHand(r, b, k), Chosen: k.value() == chosen})
	}
	return f
}

func (s *Server) batchWords(r *request, k kit) string {
	if k.batch.ID == "" {
		return r.locale.T("give.no_batch")
	}
	expiry := lastDay(r, k.batch.Expiry, k.batch.MonthOnly)
	if k.batch.Quarantined {
		return r.locale.T("batch.offered_aside", "Lot", k.batch.Lot, "Expiry", expiry)
	}
	return r.locale.T("give.batch", "Lot", k.batch.Lot, "Expiry", expiry)
}

// siteWords and kitWords put the assumed choice into words; empty when there is none.
func (b *bench) siteWords(id thn.ID) string { return b.sites[id].Name }

func (s *Server) kitWords(r *request, b *bench, value string) string {
	for _, k := range b.kits {
		if k.value() == value {
			return r.locale.Beside(k.product.Name, s.batchWords(r, k))
		}
	}
	return ""
}

// everySite lists all sites of the programme by name.
func (b *bench) everySite(r *request) []thn.Site {
	list := slices.Collect(maps.Values(b.sites))
	lang.Sort(r.locale, list, func(site thn.Site) string { return site.Name })
	return list
}

// assumed is where a new record starts: the last site, else the only or first
// one; and the last kit, if there was one.
func (s *Server) assumed(r *request, b *bench) (site thn.ID, product string) {
	if len(b.open) > 0 {
		site = b.open[0].ID
	}
	if l, ok := s.lastOf(r); ok {
		if !b.batches[l.Record.Batch].Quarantined {
			product = string(l.Record.Product) + ":" + string(l.Record.Batch)
		}
		if open := b.sites[l.Record.Site]; open.OpenOn(s.today(r)) && r.actor.Reaches(open) {
			site = l.Record.Site
		}
	}
	return site, product
}

// offered is what is assumed, with the kit to use first among what is to hand there.
func (s *Server) offered(r *request, b *bench) (site thn.ID, product string, err error) {
	site, product = s.assumed(r, b)
	err = s.reach(r, b, site)
	return site, b.first(product), err
}

// codeField draws a closed list; the labels come from the catalogue.
func codeField[C ~string](r *request, name, label, list string, codes []C, chosen, wrong string) page.Field {
	f := page.Field{Kind: page.FieldRadio, Name: name, Label: r.locale.T(label), Error: wrong}
	for _, c := range codes {
		f.Options = append(f.Options, page.Option{Value: string(c), Label: r.locale.T("code." + list + "." + string(c)), Icon: codeIcons[list+"."+string(c)], Chosen: string(c) == chosen})
	}
	return f
}

var codeIcons = map[string]string{
	"recipient.person_at_risk": "person", "recipient.family_friend": "pair", "recipient.service_worker": "badge", "recipient.not_asked": "quiet",
	"supply.first": "first", "supply.repeat": "again", "supply.spare": "spare", "supply.not_asked": "quiet",
}

// lower puts a label into the middle of a list of words; languages without
// letter case are left alone.
func lower(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if strings.ToUpper(s[size:]) == s[size:] && len(s) > size+1 {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// errNoSites is said to a worker whose grant reaches no open site.
var errNoSites = fault.Say(fault.Denied, "bench", "give.no_sites", nil)
