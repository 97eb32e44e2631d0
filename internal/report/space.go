package report

import (
	"slices"
	"strconv"
	"time"

	"thntracker/internal/thn"
)

// space turns days, areas, sites, products and codes into the coordinates of boxes.
type space struct {
	tree       *tree
	programmes map[thn.ID]int
	sites      map[thn.ID]int
	products   map[thn.ID]int
}

func newSpace(t *tree, with []thn.ID, sites []thn.Site, products []thn.Product) space {
	s := space{tree: t, programmes: map[thn.ID]int{"": 0}, sites: map[thn.ID]int{}, products: map[thn.ID]int{}}
	for i, id := range with {
		s.programmes[id] = i + 1
	}
	for i, x := range sites {
		s.sites[x.ID] = i
	}
	for i, x := range products {
		s.products[x.ID] = i
	}
	return s
}

// dayZero is before every day a record can have.
var dayZero = thn.MustDate(1900, 1, 1)

func days(p thn.Period) span { return span{dayZero.DaysUntil(p.From), dayZero.DaysUntil(p.To)} }

// everything is the box that holds all that can be known in a period.
func (s space) everything(p thn.Period) box {
	return box{programme: span{0, len(s.programmes)}, day: days(p), area: s.tree.all(), site: span{0, len(s.sites) + 1}, product: span{0, len(s.products) + 1},
		channel: ^set(0), setting: ^set(0), supplier: ^set(0), recipient: ^set(0), supply: ^set(0), reason: ^set(0)}
}

// one is the place of a single thing; what is not known shares the last place.
func one(places map[thn.ID]int, id thn.ID) span {
	if i, ok := places[id]; ok {
		return span{i, i + 1}
	}
	return span{len(places), len(places) + 1}
}

// codes makes a set; none gives the set of all. A code outside the list shares
// the last place, so that it is inside "all" and nowhere else.
func codes[C ~string](list []C, chosen ...C) set {
	if len(chosen) == 0 {
		return ^set(0)
	}
	var s set
	for _, c := range chosen {
		if i := slices.Index(list, c); i >= 0 {
			s |= 1 << i
		} else {
			s |= 1 << 31
		}
	}
	return s
}

// reasons has a place for "no reason applies" before the listed ones.
var reasons = append([]thn.Reason{""}, thn.Reasons...)

// usedReasons are the reasons that say the last kit was used (indicator A4).
var usedReasons = codes(reasons, thn.ReasonUsedOther, thn.ReasonUsedSelf)

// ofTotal is the box of a published total. Alone says that its source publishes
// used_on_other and used_on_self apart; otherwise the first stands for both.
func (s space) ofTotal(t thn.PeriodTotal, alone bool) box {
	b := s.everything(t.Period)
	b.programme = one(s.programmes, t.Programme)
	b.area = s.tree.run(t.Area)
	b.channel = codes(thn.Channels, t.Channels...)
	if len(t.Channels) >= len(thn.Channels) {
		b.channel = ^set(0) // naming every channel is the same as naming none
	}
	if t.Site != "" {
		b.site = one(s.sites, t.Site)
	}
	if t.Recipient != "" {
		b.recipient = codes(thn.Recipients, t.Recipient)
	}
	if t.Supply != "" {
		b.supply = codes(thn.Supplies, t.Supply)
	}
	switch {
	case t.Reason == thn.ReasonUsedOther && !alone:
		b.reason = usedReasons
	case t.Reason != "":
		b.reason = codes(reasons, t.Reason)
	}
	return b
}

// ofCell is the box of single records that a tally summed over a period.
func (s space) ofCell(c thn.Cell, period thn.Period) box {
	b := s.everything(period)
	b.programme = one(s.programmes, c.Programme)
	for group, key := range c.Keys {
		switch group {
		case thn.ByMonth:
			b.day = monthWithin(key, period)
		case thn.ByArea: // the area itself: its records are not those of an area below
			run := s.tree.run(thn.ID(key))
			b.area = span{run.from, run.from + 1}
		case thn.BySite:
			b.site = one(s.sites, thn.ID(key))
		case thn.ByProduct:
			b.product = one(s.products, thn.ID(key))
		case thn.ByChannel:
			b.channel = codes(thn.Channels, thn.Channel(key))
		case thn.BySetting:
			b.setting = codes(thn.Settings, thn.Setting(key))
		case thn.BySupplier:
			b.supplier = codes(thn.Suppliers, thn.Supplier(key))
		case thn.ByRecipient:
			b.recipient = codes(thn.Recipients, thn.Recipient(key))
		case thn.BySupply:
			b.supply = codes(thn.Supplies, thn.Supply(key))
		case thn.ByReason:
			b.reason = codes(reasons, thn.Reason(key))
		}
	}
	return b
}

// monthWithin is the part of month 202603 that lies in the period.
func monthWithin(key string, period thn.Period) span {
	n, err := strconv.Atoi(key)
	if err != nil {
		return span{}
	}
	return overlap(days(thn.Month(n/100, time.Month(n%100))), days(period))
}

func overlap(a, b span) span { return span{max(a.from, b.from), min(a.to, b.to)} }
