package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

type programmeRow struct {
	ID      string `gorm:"primaryKey"`
	Name    string
	Country string
	Zone    string
	Fiscal  int
	Demo    bool
	Note    string
}

// TableName is the table of programmes.
func (programmeRow) TableName() string { return "programmes" }

func toProgramme(p thn.Programme) programmeRow {
	return programmeRow{ID: string(p.ID), Name: p.Name, Country: p.Country, Zone: p.Zone, Fiscal: p.Fiscal, Demo: p.Demo, Note: p.Note}
}

func fromProgramme(r programmeRow) thn.Programme {
	return thn.Programme{ID: thn.ID(r.ID), Name: r.Name, Country: r.Country, Zone: r.Zone, Fiscal: r.Fiscal, Demo: r.Demo, Note: r.Note}
}

type accountRow struct {
	ID       string `gorm:"primaryKey"`
	Handle   string
	Folded   string
	Hash     string
	Language string
	Disabled bool
	Demo     bool
	Epoch    int
}

// TableName is the table of accounts.
func (accountRow) TableName() string { return "accounts" }

func toAccount(a thn.Account) accountRow {
	return accountRow{ID: string(a.ID), Handle: a.Handle, Folded: foldHandle(a.Handle), Hash: a.Hash, Language: a.Language, Disabled: a.Disabled, Demo: a.Demo, Epoch: a.Epoch}
}

func fromAccount(r accountRow) thn.Account {
	return thn.Account{ID: thn.ID(r.ID), Handle: r.Handle, Hash: r.Hash, Language: r.Language, Disabled: r.Disabled, Demo: r.Demo, Epoch: r.Epoch}
}

func foldHandle(handle string) string { return strings.ToLower(thn.Fold(handle)) }

type grantRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	ID          string `gorm:"primaryKey"`
	AccountID   string
	Role        string
	AreaID      ref
	SiteID      ref
	Ended       bool
}

// TableName is the table of grants.
func (grantRow) TableName() string { return "grants" }

func toGrant(g thn.Grant) grantRow {
	return grantRow{ProgrammeID: string(g.Programme), ID: string(g.ID), AccountID: string(g.Account), Role: string(g.Role), AreaID: ref(g.Area), SiteID: ref(g.Site), Ended: g.Ended}
}

func fromGrant(r grantRow) thn.Grant {
	return thn.Grant{ID: thn.ID(r.ID), Programme: thn.ID(r.ProgrammeID), Account: thn.ID(r.AccountID), Role: thn.Role(r.Role), Area: thn.ID(r.AreaID), Site: thn.ID(r.SiteID), Ended: r.Ended}
}

// Programmes lists every programme of the installation, by id.
func (s *Store) Programmes(ctx context.Context) (list []thn.Programme, err error) {
	err = s.read(ctx, "list programmes", func(tx *gorm.DB) error {
		var rows []programmeRow
		if err := tx.Order("id").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			list = append(list, fromProgramme(r))
		}
		return nil
	})
	return list, err
}

// Found sets up a programme: itself, its country as the root area, its products
// and, if given, its first account with a grant. All or nothing.
func (s *Store) Found(ctx context.Context, f thn.Founding) error {
	return s.write(ctx, "found programme", func(tx *gorm.DB) error {
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
		entry := s.audit(f.Programme.ID, f.By, "found", "programme", f.Programme.ID)
		return tx.Create(&entry).Error
	})
}

// CountAccounts tells how many accounts there are, whether disabled or not.
func (s *Store) CountAccounts(ctx context.Context) (n int64, err error) {
	err = s.read(ctx, "count accounts", func(tx *gorm.DB) error {
		return tx.Model(&accountRow{}).Count(&n).Error
	})
	return n, err
}

// AddAccount adds an account with its first grant. A handle that differs only
// in letter case is a conflict.
func (s *Store) AddAccount(ctx context.Context, by thn.ID, a thn.Account, g thn.Grant) error {
	return s.write(ctx, "add account", func(tx *gorm.DB) error {
		row := toAccount(a)
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return s.grant(tx, by, g)
	})
}

// AddGrant gives an existing account a role in a programme.
func (s *Store) AddGrant(ctx context.Context, by thn.ID, g thn.Grant) error {
	return s.write(ctx, "add grant", func(tx *gorm.DB) error { return s.grant(tx, by, g) })
}

func (s *Store) grant(tx *gorm.DB, by thn.ID, g thn.Grant) error {
	row := toGrant(g)
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	entry := s.audit(g.Programme, by, "grant", "account", g.Account)
	return tx.Create(&entry).Error
}

// EndGrant takes a role away; it acts on the next request.
func (s *Store) EndGrant(ctx context.Context, programme, by, id thn.ID) error {
	return changed[grantRow](ctx, s, change{"end", "grant", programme, by, id}, map[string]any{"ended": true})
}

// Account finds an account by its handle in any letter case.
func (s *Store) Account(ctx context.Context, handle string) (thn.Account, error) {
	return s.account(ctx, "folded = ?", foldHandle(handle))
}

// AccountByID finds an account by id.
func (s *Store) AccountByID(ctx context.Context, id thn.ID) (thn.Account, error) {
	return s.account(ctx, "id = ?", id)
}

func (s *Store) account(ctx context.Context, where string, arg any) (a thn.Account, err error) {
	err = s.read(ctx, "account", func(tx *gorm.DB) error {
		var row accountRow
		if err := tx.Where(where, arg).Take(&row).Error; err != nil {
			return err
		}
		a = fromAccount(row)
		return nil
	})
	return a, err
}

// SetAccount changes an account's hash, language, disabled mark and epoch.
func (s *Store) SetAccount(ctx context.Context, a thn.Account) error {
	return s.write(ctx, "set account "+string(a.ID), func(tx *gorm.DB) error {
		return changedOne(tx.Model(&accountRow{}).Where("id = ?", a.ID).
			Updates(map[string]any{"hash": a.Hash, "language": a.Language, "disabled": a.Disabled, "epoch": a.Epoch}))
	})
}

// Grants lists an account's grants that have not ended, by programme.
func (s *Store) Grants(ctx context.Context, account thn.ID) ([]thn.Grant, error) {
	return s.grants(ctx, "account_id = ? AND ended = ?", account, false)
}

// People lists who may act in a programme, ended grants included.
func (s *Store) People(ctx context.Context, programme thn.ID) (people []thn.Member, err error) {
	grants, err := s.grants(ctx, "programme_id = ?", programme)
	if err != nil {
		return nil, err
	}
	for _, g := range grants {
		a, err := s.AccountByID(ctx, g.Account)
		if err != nil {
			return nil, err
		}
		a.Hash = ""
		people = append(people, thn.Member{Account: a, Grant: g})
	}
	return people, nil
}

func (s *Store) grants(ctx context.Context, where string, args ...any) (list []thn.Grant, err error) {
	err = s.read(ctx, "list grants", func(tx *gorm.DB) error {
		var rows []grantRow
		if err := tx.Where(where, args...).Order("programme_id, id").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			list = append(list, fromGrant(r))
		}
		return nil
	})
	return list, err
}
