package form

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

const (
	oneID   = "11111111-1111-4111-8111-111111111111"
	otherID = "22222222-2222-4222-8222-222222222222"
	thirdID = "33333333-3333-4333-8333-333333333333"
)

func moveForm(what string) Movement {
	return Movement{ID: oneID, What: what, Site: otherID, Product: thirdID + ":" + oneID, Kits: "12", DayDay: "23", DayMonth: "11", DayYear: "2026"}
}

func TestMovement_eachForm(t *testing.T) {
	day := thn.MustDate(2026, time.November, 23)
	base := thn.Movement{ID: oneID, Site: otherID, Product: thirdID, Batch: oneID, Kits: 12, Day: day}
	for name, c := range map[string]struct {
		change func(*Movement)
		want   func(*thn.Movement)
	}{
		StockReceive: {func(f *Movement) { f.Reference = "D-17" }, func(m *thn.Movement) { m.Kind, m.Reference = thn.MovementReceived, "D-17" }},
		StockOpening: {func(f *Movement) { f.Product = thirdID + ":" }, func(m *thn.Movement) { m.Kind, m.Batch = thn.MovementOpening, "" }},
		StockSend:    {func(f *Movement) { f.Other = thirdID }, func(m *thn.Movement) { m.Kind, m.Other = thn.MovementSent, thirdID }},
		StockArrive:  {func(f *Movement) { f.Transfer = thirdID }, func(m *thn.Movement) { m.Kind, m.Transfer, m.Product, m.Batch = thn.MovementArrived, thirdID, "", "" }},
		StockFill:    {func(f *Movement) { f.Bag = thirdID }, func(m *thn.Movement) { m.Kind, m.Bag = thn.MovementIssued, thirdID }},
		StockReturn:  {func(f *Movement) { f.Bag = MyBag }, func(m *thn.Movement) { m.Kind = thn.MovementReturned }},
		StockOff:     {func(f *Movement) { f.Kind, f.Bag = "lost_theft", thirdID }, func(m *thn.Movement) { m.Kind, m.Bag = thn.MovementLost, thirdID }},
		StockDuty:    {func(f *Movement) { f.Bag = thirdID }, func(m *thn.Movement) { m.Kind = thn.MovementCarriage }},
		StockCount: {func(f *Movement) { f.Counted, f.Reason, f.Bag = "0", "missing", OnShelf },
			func(m *thn.Movement) { m.Kind, m.Kits, m.Reason = thn.MovementCount, 0, "missing" }},
	} {
		t.Run(name, func(t *testing.T) {
			f, want := moveForm(name), base
			c.change(&f)
			c.want(&want)
			require.NoError(t, Check(&f))
			got, lot, err := f.ToDomain()
			require.NoError(t, err)
			require.Equal(t, want, got)
			require.Zero(t, lot)
		})
	}
}

func TestMovement_refusals(t *testing.T) {
	for name, c := range map[string]struct {
		what   string
		change func(*Movement)
		field  string
	}{
		"no kits":                     {StockReceive, func(f *Movement) { f.Kits = "" }, "kits"},
		"none":                        {StockReceive, func(f *Movement) { f.Kits = "0" }, "kits"},
		"half a kit":                  {StockReceive, func(f *Movement) { f.Kits = "1.5" }, "kits"},
		"more than a delivery":        {StockReceive, func(f *Movement) { f.Kits = "100001" }, "kits"},
		"a day that does not exist":   {StockReceive, func(f *Movement) { f.DayDay = "31" }, "day"},
		"no product":                  {StockReceive, func(f *Movement) { f.Product = "" }, "product"},
		"a new lot where it goes out": {StockDuty, func(f *Movement) { f.Product = thirdID + ":new"; f.LotID = oneID }, "product"},
		"a new lot without number": {StockReceive, func(f *Movement) {
			f.Product = thirdID + ":new"
			f.LotID = oneID
			f.ExpiryMonth, f.ExpiryYear = "3", "2028"
		}, "lot"},
		"a new lot without date":   {StockReceive, func(f *Movement) { f.Product = thirdID + ":new"; f.LotID = oneID; f.Lot = "A1" }, "expiry"},
		"no bag":                   {StockFill, func(*Movement) {}, "bag"},
		"no site to send to":       {StockSend, func(*Movement) {}, "other"},
		"no reason to take off":    {StockOff, func(*Movement) {}, "kind"},
		"another kind to take off": {StockOff, func(f *Movement) { f.Kind = "received" }, "kind"},
		"no transfer":              {StockArrive, func(*Movement) {}, "transfer"},
		"nothing counted":          {StockCount, func(*Movement) {}, "counted"},
		"no such form":             {"steal", func(*Movement) {}, "what"},
	} {
		t.Run(name, func(t *testing.T) {
			f := moveForm(c.what)
			c.change(&f)
			err := Check(&f)
			if err == nil {
				_, _, err = f.ToDomain()
			}
			var names []string
			for _, x := range fault.FieldsOf(err) {
				names = append(names, x.Name)
			}
			require.Contains(t, names, c.field)
		})
	}
}

func TestMovement_aTypedLot(t *testing.T) {
	f := moveForm(StockReceive)
	f.Product, f.LotID, f.Lot, f.ExpiryMonth, f.ExpiryYear = thirdID+":new", otherID, "A1", "march", "28"
	m, lot, err := f.ToDomain()
	require.NoError(t, err)
	require.Equal(t, thn.ID(otherID), m.Batch)
	require.Equal(t, thn.Batch{ID: otherID, Product: thirdID, Lot: "A1", Expiry: thn.MustDate(2028, time.March, 1), MonthOnly: true}, lot)
}

func TestMovementOf_comesBack(t *testing.T) {
	for _, m := range []thn.Movement{
		{Kind: thn.MovementReceived, Kits: 3, Reference: "D"}, {Kind: thn.MovementOpening, Kits: 3}, {Kind: thn.MovementSent, Kits: 3, Other: thirdID},
		{Kind: thn.MovementIssued, Kits: 3, Bag: thirdID}, {Kind: thn.MovementReturned, Kits: 3, Bag: thirdID}, {Kind: thn.MovementDamaged, Kits: 3},
		{Kind: thn.MovementExpired, Kits: 3, Bag: thirdID}, {Kind: thn.MovementCarriage, Kits: 3}, {Kind: thn.MovementCount, Counted: 0, Reason: "found"},
	} {
		m.ID, m.Site, m.Product, m.Batch, m.Day = oneID, otherID, thirdID, oneID, thn.MustDate(2026, time.March, 9)
		f := MovementOf(m)
		require.NoError(t, Check(&f), m.Kind)
		got, _, err := f.ToDomain()
		require.NoError(t, err, m.Kind)
		require.NotEqual(t, m.ID, got.ID)
		got.ID = m.ID
		require.Equal(t, m, got)
	}
}

func TestCountSheet(t *testing.T) {
	f := CountSheet{Site: otherID, DayDay: "23", DayMonth: "11", DayYear: "2026", IDs: []string{oneID, otherID, thirdID}, Kits: []string{oneID + ":", oneID + ":" + thirdID, thirdID + ":"}, Counted: []string{"", "0", "7"}}
	counts, lines, err := f.ToDomain()
	require.NoError(t, err)
	require.Equal(t, []int{1, 2}, lines, "a blank line was not counted")
	require.Equal(t, 0, counts[0].Counted)
	require.Equal(t, thn.ID(thirdID), counts[0].Batch)
	require.Equal(t, 7, counts[1].Counted)

	for name, change := range map[string]func(*CountSheet){
		"counted-1": func(f *CountSheet) { f.Counted[1] = "a few" },
		"counted-0": func(f *CountSheet) { f.Counted = []string{"", "", ""} },
		"day":       func(f *CountSheet) { f.DayYear = "" },
		"":          func(f *CountSheet) { f.Counted = []string{"1"} },
	} {
		f := f
		f.Counted = append([]string{}, f.Counted...)
		change(&f)
		_, _, err := f.ToDomain()
		require.Equal(t, name, fault.FieldsOf(err)[0].Name)
	}
}

func TestDistribution_outOfABagAndForAColleague(t *testing.T) {
	f := Distribution{ID: oneID, Site: otherID, Product: thirdID + ":", Day: "today", Recipient: "person_at_risk", Supply: "first", Kits: "1", From: oneID, Colleague: "peer", Recorder: "nurse"}
	require.NoError(t, Check(&f))
	d, err := f.ToDomain(thn.MustDate(2026, time.March, 1))
	require.NoError(t, err)
	require.Equal(t, thn.ID(oneID), d.Bag)
	require.Equal(t, thn.SupplierPeer, d.Supplier)
	require.Equal(t, thn.Supplier("nurse"), d.Recorder)

	f.From, f.Colleague = OnShelf, ""
	d, err = f.ToDomain(thn.MustDate(2026, time.March, 1))
	require.NoError(t, err)
	require.Empty(t, d.Bag)
	require.Empty(t, d.Recorder, "nobody else gave it")
	f.From = "the van"
	require.Error(t, Check(&f))
}
