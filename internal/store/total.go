package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

type totalRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	RecordID    string `gorm:"primaryKey"`
	Scope       string
	Measure     string
	AreaID      string
	SiteID      ref
	FromDay     day
	ToDay       day
	Channels    string
	Recipient   string
	Supply      string
	Reason      string
	LowHalves   int64
	HighHalves  int64
	Published   string
	Source      string
	URL         string `gorm:"column:url"`
	AsAt        day
}

// TableName is the table of period totals.
func (totalRow) TableName() string { return "period_totals" }

func toTotal(programme thn.ID, t thn.PeriodTotal) totalRow {
	return totalRow{ProgrammeID: string(programme), RecordID: string(t.ID), Scope: t.Scope(), Measure: string(t.Measure),
		AreaID: string(t.Area), SiteID: ref(t.Site), FromDay: day{t.Period.From}, ToDay: day{t.Period.To}, Channels: thn.JoinChannels(t.Channels),
		Recipient: string(t.Recipient), Supply: string(t.Supply), Reason: string(t.Reason), LowHalves: int64(t.Count.Low), HighHalves: int64(t.Count.High),
		Published: t.Published, Source: t.Source, URL: t.URL, AsAt: day{t.AsAt}}
}

func fromTotal(r totalRow) thn.PeriodTotal {
	return thn.PeriodTotal{ID: thn.ID(r.RecordID), Measure: thn.Measure(r.Measure), Area: thn.ID(r.AreaID), Site: thn.ID(r.SiteID),
		Period: thn.Period{From: r.FromDay.Date, To: r.ToDay.Date}, Channels: thn.SplitChannels(r.Channels), Recipient: thn.Recipient(r.Recipient),
		Supply: thn.Supply(r.Supply), Reason: thn.Reason(r.Reason), Count: thn.Count{Low: thn.Halves(r.LowHalves), High: thn.Halves(r.HighHalves)},
		Published: r.Published, Source: r.Source, URL: r.URL, AsAt: r.AsAt.Date}
}

type denominatorRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	RecordID    string `gorm:"primaryKey"`
	Scope       string
	Kind        string
	AreaID      string
	FromDay     day
	ToDay       day
	Value       int64
	Low         int64
	High        int64
	Definition  string
	Source      string
	URL         string `gorm:"column:url"`
	AsAt        day
	Provisional bool
	Suppressed  bool
}

// TableName is the table of denominators.
func (denominatorRow) TableName() string { return "denominators" }

func toDenominator(programme thn.ID, d thn.Denominator) denominatorRow {
	return denominatorRow{ProgrammeID: string(programme), RecordID: string(d.ID), Scope: d.Scope(), Kind: string(d.Kind), AreaID: string(d.Area),
		FromDay: day{d.Period.From}, ToDay: day{d.Period.To}, Value: d.Value, Low: d.Low, High: d.High, Definition: d.Definition,
		Source: d.Source, URL: d.URL, AsAt: day{d.AsAt}, Provisional: d.Provisional, Suppressed: d.Suppressed}
}

func fromDenominator(r denominatorRow) thn.Denominator {
	return thn.Denominator{ID: thn.ID(r.RecordID), Kind: thn.DenominatorKind(r.Kind), Area: thn.ID(r.AreaID), Period: thn.Period{From: r.FromDay.Date, To: r.ToDay.Date},
		Value: r.Value, Low: r.Low, High: r.High, Definition: r.Definition, Source: r.Source, URL: r.URL, AsAt: r.AsAt.Date,
		Provisional: r.Provisional, Suppressed: r.Suppressed}
}

// Totals lists the current totals of a programme, by scope, with what the
// programme has chosen about each.
func (s *Store) Totals(ctx context.Context, programme thn.ID) ([]thn.PeriodTotal, error) {
	list, err := current(ctx, s, "list totals", programme, fromTotal)
	if err != nil || len(list) == 0 {
		return list, err
	}
	aside, err := s.totalsAside(ctx, programme)
	for i := range list {
		list[i].Aside = aside[list[i].Scope()]
	}
	return list, err
}

// Denominators lists the current denominators of a programme, by scope.
func (s *Store) Denominators(ctx context.Context, programme thn.ID) ([]thn.Denominator, error) {
	return current(ctx, s, "list denominators", programme, fromDenominator)
}

func current[R interface{ TableName() string }, D any](ctx context.Context, s *Store, op string, programme thn.ID, from func(R) D) (list []D, err error) {
	var table R
	var c conditions
	c.add("programme_id = ?", programme)
	s.standing(&c, table.TableName())
	err = s.read(ctx, op, func(tx *gorm.DB) error {
		var rows []R
		err := tx.Where(c.text(), c.args...).Order("scope, record_id").Find(&rows).Error
		for _, r := range rows {
			list = append(list, from(r))
		}
		return err
	})
	return list, err
}

// AddTotals adds totals and new versions of totals, all or nothing.
func (s *Store) AddTotals(ctx context.Context, programme, by thn.ID, totals ...thn.PeriodTotal) error {
	return s.write(ctx, "add totals", func(tx *writing) error { return s.addTotals(tx, programme, by, totals) })
}

func (s *Store) addTotals(tx *writing, programme, by thn.ID, totals []thn.PeriodTotal) error {
	f := facts{programme: programme, by: by, kind: thn.KindTotal}
	var rows []totalRow
	for i, t := range totals {
		if err := t.Check(); err != nil && !t.Void {
			return invalid(fmt.Sprintf("total %d", i+1), err)
		}
		f.add(t.ID, t.Corrects, t.Void, t)
		if !t.Void {
			rows = append(rows, toTotal(programme, t))
		}
	}
	return insertFacts(s, tx, f, rows)
}

// AddDenominators adds denominators and new versions of them, all or nothing.
func (s *Store) AddDenominators(ctx context.Context, programme, by thn.ID, list ...thn.Denominator) error {
	return s.write(ctx, "add denominators", func(tx *writing) error { return s.addDenominators(tx, programme, by, list) })
}

func (s *Store) addDenominators(tx *writing, programme, by thn.ID, list []thn.Denominator) error {
	f := facts{programme: programme, by: by, kind: thn.KindDenominator}
	var rows []denominatorRow
	for i, d := range list {
		if err := d.Check(); err != nil && !d.Void {
			return invalid(fmt.Sprintf("denominator %d", i+1), err)
		}
		f.add(d.ID, d.Corrects, d.Void, d)
		if !d.Void {
			rows = append(rows, toDenominator(programme, d))
		}
	}
	return insertFacts(s, tx, f, rows)
}

// facts gathers the envelopes of facts that are stored together.
type facts struct {
	programme, by thn.ID
	kind          thn.RecordKind
	envelopes     []recordRow
}

func (f *facts) add(id, corrects thn.ID, void bool, content any) {
	f.envelopes = append(f.envelopes, recordRow{ProgrammeID: string(f.programme), ID: string(id), Kind: string(f.kind), CorrectsID: ref(corrects),
		Void: void, Digest: digest(content), AccountID: string(f.by)})
}

// insertFacts writes envelopes, facts and audit entries. A known id or a
// predecessor that somebody else replaced is a conflict.
func insertFacts[R any](s *Store, tx *writing, f facts, rows []R) error {
	if len(f.envelopes) == 0 {
		return nil
	}
	for i := range f.envelopes {
		e := &f.envelopes[i]
		e.ReceivedHour = s.hour()
		act := "record"
		if e.Void {
			act = "void"
		} else if e.CorrectsID != "" {
			act = "correct"
		}
		tx.note(f.programme, f.by, act, string(f.kind), thn.ID(e.ID))
	}
	if err := tx.CreateInBatches(f.envelopes, batchRows).Error; err != nil {
		return err
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.CreateInBatches(rows, batchRows).Error
}
