package server

import (
	"slices"
	"strconv"
	"time"

	"thntracker/internal/page"
	"thntracker/internal/recall"
	"thntracker/internal/thn"
)

// monthsShown is how many months have a column of their own; what went out
// before them is one.
const monthsShown = 6

// outTable shows how many kits of a batch went out where and when.
func outTable(r *request, out []recall.Out) page.Table {
	l := r.locale
	months, earlier := monthsOf(out)
	t := page.Table{ID: "out", Caption: l.T("recall.out"), Notes: []string{l.T("recall.out_note")},
		Columns: []page.Column{{Label: l.T("recall.site")}, {Label: l.T("recall.total"), Numeric: true}}}
	if earlier {
		t.Columns = append(t.Columns, page.Column{Label: l.T("recall.earlier"), Numeric: true})
	}
	for _, m := range months {
		name := l.T("date.month_year", "Month", l.MonthShort(thn.MustDate(m/100, time.Month(m%100), 1)), "Year", strconv.Itoa(m/100))
		t.Columns = append(t.Columns, page.Column{Label: name, Numeric: true})
	}
	sites := slices.CompactFunc(slices.Clone(out), func(a, b recall.Out) bool { return a.Site.ID == b.Site.ID }) // ordered by site
	for _, x := range sites {
		one := slices.DeleteFunc(slices.Clone(out), func(o recall.Out) bool { return o.Site.ID != x.Site.ID })
		t.Rows = append(t.Rows, outRow(r, x.Site.Name, one, months, earlier))
	}
	if len(sites) > 1 {
		all := outRow(r, l.T("recall.total"), out, months, earlier)
		all.Total = true
		t.Rows = append(t.Rows, all)
	}
	return t
}

// monthsOf gives the latest months, and whether there are more before them.
func monthsOf(out []recall.Out) (months []int, earlier bool) {
	for _, o := range out {
		months = append(months, o.Month)
	}
	slices.Sort(months)
	months = slices.Compact(months)
	if len(months) > monthsShown {
		return months[len(months)-monthsShown:], true
	}
	return months, false
}

func outRow(r *request, name string, out []recall.Out, months []int, earlier bool) page.Row {
	sum, before, by := int64(0), int64(0), make([]int64, len(months))
	for _, o := range out {
		sum += o.Kits
		if i := slices.Index(months, o.Month); i >= 0 {
			by[i] += o.Kits
		} else {
			before += o.Kits
		}
	}
	row := page.Row{Cells: []page.Cell{{Text: name}, numeric(r, sum)}}
	if earlier {
		row.Cells = append(row.Cells, numeric(r, before))
	}
	for _, n := range by {
		row.Cells = append(row.Cells, numeric(r, n))
	}
	return row
}
