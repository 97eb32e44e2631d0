package ingest

import (
	"math/big"

	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// figure is a count between two bounds, in halves.
type figure struct {
	low, high int64
	hidden    bool // the source kept the number back
	text      string
}

func (f figure) count() thn.Count { return thn.Count{Low: thn.Halves(f.low), High: thn.Halves(f.high)} }

// figure reads a count. ok is false for a cell that holds none; the row is then
// skipped, and the plan says whether it was missing, unknown or hidden: none of
// them is a zero.
func (p *planner) figure(e entry, f Field, halves bool) (fig figure, ok bool, err error) {
	v := e.get(f)
	n, err := p.numbers.Parse(v.text)
	if err != nil {
		return fig, false, v.where.Blame(err)
	}
	fig.text = n.Text
	switch n.State {
	case sheet.Missing:
		p.skip(v.where, "missing", map[string]any{"Value": n.Text})
		return fig, false, nil
	case sheet.Unknown:
		p.skip(v.where, "unknown", map[string]any{"Value": n.Text})
		return fig, false, nil
	case sheet.Hidden:
		return p.hidden(v, fig)
	}
	switch {
	case halves:
		fig.low, fig.high, err = n.Halves()
	case p.mapping.Numbers.ShareOf > 0:
		fig.low, fig.high, err = v.shareOf(n, p.mapping.Numbers.ShareOf)
	default:
		fig.low, fig.high, err = n.Whole()
		fig.low, fig.high = 2*fig.low, 2*fig.high
	}
	fig.hidden = fig.low != fig.high
	return fig, err == nil, v.where.Blame(err)
}

// shareOf reads a prevalence as so many people of those that it is of: in halves,
// of whole people, rounded half up once.
func (v value) shareOf(n sheet.Number, all int64) (low, high int64, err error) {
	if n.Money || n.Open || n.Approximate || n.Low.Units < 0 {
		return n.Whole() // it says what is wrong
	}
	people := func(d sheet.Decimal) int64 {
		share := new(big.Rat).SetFrac(big.NewInt(d.Units), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Places)), nil))
		if n.Percent {
			share.Quo(share, big.NewRat(100, 1))
		}
		twice := share.Mul(share, big.NewRat(2*all, 1))
		return new(big.Int).Quo(new(big.Int).Add(new(big.Int).Quo(twice.Num(), twice.Denom()), big.NewInt(1)), big.NewInt(2)).Int64()
	}
	low, high = people(n.Low), people(n.High)
	if high > all {
		return 0, 0, v.refuse("share", nil)
	}
	return 2 * low, 2 * high, nil
}

// hidden takes a figure that was kept back as the bounds its publisher told,
// which only the mapping can say.
func (p *planner) hidden(v value, fig figure) (figure, bool, error) {
	bounds := p.mapping.Numbers.HiddenMeans
	if len(bounds) != 2 {
		p.skip(v.where, "hidden", map[string]any{"Value": fig.text})
		return fig, false, nil
	}
	fig.low, fig.high, fig.hidden = 2*bounds[0], 2*bounds[1], true
	return fig, true, nil
}
