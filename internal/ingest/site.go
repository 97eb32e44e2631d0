package ingest

import (
	"context"

	"thntracker/internal/thn"
)

// siteBuilder makes sites.
type siteBuilder struct {
	*planner
	seen map[string]thn.Site
}

func newSiteBuilder(p *planner) builder {
	b := &siteBuilder{planner: p, seen: map[string]thn.Site{}}
	for _, s := range p.known.sites {
		b.remember(s)
	}
	return b
}

func (b *siteBuilder) remember(s thn.Site) {
	b.seen["name|"+string(s.Area)+"|"+b.spell.get(s.Name)] = s
	if s.Code != "" {
		b.seen["code|"+b.spell.get(s.Code)] = s
	}
}

func (b *siteBuilder) finish(context.Context) error { return nil }

func (b *siteBuilder) add(e entry) error {
	s := thn.Site{ID: thn.NewID(), Name: e.get(FieldName).text, Code: e.get(FieldCode).text}
	if s.Name == "" {
		return e.get(FieldName).refuse("needed", nil)
	}
	area, err := b.area(e, FieldArea)
	if err != nil {
		return err
	}
	s.Area = area.ID
	if err := b.words(e, &s); err != nil {
		return err
	}
	if s.Opened, err = b.day(e.get(FieldFrom)); err != nil {
		return err
	}
	if s.Closed, err = b.day(e.get(FieldUntil)); err != nil {
		return err
	}
	b.display[FieldArea], b.display[FieldSetting], b.display[FieldChannel] = area.Name, string(s.Setting), string(s.Channel)
	return b.compare(e, s)
}

// words reads the codes of a site; what is not said follows from its setting.
func (b *siteBuilder) words(e entry, s *thn.Site) error {
	setting, err := b.code(e, FieldSetting, "")
	if err != nil {
		return err
	}
	if setting == "" {
		return e.get(FieldSetting).refuse("needed", nil)
	}
	s.Setting = thn.Setting(setting)
	channel, err := b.code(e, FieldChannel, string(thn.ChannelOf(s.Setting)))
	if err != nil {
		return err
	}
	supplier, err := b.code(e, FieldSupplier, "unknown")
	if err != nil {
		return err
	}
	peer, err := b.code(e, FieldPeerLed, "no")
	s.Channel, s.Supplier, s.PeerLed = thn.Channel(channel), thn.Supplier(supplier), peer == "yes"
	return err
}

func (b *siteBuilder) compare(e entry, s thn.Site) error {
	was, found := b.seen["code|"+b.spell.get(s.Code)]
	if !found || s.Code == "" {
		was, found = b.seen["name|"+string(s.Area)+"|"+b.spell.get(s.Name)]
	}
	same := s
	same.ID, same.Name = was.ID, was.Name
	switch {
	case !found:
		b.remember(s)
		b.plan.load.Sites = append(b.plan.load.Sites, s)
		b.item(e, StatusNew, "")
	case same != was || b.spell.get(s.Name) != b.spell.get(was.Name):
		return e.get(FieldName).refuse("differs", map[string]any{"Was": was.Name + " " + was.Code})
	default:
		b.item(e, StatusKnown, "")
	}
	return nil
}
