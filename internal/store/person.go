package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"thntracker/internal/fault"
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

	Face string

	AsksAgeBand, AsksGender, AsksCarriage bool
}

// TableName is the table of programmes.
func (programmeRow) TableName() string { return "programmes" }

func toProgramme(p thn.Programme) programmeRow {
	return programmeRow{ID: string(p.ID), Name: p.Name, Country: p.Country, Zone: p.Zone, Fiscal: p.Fiscal, Demo: p.Demo, Note: p.Note,
		Face: string(p.Face), AsksAgeBand: p.Asks.AgeBand, AsksGender: p.Asks.Gender, AsksCarriage: p.Asks.Carriage}
}

func fromProgramme(r programmeRow) thn.Programme {
	return thn.Programme{ID: thn.ID(r.ID), Name: r.Name, Country: r.Country, Zone: r.Zone, Fiscal: r.Fiscal, Demo: r.Demo, Note: r.Note,
		Face: thn.Face(r.Face), Asks: thn.Asks{AgeBand: r.AsksAgeBand, Gender: r.AsksGender, Carriage: r.AsksCarriage}}
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
	return s.write(ctx, "add account", func(tx *writing) error {
		return s.member(tx, by, thn.Member{Account: a, Grant: g})
	})
}

// AddGrant gives an existing account a role in a programme.
func (s *Store) AddGrant(ctx context.Context, by thn.ID, g thn.Grant) error {
	return s.write(ctx, "add grant", func(tx *writing) error { return s.grant(tx, by, g) })
}

func (s *Store) grant(tx *writing, by thn.ID, g thn.Grant) error {
	row := toGrant(g)
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	tx.note(g.Programme, by, "grant", "account", g.Account)
	return nil
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

// SetAccount changes an account's hash, language, disabled mark and epoch. When
// the account's epoch has moved on since it was read it is a conflict, so that a
// hash renewed at sign-in never brings a disabled account back.
func (s *Store) SetAccount(ctx context.Context, c thn.AccountChange) error {
	a := c.Account
	return s.write(ctx, "set account "+string(a.ID), func(tx *writing) error {
		res := tx.Model(&accountRow{}).Where("id = ? AND epoch = ?", a.ID, c.Epoch).
			Updates(map[string]any{"hash": a.Hash, "language": a.Language, "disabled": a.Disabled, "epoch": a.Epoch})
		if res.Error == nil && res.RowsAffected == 0 {
			return fault.New(fault.Conflict, "compare epoch", "the account has changed")
		}
		if err := changedOne(res); err != nil || c.Action == "" {
			return err
		}
		var programmes []string
		if err := tx.Model(&grantRow{}).Where("account_id = ?", a.ID).Distinct().Order("programme_id").Pluck("programme_id", &programmes).Error; err != nil {
			return err
		}
		for _, p := range programmes {
			tx.note(thn.ID(p), c.By, c.Action, "account", a.ID)
		}
		return nil
	})
}

// Grants lists an account's grants that have not ended, by programme.
func (s *Store) Grants(ctx context.Context, account thn.ID) ([]thn.Grant, error) {
	return s.grants(ctx, "account_id = ? AND ended = ?", account, false)
}

// Membership gives in one read an account, its grants that have not ended and
// the programmes that they are in: what every request of a signed-in person needs.
func (s *Store) Membership(ctx context.Context, id thn.ID) (m thn.Membership, err error) {
	err = s.read(ctx, "membership", func(tx *gorm.DB) error {
		var account accountRow
		if err := tx.Where("id = ?", id).Take(&account).Error; err != nil {
			return err
		}
		var grants []grantRow
		if err := tx.Where("account_id = ? AND ended = ?", id, false).Order("programme_id, id").Find(&grants).Error; err != nil {
			return err
		}
		m = thn.Membership{Account: fromAccount(account), Programmes: map[thn.ID]thn.Programme{}}
		var ids []string
		for _, g := range grants {
			m.Grants, ids = append(m.Grants, fromGrant(g)), append(ids, g.ProgrammeID)
		}
		var programmes []programmeRow
		if err := tx.Where("id IN ?", ids).Find(&programmes).Error; err != nil {
			return err
		}
		for _, p := range programmes {
			m.Programmes[thn.ID(p.ID)] = fromProgramme(p)
		}
		return nil
	})
	return m, err
}

// People lists who may act in a programme, ended grants included.
func (s *Store) People(ctx context.Context, programme thn.ID) (people []thn.Member, err error) {
	grants, err := s.grants(ctx, "programme_id = ?", programme)
	if err != nil {
		return nil, err
	}
	byID := map[string]thn.Account{}
	err = s.read(ctx, "list accounts", func(tx *gorm.DB) error {
		var rows []accountRow
		err := tx.Where("id IN (SELECT account_id FROM grants WHERE programme_id = ?)", programme).Find(&rows).Error
		for _, r := range rows {
			byID[r.ID] = fromAccount(r)
		}
		return err
	})
	for _, g := range grants {
		a := byID[string(g.Account)]
		a.Hash = ""
		people = append(people, thn.Member{Account: a, Grant: g})
	}
	return people, err
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
