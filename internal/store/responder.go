package store

import (
	"gorm.io/gorm"

	"thntracker/internal/thn"
)

type carriageRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	RecordID    string `gorm:"primaryKey"`
	Day         day
	SiteID      string
	AreaID      string
	CarrierID   string
	Status      string
	ProductID   ref
	BatchID     ref
	Expiry      day
	Due         day
}

// TableName is the table of what happened to responders' own naloxone.
func (carriageRow) TableName() string { return "carriage" }

func toCarriage(programme thn.ID, c thn.Carriage) carriageRow {
	return carriageRow{ProgrammeID: string(programme), RecordID: string(c.ID), Day: day{c.Day}, SiteID: string(c.Site), AreaID: string(c.Area), CarrierID: string(c.Carrier),
		Status: string(c.Status), ProductID: ref(c.Product), BatchID: ref(c.Batch), Expiry: day{c.Expiry}, Due: day{c.Due}}
}

func fromCarriage(r carriageRow) thn.Carriage {
	return thn.Carriage{ID: thn.ID(r.RecordID), Day: r.Day.Date, Site: thn.ID(r.SiteID), Area: thn.ID(r.AreaID), Carrier: thn.ID(r.CarrierID),
		Status: thn.CarriageStatus(r.Status), Product: thn.ID(r.ProductID), Batch: thn.ID(r.BatchID), Expiry: r.Expiry.Date, Due: r.Due.Date}
}

func loadCarriage(tx *gorm.DB, programme thn.ID, ids []thn.ID) (map[thn.ID]thn.Fact, error) {
	return loadRows(tx, programme, ids, fromCarriage)
}

type leaveBehindRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	RecordID    string `gorm:"primaryKey"`
	Month       day
	SiteID      string
	AreaID      string
	Eligible    kept
	LeftPatient kept
	LeftOther   kept
	Declined    kept
	NoStock     kept
	NotOffered  kept
	Registered  kept
	FollowUp    kept
}

// TableName is the table of ambulance services' months of calls.
func (leaveBehindRow) TableName() string { return "leave_behind" }

func toLeaveBehind(programme thn.ID, l thn.LeaveBehind) leaveBehindRow {
	return leaveBehindRow{ProgrammeID: string(programme), RecordID: string(l.ID), Month: day{l.Month}, SiteID: string(l.Site), AreaID: string(l.Area),
		Eligible: keep(l.Eligible), LeftPatient: keep(l.LeftPatient), LeftOther: keep(l.LeftOther), Declined: keep(l.Declined), NoStock: keep(l.NoStock),
		NotOffered: keep(l.NotOffered), Registered: keep(l.Registered), FollowUp: keep(l.FollowUp)}
}

func fromLeaveBehind(r leaveBehindRow) thn.LeaveBehind {
	return thn.LeaveBehind{ID: thn.ID(r.RecordID), Site: thn.ID(r.SiteID), Area: thn.ID(r.AreaID), Month: r.Month.Date, Eligible: r.Eligible.count(),
		LeftPatient: r.LeftPatient.count(), LeftOther: r.LeftOther.count(), Declined: r.Declined.count(), NoStock: r.NoStock.count(),
		NotOffered: r.NotOffered.count(), Registered: r.Registered.count(), FollowUp: r.FollowUp.count()}
}

func loadLeaveBehind(tx *gorm.DB, programme thn.ID, ids []thn.ID) (map[thn.ID]thn.Fact, error) {
	return loadRows(tx, programme, ids, fromLeaveBehind)
}
