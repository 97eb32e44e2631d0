package report

import (
	"cmp"
	"context"
	"slices"

	"thntracker/internal/thn"
)

// book is what one question has open: its source and the reference data, read once.
type book struct {
	spec         Spec
	source       Source
	space        space
	tree         *tree
	sites        []thn.Site // by name
	products     []thn.Product
	totals       []thn.PeriodTotal        // those in view that stand
	aside        []thn.PeriodTotal        // those in view that the programme put aside for the records in their scope
	denominators []thn.Denominator        // sums of the areas below among them
	added        map[string]int           // by scope: how many published figures are in a sum
	chosen       thn.Denominator          // one of the series that the question names, if it names one
	targets      []thn.Target             // the programme's own
	told         map[thn.Period][]Returns // what sites said, read once for each period
	rated        map[thn.Period]rated     // and how many of them did
	givers       []thn.Giver              // whose uses are counted; nil: everybody's
}

func open(ctx context.Context, source Source, spec Spec) (*book, error) {
	source = remember(source)
	b := &book{spec: spec, source: source, told: map[thn.Period][]Returns{}, rated: map[thn.Period]rated{}}
	id := spec.Programme.ID
	areas, err := source.Areas(ctx, id)
	if err == nil {
		b.sites, err = source.Sites(ctx, id)
	}
	if err == nil {
		b.products, err = source.Products(ctx, id)
	}
	if err == nil {
		b.totals, err = source.Totals(ctx, id)
	}
	if err == nil {
		b.denominators, err = source.Denominators(ctx, id)
	}
	if err == nil {
		b.targets, err = source.Targets(ctx, id)
	}
	if spec.Sites != nil {
		b.denominators = nil // they speak of whole areas, and these are the kits of some sites
	} else if err == nil {
		err = b.choose()
	}
	byName(b.sites)
	b.tree = newTree(areas)
	b.addUp()
	b.space = newSpace(b.tree, spec.With, b.sites, b.products)
	seen := b.totals
	b.totals = nil
	for _, t := range seen {
		switch {
		case !b.sees(t):
		case t.Aside:
			b.aside = append(b.aside, t)
		default:
			b.totals = append(b.totals, t)
		}
	}
	return b, err
}

// everything is the box of all that is in view in the question's period.
func (b *book) everything() box { return b.space.everything(b.spec.Period) }

// sitesInView lists the sites that were open at some time in the period, by name.
func (b *book) sitesInView() (list []thn.Site) {
	for _, s := range b.sites {
		if s.OpenIn(b.spec.Period) && b.inReach(s) {
			list = append(list, s)
		}
	}
	return list
}

// byName orders sites by their folded names, each folded once.
func byName(sites []thn.Site) {
	folded := map[thn.ID]string{}
	for _, s := range sites {
		folded[s.ID] = thn.Fold(s.Name)
	}
	slices.SortFunc(sites, func(x, y thn.Site) int {
		return cmp.Or(cmp.Compare(folded[x.ID], folded[y.ID]), cmp.Compare(x.ID, y.ID))
	})
}

// inReach tells whether a site lies in the places asked about.
func (b *book) inReach(s thn.Site) bool {
	return (b.spec.Areas == nil || slices.Contains(b.spec.Areas, s.Area)) && (b.spec.Sites == nil || slices.Contains(b.spec.Sites, s.ID))
}

// inView tells whether what a site holds or tells is asked about: only kits given
// out have a channel of their own, everything else is of its site's.
func (b *book) inView(s thn.Site) bool { return b.inReach(s) && b.channelInView(s.Channel) }

// sitesOfChannels narrows what has no channel of its own, such as sessions, uses
// and months of releases, to the sites of the channels asked about.
func (b *book) sitesOfChannels() []thn.ID {
	if b.spec.Channels == nil {
		return b.spec.Sites
	}
	list := []thn.ID{}
	for _, s := range b.sites {
		if b.inView(s) {
			list = append(list, s.ID)
		}
	}
	return list
}

// sees tells whether a total lies wholly in the question's view: a total of more
// than one may see is neither shown nor used.
func (b *book) sees(t thn.PeriodTotal) bool {
	if b.spec.Sites != nil && !slices.Contains(b.spec.Sites, t.Site) {
		return false
	}
	if b.spec.Channels != nil && (len(t.Channels) == 0 || !codes(thn.Channels, b.spec.Channels...).holds(codes(thn.Channels, t.Channels...))) {
		return false
	}
	return b.wholly(t.Area)
}

// wholly tells whether an area lies in view with everything below it.
func (b *book) wholly(area thn.ID) bool {
	if b.spec.Areas == nil {
		return true
	}
	run := b.tree.run(area)
	for i := run.from; i < run.to; i++ {
		if i >= len(b.tree.areas) || !slices.Contains(b.spec.Areas, b.tree.areas[i].ID) {
			return false
		}
	}
	return true
}

// kits reads what is known about kits given out in a period, with single records
// split by at least the groups wanted.
func (b *book) kits(ctx context.Context, period thn.Period, want ...thn.Group) (*pool[Kit], error) {
	return poolOf[Kit](ctx, b, thn.MeasureKits, period, want)
}

// people is kits for the people who were given them.
func (b *book) people(ctx context.Context, period thn.Period, want ...thn.Group) (*pool[Person], error) {
	return poolOf[Person](ctx, b, thn.MeasurePeople, period, want)
}

func poolOf[U Unit](ctx context.Context, b *book, measure thn.Measure, period thn.Period, want []thn.Group) (*pool[U], error) {
	inside, late := b.published(measure, period)
	events, err := b.recorded(ctx, measure, period, want, inside)
	if err != nil {
		return nil, err
	}
	p := newPool[U](inside, events)
	p.late = late
	return p, nil
}

// recorded sums single records, split so that each sum lies in a total or outside it.
func (b *book) recorded(ctx context.Context, measure thn.Measure, period thn.Period, want []thn.Group, totals []*fact) (events []*fact, err error) {
	var groups []thn.Group
	for _, g := range append(slices.Clone(want), groupsOf(totals)...) {
		if g != "" && !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
	}
	for _, part := range cuts(totals, period) {
		cells, err := b.tally(ctx, part, groups)
		if err != nil {
			return nil, err
		}
		for _, c := range cells {
			if c.Records > 0 { // without groups, a tally of nothing is one empty cell
				events = append(events, &fact{box: b.space.ofCell(c, part), count: thn.ExactKits(measured(measure, c)), answers: c.Records})
			}
		}
	}
	return events, nil
}

// tally sums single records in view, split by at least the groups.
func (b *book) tally(ctx context.Context, period thn.Period, groups []thn.Group) ([]thn.Cell, error) {
	return b.source.Tally(ctx, thn.Query{Programme: b.spec.Programme.ID, Period: period, Areas: b.spec.Areas, Sites: b.spec.Sites,
		Channels: b.spec.Channels, Groups: groups})
}

func measured(m thn.Measure, c thn.Cell) int64 {
	if m == thn.MeasurePeople {
		return c.People
	}
	return c.Kits
}

// published gives the totals of a measure that lie in the period, and those that
// reach outside it.
func (b *book) published(measure thn.Measure, period thn.Period) (inside, late []*fact) {
	scopes := map[string]bool{}
	for _, t := range b.totals {
		scopes[t.Scope()] = true
	}
	for i := range b.totals {
		t := b.totals[i]
		if t.Measure != measure || !t.Period.Overlaps(period) {
			continue
		}
		sibling := t
		sibling.Reason = thn.ReasonUsedSelf
		f := &fact{box: b.space.ofTotal(t, scopes[sibling.Scope()]), count: t.Count, total: &b.totals[i]}
		if period.Covers(t.Period) {
			inside = append(inside, f)
		} else {
			late = append(late, f)
		}
	}
	return inside, late
}

// groupsOf lists the dimensions that tell whether single records lie in a total.
func groupsOf(totals []*fact) (groups []thn.Group) {
	if len(totals) == 0 {
		return nil
	}
	groups = []thn.Group{thn.ByMonth, thn.ByArea, thn.ByChannel}
	has := func(set func(t *thn.PeriodTotal) bool) bool {
		return slices.ContainsFunc(totals, func(f *fact) bool { return set(f.total) })
	}
	if has(func(t *thn.PeriodTotal) bool { return t.Site != "" }) {
		groups = append(groups, thn.BySite)
	}
	if has(func(t *thn.PeriodTotal) bool { return t.Recipient != "" }) {
		groups = append(groups, thn.ByRecipient)
	}
	if has(func(t *thn.PeriodTotal) bool { return t.Supply != "" || t.Reason != "" }) {
		groups = append(groups, thn.BySupply, thn.ByReason)
	}
	return groups
}

// cuts divides a period where a total begins or ends within a month, because a
// tally tells months apart and not days.
func cuts(totals []*fact, period thn.Period) (parts []thn.Period) {
	at := []thn.Date{period.From, period.To}
	for _, f := range totals {
		for _, d := range []thn.Date{f.total.Period.From, f.total.Period.To} {
			if d.Day() != 1 {
				at = append(at, d)
			}
		}
	}
	slices.SortFunc(at, func(x, y thn.Date) int { return y.DaysUntil(x) })
	at = slices.Compact(at)
	for i := 1; i < len(at); i++ {
		parts = append(parts, thn.Period{From: at[i-1], To: at[i]})
	}
	return parts
}
