package form

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

const (
	noteID = thn.ID("7c1e0000-0000-4000-8000-000000000001")
	siteID = "7c1e0000-0000-4000-8000-000000000002"
	kitID  = "7c1e0000-0000-4000-8000-000000000003"
)

// giveOut are the answers of a first kit, some of them changed.
func giveOut(change ...string) map[string]string {
	answers := map[string]string{"site": siteID, "product": kitID + ":", "day": "today", "recipient": "person_at_risk", "supply": "first", "kits": "1"}
	for i := 0; i+1 < len(change); i += 2 {
		answers[change[i]] = change[i+1]
	}
	return answers
}

// sent is a note as its phone writes it, read again.
func sent(t *testing.T, kind string, answers map[string]string) Filled {
	t.Helper()
	text, err := json.Marshal(map[string]any{"v": 1, "grant": "g", "kind": kind, "on": "2026-11-20", "clock": "near", "answers": answers})
	require.NoError(t, err)
	n, err := ReadNote(text)
	require.NoError(t, err)
	return n.Fill(noteID)
}

func TestNote_everyKind(t *testing.T) {
	t.Parallel()
	on, site, kit := thn.MustDate(2026, 11, 20), thn.ID(siteID), thn.ID(kitID)
	f := sent(t, "give_out", giveOut("day", "yesterday", "supply", "repeat", "reason", "lost"))
	require.Equal(t, thn.Distribution{ID: noteID, Day: on.AddDays(-1), Site: site, Product: kit, Training: "not_asked",
		Lines: []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyRepeat, Reason: "lost", People: 1, Kits: 1}}}, f.Record, "days are told from the day of the note")
	require.Empty(t, f.Cause+f.Payload)

	f = sent(t, "several", map[string]string{"site": siteID, "product": kitID + ":", "day": "today", "risk_first": "7", "worker": "2"})
	require.Equal(t, 9, f.Record.(thn.Distribution).People())

	f = sent(t, "used", map[string]string{"site": siteID, "when": "last", "outcome": "survived", "doses": "2"})
	require.Equal(t, thn.MustDate(2026, 10, 1), f.Record.(thn.Use).Event)
	require.Equal(t, on, f.Record.(thn.Use).Reported)

	f = sent(t, "training", map[string]string{"site": siteID, "day": "other", "day-day": "1", "day-month": "11", "day-year": "2026", "method": "brief_one_to_one", "trainer": "peer", "staff": "4"})
	require.Equal(t, thn.MustDate(2026, 11, 1), f.Record.(thn.Session).Day, f.Cause)

	f = sent(t, "count", map[string]string{"site": siteID, "bag": "", "kit": kitID + ":", "counted": "0"})
	require.Equal(t, thn.Movement{ID: noteID, Day: on, Kind: thn.MovementCount, Site: site, Product: kit}, f.Record)

	f = sent(t, "void", map[string]string{"record": siteID})
	require.Equal(t, Filled{Kind: thn.KindDistribution, Void: true, Corrects: site}, f)

	f = sent(t, "give_out", giveOut("corrects", kitID))
	require.Equal(t, kit, f.Corrects)
	require.NotNil(t, f.Record)
}

func TestNote_holdsWhatIsNoRecord(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind, cause string
		answers     map[string]string
	}{
		"a name":                 {"give_out", "unknown_field", giveOut("name", "CANARY")},
		"an id among them":       {"give_out", "unknown_field", giveOut("id", siteID)},
		"another letter case":    {"give_out", "unknown_field", giveOut("Day", "today")},
		"of another form":        {"several", "unknown_field", giveOut()},
		"a line of the sheet":    {"count", "unknown_field", map[string]string{"site": siteID, "kit": kitID + ":", "counted": "1", "line": siteID}},
		"corrects nothing":       {"give_out", "not_well_formed", giveOut("corrects", "CANARY x")},
		"no such day":            {"give_out", "not_well_formed", giveOut("day", "other", "day-day", "31", "day-month", "6", "day-year", "2026")},
		"no kits":                {"give_out", "not_well_formed", giveOut("kits", "-1")},
		"unknown recipient":      {"give_out", "not_well_formed", giveOut("recipient", "CANARY somebody")},
		"an exact age":           {"give_out", "not_well_formed", giveOut("age_band", "34", "gender", "woman")},
		"beside asked answers":   {"give_out", "unknown_field", giveOut("age_band", "25_34", "gender", "woman", "carriage", "carrying", "x", "CANARY")},
		"nobody":                 {"several", "not_well_formed", map[string]string{"site": siteID, "product": kitID + ":", "day": "today"}},
		"nothing counted":        {"count", "not_well_formed", map[string]string{"site": siteID, "kit": kitID + ":", "counted": ""}},
		"a count of half a kit":  {"count", "not_well_formed", map[string]string{"site": siteID, "kit": kitID + ":", "counted": "1.5"}},
		"a void of nothing":      {"void", "not_well_formed", map[string]string{}},
		"a void with a sentence": {"void", "unknown_field", map[string]string{"record": siteID, "why": "CANARY"}},
	} {
		f := sent(t, c.kind, c.answers)
		require.Equal(t, c.cause, f.Cause, name)
		require.Nil(t, f.Record, name)
		require.NotRegexp(t, `34|woman|carr|CANARY|age_band|gender`, f.Payload, "what is kept: "+name)
	}
}

func TestReadNote_refuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"nothing": "", "no object": "[]", "another version": `{"v":2,"kind":"void","on":"2026-11-20","answers":{}}`, "another kind": `{"v":1,"kind":"x","on":"2026-11-20"}`,
		"no day": `{"v":1,"kind":"void","answers":{}}`, "31 June": `{"v":1,"kind":"void","on":"2026-06-31"}`, "a number": `{"v":1,"kind":"give_out","on":"2026-11-20","answers":{"kits":1}}`,
		"a key twice": `{"v":1,"v":1,"kind":"void","on":"2026-11-20"}`,
	} {
		_, err := ReadNote([]byte(text))
		require.Error(t, err, name)
	}
	n, err := ReadNote([]byte(`{"v":1,"kind":"void","on":"2026-11-20","device":"CANARY","answers":{"record":"` + siteID + `"}}`))
	require.NoError(t, err)
	require.Equal(t, "unknown_field", n.Fill(noteID).Cause, "a part that is none of ours is not passed over")
}

// What is held comes back into the form, whichever way it was kept.
func TestHeldDistribution_ofANote(t *testing.T) {
	t.Parallel()
	day := thn.MustDate(2026, 11, 23)
	f := sent(t, "give_out", giveOut("day", "yesterday", "kits", "4", "name", "x"))
	got, ok := HeldDistribution(f.Payload, day)
	require.True(t, ok)
	require.Equal(t, Distribution{Site: siteID, Product: kitID + ":", Day: "other", DayDay: "19", DayMonth: "11", DayYear: "2026", Recipient: "person_at_risk", Supply: "first", Kits: "4", Training: "not_asked"}, got)
	_, ok = HeldDistribution(sent(t, "several", giveOut()).Payload, day)
	require.False(t, ok)

	before := `{"id":"x","day":"2026-11-22","site":"` + siteID + `","product":"` + kitID + `","lines":[{"recipient":"person_at_risk","supply":"first","people":1,"kits":2}]}`
	got, ok = HeldDistribution(before, day)
	require.True(t, ok, "what phones sent before they sealed")
	require.Equal(t, Distribution{Site: siteID, Product: kitID + ":", Day: "yesterday", Recipient: "person_at_risk", Supply: "first", Kits: "2", Training: "not_asked"}, got)
}

func FuzzReadNote(f *testing.F) {
	for kind := range maps.Keys(noteKinds) {
		text, err := json.Marshal(Note{V: 1, Kind: kind, On: "2026-11-20", Answers: giveOut()})
		require.NoError(f, err)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		n, err := ReadNote(text)
		if err != nil {
			return
		}
		if got := n.Fill(noteID); (got.Record == nil && !got.Void) != (got.Cause != "") {
			t.Fatalf("neither a record nor a cause: %+v", got)
		}
	})
}
