package store_test

import (
	"context"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// month is a prison's month of releases at the mill.
func (p *place) month(m thn.Date, atRisk, handed int) thn.Release {
	return thn.Release{ID: thn.NewID(), Site: p.mill.ID, Area: p.south.ID, Month: m, Definition: "opioid_treatment", Total: thn.NotRecorded, Unplanned: 3,
		Reached: map[thn.Step]int{thn.StepAtRisk: atRisk, thn.StepHandedOver: handed}, DropOuts: map[thn.DropOut]int{"declined": 2, "court_release": 0}}
}

func (p *place) leftBehind(m thn.Date) thn.LeaveBehind {
	return thn.LeaveBehind{ID: thn.NewID(), Site: p.harbour.ID, Area: p.north.ID, Month: m, Eligible: 20, LeftPatient: 8, LeftOther: 2, Declined: thn.NotRecorded,
		NoStock: 1, NotOffered: thn.NotRecorded, Registered: 4, FollowUp: thn.NotRecorded}
}

func (p *place) of(f thn.Fact, corrects ...thn.ID) thn.Submission {
	sub := thn.Submission{Programme: p.programme.ID, By: p.by, Record: f}
	if len(corrects) > 0 {
		sub.Corrects, sub.Why = corrects[0], thn.WhyMistake
	}
	return sub
}

func (p *place) facts(t *testing.T, q thn.FactQuery) []thn.Fact {
	t.Helper()
	q.Programme = p.programme.ID
	list, err := p.Facts(context.Background(), q)
	require.NoError(t, err)
	return list
}

func TestFacts_ofPrisonsAndRespondersComeBack(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		march, april := thn.MustDate(2026, 3, 1), thn.MustDate(2026, 4, 1)
		first, second, left := p.month(march, 40, 12), p.month(april, 30, 0), p.leftBehind(march)
		kit := thn.Carriage{ID: thn.NewID(), Day: thn.MustDate(2026, 3, 9), Site: p.harbour.ID, Area: p.north.ID, Carrier: thn.NewID(), Status: thn.CarriageIssued,
			Product: p.spray.ID, Batch: p.lot.ID, Expiry: thn.MustDate(2028, 2, 29)}
		trained := thn.Carriage{ID: thn.NewID(), Day: thn.MustDate(2026, 3, 2), Site: p.harbour.ID, Area: p.north.ID, Carrier: kit.Carrier, Status: thn.CarriageTrained, Due: thn.MustDate(2028, 3, 2)}
		for _, f := range []thn.Fact{second, first, left, kit, trained} {
			require.Equal(t, thn.Stored, p.append(t, p.of(f)))
		}
		for kind, want := range map[thn.RecordKind][]thn.Fact{thn.KindRelease: {first, second}, thn.KindLeaveBehind: {left}, thn.KindCarriage: {trained, kit}} {
			if diff := cmp.Diff(want, p.facts(t, thn.FactQuery{Kind: kind}), sameDay); diff != "" {
				t.Errorf("%s (-want +got)\n%s", kind, diff)
			}
		}
		q := thn.FactQuery{Kind: thn.KindRelease, Period: thn.Month(2026, 4)}
		require.Len(t, p.facts(t, q), 1)
		q.Areas = []thn.ID{p.north.ID}
		require.Empty(t, p.facts(t, q))
		q.Areas, q.Sites = nil, []thn.ID{p.mill.ID}
		require.Len(t, p.facts(t, q), 1)
		q.Sites = []thn.ID{}
		require.Empty(t, p.facts(t, q))
		_, err := p.Facts(t.Context(), thn.FactQuery{Programme: p.programme.ID, Kind: thn.KindTotal})
		require.True(t, fault.Is(err, fault.Invalid), "%v", err)
	})
}

// Two records of one month never add up: the second is held, unless it corrects
// the first.
func TestMonth_oneCurrentRecord(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		march := thn.MustDate(2026, 3, 1)
		first, twin := p.month(march, 40, 12), p.month(march, 41, 12)
		require.Equal(t, thn.Stored, p.append(t, p.of(first)))
		require.Equal(t, thn.Duplicate, p.append(t, p.of(first)))
		require.Equal(t, thn.Held, p.append(t, p.of(twin)))
		require.Equal(t, []string{"month_taken"}, p.causes(t))
		require.Equal(t, thn.Stored, p.append(t, p.of(p.leftBehind(march))), "another kind is another record")

		held, err := p.HeldRecords(t.Context(), p.programme.ID)
		require.NoError(t, err)
		right := twin
		right.Unplanned = 4 // put right on the way
		settled := p.of(right)
		settled.Settles = &thn.Decision{Programme: p.programme.ID, Held: held[0].ID, Outcome: thn.HeldAccepted, By: p.by}
		require.Equal(t, thn.Held, p.append(t, settled))
		require.Equal(t, []string{"month_taken"}, p.causes(t), "what was held is not held again by deciding about it")

		second := p.month(march, 42, 13)
		require.Equal(t, thn.Stored, p.append(t, p.of(second, first.ID)))
		require.Equal(t, []thn.Fact{second}, p.facts(t, thn.FactQuery{Kind: thn.KindRelease}))

		other := p.month(thn.MustDate(2026, 4, 1), 5, 1)
		require.Equal(t, thn.Stored, p.append(t, p.of(other)))
		moved := p.month(march, 5, 1)
		require.Equal(t, thn.Held, p.append(t, p.of(moved, other.ID)), "a correction cannot move into a month that is taken")

		void := p.of(thn.Release{ID: thn.NewID()}, second.ID)
		void.Void = true
		require.Equal(t, thn.Stored, p.append(t, void))
		require.Equal(t, thn.Stored, p.append(t, p.of(p.month(march, 43, 1))), "a month taken out is free again")
		require.Len(t, p.facts(t, thn.FactQuery{Kind: thn.KindRelease}), 2)
	})
}

func TestMonth_manyAtOnceLeaveOne(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		var wait sync.WaitGroup
		for n := range 12 {
			wait.Go(func() {
				_, err := p.Append(context.Background(), []thn.Submission{p.of(p.month(thn.MustDate(2026, 3, 1), 20+n, 5))})
				require.NoError(t, err)
			})
		}
		wait.Wait()
		require.Len(t, p.facts(t, thn.FactQuery{Kind: thn.KindRelease}), 1)
		require.Len(t, p.causes(t), 11)
	})
}

func TestImport_refusesAMonthThatIsTaken(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		march := thn.MustDate(2026, 3, 1)
		load := thn.Load{Records: []thn.Submission{p.of(p.month(march, 40, 12)), p.of(p.month(march, 40, 12))}}
		require.True(t, fault.Is(p.Import(t.Context(), p.programme.ID, p.by, load, nil), fault.Conflict))
		require.Empty(t, p.facts(t, thn.FactQuery{Kind: thn.KindRelease}))
		load.Records = load.Records[:1]
		require.NoError(t, p.Import(t.Context(), p.programme.ID, p.by, load, nil))
		require.Len(t, p.facts(t, thn.FactQuery{Kind: thn.KindRelease}), 1)
	})
}
