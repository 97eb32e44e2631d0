package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/store"
	"thntracker/internal/thn"
)

// A phone may send a record of before the questions once more. The digest is the
// one that the ledger stored for this record then; it must not move.
func TestDigest_ofARecordWithoutAnswersIsAsBefore(t *testing.T) {
	t.Parallel()
	d := thn.Distribution{ID: "5b0f7a52-9d0e-4c8f-8f57-0d3b1f0a6c11", Day: thn.MustDate(2026, 3, 1), Site: "11111111-1111-4111-8111-111111111111", Setting: "needle_exchange",
		Supplier: "nurse", Channel: thn.ChannelCommunity, Product: "33333333-3333-4333-8333-333333333333", Training: "brief", Lines: []thn.Line{
			{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 2},
			{Recipient: thn.RecipientFamily, Supply: thn.SupplyRepeat, Reason: "lost", People: 2, Kits: 3}}}
	sub := thn.Submission{Programme: "44444444-4444-4444-8444-444444444444", Record: d}
	require.Equal(t, "029eeacff70b47ab4ab0d6098e7064db2727a4d56354aca2a80496b8a6c26657", store.DigestOf(sub))
	sub.Record = altered(sub, func(d *thn.Distribution) { d.Lines[0].Gender = "woman" }).Record
	require.NotEqual(t, "029eeacff70b47ab4ab0d6098e7064db2727a4d56354aca2a80496b8a6c26657", store.DigestOf(sub))
}

// answered is a first kit, a spare and a repeat, each with answers.
func (p *place) answered(day thn.Date) thn.Distribution {
	d := p.given(1)
	d.Day = day
	d.Lines = []thn.Line{
		{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: 1, AgeBand: "under_25", Gender: "man"},
		{Recipient: thn.RecipientAtRisk, Supply: thn.SupplySpare, People: 1, Kits: 1, Gender: "woman", Carriage: thn.CarriedNow},
		{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyRepeat, Reason: "lost", People: 1, Kits: 1, AgeBand: "declined", Carriage: thn.CarriageDeclined},
	}
	return d
}

func TestAnswers_comeBack(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d := p.answered(thn.MustDate(2026, 3, 1))
		require.Equal(t, thn.Stored, p.append(t, p.sub(d)))
		stored, _, err := p.Fact(t.Context(), p.programme.ID, d.ID)
		require.NoError(t, err)
		require.Equal(t, d, stored)
		require.Equal(t, thn.Duplicate, p.append(t, p.sub(d)))
	})
}

func TestEraseAnswers_byDay(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		edge := thn.MustDate(2025, 3, 1)
		due, kept := p.answered(edge.AddDays(-1)), p.answered(edge)
		wrong := p.answered(edge.AddDays(-1)) // an older version, which counts no more
		for _, sub := range []thn.Submission{p.sub(due), p.sub(kept), p.sub(wrong), p.correction(wrong.ID, p.answered(edge))} {
			require.Equal(t, thn.Stored, p.append(t, sub))
		}
		held, later := p.answered(edge.AddDays(-1)), p.answered(edge)
		held.Site, later.Site = thn.NewID(), thn.NewID()
		require.Equal(t, thn.Held, p.append(t, p.sub(held)))
		require.Equal(t, thn.Held, p.append(t, p.sub(later)))

		before := len(p.erasures(t))
		for i := range 2 {
			found, err := p.EraseAnswers(t.Context(), p.programme.ID, edge)
			require.NoError(t, err)
			require.Equal(t, i == 0, found, "the second time there is nothing left")
		}
		require.Equal(t, []string{"answers 2025-03-01 by "}, p.erasures(t)[before:], "one entry, which names the day and no value")

		for _, d := range []thn.Distribution{due, wrong} {
			stored, _, err := p.Fact(t.Context(), p.programme.ID, d.ID)
			require.NoError(t, err)
			require.Equal(t, d.Only(thn.Asks{}), stored, "the record stays")
			require.Equal(t, thn.Duplicate, p.append(t, p.sub(d)), "its id is known")
			has, err := p.Has(t.Context(), p.sub(d))
			require.NoError(t, err)
			require.True(t, has)
		}
		stored, _, err := p.Fact(t.Context(), p.programme.ID, kept.ID)
		require.NoError(t, err)
		require.Equal(t, kept, stored, "a day younger")
		cells, err := p.Tally(t.Context(), thn.Query{Programme: p.programme.ID, Period: thn.Period{From: always.From, To: edge}, Groups: []thn.Group{thn.ByGender, thn.ByAgeBand, thn.ByCarriage}})
		require.NoError(t, err)
		require.Len(t, cells, 1)
		require.Equal(t, int64(3), cells[0].Kits)

		waiting, err := p.HeldRecords(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.Len(t, waiting, 2)
		for _, h := range waiting {
			if h.Record == held.ID {
				require.NotRegexp(t, `under_25|woman|carr|age_band|gender`, h.Payload)
				require.Contains(t, h.Payload, "2025-02-28")
			} else {
				require.Contains(t, h.Payload, "woman")
			}
		}
		require.Equal(t, thn.Held, p.append(t, p.sub(held)))
		require.Len(t, p.causes(t), 2, "sent again, it is held once")
		_, broken := p.verified(t)
		require.Empty(t, broken)
	})
}

func (p *place) erasures(t *testing.T) []string {
	t.Helper()
	list, err := p.Texts(t.Context(), "SELECT object_kind || ' ' || object_id || ' by ' || account_id FROM audit_entries WHERE programme_id = ? AND action = 'erase'", p.programme.ID)
	require.NoError(t, err)
	return list
}

func (p *place) asks(t *testing.T) thn.Asks {
	t.Helper()
	all, err := p.Programmes(t.Context())
	require.NoError(t, err)
	return all[0].Asks
}

func TestAsking_waitsForTheSecondPerson(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		decisions := func() []thn.Asking {
			list, err := p.Askings(t.Context(), p.programme.ID)
			require.NoError(t, err)
			return list
		}
		require.Empty(t, decisions())
		require.Equal(t, thn.Asks{}, p.asks(t), "off is the default")
		want := thn.Asking{Asks: thn.Asks{Gender: true, Carriage: true}, Reason: "Women are missed", Assessment: "DPIA 7", By: p.by}
		require.NoError(t, p.Propose(t.Context(), p.programme.ID, thn.Asking{Asks: thn.Asks{AgeBand: true}, By: p.by}))
		require.NoError(t, p.Propose(t.Context(), p.programme.ID, want))
		require.Equal(t, []thn.Asking{want}, decisions(), "one waits")
		require.Equal(t, thn.Asks{}, p.asks(t))

		want.Confirmed = thn.NewID()
		other := want
		other.Asks.AgeBand = true
		require.True(t, fault.Is(p.Confirm(t.Context(), p.programme.ID, other), fault.NotFound), "nobody confirms what they did not see")
		require.NoError(t, p.Confirm(t.Context(), p.programme.ID, want))
		require.Equal(t, want.Asks, p.asks(t))
		require.Equal(t, []thn.Asking{want}, decisions())
		require.True(t, fault.Is(p.Confirm(t.Context(), p.programme.ID, want), fault.NotFound), "once")

		more := thn.Asking{Asks: thn.Asks{AgeBand: true, Gender: true}, Reason: "More", Assessment: "DPIA 8", By: p.by}
		require.NoError(t, p.Propose(t.Context(), p.programme.ID, more))
		require.Equal(t, []thn.Asking{want, more}, decisions())
		require.NoError(t, p.Withdraw(t.Context(), p.programme.ID, p.by))
		require.True(t, fault.Is(p.Withdraw(t.Context(), p.programme.ID, p.by), fault.NotFound))
		less := want
		less.Asks, less.Confirmed = thn.Asks{Gender: true}, p.by
		require.NoError(t, p.AskLess(t.Context(), p.programme.ID, less))
		require.Equal(t, less.Asks, p.asks(t))
		require.Equal(t, []thn.Asking{less}, decisions())
		acts, err := p.Texts(t.Context(), "SELECT action FROM audit_entries WHERE programme_id = ? AND object_kind = 'asking' ORDER BY seq", p.programme.ID)
		require.NoError(t, err)
		require.Equal(t, []string{"propose", "propose", "confirm", "propose", "withdraw", "ask_less"}, acts, "what was refused left nothing")
	})
}

// guess tries every answer to one record of which everything else is known, until
// its digest is one of those in the database.
func (p *place) guess(t *testing.T, d thn.Distribution) (found []thn.Line) {
	t.Helper()
	digests, err := p.Texts(t.Context(), "SELECT digest FROM records UNION SELECT digest FROM held_records")
	require.NoError(t, err)
	for _, age := range append(slices.Clone(thn.AgeBands), "") {
		for _, gender := range append(slices.Clone(thn.Genders), "") {
			for _, carriage := range append(slices.Clone(thn.CarriageAnswers), "") {
				try := d
				try.Lines = slices.Clone(d.Lines)
				l := &try.Lines[0]
				l.AgeBand, l.Gender, l.Carriage = age, gender, carriage
				payload, err := json.Marshal(try)
				require.NoError(t, err)
				text, err := json.Marshal(string(payload))
				require.NoError(t, err)
				held := sha256.Sum256(text)
				if slices.Contains(digests, store.DigestOf(p.sub(try))) || slices.Contains(digests, hex.EncodeToString(held[:])) {
					found = append(found, *l)
				}
			}
		}
	}
	return found
}

// DX-22, DX-23: whoever has the database, and no key, reads nothing out of it that
// was erased, be it stored or held: the few answers that there are cannot be tried.
func TestErased_answersCannotBeGuessed(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		said := thn.Line{Recipient: thn.RecipientAtRisk, Supply: thn.SupplySpare, People: 1, Kits: 1, AgeBand: "under_25", Gender: "woman", Carriage: thn.CarriedNow}
		edge := thn.MustDate(2025, 3, 1)
		stored := p.given(1)
		stored.Day, stored.Lines = edge.AddDays(-1), []thn.Line{said}
		held := stored
		held.ID, held.Site = thn.NewID(), thn.NewID()
		require.Equal(t, thn.Stored, p.append(t, p.sub(stored)))
		require.Equal(t, thn.Held, p.append(t, p.sub(held)))
		for _, d := range []thn.Distribution{stored, held} {
			require.Equal(t, []thn.Line{said}, p.guess(t, d.Only(thn.Asks{})), "as long as it is kept it can be read anyway")
		}
		_, err := p.EraseAnswers(t.Context(), p.programme.ID, edge)
		require.NoError(t, err)
		for _, d := range []thn.Distribution{stored, held} {
			require.Empty(t, p.guess(t, d.Only(thn.Asks{})))
		}
	})
}
