package report

import "math"

// wilson gives the ends of the interval in which the share of everybody lies with
// the probability 1 - alpha when yes of asked said so: the score interval of
// Wilson, "Probable inference, the law of succession, and statistical inference",
// Journal of the American Statistical Association 22 (1927) 209–212,
// doi:10.1080/01621459.1927.10502953. Unlike the usual ± it stays between 0 and 1
// and keeps its promise for small groups. It assumes that those asked were drawn
// at random: it knows nothing of who could not be asked. asked is above zero.
func wilson(yes, asked int64, alpha float64) (low, high float64) {
	z := math.Sqrt2 * math.Erfinv(1-alpha)
	n, p := float64(asked), float64(yes)/float64(asked)
	middle, scale := p+z*z/(2*n), 1+z*z/n
	arm := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, min(p, (middle-arm)/scale)), min(1, max(p, (middle+arm)/scale))
}

// surely is how often an interval may miss.
const surely = 0.05

// parts is into how many parts a bound that is no fraction of people is divided:
// fine enough that no shown digit depends on it.
const parts = 1_000_000_000

// bound is a share as a ratio for each hundred.
func bound(share float64) Ratio {
	return Ratio{Num: halvesOf(math.Round(share * parts)), Den: 2 * parts, Per: percent}
}

// sampled is the share of those who said yes with its interval.
func sampled(yes, asked int64) Cell {
	low, high := wilson(yes, asked, surely)
	return Divided(Interval{Value: Ratio{Num: halvesOf(float64(yes)), Den: halvesOf(float64(asked)), Per: percent}, Low: bound(low), High: bound(high), Valued: true})
}
