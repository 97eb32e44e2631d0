package store_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// used is a use told at the harbour on 10 March, of the 1st: one person, one giver.
func (p *place) used(doses int, change ...func(*thn.Use)) thn.Use {
	u := thn.Use{ID: thn.NewID(), Reported: thn.MustDate(2026, 3, 10), Event: thn.MustDate(2026, 3, 1), Site: p.harbour.ID, Area: p.north.ID, Reporter: "friend",
		Place: "private_home", Ambulance: thn.AnswerYes, Breathing: thn.AnswerNo, Hospital: thn.AnswerNotAsked,
		Persons: []thn.UsePerson{{Outcome: thn.Survived, Relation: "friend", Given: []thn.Administration{{Giver: "lay", Product: p.spray.ID, Doses: doses, DoseMicrograms: 1800, Response: "alert"}}}}}
	for _, c := range change {
		c(&u)
	}
	return u
}

func (p *place) use(t *testing.T, u thn.Use) thn.Use {
	t.Helper()
	require.Equal(t, thn.Stored, p.append(t, thn.Submission{Programme: p.programme.ID, By: p.by, Record: u}))
	return u
}

func (p *place) correctUse(t *testing.T, was thn.ID, u thn.Use) thn.Use {
	t.Helper()
	require.Equal(t, thn.Stored, p.append(t, thn.Submission{Programme: p.programme.ID, By: p.by, Record: u, Corrects: was, Why: thn.WhyMistake}))
	return u
}

// tallied gives incidents, those with naloxone, persons, administrations and
// doses by key.
func (p *place) tallied(t *testing.T, q thn.UseQuery) map[string][5]int64 {
	t.Helper()
	q.Programme = p.programme.ID
	if q.Period == (thn.Period{}) {
		q.Period = always
	}
	cells, err := p.UseTally(context.Background(), q)
	require.NoError(t, err)
	out := map[string][5]int64{}
	for _, c := range cells {
		key := ""
		for _, g := range q.Groups {
			key += c.Keys[g] + " "
		}
		out[key] = [5]int64{c.Incidents, c.Given, c.Persons, c.Administrations, c.Doses}
	}
	return out
}

// A responder's report: two persons, three administrations of which one has no
// number, and one person who was given nothing.
func (p *place) responders() thn.Use {
	return p.used(2, func(u *thn.Use) {
		u.Reported, u.Event, u.Site, u.Area, u.Reporter = thn.MustDate(2026, 4, 2), thn.MustDate(2026, 4, 1), "", p.south.ID, "ambulance"
		u.Persons[0].Given = append(u.Persons[0].Given, thn.Administration{Giver: "ambulance", Doses: 3, Response: "alert"})
		u.Persons = append(u.Persons,
			thn.UsePerson{Outcome: thn.Died, Relation: "stranger", Given: []thn.Administration{{Giver: "ambulance", Response: "none"}}},
			thn.UsePerson{Outcome: thn.SurvivalNotKnown, Relation: "unknown"})
	})
}

func TestUses_areCountedOnFourLevels(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.use(t, p.used(1))
		p.use(t, p.responders())
		p.use(t, p.used(1, func(u *thn.Use) { u.Persons[0].Given = nil }))
		p.use(t, p.used(2, func(u *thn.Use) { u.Event, u.MonthOnly = thn.MustDate(2026, 2, 1), true }))
		for name, c := range map[string]struct {
			query thn.UseQuery
			want  map[string][5]int64
		}{
			"all":             {thn.UseQuery{}, map[string][5]int64{"": {4, 3, 6, 5, 8}}},
			"months":          {thn.UseQuery{Groups: []thn.Group{thn.ByMonth}}, map[string][5]int64{"202602 ": {1, 1, 1, 1, 2}, "202603 ": {2, 1, 2, 1, 1}, "202604 ": {1, 1, 3, 3, 5}}},
			"months told":     {thn.UseQuery{Groups: []thn.Group{thn.ByToldMonth}, Told: true}, map[string][5]int64{"202603 ": {3, 2, 3, 2, 3}, "202604 ": {1, 1, 3, 3, 5}}},
			"a period told":   {thn.UseQuery{Period: thn.Month(2026, 3), Told: true}, map[string][5]int64{"": {3, 2, 3, 2, 3}}},
			"days":            {thn.UseQuery{Period: thn.Period{From: thn.MustDate(2026, 3, 2), To: thn.MustDate(2026, 4, 2)}}, map[string][5]int64{"": {1, 1, 3, 3, 5}}},
			"outcomes":        {thn.UseQuery{Groups: []thn.Group{thn.ByOutcome}}, map[string][5]int64{"survived ": {4, 3, 4, 4, 8}, "died ": {1, 1, 1, 1, 0}, "not_known ": {1, 0, 1, 0, 0}}},
			"givers":          {thn.UseQuery{Groups: []thn.Group{thn.ByGiver}}, map[string][5]int64{"lay ": {3, 3, 3, 3, 5}, "ambulance ": {1, 1, 2, 2, 3}, " ": {2, 0, 2, 0, 0}}},
			"doses":           {thn.UseQuery{Groups: []thn.Group{thn.ByDoses}}, map[string][5]int64{"one ": {1, 1, 1, 1, 1}, "two ": {1, 1, 1, 1, 2}, "not_known ": {1, 1, 3, 3, 5}, "none ": {1, 0, 1, 0, 0}}},
			"given":           {thn.UseQuery{Groups: []thn.Group{thn.ByGiven, thn.ByArea}, Areas: []thn.ID{p.south.ID}}, map[string][5]int64{"yes " + string(p.south.ID) + " ": {1, 1, 2, 3, 5}, "no " + string(p.south.ID) + " ": {1, 0, 1, 0, 0}}},
			"a site":          {thn.UseQuery{Sites: []thn.ID{p.harbour.ID}}, map[string][5]int64{"": {3, 2, 3, 2, 3}}},
			"another's sites": {thn.UseQuery{Sites: []thn.ID{}}, map[string][5]int64{"": {}}},
		} {
			if diff := cmp.Diff(c.want, p.tallied(t, c.query)); diff != "" {
				t.Fatalf("%s: -want +got\n%s", name, diff)
			}
		}
		_, err := p.UseTally(t.Context(), thn.UseQuery{Programme: p.programme.ID, Period: always, Groups: []thn.Group{thn.BySupply}})
		require.Error(t, err)
		cells, err := p.Tally(t.Context(), thn.Query{Programme: p.programme.ID, Period: always})
		require.NoError(t, err)
		require.Zero(t, cells[0].Kits, "uses are never kits")
	})
}

func TestUses_everyGroupHasAColumn(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.use(t, p.responders())
		for _, g := range []thn.Group{thn.ByMonth, thn.ByToldMonth, thn.ByArea, thn.BySite, thn.ByProduct, thn.ByReporter, thn.ByPlace, thn.ByAmbulance, thn.ByBreathing,
			thn.ByHospital, thn.ByDoses, thn.ByOutcome, thn.ByRelation, thn.ByGiven, thn.ByGiver} {
			require.NotEmpty(t, p.tallied(t, thn.UseQuery{Groups: []thn.Group{g}}), g)
		}
	})
}

func TestUses_comeBackAndAreReplaced(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		first := p.use(t, p.responders())
		got, _, err := p.Fact(t.Context(), p.programme.ID, first.ID)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(thn.Fact(first), got, sameDay))
		again := thn.Submission{Programme: p.programme.ID, By: p.by, Record: first}
		require.Equal(t, thn.Duplicate, p.append(t, again))
		second := p.correctUse(t, first.ID, p.used(4))
		require.Equal(t, map[string][5]int64{"": {1, 1, 1, 1, 4}}, p.tallied(t, thn.UseQuery{}))
		known, err := p.Known(t.Context(), p.programme.ID, []thn.ID{first.ID})
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(thn.Known{Latest: second.ID, Record: second}, known[first.ID], sameDay))
		void := thn.Submission{Programme: p.programme.ID, By: p.by, Record: thn.Use{ID: thn.NewID()}, Corrects: second.ID, Void: true, Why: thn.WhyUndo}
		require.Equal(t, thn.Stored, p.append(t, void))
		require.Equal(t, map[string][5]int64{"": {}}, p.tallied(t, thn.UseQuery{}))
	})
}

// Of two reports of one event the later is left out, everywhere; when the other
// one is taken out, what is left counts, also where it was corrected in between.
func TestUses_aTwinIsCountedOnce(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		kept, later := p.use(t, p.used(2)), p.use(t, p.responders())
		twin := later
		twin.ID, twin.TwinOf = thn.NewID(), kept.ID
		p.correctUse(t, later.ID, twin)
		require.Equal(t, map[string][5]int64{"": {1, 1, 1, 1, 2}}, p.tallied(t, thn.UseQuery{}))
		list, err := p.Uses(t.Context(), p.programme.ID, thn.MustDate(2026, 1, 1))
		require.NoError(t, err)
		require.Empty(t, cmp.Diff([]thn.ToldUse{{Use: kept, Hour: "2026-03-01T12"}}, list, sameDay))
		right := kept
		right.ID, right.Reporter = thn.NewID(), "self"
		p.correctUse(t, kept.ID, right)
		require.Equal(t, map[string][5]int64{"": {1, 1, 1, 1, 2}}, p.tallied(t, thn.UseQuery{}))
		void := thn.Submission{Programme: p.programme.ID, By: p.by, Record: thn.Use{ID: thn.NewID()}, Corrects: right.ID, Void: true, Why: thn.WhyUndo}
		require.Equal(t, thn.Stored, p.append(t, void))
		require.Equal(t, map[string][5]int64{"": {1, 1, 3, 3, 5}}, p.tallied(t, thn.UseQuery{}))
	})
}

func TestUses_listFromADayOnInTheOrderTold(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		april, march := p.use(t, p.responders()), p.use(t, p.used(1))
		for since, want := range map[string][]thn.ID{"2026-01-01": {march.ID, april.ID}, "2026-03-11": {april.ID}, "2026-04-03": nil} {
			day, err := thn.ParseDate(since)
			require.NoError(t, err)
			list, err := p.Uses(t.Context(), p.programme.ID, day)
			require.NoError(t, err)
			var ids []thn.ID
			for _, u := range list {
				ids = append(ids, u.ID)
			}
			require.Equal(t, want, ids, fmt.Sprint(since))
		}
	})
}
