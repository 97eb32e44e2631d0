package store

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// importChunk is how many facts are written between two reports of progress.
const importChunk = 2000

// Import stores everything a file adds in one transaction, or nothing. An id
// that is known, or a predecessor that somebody replaced since the file was
// read, is a conflict: read the file again. done, if given, hears how many
// things are written; it starts over when the database asks to try again.
func (s *Store) Import(ctx context.Context, programme, by thn.ID, load thn.Load, done func(n int)) error {
	if err := checkLoad(programme, load); err != nil {
		return err
	}
	return s.write(ctx, "import", func(tx *writing) error {
		i := importer{Store: s, tx: tx, programme: programme, by: by, done: done}
		return i.all(load)
	})
}

func checkLoad(programme thn.ID, load thn.Load) error {
	for _, sub := range load.Records {
		if sub.Programme != programme {
			return fault.New(fault.Invalid, "import", "a record of another programme")
		}
		if sub.Void {
			return fault.New(fault.Invalid, "import", "a file takes no record out")
		}
		if err := invalid("import", sub.Record.Check()); err != nil {
			return err
		}
	}
	return nil
}

// importer is one import on its way into the database.
type importer struct {
	*Store
	tx            *writing
	programme, by thn.ID
	done          func(n int)
	written       int
}

func (i *importer) all(load thn.Load) error {
	for _, step := range []func(thn.Load) error{i.places, i.totals, i.denominators, i.surveys, i.records} {
		if err := step(load); err != nil {
			return err
		}
	}
	return nil
}

func (i *importer) report(n int) {
	if i.written += n; i.done != nil {
		i.done(i.written)
	}
}

// places adds the things that records name, parents first as they were given.
func (i *importer) places(load thn.Load) error {
	for _, a := range load.Areas {
		if err := i.addThing("area", a.ID, new(toArea(i.programme, a))); err != nil {
			return err
		}
	}
	for _, x := range load.Sites {
		if err := i.addThing("site", x.ID, new(toSite(i.programme, x))); err != nil {
			return err
		}
	}
	for _, p := range load.Products {
		if err := i.addThing("product", p.ID, new(toProduct(i.programme, p))); err != nil {
			return err
		}
	}
	for _, b := range load.Batches {
		if err := i.addThing("batch", b.ID, new(toBatch(i.programme, b))); err != nil {
			return err
		}
	}
	i.report(len(load.Areas) + len(load.Sites) + len(load.Products) + len(load.Batches))
	return nil
}

func (i *importer) addThing(kind string, id thn.ID, row any) error {
	if err := i.tx.Create(row).Error; err != nil {
		return err
	}
	i.tx.note(i.programme, i.by, "import", kind, id)
	return nil
}

func (i *importer) totals(load thn.Load) error {
	for chunk := range slices.Chunk(load.Totals, importChunk) {
		if err := i.addTotals(i.tx, i.programme, i.by, chunk); err != nil {
			return err
		}
		i.report(len(chunk))
	}
	return nil
}

func (i *importer) denominators(load thn.Load) error {
	for chunk := range slices.Chunk(load.Denominators, importChunk) {
		if err := i.addDenominators(i.tx, i.programme, i.by, chunk); err != nil {
			return err
		}
		i.report(len(chunk))
	}
	return nil
}

func (i *importer) surveys(load thn.Load) error {
	for chunk := range slices.Chunk(load.Surveys, importChunk) {
		if err := i.addSurveys(i.tx, i.programme, i.by, chunk); err != nil {
			return err
		}
		i.report(len(chunk))
	}
	return nil
}

func (i *importer) records(load thn.Load) error {
	for chunk := range slices.Chunk(load.Records, importChunk) {
		if err := i.addRecords(chunk); err != nil {
			return err
		}
		i.report(len(chunk))
	}
	return nil
}

// addRecords inserts plainly: the file was compared with the ledger when it was
// read, so a clash here means that the ledger has moved on since.
func (i *importer) addRecords(subs []thn.Submission) error {
	envelopes := make([]recordRow, len(subs))
	for n, sub := range subs {
		envelopes[n] = i.envelopeOf(sub)
	}
	if err := i.tx.CreateInBatches(envelopes, batchRows).Error; err != nil {
		return err
	}
	if slices.ContainsFunc(subs, apart) { // a count or a month is compared with the rows before it
		for _, sub := range subs {
			if err := i.addRecord(i.tx, sub); err != nil {
				return err
			}
		}
		return nil
	}
	var facts factRows
	for _, sub := range subs {
		facts.add(sub.Programme, sub.Record)
	}
	if err := facts.insert(i.tx); err != nil {
		return err
	}
	return i.settle(i.tx, subs)
}

// knownChunk is how many ids are looked up at once: few enough for SQLite's
// limit of bound values, many enough that a table is not read often.
const knownChunk = 5000

// Known tells for each of some record ids that the programme already holds what
// became of it: the newest version, followed through corrections.
func (s *Store) Known(ctx context.Context, programme thn.ID, ids []thn.ID) (known map[thn.ID]thn.Known, err error) {
	err = s.read(ctx, "look up records", func(tx *gorm.DB) error {
		known = make(map[thn.ID]thn.Known)
		next, err := successors(tx, programme)
		if err != nil {
			return err
		}
		for chunk := range slices.Chunk(ids, knownChunk) {
			if err := knownIn(tx, programme, chunk, next, known); err != nil {
				return err
			}
		}
		return nil
	})
	return known, err
}

// successors reads which records were replaced, and by which: all of the
// programme's at once, as they are few beside the records themselves.
func successors(tx *gorm.DB, programme thn.ID) (map[string]recordRow, error) {
	var rows []recordRow
	err := tx.Select("id", "corrects_id", "void").Where("programme_id = ? AND corrects_id IS NOT NULL", programme).Find(&rows).Error
	next := make(map[string]recordRow, len(rows))
	for _, r := range rows {
		next[string(r.CorrectsID)] = r
	}
	return next, err
}

// knownIn looks up a chunk of ids and follows each to its newest version.
func knownIn(tx *gorm.DB, programme thn.ID, ids []thn.ID, next map[string]recordRow, known map[thn.ID]thn.Known) error {
	var rows []recordRow
	if err := among(tx, "records", "id", programme, ids).Scan(&rows).Error; err != nil {
		return err
	}
	asked := map[thn.ID][]thn.ID{}          // newest version → the ids asked for
	byKind := map[thn.RecordKind][]thn.ID{} // newest versions
	for _, r := range rows {
		latest := r
		for later, ok := next[latest.ID]; ok; later, ok = next[latest.ID] {
			latest = later
		}
		known[thn.ID(r.ID)] = thn.Known{Latest: thn.ID(latest.ID), Void: latest.Void}
		if asked[thn.ID(latest.ID)] == nil && !latest.Void {
			byKind[thn.RecordKind(r.Kind)] = append(byKind[thn.RecordKind(r.Kind)], thn.ID(latest.ID))
		}
		asked[thn.ID(latest.ID)] = append(asked[thn.ID(latest.ID)], thn.ID(r.ID))
	}
	for kind, latest := range byKind {
		facts, err := loadFacts(tx, programme, latest, kind)
		if err != nil {
			return err
		}
		for id, fact := range facts {
			for _, a := range asked[id] {
				k := known[a]
				k.Record = fact
				known[a] = k
			}
		}
	}
	return nil
}

// among selects a programme's rows whose column is one of some ids. The ids are
// joined as a table: a list after IN is compared one by one with every row when
// PostgreSQL decides to read the whole table, which it did. CROSS JOIN tells
// SQLite to begin with the ids; without it, it may read the table for each.
func among(tx *gorm.DB, table, column string, programme thn.ID, ids []thn.ID) *gorm.DB {
	args := make([]any, 0, len(ids)+1)
	for _, id := range ids {
		args = append(args, string(id))
	}
	values := strings.TrimSuffix(strings.Repeat("(?),", len(ids)), ",")
	return tx.Raw("SELECT t.* FROM (VALUES "+values+") AS v CROSS JOIN "+table+" t WHERE t."+column+" = v.column1 AND t.programme_id = ?", append(args, programme)...)
}
