package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// factRows gathers the rows of facts that are written together, a table each. A
// new kind of record adds a list, a case in add and one in loadFact.
type factRows struct {
	lines     []lineRow
	movements []movementRow
	trainings []trainingRow
	there     []attendanceRow
	nils      []nilReturnRow
	uses      useRows
	releases  []releaseRow
	dropOuts  []dropOutRow
	carriage  []carriageRow
	left      []leaveBehindRow
	entries   []entryRow
}

// add takes the rows of a fact, with what it does to stock.
func (f *factRows) add(programme thn.ID, fact thn.Fact) {
	switch x := fact.(type) {
	case thn.Distribution:
		f.lines = append(f.lines, toLines(programme, x)...)
	case thn.Movement:
		f.movements = append(f.movements, toMovement(programme, x))
	case thn.Session:
		row, there := toTraining(programme, x)
		f.trainings, f.there = append(f.trainings, row), append(f.there, there...)
	case thn.NilReturn:
		f.nils = append(f.nils, toNilReturn(programme, x))
	case thn.Use:
		f.uses.add(programme, x)
	case thn.Release:
		row, reasons := toRelease(programme, x)
		f.releases, f.dropOuts = append(f.releases, row), append(f.dropOuts, reasons...)
	case thn.Carriage:
		f.carriage = append(f.carriage, toCarriage(programme, x))
	case thn.LeaveBehind:
		f.left = append(f.left, toLeaveBehind(programme, x))
	default:
		panic(fmt.Sprintf("no table for facts of kind %q", fact.RecordKind())) // a kind without a table was let through Check
	}
	f.entries = append(f.entries, toEntries(programme, fact)...)
}

// insert writes all of it.
func (f *factRows) insert(tx *writing) error {
	for _, insert := range []func() error{
		func() error { return insertRows(tx, f.lines) },
		func() error { return insertRows(tx, f.movements) },
		func() error { return insertRows(tx, f.trainings) },
		func() error { return insertRows(tx, f.there) },
		func() error { return insertRows(tx, f.nils) },
		func() error { return f.uses.insert(tx) },
		func() error { return insertRows(tx, f.releases) },
		func() error { return insertRows(tx, f.dropOuts) },
		func() error { return insertRows(tx, f.carriage) },
		func() error { return insertRows(tx, f.left) },
		func() error { return insertRows(tx, f.entries) },
	} {
		if err := insert(); err != nil {
			return err
		}
	}
	return nil
}

func insertRows[R any](tx *writing, rows []R) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.CreateInBatches(rows, batchRows).Error
}

// loadFacts reads facts of one kind by id, those that are there.
func loadFacts(tx *gorm.DB, programme thn.ID, ids []thn.ID, kind thn.RecordKind) (map[thn.ID]thn.Fact, error) {
	switch kind {
	case thn.KindDistribution:
		return loadDistributions(tx, programme, ids)
	case thn.KindMovement:
		return loadMovements(tx, programme, ids)
	case thn.KindSession:
		return loadTrainings(tx, programme, ids)
	case thn.KindNilReturn:
		return loadNilReturns(tx, programme, ids)
	case thn.KindUse:
		return loadUses(tx, programme, ids)
	case thn.KindRelease:
		return loadReleases(tx, programme, ids)
	case thn.KindCarriage:
		return loadCarriage(tx, programme, ids)
	case thn.KindLeaveBehind:
		return loadLeaveBehind(tx, programme, ids)
	}
	return nil, nil // totals, denominators and surveys are not facts of this ledger
}

// loadRows reads facts that are one row each.
func loadRows[R interface{ TableName() string }, F thn.Fact](tx *gorm.DB, programme thn.ID, ids []thn.ID, from func(R) F) (map[thn.ID]thn.Fact, error) {
	var rows []R
	var table R
	if err := among(tx, table.TableName(), "record_id", programme, ids).Scan(&rows).Error; err != nil {
		return nil, err
	}
	facts := make(map[thn.ID]thn.Fact, len(rows))
	for _, r := range rows {
		f := from(r)
		facts[f.RecordID()] = f
	}
	return facts, nil
}

// Fact gives one version of a record with its envelope. A void says nothing but
// its id.
func (s *Store) Fact(ctx context.Context, programme, id thn.ID) (f thn.Fact, e thn.Envelope, err error) {
	err = s.read(ctx, "record "+string(id), func(tx *gorm.DB) error {
		var err error
		if e, err = envelope(tx, programme, id); err != nil {
			return err
		}
		if e.Void {
			if f, err = thn.Blank(e.Kind, id); err != nil {
				return fault.New(fault.NotFound, "void", "%w", err)
			}
			return nil
		}
		found, err := loadFacts(tx, programme, []thn.ID{id}, e.Kind)
		if f = found[id]; f == nil && err == nil {
			err = gorm.ErrRecordNotFound
		}
		return err
	})
	return f, e, err
}

// envelopeOf makes the envelope of a submission.
func (s *Store) envelopeOf(sub thn.Submission) recordRow {
	content := sub
	content.By, content.Record = "", thn.InArea(sub.Record, "")
	return recordRow{ProgrammeID: string(sub.Programme), ID: string(sub.Record.RecordID()), Kind: string(sub.Record.RecordKind()), CorrectsID: ref(sub.Corrects),
		Void: sub.Void, Why: sub.Why, Digest: digest(content), AccountID: string(sub.By), ReceivedHour: s.hour()}
}

func action(sub thn.Submission) string {
	switch {
	case sub.Void:
		return "void"
	case sub.Corrects != "":
		return "correct"
	}
	return "record"
}
