package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

// reportSources are the tables whose records say that a site reported: a kind of
// record and the table of its facts, which has site_id, month and record_id. Of
// distributions the sums are kept. A new kind that sites are asked about is one
// line here and one in thn.ReportedKinds.
var reportSources = []struct {
	about thn.RecordKind
	table string
}{
	{thn.KindUse, "use_incidents"},
	{thn.KindSession, "training_sessions"},
}

// Reported tells what each site said for the months that a period touches: how
// many current records of each kind, sums, and nil returns. A site, month and
// kind of which nothing is known is not in the list.
func (s *Store) Reported(ctx context.Context, programme thn.ID, period thn.Period) (list []thn.Reported, err error) {
	g := gathered{Store: s, programme: programme, period: period, found: map[thn.Reported]*thn.Reported{}}
	if err := g.distributions(ctx); err != nil {
		return nil, err
	}
	err = s.read(ctx, "what sites reported", func(tx *gorm.DB) error {
		for _, step := range []func(*gorm.DB) error{g.records, g.totals, g.nils} {
			if err := step(tx); err != nil {
				return err
			}
		}
		return nil
	})
	return g.sorted(), err
}

// gathered collects what is found under site, month and kind.
type gathered struct {
	*Store
	programme thn.ID
	period    thn.Period
	found     map[thn.Reported]*thn.Reported
}

func (g *gathered) at(site thn.ID, month thn.Date, about thn.RecordKind) *thn.Reported {
	key := thn.Reported{Site: site, Month: month, About: about}
	if g.found[key] == nil {
		g.found[key] = &key
	}
	return g.found[key]
}

func (g *gathered) distributions(ctx context.Context) error {
	q := thn.Query{Programme: g.programme, Period: thn.Period{From: g.period.From.FirstOfMonth(), To: g.period.Last().FirstOfMonth().AddMonths(1)},
		Groups: []thn.Group{thn.BySite, thn.ByMonth}}
	var err error
	asked := g.tally(ctx, "what sites reported", q, func(keys map[thn.Group]string, sums []int64) {
		month, broken := strconv.Atoi(keys[thn.ByMonth])
		err = errors.Join(err, broken)
		g.at(thn.ID(keys[thn.BySite]), firstOf(month), thn.KindDistribution).Records = int(sums[1])
	})
	return errors.Join(asked, err)
}

// months narrows a table to the facts of those months that count.
func (g *gathered) months(table string) (c conditions) {
	c.add("programme_id = ? AND month >= ? AND month <= ?", g.programme, g.period.From.YearMonth(), g.period.Last().YearMonth())
	g.standing(&c, table)
	return c
}

func (g *gathered) records(tx *gorm.DB) error {
	for _, source := range reportSources {
		var rows []struct {
			SiteID thn.ID
			Month  int
			N      int
		}
		c := g.months(source.table)
		c.add("site_id IS NOT NULL")
		err := tx.Raw("SELECT site_id, month, COUNT(*) AS n FROM "+source.table+" WHERE "+c.text()+" GROUP BY site_id, month", c.args...).Scan(&rows).Error
		if err != nil {
			return err
		}
		for _, r := range rows {
			g.at(r.SiteID, firstOf(r.Month), source.about).Records = r.N
		}
	}
	return nil
}

// totals counts sums of a site's kits or people; one over several months is in
// each of them.
func (g *gathered) totals(tx *gorm.DB) error {
	var rows []struct {
		SiteID  thn.ID
		FromDay day
		ToDay   day
	}
	var c conditions
	c.add("programme_id = ? AND site_id IS NOT NULL AND from_day < ? AND to_day > ?", g.programme, day{g.period.Last().AddMonths(1)}, day{g.period.From.FirstOfMonth()})
	g.standing(&c, "period_totals")
	err := tx.Raw("SELECT site_id, from_day, to_day FROM period_totals WHERE "+c.text(), c.args...).Scan(&rows).Error
	for _, r := range rows {
		for _, m := range (thn.Period{From: r.FromDay.Date, To: r.ToDay.Date}).Months() {
			if m.Overlaps(thn.Period{From: g.period.From.FirstOfMonth(), To: g.period.Last().AddMonths(1)}) {
				g.at(r.SiteID, m.From, thn.KindDistribution).Totals++
			}
		}
	}
	return err
}

func (g *gathered) nils(tx *gorm.DB) error {
	var rows []nilReturnRow
	c := g.months("nil_returns")
	err := tx.Where(c.text(), c.args...).Order("record_id").Find(&rows).Error
	for _, r := range rows {
		n := fromNilReturn(r)
		g.at(n.Site, n.Month, n.About).Nil = n.ID
	}
	return err
}

func (g *gathered) sorted() []thn.Reported {
	list := make([]thn.Reported, 0, len(g.found))
	for _, r := range g.found {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(a, b thn.Reported) int {
		return cmp.Or(cmp.Compare(a.Month.YearMonth(), b.Month.YearMonth()), cmp.Compare(a.Site, b.Site), cmp.Compare(a.About, b.About))
	})
	return list
}

// firstOf is the first day of a month written as 202603.
func firstOf(month int) thn.Date { return thn.Month(month/100, time.Month(month%100)).From }
