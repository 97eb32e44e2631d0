package store

import (
	"context"
	"strconv"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// useColumn is what each group of uses reads: i is the incident, p a person in
// it, a what was given to them.
var useColumn = map[thn.Group]string{
	thn.ByMonth:     "i.month",
	thn.ByToldMonth: "i.told_month",
	thn.ByArea:      "i.area_id",
	thn.BySite:      "i.site_id",
	thn.ByReporter:  "i.reporter",
	thn.ByPlace:     "i.place",
	thn.ByAmbulance: "i.ambulance",
	thn.ByBreathing: "i.breathing",
	thn.ByHospital:  "i.hospital",
	thn.ByDoses: "CASE WHEN i.given = 0 THEN 'none' WHEN i.doses = 0 THEN 'not_known' WHEN i.doses = 1 THEN 'one' " +
		"WHEN i.doses = 2 THEN 'two' ELSE 'more' END",
	thn.ByOutcome:  "p.outcome",
	thn.ByRelation: "p.relation",
	thn.ByGiven:    "CASE WHEN a.line IS NULL THEN 'no' ELSE 'yes' END",
	thn.ByGiver:    "COALESCE(a.giver, '')",
	thn.ByProduct:  "a.product_id",
	thn.ByBatch:    "a.batch_id",
}

// countedUses leaves out what a later version replaces and what a person said is
// the same event as another report, unless that other report was taken out: in
// whichever version, or the event would be counted nowhere.
func (s *Store) countedUses(c *conditions, programme thn.ID) {
	c.add("i.programme_id = ?", programme)
	s.standing(c, "i")
	by, args := "", []any{programme, programme}
	if s.asAt != "" {
		by, args = " AND received_hour <= ?", []any{programme, s.asAt, programme, s.asAt}
	}
	c.add("(i.twin_id IS NULL OR i.twin_id IN (WITH RECURSIVE gone(id) AS ("+
		"SELECT corrects_id FROM records WHERE programme_id = ? AND void AND corrects_id IS NOT NULL"+by+
		" UNION SELECT r.corrects_id FROM records r JOIN gone g ON r.id = g.id WHERE r.programme_id = ? AND r.corrects_id IS NOT NULL"+by+
		") SELECT id FROM gone))", args...)
}

// UseTally counts the current uses a query asks for, one cell for each
// combination that occurs, ordered by key. Its cost grows with the uses of the
// period, each read once with its persons and administrations: these are added up
// to persons, and persons to uses, because counting what differs sorts every row
// once for each count.
func (s *Store) UseTally(ctx context.Context, q thn.UseQuery) (cells []thn.UseCell, err error) {
	sum := summing[thn.Group]{columns: map[thn.Group]string{}, sums: []string{"COUNT(*)", "COALESCE(SUM(given), 0)", "COALESCE(SUM(persons), 0)",
		"CAST(COALESCE(SUM(lines), 0) AS BIGINT)", "CAST(COALESCE(SUM(doses), 0) AS BIGINT)"}}
	values, names := "", ""
	for i, g := range q.Groups {
		column, known := useColumn[g]
		if !known {
			return nil, fault.New(fault.Invalid, "tally uses", "no such group %q", g)
		}
		name := "g" + strconv.Itoa(i)
		values, names, sum.columns[g] = values+column+" AS "+name+", ", names+name+", ", name
	}
	where := s.useWhere(q)
	persons := "SELECT " + values + "i.record_id AS record_id, p.person AS person, COUNT(a.line) AS lines, COALESCE(SUM(a.doses), 0) AS doses FROM use_incidents i" +
		" JOIN use_persons p ON p.programme_id = i.programme_id AND p.record_id = i.record_id" +
		" LEFT JOIN use_administrations a ON a.programme_id = p.programme_id AND a.record_id = p.record_id AND a.person = p.person" +
		" WHERE " + where.text() + " GROUP BY " + names + "i.record_id, p.person"
	sum.from = "(SELECT " + names + "record_id, COUNT(*) AS persons, SUM(lines) AS lines, SUM(doses) AS doses, CASE WHEN SUM(lines) > 0 THEN 1 ELSE 0 END AS given" +
		" FROM (" + persons + ") persons GROUP BY " + names + "record_id) uses"
	sum.args = where.args
	err = groupedSums(ctx, s, "tally uses", sum, q.Groups, func(keys map[thn.Group]string, sums []int64) {
		cells = append(cells, thn.UseCell{Keys: keys, Incidents: sums[0], Given: sums[1], Persons: sums[2], Administrations: sums[3], Doses: sums[4]})
	})
	return cells, err
}

func (s *Store) useWhere(q thn.UseQuery) (c conditions) {
	s.countedUses(&c, q.Programme)
	month, onDay := "i.month", "i.event_day"
	if q.Told {
		month, onDay = "i.told_month", "i.reported_day"
	}
	c.add(month+" >= ? AND "+month+" <= ?", q.Period.From.YearMonth(), q.Period.Last().YearMonth())
	if q.Period.From.Day() != 1 || q.Period.To.Day() != 1 {
		c.add(onDay+" >= ? AND "+onDay+" < ?", day{q.Period.From}, day{q.Period.To})
	}
	addList(&c, "i.area_id", q.Areas)
	addList(&c, "i.site_id", q.Sites)
	addList(&c, "a.giver", q.Givers)
	return c
}
