package store

import (
	"context"

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
		return err
	})
	return refs, err
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
