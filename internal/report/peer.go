package report

import (
	"context"

	"thntracker/internal/thn"
)

// peerShare is indicator A9: kits given by trained peers, of all kits. It cuts
// across the channels and is never added to them: a peer may work in a prison or
// for a community outlet, and then the record says so in the supplier's role.
func peerShare(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	p, err := b.kits(ctx, b.spec.Period, thn.ByChannel, thn.BySupplier, groupOf[b.spec.By])
	if err != nil {
		return t, err
	}
	t.Columns = []Column{kitsNamed("peer"), kitsNamed("all"), percentNamed[Kit]("share", perPlaces)}
	b.shareRows(&t, func(x box) share[Kit] {
		all := p.in(x)
		return share[Kit]{num: p.byPeers(x, all.known), base: all, whole: true}
	})
	b.remark(&t, p, p.in(b.everything()))
	return t, nil
}

// byPeers sums what peers gave: totals of the peer channel, and single records
// that name the channel or a peer as supplier. Where kits are recorded and no
// peer is named, none is the answer; totals of other channels do not say.
func (p *pool[U]) byPeers(x box, recorded bool) sum[U] {
	channel, supplier := x, x
	channel.channel &= codes(thn.Channels, thn.ChannelPeer)
	supplier.supplier &= codes(thn.Suppliers, thn.SupplierPeer)
	s := p.in(channel)
	for _, e := range p.events {
		if supplier.holds(e.box) && !channel.holds(e.box) {
			s.events += e.count.Low
			s.known = true
		}
	}
	s.known = s.known || recorded && p.anyEvent(x)
	return s
}

func (p *pool[U]) anyEvent(x box) bool {
	for _, e := range p.events {
		if x.holds(e.box) {
			return true
		}
	}
	return false
}
