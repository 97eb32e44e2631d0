package store

import (
	"slices"
	"strings"

	"thntracker/internal/thn"
)

// cube is a set of maintained sums of distributions: by month, and by each of
// its groups.
type cube struct {
	key    int // as the cells have it; never given to another cube
	name   string
	groups []thn.Group
}

// cubes are the sets that are kept, the smallest first: a tally is answered from
// the first that has all it asks about. Each answers some pages and is a few rows
// a month; what none answers is read from the lines. Adding a cube is an entry
// here and a migration that empties the cells and fills the journal, as 0013 did:
// until they are folded again the journal answers.
var cubes = []cube{
	{1, "answers", []thn.Group{thn.ByRecipient, thn.BySupply, thn.ByReason}},
	{2, "places", []thn.Group{thn.ByArea, thn.ByChannel}},
	{3, "answers by place", []thn.Group{thn.ByArea, thn.ByChannel, thn.ByRecipient, thn.BySupply, thn.ByReason}},
	{4, "sites", []thn.Group{thn.ByArea, thn.BySite, thn.BySetting, thn.ByChannel, thn.BySupplier, thn.ByProduct}},
	{5, "batches", []thn.Group{thn.ByArea, thn.BySite, thn.ByChannel, thn.ByProduct, thn.ByBatch}},
	{6, "answers by site", []thn.Group{thn.ByArea, thn.BySite, thn.ByChannel, thn.ByRecipient, thn.BySupply, thn.ByReason}},
}

// cubeFor gives the first of some cubes that keeps all of some groups apart.
func cubeFor(among []cube, groups []thn.Group) (cube, bool) {
	for _, c := range among {
		if !slices.ContainsFunc(groups, func(g thn.Group) bool { return g != thn.ByMonth && !slices.Contains(c.groups, g) }) {
			return c, true
		}
	}
	return cube{}, false
}

// columns are the cells' columns of its groups.
func (c cube) columns() (list []string) {
	for _, g := range c.groups {
		list = append(list, groupColumn[g])
	}
	return list
}

// others are the columns that it leaves empty, each behind a word. A group that
// no cube keeps has no column: the optional answers are erased after a year, so
// nothing may be summed from them for good.
func (c cube) others(before string) (list string) {
	for _, g := range thn.Groups {
		if _, kept := cubeFor(cubes, []thn.Group{g}); kept && g != thn.ByMonth && !slices.Contains(c.groups, g) {
			list += before + groupColumn[g]
		}
	}
	return list
}

// lineSource is where lines come from, and what each counts for.
type lineSource struct{ sign, from string }

// The sources of lines, which they call l. What was received since an hour is
// turned round: it undoes what has come of it.
var (
	fromLedger    = lineSource{"1", "distribution_lines l"}
	fromJournal   = lineSource{"j.sign", "tally_journal j JOIN distribution_lines l ON l.programme_id = j.programme_id AND l.record_id = j.version_id"}
	receivedSince = lineSource{"-1", "records r JOIN distribution_lines l ON l.programme_id = r.programme_id AND l.record_id = r.id"}
	replacedSince = lineSource{"1", "records r JOIN distribution_lines l ON l.programme_id = r.programme_id AND l.record_id = r.corrects_id"}
)

// turned is the source with the sign turned.
func (l lineSource) turned() lineSource { return lineSource{"-(" + l.sign + ")", l.from} }

// selected reads the month, some columns and what is summed from it, a row for
// each line.
func (l lineSource) selected(columns []string) string {
	list := []string{"l.month"}
	for _, c := range columns {
		list = append(list, "COALESCE(l."+c+", '') AS "+c)
	}
	return "SELECT " + strings.Join(list, ", ") + ", " + l.sign + " AS lines, CASE WHEN l.line = 1 THEN " + l.sign + " ELSE 0 END AS records, " +
		l.sign + " * l.people AS people, " + l.sign + " * l.kits AS kits FROM " + l.from + " WHERE "
}
