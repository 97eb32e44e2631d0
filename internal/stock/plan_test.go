package stock

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/thn"
)

var today = thn.MustDate(2026, time.April, 1)

// winter is the pace of January to March: 90 days.
func winter(kits int64) Pace { return Pace{Kits: kits, Months: 3, Days: 90} }

func until(days int, kits int64) Holding {
	return Holding{Batch: thn.ID(fmt.Sprintf("lot-%d", days)), Expiry: today.AddDays(days), Kits: kits}
}

func TestForesee_firstToExpireFirst(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		holdings []Holding
		pace     Pace
		want     [][3]int64 // used, unused, left of each, first to expire first
	}{
		"a kit a day, in time": {[]Holding{until(9, 10), until(19, 10)}, winter(90), [][3]int64{{10, 0, 0}, {10, 0, 0}}},
		"the first is too many, the second has to wait for it": {[]Holding{until(9, 25), until(19, 25)}, winter(90),
			[][3]int64{{10, 15, 0}, {10, 15, 0}}},
		"order of the shelf does not matter":             {[]Holding{until(19, 25), until(9, 25)}, winter(90), [][3]int64{{10, 15, 0}, {10, 15, 0}}},
		"without a date nothing tells when it is needed": {[]Holding{{Kits: 7}, until(9, 4)}, winter(90), [][3]int64{{4, 0, 0}, {0, 0, 7}}},
		"nothing was issued yet":                         {[]Holding{until(9, 4)}, Pace{}, [][3]int64{{0, 0, 4}}},
		"its last day is today":                          {[]Holding{until(0, 3)}, winter(90), [][3]int64{{1, 2, 0}}},
		"yesterday's is not there any more":              {[]Holding{until(-1, 3), until(9, 1)}, winter(90), [][3]int64{{1, 0, 0}}},
		"put aside is not there":                         {[]Holding{{Expiry: today.AddDays(9), Kits: 3, Aside: true}, until(9, 1)}, winter(90), [][3]int64{{1, 0, 0}}},
		"kits without a lot came off what expires first": {[]Holding{{Kits: -6}, until(9, 4), until(19, 4)}, winter(90), [][3]int64{{2, 0, 0}}},
		"a slow site rounds down":                        {[]Holding{until(88, 2)}, winter(1), [][3]int64{{0, 2, 0}}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got [][3]int64
			for _, f := range Foresee(c.holdings, c.pace, today, thn.Date{}) {
				got = append(got, [3]int64{f.Used, f.Unused, f.Left})
			}
			require.Equal(t, c.want, got)
		})
	}
}

// BC's lot 417063 held kits 002441 to 007967 and expired on 30 April 2017. At
// 1,000 kits a month a shelf with all of it on 1 February keeps a third too many.
func TestForesee_aLotOfBritishColumbia(t *testing.T) {
	t.Parallel()
	lot := Holding{Expiry: thn.MustDate(2017, time.April, 30), Kits: 7967 - 2441 + 1}
	require.Equal(t, int64(5527), lot.Kits)
	day := thn.MustDate(2017, time.February, 1)
	fates := Foresee([]Holding{lot}, Pace{Kits: 3000, Months: 3, Days: 92}, day, thn.Date{})
	require.Equal(t, int64(3000*89/92), fates[0].Used)
	require.Equal(t, int64(5527-2902), fates[0].Unused)
}

func TestPlan_wellSuppliedByTheLookOfIt(t *testing.T) {
	t.Parallel()
	// Ten months on hand by the pace; nine kits in ten expire within the month.
	p := Position{Holdings: []Holding{until(8, 90), until(400, 10)}, Pace: winter(30)}
	x := p.Plan(today)
	require.Equal(t, int64(100), x.OnHand)
	require.Equal(t, Fraction{300, 30}, x.Months)
	require.Equal(t, int64(87), x.Unused, "3 of 90 go in the nine days that are left")
	require.Equal(t, Fraction{39, 30}, x.Lasting)
	require.Equal(t, []int64{90, 90}, []int64{x.Near, x.Far})
	order, ok := p.Reorder(today, Target)
	require.True(t, ok)
	require.Equal(t, Order{Months: 3, Need: 30, Have: 13, Kits: 17}, order)
}

func TestPlan_statesOfStock(t *testing.T) {
	t.Parallel()
	p := Position{Holdings: []Holding{until(-1, 5), until(90, 4), until(91, 3), until(180, 2), until(181, 1), {Batch: "x", Kits: -2}, {Expiry: today, Kits: 8, Aside: true}}}
	x := p.Plan(today)
	require.Equal(t, int64(21), x.OnHand)
	require.Equal(t, int64(5), x.Expired)
	require.Equal(t, int64(8), x.Aside)
	require.Equal(t, int64(2), x.Shortfall)
	require.Equal(t, int64(8), x.Usable)
	require.Equal(t, []int64{2, 7}, []int64{x.Near, x.Far})
	require.False(t, x.Months.Known(), "nothing was issued yet: there is not enough of a record")
	require.False(t, x.Lasting.Known())
	_, ok := p.Reorder(today, Target)
	require.False(t, ok)
}

func TestReorder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		holdings []Holding
		kits     int64
		want     int64
	}{
		"nothing there":        {nil, 30, 30},
		"rounded up":           {nil, 31, 31},
		"more than enough":     {[]Holding{until(900, 500)}, 30, 0},
		"expired is not stock": {[]Holding{until(-1, 500)}, 30, 30},
		"below zero":           {[]Holding{{Kits: -9}}, 30, 30},
	} {
		p := Position{Holdings: c.holdings, Pace: winter(c.kits)}
		got, ok := p.Reorder(today, 3)
		require.True(t, ok, name)
		require.Equal(t, c.want, got.Kits, name)
	}
	got, _ := Position{Pace: winter(10)}.Reorder(today, 1)
	require.Equal(t, int64(4), got.Need, "3.3 kits a month are 4 to order")
}

func TestShort(t *testing.T) {
	t.Parallel()
	march := thn.Month(2026, time.March)
	day := func(d int) thn.Date { return thn.MustDate(2026, time.March, d) }
	out, low := Short(10, map[thn.Date]int64{day(3): -6, day(10): -4, day(20): -1, day(25): 31}, march, 5)
	require.Equal(t, 15, out, "from the 10th to the 24th")
	require.Equal(t, 7, low, "from the 3rd to the 9th")
	out, low = Short(0, nil, march, 5)
	require.Equal(t, []int{31, 0}, []int{out, low})
}

// Of 1,000 ampoules 31 were wasted in Kyrgyzstan and Tajikistan: 3.1 in 100.
// Four-year models put it at 13.8 and 3.9.
func TestWaste(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		waste Waste
		tenth int64
	}{
		"both countries":   {Waste{Opening: 200, Received: 800, Expired: 20, Damaged: 8, Destroyed: 3}, 31},
		"Kyrgyzstan model": {Waste{Received: 1000, Expired: 138}, 138},
		"Tajikistan model": {Waste{Opening: 1000, Expired: 39}, 39},
	} {
		r := c.waste.Rate()
		require.Equal(t, c.tenth, (2000*r.Num+r.Den)/(2*r.Den), name)
	}
	require.False(t, Waste{Expired: 3}.Rate().Known(), "nothing was ever there")
}

func TestOutside(t *testing.T) {
	t.Parallel()
	given := []Given{{Expiry: today.AddDays(-1), Kits: 40, Gone: 10}, {Expiry: today, Kits: 99}, {Kits: 7}, {Expiry: today.AddDays(-400), Kits: 5, Gone: 8}}
	require.Equal(t, int64(30), Outside(given, 0, today), "the last day itself is still good, and more gone than given is nobody's kit")
	require.Equal(t, int64(18), Outside(given, 12, today))
	require.Equal(t, int64(0), Outside(given, 31, today))
}

func drawPosition(t *rapid.T) Position {
	p := Position{Pace: Pace{Kits: rapid.Int64Range(0, 400).Draw(t, "issues"), Months: 3, Days: rapid.IntRange(89, 92).Draw(t, "days")}}
	for i := range rapid.IntRange(0, 6).Draw(t, "lots") {
		h := Holding{Batch: thn.ID(fmt.Sprint(i)), Kits: rapid.Int64Range(-50, 300).Draw(t, "kits"), Aside: rapid.IntRange(0, 9).Draw(t, "aside") == 0}
		if rapid.IntRange(0, 9).Draw(t, "dated") > 0 {
			h.Expiry = today.AddDays(rapid.IntRange(-60, 500).Draw(t, "expiry"))
		}
		p.Holdings = append(p.Holdings, h)
	}
	return p
}

func TestPlan_properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawPosition(t)
		var last thn.Date
		if rapid.Bool().Draw(t, "ends") {
			last = today.AddDays(rapid.IntRange(0, 400).Draw(t, "last"))
		}
		x := p.Plan(today)
		var used, unused, left, latest int64
		for _, f := range Foresee(p.Holdings, p.Pace, today, last) {
			require.True(t, f.Used >= 0 && f.Unused >= 0 && f.Left >= 0, "%+v", f)
			require.Equal(t, f.Kits, f.Used+f.Unused+f.Left)
			used, unused, left = used+f.Used, unused+f.Unused, left+f.Left
		}
		require.Equal(t, x.Usable, used+unused+left, "what can be given out is used, expires or is left")
		require.LessOrEqual(t, x.Near, x.Far)
		require.LessOrEqual(t, x.Far, x.Usable)
		if !p.Pace.Known() {
			require.False(t, x.Lasting.Known())
			return
		}
		require.False(t, x.Months.Less(x.Lasting), "never more months than the pace alone allows")
		dated := true
		for _, f := range x.Fates {
			dated = dated && !f.Expiry.IsZero()
			if dated {
				latest = max(latest, int64(today.DaysUntil(f.Expiry)+1))
			}
		}
		if dated {
			bound := Fraction{Num: latest * int64(p.Pace.Months), Den: int64(p.Pace.Days)}
			require.False(t, bound.Less(x.Lasting), "nor than the last date allows")
		}
		order, _ := p.Reorder(today, Target)
		require.GreaterOrEqual(t, order.Kits, int64(0))
		require.LessOrEqual(t, order.Have, x.Usable)
	})
}

// Using what expires first never wastes more than any other order would: here,
// than the order in which the lots were drawn.
func TestForesee_wastesLeast(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawPosition(t)
		p.Pace.Kits++
		var fates []Fate
		for _, f := range usable(p.Holdings, today) {
			if !f.Expiry.IsZero() {
				fates = append(fates, f)
			}
		}
		best := int64(0)
		for _, f := range Foresee(p.Holdings, p.Pace, today, thn.Date{}) {
			best += f.Used
		}
		shuffled := rapid.Permutation(fates).Draw(t, "order")
		used := int64(0)
		for _, f := range shuffled {
			used += max(0, min(f.Kits, p.Pace.through(today, f.Expiry)-used))
		}
		require.LessOrEqual(t, used, best)
	})
}
