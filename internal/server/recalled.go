package server

import (
	"strings"

	"thntracker/internal/page"
	"thntracker/internal/recall"
	"thntracker/internal/thn"
)

// recalled warns of kits of a recalled batch on the shelves and in the bags that
// the reader may clear: a line for each place, or one for many. Any page of a
// worker may show it.
func (s *Server) recalled(r *request) (list []page.Option, err error) {
	held, err := s.Recalls.Held(r.ctx, r.actor)
	if err != nil || len(held) == 0 {
		return nil, err
	}
	named, err := s.productNames(r)
	if err != nil {
		return nil, err
	}
	for _, h := range held {
		to := "/recalls/" + string(h.Recall.ID)
		product := named[h.Recall.Product]
		if len(h.Places) > 2 {
			kits := int64(0)
			for _, p := range h.Places {
				kits += p.Left
			}
			list = append(list, page.Option{Value: to, Label: r.locale.N("recall.warn_many", kits, "Product", product, "Places", r.locale.Number(len(h.Places)))})
			continue
		}
		for _, p := range h.Places {
			list = append(list, page.Option{Value: to, Label: r.locale.N("recall.warn", p.Left, "Product", product, "Lot", p.Batch.Lot, "Place", s.placeWords(r, p))})
		}
	}
	return list, nil
}

// placeWords names a shelf or bag for somebody who has to go there.
func (s *Server) placeWords(r *request, p recall.Place) string {
	switch {
	case p.Holder.Bag == "":
		return p.Site.Name
	case p.Bag.Account == r.actor.Account.ID:
		return r.locale.T("recall.your_bag")
	case p.Carrier == "":
		return r.locale.T("recall.bag_of_nobody", "Site", p.Site.Name)
	}
	return r.locale.T("recall.bag", "Handle", p.Carrier, "Site", p.Site.Name)
}

// lotsOf names the batches of a recall.
func lotsOf(c thn.Recall, batches []thn.Batch) string {
	var lots []string
	for _, b := range batches {
		for _, id := range c.Batches {
			if b.ID == id {
				lots = append(lots, b.Lot)
			}
		}
	}
	return strings.Join(lots, ", ")
}
