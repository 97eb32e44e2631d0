package store

import (
	"context"
	"database/sql"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Found sets up a programme: itself, its country as the root area and its
// products. All or nothing.
func (s *Store) Found(ctx context.Context, f thn.Founding) error {
	return s.write(ctx, "found programme", func(tx *writing) error { return s.found(tx, f) })
}

func (s *Store) found(tx *writing, f thn.Founding) error {
	programme := toProgramme(f.Programme)
	if err := tx.Create(&programme).Error; err != nil {
		return err
	}
	root := toArea(f.Programme.ID, f.Country)
	if err := tx.Create(&root).Error; err != nil {
		return err
	}
	for _, p := range f.Products {
		row := toProduct(f.Programme.ID, p)
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
	}
	tx.note(f.Programme.ID, f.By, "found", "programme", f.Programme.ID)
	return nil
}

// FoundFirst sets up the first programme with the first account, unless there
// is an account already: then it is a conflict and nothing is stored.
func (s *Store) FoundFirst(ctx context.Context, f thn.Founding, a thn.Account, g thn.Grant) error {
	return s.writeAlone(ctx, "found first programme", func(tx *writing) error {
		var accounts int64
		if err := tx.Model(&accountRow{}).Count(&accounts).Error; err != nil {
			return err
		}
		if accounts > 0 {
			return fault.New(fault.Conflict, "count accounts", "there is an account already")
		}
		if err := s.found(tx, f); err != nil {
			return err
		}
		return s.member(tx, f.By, thn.Member{Account: a, Grant: g})
	})
}

func (s *Store) member(tx *writing, by thn.ID, m thn.Member) error {
	row := toAccount(m.Account)
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	return s.grant(tx, by, m.Grant)
}

// Seed sets up programmes with all that they begin with, in one transaction,
// unless there is a programme already: then it does nothing and says so. An
// account that several programmes name is added by the first of them.
func (s *Store) Seed(ctx context.Context, seeds ...thn.Seed) (done bool, err error) {
	err = s.writeAlone(ctx, "seed", func(tx *writing) error {
		var programmes int64
		if err := tx.Model(&programmeRow{}).Count(&programmes).Error; err != nil || programmes > 0 {
			done = false
			return err
		}
		for _, seed := range seeds {
			if err := s.seed(tx, seed); err != nil {
				return err
			}
		}
		if err := s.members(tx, seeds); err != nil {
			return err
		}
		done = true
		return nil
	})
	return done, err
}

func (s *Store) seed(tx *writing, seed thn.Seed) error {
	if err := checkLoad(seed.Founding.Programme.ID, seed.Load); err != nil {
		return err
	}
	if err := s.found(tx, seed.Founding); err != nil {
		return err
	}
	i := importer{Store: s, tx: tx, programme: seed.Founding.Programme.ID, by: seed.Founding.By}
	return i.all(seed.Load)
}

func (s *Store) members(tx *writing, seeds []thn.Seed) error {
	added := map[thn.ID]bool{}
	for _, seed := range seeds {
		for _, m := range seed.Members {
			add := func() error { return s.member(tx, seed.Founding.By, m) }
			if added[m.Account.ID] {
				add = func() error { return s.grant(tx, seed.Founding.By, m.Grant) }
			}
			if err := add(); err != nil {
				return err
			}
			added[m.Account.ID] = true
		}
	}
	return nil
}

// writeAlone is write for decisions that rest on what is not there: no other
// such transaction takes place at the same time. SQLite has one writer anyway.
func (s *Store) writeAlone(ctx context.Context, op string, fn func(tx *writing) error) error {
	var opts []*sql.TxOptions
	if s.engine == Postgres {
		opts = append(opts, &sql.TxOptions{Isolation: sql.LevelSerializable})
	}
	return s.writeWith(ctx, op, fn, opts...)
}
