package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"thntracker/internal/thn"
)

// groupColumn is the one column that each group reads, of the lines and of the
// cells. Both engines sum the same statement; adding a group is one line here and
// one in package thn.
var groupColumn = map[thn.Group]string{
	thn.ByMonth:     "month",
	thn.ByArea:      "area_id",
	thn.BySite:      "site_id",
	thn.BySetting:   "setting",
	thn.ByChannel:   "channel",
	thn.BySupplier:  "supplier",
	thn.ByRecipient: "recipient",
	thn.BySupply:    "supply",
	thn.ByReason:    "reason",
	thn.ByProduct:   "product_id",
	thn.ByBatch:     "batch_id",
	thn.ByAgeBand:   "age_band",
	thn.ByGender:    "gender",
	thn.ByCarriage:  "carriage",
}

// Tally sums the current distributions a query asks for, one cell for each
// combination that occurs, ordered by key. Whole months are read from the
// maintained sums and from what these have not taken in yet, in one statement, so
// that it is exact at every moment. Odd days at the edges, what an account
// recorded, and what no cube keeps apart are read from the lines.
func (s *Store) Tally(ctx context.Context, q thn.Query) (cells []thn.Cell, err error) {
	err = s.tally(ctx, "tally", q, func(keys map[thn.Group]string, sums []int64) {
		cells = append(cells, thn.Cell{Keys: keys, Records: sums[0], People: sums[2], Kits: sums[3]})
	})
	return cells, err
}

// tally hands over lines, records, people and kits of each combination.
func (s *Store) tally(ctx context.Context, op string, q thn.Query, each func(keys map[thn.Group]string, sums []int64)) error {
	sum := summing[thn.Group]{columns: groupColumn, having: "SUM(lines) <> 0"}
	for _, name := range []string{"lines", "records", "people", "kits"} {
		sum.sums = append(sum.sums, "CAST(COALESCE(SUM("+name+"), 0) AS BIGINT)")
	}
	parts := s.tallyParts(q)
	sum.from, sum.args = "("+strings.Join(parts.where, " UNION ALL ")+") t", parts.args
	return groupedSums(ctx, s, op, sum, q.Groups, each)
}

// tallyParts are the statements whose rows, added up, answer a query.
func (s *Store) tallyParts(q thn.Query) (parts conditions) {
	asked := askedAbout(q)
	var columns []string
	for _, g := range asked {
		if g != thn.ByMonth {
			columns = append(columns, groupColumn[g])
		}
	}
	read := func(from lineSource, c conditions) { parts.add(from.selected(columns)+c.text(), c.args...) }
	c, kept := cubeFor(cubes, asked)
	months, edges := wholeMonths(q.Period)
	if q.By != "" || !kept {
		months, edges = thn.Period{}, []thn.Period{q.Period}
	}
	for _, days := range edges {
		read(fromLedger, s.lineWhere(q, days))
	}
	if months == (thn.Period{}) {
		return parts
	}
	cells := monthsWhere(q, "c", "c", months)
	parts.add("SELECT c.month, "+strings.Join(append(slices.Clone(columns), "c.lines, c.records, c.people, c.kits"), ", ")+
		" FROM tally_cells c WHERE c.cube = "+strconv.Itoa(c.key)+" AND "+cells.text(), cells.args...)
	read(fromJournal, monthsWhere(q, "j", "l", months))
	if s.asAt != "" {
		since := monthsWhere(q, "r", "l", months)
		since.add("r.received_hour > ?", s.asAt)
		read(receivedSince, since)
		read(replacedSince, since)
	}
	return parts
}

// askedAbout lists the groups that a query splits or filters by.
func askedAbout(q thn.Query) []thn.Group {
	asked := slices.Clone(q.Groups)
	for g, filtered := range map[thn.Group]bool{thn.ByArea: q.Areas != nil, thn.BySite: q.Sites != nil, thn.ByChannel: q.Channels != nil,
		thn.ByRecipient: q.Recipients != nil, thn.BySupply: q.Supplies != nil} {
		if filtered {
			asked = append(asked, g)
		}
	}
	slices.Sort(asked)
	return slices.Compact(asked)
}

// wholeMonths parts a period into the calendar months that lie wholly in it and
// the days before and after them.
func wholeMonths(p thn.Period) (months thn.Period, edges []thn.Period) {
	first, end := p.From.FirstOfMonth(), p.To.FirstOfMonth()
	if first != p.From {
		first = first.AddMonths(1)
	}
	if !first.Before(end) {
		return thn.Period{}, []thn.Period{p}
	}
	if p.From.Before(first) {
		edges = append(edges, thn.Period{From: p.From, To: first})
	}
	if end.Before(p.To) {
		edges = append(edges, thn.Period{From: end, To: p.To})
	}
	return thn.Period{From: first, To: end}, edges
}

// monthsWhere narrows to a programme's whole months and to what the query
// filters by; values are in the table or source of that name.
func monthsWhere(q thn.Query, owner, values string, months thn.Period) (c conditions) {
	c.add(owner+".programme_id = ?", q.Programme)
	c.add(values+".month >= ? AND "+values+".month <= ?", months.From.YearMonth(), months.Last().YearMonth())
	addList(&c, values+".area_id", q.Areas)
	addList(&c, values+".site_id", q.Sites)
	addList(&c, values+".channel", q.Channels)
	addList(&c, values+".recipient", q.Recipients)
	addList(&c, values+".supply", q.Supplies)
	return c
}

// lineWhere narrows the lines to those of some days that count.
func (s *Store) lineWhere(q thn.Query, days thn.Period) conditions {
	c := monthsWhere(q, "l", "l", days) // the months let the index narrow, the days make it exact
	if days.From.Day() != 1 || days.To.Day() != 1 {
		c.add("l.day >= ? AND l.day < ?", day{days.From}, day{days.To})
	}
	s.standing(&c, "l")
	if q.By != "" {
		c.add("EXISTS (SELECT 1 FROM records r WHERE r.programme_id = l.programme_id AND r.id = l.record_id AND r.account_id = ?)", q.By)
	}
	return c
}

func addList[C ~string](c *conditions, column string, list []C) {
	switch {
	case list == nil:
	case len(list) == 0:
		c.add("1 = 0")
	default:
		c.add(column+" IN ?", slices.Clone(list))
	}
}
