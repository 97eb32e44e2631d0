package store

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

// References gives in one read what some records name and which of their
// ids are known. The number of records is that of one exchange: at most a few
// hundred ids go into one statement.
func (s *Store) References(ctx context.Context, programme thn.ID, records ...thn.Fact) (refs thn.References, err error) {
	var ids, sites, products, batches, bags []thn.ID
	for _, f := range records {
		m := f.Mentions()
		ids, sites, products = append(ids, f.RecordID()), append(sites, m.Sites...), append(products, m.Products...)
		batches, bags = append(batches, m.Batches...), append(bags, m.Bags...)
	}
	err = s.read(ctx, "look up references", func(tx *gorm.DB) error {
		known, err := byID(tx, programme, ids, func(r recordRow) (thn.ID, bool) { return thn.ID(r.ID), true })
		if err != nil {
			return err
		}
		refs.Known = known
		if refs.Sites, err = byID(tx, programme, sites, func(r siteRow) (thn.ID, thn.Site) { return thn.ID(r.ID), fromSite(r) }); err != nil {
			return err
		}
		if refs.Products, err = byID(tx, programme, products, func(r productRow) (thn.ID, thn.Product) { return thn.ID(r.ID), fromProduct(r) }); err != nil {
			return err
		}
		if refs.Batches, err = byID(tx, programme, batches, func(r batchRow) (thn.ID, thn.Batch) { return thn.ID(r.ID), fromBatch(r) }); err != nil {
			return err
		}
		refs.Bags, err = byID(tx, programme, bags, func(r bagRow) (thn.ID, thn.Bag) { return thn.ID(r.ID), fromBag(r) })
		if err == nil && slices.ContainsFunc(records, func(f thn.Fact) bool { return f.RecordKind() == thn.KindUse }) {
			refs.Began, err = began(tx, programme)
		}
		return err
	})
	return refs, err
}

// began looks for the earliest of what a programme has recorded and of the days
// on which its sites opened.
func began(tx *gorm.DB, programme thn.ID) (thn.Began, error) {
	var recorded, opened day
	err := tx.Raw("SELECT MIN(first) FROM (SELECT MIN(day) AS first FROM distribution_lines WHERE programme_id = ? UNION ALL SELECT MIN(day) FROM movements WHERE programme_id = ?"+
		" UNION ALL SELECT MIN(event_day) FROM use_incidents WHERE programme_id = ?) AS firsts", programme, programme, programme).Row().Scan(&recorded)
	if err != nil {
		return thn.Began{}, err
	}
	if err := tx.Raw("SELECT MIN(opened) FROM sites WHERE programme_id = ?", programme).Row().Scan(&opened); err != nil {
		return thn.Began{}, err
	}
	if recorded.IsZero() || !opened.IsZero() && opened.Before(recorded.Date) {
		return thn.Began{Day: opened.Date, Opened: !opened.IsZero()}, nil
	}
	return thn.Began{Day: recorded.Date}, nil
}

// byID reads the rows of a table that a list of ids names.
func byID[R, D any](tx *gorm.DB, programme thn.ID, ids []thn.ID, from func(R) (thn.ID, D)) (map[thn.ID]D, error) {
	found := map[thn.ID]D{}
	wanted := named(ids)
	if len(wanted) == 0 {
		return found, nil
	}
	var rows []R
	if err := tx.Where("programme_id = ? AND id IN ?", programme, wanted).Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, r := range rows {
		id, d := from(r)
		found[id] = d
	}
	return found, nil
}

// named drops empty and repeated ids.
func named(ids []thn.ID) []thn.ID {
	var list []thn.ID
	seen := map[thn.ID]bool{"": true}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			list = append(list, id)
		}
	}
	return list
}
