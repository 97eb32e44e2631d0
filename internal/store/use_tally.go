package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// useColumn is what each group of uses reads: i is the incident, p a person in
// it, a what was given to them.
var useColumn = map[thn.Group]string{
	thn.ByMonth:     "i.month",
	thn.ByToldMonth: "i.told_month",
	thn.ByArea:      "i.area_id",
	thn.BySite:      "COALESCE(i.site_id, '')",
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
	thn.ByProduct:  "COALESCE(a.product_id, '')",
}

// countedUses leaves out what a later version replaces and what a person said is
// the same event as another report, unless that other report was taken out.
func countedUses(programme thn.ID) (where string, args []any) {
	return "i.programme_id = ? AND i.record_id NOT IN " + superseded + " AND (i.twin_id IS NULL OR EXISTS (SELECT 1 FROM records o" +
		" WHERE o.programme_id = i.programme_id AND o.corrects_id = i.twin_id AND o.void))", []any{programme, programme}
}

// UseTally counts the current uses a query asks for, one cell for each
// combination that occurs, ordered by key. Its cost grows with the uses of the
// period, each read once with its persons and administrations.
func (s *Store) UseTally(ctx context.Context, q thn.UseQuery) (cells []thn.UseCell, err error) {
	const op = "tally uses"
	for _, g := range q.Groups {
		if useColumn[g] == "" {
			return nil, fault.New(fault.Invalid, op, "no such group %q", g)
		}
	}
	statement, args := useTallySQL(q)
	err = s.read(ctx, op, func(tx *gorm.DB) error {
		cells, err = scanUseCells(tx.Raw(statement, args...), q.Groups)
		return err
	})
	return cells, err
}

func useTallySQL(q thn.UseQuery) (string, []any) {
	var columns []string
	for _, g := range q.Groups {
		columns = append(columns, "CAST("+useColumn[g]+" AS TEXT)")
	}
	keys := strings.Join(columns, ", ")
	where, args := useWhere(q)
	b := "SELECT COUNT(DISTINCT i.record_id), COUNT(DISTINCT a.record_id), COUNT(DISTINCT p.record_id || CAST(p.person AS TEXT)), COUNT(a.line), COALESCE(SUM(a.doses), 0)"
	if keys != "" {
		b += ", " + keys
	}
	b += " FROM use_incidents i" +
		" JOIN use_persons p ON p.programme_id = i.programme_id AND p.record_id = i.record_id" +
		" LEFT JOIN use_administrations a ON a.programme_id = p.programme_id AND a.record_id = p.record_id AND a.person = p.person" +
		" WHERE " + strings.Join(where, " AND ")
	if keys != "" {
		b += " GROUP BY " + keys + " ORDER BY " + keys
	}
	return b, args
}

func useWhere(q thn.UseQuery) (where []string, args []any) {
	add := func(condition string, values ...any) {
		where, args = append(where, condition), append(args, values...)
	}
	counted, values := countedUses(q.Programme)
	add(counted, values...)
	month, onDay := "i.month", "i.event_day"
	if q.Told {
		month, onDay = "i.told_month", "i.reported_day"
	}
	add(month+" >= ? AND "+month+" <= ?", q.Period.From.YearMonth(), q.Period.Last().YearMonth())
	if q.Period.From.Day() != 1 || q.Period.To.Day() != 1 {
		add(onDay+" >= ? AND "+onDay+" < ?", day{q.Period.From}, day{q.Period.To})
	}
	addList(add, "i.area_id", q.Areas)
	addList(add, "i.site_id", q.Sites)
	return where, args
}

func scanUseCells(query *gorm.DB, groups []thn.Group) ([]thn.UseCell, error) {
	rows, err := query.Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var cells []thn.UseCell
	for rows.Next() {
		c := thn.UseCell{Keys: make(map[thn.Group]string, len(groups))}
		texts := make([]string, len(groups))
		targets := []any{&c.Incidents, &c.Given, &c.Persons, &c.Administrations, &c.Doses}
		for i := range texts {
			targets = append(targets, &texts[i])
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		for i, g := range groups {
			c.Keys[g] = texts[i]
		}
		cells = append(cells, c)
	}
	return cells, rows.Err()
}
