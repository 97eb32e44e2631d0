package store

import (
	"context"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

type areaRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	ParentID    ref
	Kind        string
	Code        ref
	Name        string
	Folded      string
	ValidFrom   day
	ValidTo     day
}

// TableName is the table of areas.
func (areaRow) TableName() string { return "areas" }

func toArea(programme thn.ID, a thn.Area) areaRow {
	return areaRow{ProgrammeID: string(programme), ID: string(a.ID), ParentID: ref(a.Parent), Kind: string(a.Kind), Code: ref(a.Code),
		Name: a.Name, Folded: thn.Fold(a.Name), ValidFrom: day{a.ValidFrom}, ValidTo: day{a.ValidTo}}
}

func fromArea(r areaRow) thn.Area {
	return thn.Area{ID: thn.ID(r.ID), Parent: thn.ID(r.ParentID), Kind: thn.AreaKind(r.Kind), Code: string(r.Code), Name: r.Name,
		ValidFrom: r.ValidFrom.Date, ValidTo: r.ValidTo.Date}
}

type siteRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	AreaID      string
	Name        string
	Folded      string
	Code        ref
	Setting     string
	Channel     string
	Supplier    string
	PeerLed     bool
	Opened      day
	Closed      day
}

// TableName is the table of sites.
func (siteRow) TableName() string { return "sites" }

func toSite(programme thn.ID, s thn.Site) siteRow {
	return siteRow{ProgrammeID: string(programme), ID: string(s.ID), AreaID: string(s.Area), Name: s.Name, Folded: thn.Fold(s.Name), Code: ref(s.Code),
		Setting: string(s.Setting), Channel: string(s.Channel), Supplier: string(s.Supplier), PeerLed: s.PeerLed, Opened: day{s.Opened}, Closed: day{s.Closed}}
}

func fromSite(r siteRow) thn.Site {
	return thn.Site{ID: thn.ID(r.ID), Area: thn.ID(r.AreaID), Name: r.Name, Code: string(r.Code), Setting: thn.Setting(r.Setting),
		Channel: thn.Channel(r.Channel), Supplier: thn.Supplier(r.Supplier), PeerLed: r.PeerLed, Opened: r.Opened.Date, Closed: r.Closed.Date}
}

// Areas lists a programme's areas by id, ended ones included.
func (s *Store) Areas(ctx context.Context, programme thn.ID) ([]thn.Area, error) {
	return listed(ctx, s, "list areas", programme, fromArea)
}

// AddAreas adds areas, parents before children, with an audit entry each.
func (s *Store) AddAreas(ctx context.Context, programme, by thn.ID, areas ...thn.Area) error {
	return added(ctx, s, "area", programme, by, areas, toArea, func(a thn.Area) thn.ID { return a.ID })
}

// EndArea sets the first day on which the area no longer counts.
func (s *Store) EndArea(ctx context.Context, programme, by, id thn.ID, from thn.Date) error {
	return changed[areaRow](ctx, s, change{"end", "area", programme, by, id}, map[string]any{"valid_to": day{from}})
}

// Sites lists a programme's sites by id, closed ones included.
func (s *Store) Sites(ctx context.Context, programme thn.ID) ([]thn.Site, error) {
	return listed(ctx, s, "list sites", programme, fromSite)
}

// Site gives one site of the programme.
func (s *Store) Site(ctx context.Context, programme, id thn.ID) (thn.Site, error) {
	return one(ctx, s, "site", programme, id, fromSite)
}

// AddSites adds sites with an audit entry each.
func (s *Store) AddSites(ctx context.Context, programme, by thn.ID, sites ...thn.Site) error {
	return added(ctx, s, "site", programme, by, sites, toSite, func(x thn.Site) thn.ID { return x.ID })
}

// CloseSite sets the first day on which the site gives out no more.
func (s *Store) CloseSite(ctx context.Context, programme, by, id thn.ID, from thn.Date) error {
	return changed[siteRow](ctx, s, change{"close", "site", programme, by, id}, map[string]any{"closed": day{from}})
}

// listed reads all rows of a table that belong to a programme.
func listed[R, D any](ctx context.Context, s *Store, op string, programme thn.ID, from func(R) D) (list []D, err error) {
	err = s.read(ctx, op, func(tx *gorm.DB) error {
		var rows []R
		if err := tx.Where("programme_id = ?", programme).Order("id").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			list = append(list, from(r))
		}
		return nil
	})
	return list, err
}

func one[R, D any](ctx context.Context, s *Store, op string, programme, id thn.ID, from func(R) D) (d D, err error) {
	err = s.read(ctx, op+" "+string(id), func(tx *gorm.DB) error {
		var row R
		if err := tx.Where("programme_id = ? AND id = ?", programme, id).Take(&row).Error; err != nil {
			return err
		}
		d = from(row)
		return nil
	})
	return d, err
}

// added inserts things one after the other, so that a child may follow its parent.
func added[R, D any](ctx context.Context, s *Store, kind string, programme, by thn.ID, things []D, to func(thn.ID, D) R, id func(D) thn.ID) error {
	return s.write(ctx, "add "+kind, func(tx *writing) error {
		for _, thing := range things {
			row := to(programme, thing)
			if err := tx.Create(&row).Error; err != nil {
				return err
			}
			tx.note(programme, by, "add", kind, id(thing))
		}
		return nil
	})
}

// change names an update for the audit: what was done, to what, by whom.
type change struct {
	action, kind      string
	programme, by, id thn.ID
}

// changed sets named columns of one row; a row that is not there is not found.
func changed[R any](ctx context.Context, s *Store, c change, columns map[string]any) error {
	return s.write(ctx, c.action+" "+c.kind+" "+string(c.id), func(tx *writing) error {
		var row R
		res := tx.Model(&row).Where("programme_id = ? AND id = ?", c.programme, c.id).Updates(columns)
		if err := changedOne(res); err != nil {
			return err
		}
		tx.note(c.programme, c.by, c.action, c.kind, c.id)
		return nil
	})
}
