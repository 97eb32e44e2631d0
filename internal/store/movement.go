package store

import (
	"gorm.io/gorm"

	"thntracker/internal/thn"
)

type movementRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	RecordID    string `gorm:"primaryKey"`
	Day         day
	Kind        string
	SiteID      string
	BagID       ref
	ProductID   string
	BatchID     ref
	Kits        int
	Counted     int
	Reason      string
	OtherID     ref
	TransferID  ref
	RecallID    ref
	AidID       ref
	Reference   string
}

// TableName is the table of movements.
func (movementRow) TableName() string { return "movements" }

func toMovement(programme thn.ID, m thn.Movement) movementRow {
	return movementRow{ProgrammeID: string(programme), RecordID: string(m.ID), Day: day{m.Day}, Kind: string(m.Kind), SiteID: string(m.Site), BagID: ref(m.Bag),
		ProductID: string(m.Product), BatchID: ref(m.Batch), Kits: m.Kits, Counted: m.Counted, Reason: string(m.Reason), OtherID: ref(m.Other),
		TransferID: ref(m.Transfer), RecallID: ref(m.Recall), AidID: ref(m.Aid), Reference: m.Reference}
}

func fromMovement(r movementRow) thn.Movement {
	return thn.Movement{ID: thn.ID(r.RecordID), Day: r.Day.Date, Kind: thn.MovementKind(r.Kind), Site: thn.ID(r.SiteID), Bag: thn.ID(r.BagID),
		Product: thn.ID(r.ProductID), Batch: thn.ID(r.BatchID), Kits: r.Kits, Counted: r.Counted, Reason: thn.AdjustReason(r.Reason), Other: thn.ID(r.OtherID),
		Transfer: thn.ID(r.TransferID), Recall: thn.ID(r.RecallID), Aid: thn.ID(r.AidID), Reference: r.Reference}
}

func loadMovements(tx *gorm.DB, programme thn.ID, ids []thn.ID) (map[thn.ID]thn.Fact, error) {
	return loadRows(tx, programme, ids, fromMovement)
}

// isCount tells whether a submission has to be compared with the ledger before
// it can be written.
func isCount(sub thn.Submission) bool {
	m, ok := sub.Record.(thn.Movement)
	return ok && m.Kind == thn.MovementCount && !sub.Void
}

// measure fills in what a count differs from the ledger by. It holds the
// programme's audit head from before it reads until the end of the transaction,
// so that of two counts at once the second one is compared with the first. What a
// version replaced has to be taken back before.
func (s *Store) measure(tx *writing, sub thn.Submission) (thn.Submission, error) {
	if !isCount(sub) {
		return sub, nil
	}
	if _, err := s.lockHead(tx.DB, string(sub.Programme)); err != nil {
		return sub, err
	}
	m := sub.Record.(thn.Movement)
	q := thn.StockQuery{Programme: sub.Programme, Products: []thn.ID{m.Product}, Sites: []thn.ID{m.Site}}
	if m.Bag != "" {
		q.Sites, q.Bags = nil, []thn.ID{m.Bag}
	}
	at := stockWhere(q, "stock_entries")
	at.add("COALESCE(batch_id, '') = ? AND day <= ?", string(m.Batch), day{m.Day})
	var balance int
	row := tx.Raw("SELECT COALESCE(SUM(kits), 0) FROM stock_entries WHERE "+at.text(), at.args...).Row()
	if err := row.Scan(&balance); err != nil {
		return sub, err
	}
	m.Kits = m.Counted - balance
	if m.Kits != 0 && m.Reason == "" {
		m.Reason = "unknown"
	}
	sub.Record = m
	return sub, nil
}
