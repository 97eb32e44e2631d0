package sheet

// Whole gives the bounds of a count of indivisible things. It refuses what is
// no count: shares, money, estimates without bounds, negative and broken
// figures. The caller has looked at State first.
func (n Number) Whole() (low, high int64, err error) { return n.count(1, "number_whole") }

// Halves gives the bounds of a count in half units, so that 236.5 is 473. Only
// period totals know halves: two single devices of one kit given out apart.
func (n Number) Halves() (low, high int64, err error) { return n.count(2, "number_half") }

func (n Number) count(parts int64, broken string) (low, high int64, err error) {
	switch {
	case n.State != Known:
		return 0, 0, cellError("number_missing", n.Text, nil)
	case n.Percent:
		return 0, 0, cellError("number_percent", n.Text, nil)
	case n.Money:
		return 0, 0, cellError("number_money", n.Text, nil)
	case n.Low.Units < 0 || n.High.Units < 0:
		return 0, 0, cellError("number_negative", n.Text, nil)
	case n.Open:
		return 0, 0, cellError("number_open", n.Text, nil)
	case n.Approximate:
		return 0, 0, cellError("number_approximate", n.Text, nil)
	}
	low, okLow := n.Low.In(parts)
	high, okHigh := n.High.In(parts)
	if !okLow || !okHigh {
		return 0, 0, cellError(broken, n.Text, nil)
	}
	return low, high, nil
}
