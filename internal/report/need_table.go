package report

import (
	"context"
	"math"

	"thntracker/internal/need"
)

var (
	irvine   = Citation{Source: need.IrvineSource, URL: need.IrvineURL}
	profound = Citation{Source: need.PROFOUNDSource, URL: need.PROFOUNDURL}
)

func modelNamed(code string, places int) Column {
	return Column{Label: Label{Code: code, Key: "report.column." + code}, Measure: MeasureModelled, Places: places}
}

// coverageBenchmark is the share of witnessed overdoses that is aimed at.
func coverageBenchmark(target float64) Benchmark {
	return Benchmark{Key: "report.benchmark.witnessed", Kind: ModelTarget, Thousandths: int64(math.Round(percent * 1000 * target)), Source: irvine}
}

// percentOf is a share as a modelled figure in 100.
func percentOf(e need.Estimate) Cell { return Modelled(e.Times(percent)) }

func fill(n int, c Cell) (cells []Cell) {
	for range n {
		cells = append(cells, c)
	}
	return cells
}

func areaHead() Label { return Label{Code: "area", Key: "report.by.area"} }

// needTable is indicator D1: at how many witnessed overdoses a kit is at hand, and
// how many kits a year would make that the target, area by area and then summed.
func needTable(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = areaHead()
	n, err := b.needer(ctx)
	if err != nil {
		return t, err
	}
	t.Benchmarks = []Benchmark{coverageBenchmark(n.assumed.Target)}
	t.Columns = []Column{peopleNamed("residents")}
	for _, a := range Accesses {
		t.Columns = append(t.Columns, kitsNamed("need_"+string(a)))
	}
	t.Columns = append(t.Columns, modelNamed("need_covered", 1), modelNamed("need_kits", 0), modelNamed("need_extra", 0), modelNamed("need_per", 0), modelNamed("need_next", 2))
	areas := n.areas(&t)
	var places []need.Place
	var results []need.Result
	for _, a := range areas {
		r, cells := need.Result{}, fill(5, NoDenominator())
		if a.modelled() {
			if r, err = n.assumed.At(a.place()); err != nil {
				return t, Impossible(err)
			}
			places, results = append(places, a.place()), append(results, r)
			cells = needCells(r)
			cells = append(cells, percentOf(r.Gain))
		} else if !a.known {
			cells = fill(5, NotReported())
		}
		t.Rows = append(t.Rows, Row{Label: a.label, Marks: a.mark, Cells: append(givenCells(a), cells...)})
	}
	n.foot(&t, areas, 5)
	if len(results) > 0 {
		row := &t.Rows[len(t.Rows)-1]
		copy(row.Cells[4:], needCells(need.Total(places, results)))
		row.Marks = someLeftOut(len(areas), len(results))
	}
	n.tell(&t)
	b.remark(&t, n.kits, n.kits.in(b.everything()))
	return t, nil
}

func needCells(r need.Result) []Cell {
	return []Cell{percentOf(r.Covered), Modelled(r.Needed), Modelled(r.Extra), Modelled(r.NeededPer)}
}

// givenCells are the residents and the kits of an area as they were counted.
func givenCells(a needArea) []Cell {
	cells := []Cell{NoDenominator()}
	if a.residents > 0 {
		cells[0] = Number(int64(a.residents))
	}
	for _, s := range a.given {
		s.known = s.known || a.known
		cells = append(cells, s.cell())
	}
	return cells
}

// foot closes a table of areas: kits that no area holds, and the total, whose
// modelled cells are the caller's.
func (n *needer) foot(t *Table, areas []needArea, modelled int) {
	if rest, some := n.undivided(areas); some {
		row := Row{Label: Label{Code: "not_divided", Key: "report.row.not_divided.area"}, Kind: RowRest, Cells: []Cell{NotApplicable()}}
		for _, s := range rest {
			s.known = true
			row.Cells = append(row.Cells, s.cell())
		}
		t.Rows = append(t.Rows, Row{Label: row.Label, Kind: row.Kind, Cells: append(row.Cells, fill(modelled, NotApplicable())...)})
	}
	all := needArea{given: n.given(n.everything()), known: n.kits.in(n.everything()).known}
	for _, a := range areas {
		all.residents += a.residents
	}
	t.Rows = append(t.Rows, Row{Label: totalRow, Kind: RowTotal, Cells: append(givenCells(all), fill(modelled, NotApplicable())...)})
}

// someLeftOut says in the total that some areas are not in it.
func someLeftOut(all, some int) []Label {
	if all == some {
		return nil
	}
	return []Label{{Code: "left_out", Key: "report.mark.need_left_out", Args: map[string]any{"N": all - some}}}
}
