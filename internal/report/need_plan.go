package report

import (
	"context"
	"math"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/need"
	"thntracker/internal/thn"
)

// Plan is what somebody would do instead: two-dose kits a year by the code of the
// area and the access. What it does not name stays as it is, and so does a number
// that is today's in whole kits, as forms show it.
type Plan map[string]map[Access]int

// of is the kits of an area under the plan.
func (p Plan) of(a needArea) need.Kits {
	k := a.kits
	for access, now := range map[Access]*float64{AccessCommunity: &k.Community, AccessPharmacy: &k.Pharmacy, AccessPrescriber: &k.Prescriber} {
		if n, some := p[a.label.Code][access]; some && n != Whole(*now) {
			*now = float64(n)
		}
	}
	return k
}

// Whole is a number of kits as forms show it.
func Whole(kits float64) int { return int(math.Round(kits)) }

// Changed tells whether the plan is any other than what is.
func (o Outlook) Changed() bool {
	return slices.ContainsFunc(o.Areas, func(p Prospect) bool { return p.Kits != p.Planned })
}

// Outlook is a plan beside what is.
type Outlook struct {
	Table   Table
	Assumed need.Assumptions
	Areas   []Prospect
	Total   Prospect // of the areas that could be modelled
	Best    int      // the area in which the next 100 kits do most; -1: none could be modelled
}

// Prospect is one area now and as planned.
type Prospect struct {
	Label         Label
	Modelled      bool // there are kits and residents to ask the model about
	Kits, Planned need.Kits
	Now, Then     need.Result
	Counted       bool          // deaths are known too
	Averted       need.Estimate // modelled deaths a year averted by the plan against what is
	Next          need.Estimate // modelled deaths a year averted by the next 100 community kits
	unknown       Cell          // why it was not modelled
	move          need.Move     // the plan as a change in deaths
	reach         float64       // residents times what the next 100 gain: how much they do where deaths are not known
}

// WhatIf looks at a plan: the same table for page and files, and what a drawing needs.
func WhatIf(ctx context.Context, source Source, spec Spec, plan Plan) (Outlook, error) {
	const op = "what if"
	b, err := open(ctx, source, spec)
	if err != nil {
		return Outlook{}, fault.Wrap(op, err)
	}
	n, err := b.needer(ctx)
	if err != nil {
		return Outlook{}, fault.Wrap(op, err)
	}
	o := Outlook{Table: b.table(), Assumed: n.assumed, Best: -1}
	return o, fault.Wrap(op, n.look(&o, plan))
}

func (n *needer) look(o *Outlook, plan Plan) error {
	t := &o.Table
	t.Name, t.Title, t.RowHead = "need-plan", "need.table", areaHead()
	t.Definitions = []string{"need", "deaths-averted"}
	t.Benchmarks = []Benchmark{coverageBenchmark(n.assumed.Target)}
	areas := n.areas(t)
	deaths := n.deathsOf(t, areas)
	var places, planned []need.Place
	var now, then []need.Result
	var moves []need.Move
	o.Total.Counted = true
	for _, a := range areas {
		p, err := n.prospect(a, deaths, plan)
		if err != nil {
			return err
		}
		if p.Modelled {
			there := need.Place{Kits: p.Planned, Residents: a.residents}
			places, planned, now, then = append(places, a.place()), append(planned, there), append(now, p.Now), append(then, p.Then)
		}
		o.Total.add(p)
		moves = append(moves, p.move)
		o.Areas = append(o.Areas, p)
	}
	o.Total.Label, o.Total.Modelled = totalRow, len(now) > 0
	o.Total.Counted = o.Total.Counted && o.Total.Modelled
	o.Total.Now, o.Total.Then = need.Total(places, now), need.Total(planned, then)
	o.Best = best(o.Areas)
	var err error
	o.Total.Averted, err = need.PROFOUND().Averted(moves...)
	n.drawPlan(o, len(areas)-len(now))
	return Impossible(err)
}

// prospect asks the models about one area, now and as planned.
func (n *needer) prospect(a needArea, deaths map[thn.ID]died, plan Plan) (p Prospect, err error) {
	p = Prospect{Label: a.label, Modelled: a.modelled(), Kits: a.kits, Planned: plan.of(a), unknown: NoDenominator()}
	if !a.known {
		p.unknown = NotReported()
	}
	if !p.Modelled {
		return p, nil
	}
	if p.Now, err = n.assumed.At(a.place()); err != nil {
		return p, Impossible(err)
	}
	if p.Then, err = n.assumed.At(need.Place{Kits: p.Planned, Residents: a.residents}); err != nil {
		return p, Impossible(err)
	}
	p.reach = a.residents * p.Then.Gain.Value
	d, counted := deaths[a.id]
	if !counted {
		return p, nil
	}
	p.Counted = true
	tree, c, at := need.PROFOUND(), p.Now.Curve, p.Then.Equivalent
	p.move = need.Move{Deaths: d.yearly, Changes: c.Changes(p.Now.Equivalent, at)}
	if p.Averted, err = tree.Averted(p.move); err != nil {
		return p, Impossible(err)
	}
	// The deaths are those of today; with the plan there would be fewer of them.
	p.Next, err = tree.Averted(need.Move{Deaths: d.yearly - p.Averted.Value, Changes: c.Changes(at, at+need.Step)})
	return p, Impossible(err)
}

// add takes an area into a total. Deaths averted are known of the total when they
// are known of every area that was modelled.
func (p *Prospect) add(o Prospect) {
	p.Kits, p.Planned = p.Kits.Plus(o.Kits), p.Planned.Plus(o.Planned)
	p.Counted = p.Counted && (o.Counted || !o.Modelled)
}

// best is the area in which the next 100 kits do most: by deaths averted where
// those of every area are known, otherwise by the people that live where they help.
func best(areas []Prospect) int {
	by := func(p Prospect) float64 { return p.Next.Value }
	for _, p := range areas {
		if p.Modelled && !p.Counted {
			by = func(p Prospect) float64 { return p.reach }
		}
	}
	most := -1
	for i, p := range areas {
		if p.Modelled && (most < 0 || by(p) > by(areas[most])) {
			most = i
		}
	}
	return most
}

// drawPlan fills the table from the prospects.
func (n *needer) drawPlan(o *Outlook, leftOut int) {
	t := &o.Table
	t.Columns = []Column{modelNamed("plan_kits_now", 0), modelNamed("plan_kits_then", 0), modelNamed("plan_covered_now", 1), modelNamed("plan_covered_then", 1),
		modelNamed("plan_extra", 0), modelNamed("plan_averted", 1), modelNamed("plan_next", 1), modelNamed("plan_next_averted", 1)}
	for _, p := range o.Areas {
		t.Rows = append(t.Rows, Row{Label: p.Label, Cells: p.cells()})
	}
	total := Row{Label: totalRow, Kind: RowTotal, Cells: o.Total.cells()}
	copy(total.Cells[6:], fill(2, NotApplicable())) // the next 100 go to one place
	if leftOut > 0 {
		total.Marks = []Label{{Code: "left_out", Key: "report.mark.need_left_out", Args: map[string]any{"N": leftOut}}}
	}
	t.Rows = append(t.Rows, total)
	t.Notes = append(t.Notes, Label{Code: "deaths", Key: "report.note.need_deaths"})
	n.tell(t)
	t.Sources = append(t.Sources, profound)
	n.remark(t, n.kits, n.kits.in(n.everything()))
}

func (p Prospect) cells() []Cell {
	cells := append([]Cell{Modelled(need.Exactly(p.Kits.Total())), Modelled(need.Exactly(p.Planned.Total()))}, fill(6, p.unknown)...)
	if p.Modelled {
		cells[5], cells[7] = NoDenominator(), NoDenominator()
		copy(cells[2:], []Cell{percentOf(p.Now.Covered), percentOf(p.Then.Covered), Modelled(p.Then.Extra)})
		cells[6] = percentOf(p.Then.Gain)
	}
	if p.Counted {
		cells[5], cells[7] = Modelled(p.Averted), Modelled(p.Next)
	}
	return cells
}
