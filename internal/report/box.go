package report

import "math/bits"

// A box is what a figure speaks about: one programme or all, a run of days, a run of areas (an area
// with everything below it is a run, see tree.go), one site or all, one product
// or all, and a set of codes for each closed list. A figure that says nothing
// about a dimension covers all of it.
type box struct {
	programme, day, area, site, product                   span
	channel, setting, supplier, recipient, supply, reason set
}

// span is the half-open run [from, to).
type span struct{ from, to int }

func (s span) holds(o span) bool { return s.from <= o.from && o.to <= s.to }
func (s span) meets(o span) bool { return s.from < o.to && o.from < s.to }
func (s span) size() float64     { return float64(s.to - s.from) }

// set holds codes of one list by their place in it.
type set uint32

func (s set) holds(o set) bool { return o&^s == 0 }
func (s set) meets(o set) bool { return s&o != 0 }
func (s set) size() float64    { return float64(bits.OnesCount32(uint32(s))) }

// holds tells whether everything o speaks about lies in b.
func (b box) holds(o box) bool {
	return b.programme.holds(o.programme) && b.day.holds(o.day) && b.area.holds(o.area) && b.channel.holds(o.channel) && b.setting.holds(o.setting) && b.supply.holds(o.supply) &&
		b.recipient.holds(o.recipient) && b.reason.holds(o.reason) && b.site.holds(o.site) && b.supplier.holds(o.supplier) && b.product.holds(o.product)
}

// meets tells whether some kit could lie in both.
func (b box) meets(o box) bool {
	return b.programme.meets(o.programme) && b.day.meets(o.day) && b.area.meets(o.area) && b.channel.meets(o.channel) && b.setting.meets(o.setting) && b.supply.meets(o.supply) &&
		b.recipient.meets(o.recipient) && b.reason.meets(o.reason) && b.site.meets(o.site) && b.supplier.meets(o.supplier) && b.product.meets(o.product)
}

// volume grows with every dimension, so a box is always larger than what it holds.
func (b box) volume() float64 {
	return b.programme.size() * b.day.size() * b.area.size() * b.site.size() * b.product.size() * b.channel.size() * b.setting.size() * b.supplier.size() *
		b.recipient.size() * b.supply.size() * b.reason.size()
}
