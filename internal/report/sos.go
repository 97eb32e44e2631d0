package report

import (
	"context"
	"math"

	"thntracker/internal/thn"
)

// sosSteps are the steps of the cascade and the questions that answer each, the
// better one first. Kits answer none of them: kits over people trained is no
// share of people, and is above 1 as soon as somebody gets a second kit.
var sosSteps = []struct {
	code string
	of   []thn.Question
}{
	{"trained", []thn.Question{thn.TrainedOfTarget, thn.EverTrained}},
	{"given", []thn.Question{thn.GivenOfTrained}},
	{"at_hand", []thn.Question{thn.AtHand}},
}

// sosBenchmarks are the target of each step and what it comes to over all three.
func sosBenchmarks() []Benchmark {
	return []Benchmark{{Key: "report.benchmark.sos", Kind: Ambition, Thousandths: 90_000, Source: sosTargets},
		{Key: "report.benchmark.sos_all", Kind: Ambition, Thousandths: 72_900, Source: sosTargets}}
}

// sosCascade is indicator B1: of the people a programme is for, how many are
// trained; of those, given naloxone; of those, carry it or have it close at hand.
// Each step is the newest answer about this very area, and the three may come from
// different groups of people, which their rows say.
func sosCascade(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead, t.Benchmarks, t.Drawn = Label{Code: "step", Key: "report.by.step"}, sosBenchmarks(), "asked_share"
	t.Columns = []Column{peopleNamed("step_people"), peopleNamed("step_base"), percentNamed[Person]("asked_share", perPlaces)}
	var steps []surveyed
	all := 0
	for _, s := range sosSteps {
		list, err := b.surveyed(ctx, s.of...)
		if err != nil {
			return t, err
		}
		all += len(list)
		row := Row{Label: codeLabel("question", string(s.of[0])), Cells: make([]Cell, len(t.Columns))}
		if a, ok := newest(b.here(list), s.of); ok {
			row.Label, row.Cells, row.Marks = codeLabel("question", string(a.question)), a.cells(), b.cite(&t, a)
			steps = append(steps, a)
		}
		row.Label.Code = s.code
		t.Rows = append(t.Rows, row)
	}
	overall := Row{Label: Label{Code: "overall", Key: "report.row.sos_overall"}, Kind: RowTotal, Cells: []Cell{NotApplicable(), NotApplicable(), multiplied(steps)}}
	switch overall.Cells[2].Kind() {
	case KindInterval:
		overall.Marks = []Label{{Code: "product", Key: "report.mark.product"}}
	case KindRatio:
		overall.Marks = []Label{{Code: "product", Key: "report.mark.product_counted"}}
	}
	t.Rows = append(t.Rows, overall)
	elsewhere(&t, all-len(steps))
	if all == 0 {
		b.unasked(&t)
	}
	return t, b.kitsAreNotPeople(ctx, &t)
}

// newest is the newest answer to the first of some questions that has one.
func newest(list []surveyed, questions []thn.Question) (surveyed, bool) {
	for _, q := range questions {
		for _, a := range list {
			if a.question == q {
				return a, true
			}
		}
	}
	return surveyed{}, false
}

// multiplied is the share over all three steps, known when each is. Its interval
// multiplies the ends of those of the sampled steps, each taken wide enough that
// together they hold with 95 in 100 however the samples depend on each other
// (Bonferroni); a counted step has none. A step of few people hides it.
func multiplied(steps []surveyed) Cell {
	if len(steps) < len(sosSteps) {
		return NotReported()
	}
	samples := 0.0
	for _, a := range steps {
		switch {
		case a.asked == 0:
			return NoDenominator()
		case few(a.yes):
			return Masked()
		case !a.question.Counted():
			samples++
		}
	}
	share, low, high := 1.0, 1.0, 1.0
	for _, a := range steps {
		p := float64(a.yes) / float64(a.asked)
		from, to := p, p
		if !a.question.Counted() {
			from, to = wilson(a.yes, a.asked, surely/samples)
		}
		share, low, high = share*p, low*from, high*to
	}
	return Divided(Interval{Value: bound(share), Low: bound(low), High: bound(high), Valued: true})
}

// kitsAreNotPeople says so where the second step is open and kits over people
// trained could be taken for it.
func (b *book) kitsAreNotPeople(ctx context.Context, t *Table) error {
	trained, given := t.Cell("trained", "step_people"), t.Cell("given", "step_people")
	if given.Known() || !trained.Known() {
		return nil
	}
	p, err := b.kits(ctx, b.spec.Period)
	if err != nil {
		return err
	}
	if kits := p.in(b.everything()); kits.known {
		t.Notes = append(t.Notes, Label{Code: "kits_not_people", Key: "report.note.kits_not_people", Args: map[string]any{"Kits": kits.count().Count, "People": trained.Count()}})
	}
	return nil
}

// halvesOf counts whole things in halves, as ratios do.
func halvesOf(n float64) thn.Halves { return 2 * thn.Halves(math.Round(n)) }
