package store

import (
	"context"
	"encoding/json"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

// Activity reads entries of a programme's audit, newest first, with the place
// that each is about. Entries of before the chain have no number and are left
// out. Its cost grows with the limit, not with the audit, unless a kind or an
// account is asked for.
func (s *Store) Activity(ctx context.Context, q thn.ActQuery) (acts []thn.Act, err error) {
	err = s.read(ctx, "activity", func(tx *gorm.DB) error {
		find := tx.Where("programme_id = ? AND seq IS NOT NULL", q.Programme)
		if q.Before > 0 {
			find = find.Where("seq < ?", q.Before)
		}
		if q.Account != "" {
			find = find.Where("account_id = ?", q.Account)
		}
		if q.Kind != "" {
			find = find.Where("object_kind = ?", q.Kind)
		}
		var rows []auditRow
		if err := find.Order("seq DESC").Limit(q.Limit).Find(&rows).Error; err != nil {
			return err
		}
		byKind := map[string][]thn.ID{}
		for _, r := range rows {
			acts = append(acts, thn.Act{Seq: *r.Seq, Account: thn.ID(r.AccountID), Action: r.Action, Kind: r.ObjectKind, Object: thn.ID(r.ObjectID), Hour: r.AtHour})
			byKind[r.ObjectKind] = append(byKind[r.ObjectKind], thn.ID(r.ObjectID))
		}
		places := map[string]map[thn.ID]whereabouts{}
		for kind, ids := range byKind {
			var err error
			if places[kind], err = whereAre(tx, q.Programme, kind, ids); err != nil {
				return err
			}
		}
		for i, a := range acts {
			at := places[a.Kind][a.Object]
			acts[i].Site, acts[i].Area = at.site, at.area
		}
		return nil
	})
	return acts, err
}

// whereabouts is the place that a thing belongs to: a site, an area, or neither.
type whereabouts struct{ site, area thn.ID }

// whereAre finds the places of things of one kind.
func whereAre(tx *gorm.DB, programme thn.ID, kind string, ids []thn.ID) (map[thn.ID]whereabouts, error) {
	switch kind {
	case "site":
		return itself(ids, func(id thn.ID) whereabouts { return whereabouts{site: id} }), nil
	case "area":
		return itself(ids, func(id thn.ID) whereabouts { return whereabouts{area: id} }), nil
	case "bag":
		return placeIn(tx, "bags", "id", "site_id, NULL", programme, ids)
	case "grant":
		return placeIn(tx, "grants", "id", "site_id, area_id", programme, ids)
	case "account":
		return placeIn(tx, "grants", "account_id", "site_id, area_id", programme, ids)
	case string(thn.KindTotal):
		return placeIn(tx, "period_totals", "record_id", "site_id, area_id", programme, ids)
	case string(thn.KindDenominator):
		return placeIn(tx, "denominators", "record_id", "NULL, area_id", programme, ids)
	case string(thn.KindSurvey):
		return placeIn(tx, "surveys", "record_id", "NULL, area_id", programme, ids)
	case "target":
		return placeIn(tx, "targets", "id", "NULL, area_id", programme, ids)
	}
	if _, err := thn.Blank(thn.RecordKind(kind), ""); err != nil {
		return nil, nil // it belongs to the programme as a whole
	}
	return placeOfRecords(tx, programme, thn.RecordKind(kind), ids)
}

func itself(ids []thn.ID, at func(thn.ID) whereabouts) map[thn.ID]whereabouts {
	places := make(map[thn.ID]whereabouts, len(ids))
	for _, id := range ids {
		places[id] = at(id)
	}
	return places
}

// placeIn reads places from two columns of a table.
func placeIn(tx *gorm.DB, table, key, columns string, programme thn.ID, ids []thn.ID) (map[thn.ID]whereabouts, error) {
	rows, err := tx.Raw("SELECT "+key+", "+columns+" FROM "+table+" WHERE programme_id = ? AND "+key+" IN ? ORDER BY "+key, programme, named(ids)).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	places := map[thn.ID]whereabouts{}
	for rows.Next() {
		var id string
		var site, area ref
		if err := rows.Scan(&id, &site, &area); err != nil {
			return nil, err
		}
		places[thn.ID(id)] = whereabouts{site: thn.ID(site), area: thn.ID(area)}
	}
	return places, rows.Err()
}

// placeOfRecords finds where records belong: by what they say, for a void by
// what the version before said, for what is held by what was sent.
func placeOfRecords(tx *gorm.DB, programme thn.ID, kind thn.RecordKind, ids []thn.ID) (map[thn.ID]whereabouts, error) {
	ids = named(ids)
	var voids []recordRow
	if err := tx.Where("programme_id = ? AND id IN ? AND void = ? AND corrects_id IS NOT NULL", programme, ids, true).Find(&voids).Error; err != nil {
		return nil, err
	}
	wanted := ids
	for _, v := range voids {
		wanted = append(wanted, thn.ID(v.CorrectsID))
	}
	facts, err := loadFacts(tx, programme, named(wanted), kind)
	if err != nil {
		return nil, err
	}
	places := map[thn.ID]whereabouts{}
	for id, f := range facts {
		places[id] = placeOf(f)
	}
	for _, v := range voids {
		places[thn.ID(v.ID)] = places[thn.ID(v.CorrectsID)]
	}
	var held []heldRow
	if err := tx.Where("programme_id = ? AND record_id IN ?", programme, ids).Find(&held).Error; err != nil {
		return nil, err
	}
	for _, h := range held {
		var sent struct{ Site thn.ID }
		if _, stored := places[thn.ID(h.RecordID)]; !stored && json.Unmarshal([]byte(h.Payload), &sent) == nil {
			places[thn.ID(h.RecordID)] = whereabouts{site: sent.Site}
		}
	}
	return places, nil
}

func placeOf(f thn.Fact) whereabouts {
	if u, ok := f.(thn.Use); ok && u.Site == "" {
		return whereabouts{area: u.Area}
	}
	return whereabouts{site: f.Mentions().Site()}
}
