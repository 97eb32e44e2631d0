package server_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// ask3 lets the first programme ask everything, decided by two people.
func (h *house) ask3(t *testing.T) {
	t.Helper()
	cookie := h.signIn(t, "canary-administrator")
	asked := url.Values{"asks": {"age_band", "gender", "carriage"}, "reason": {"Women are missed"}, "assessment": {"DPIA 7"}, "seen": {""}, "do": {""}}
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/questions", cookie, asked).status)
	manager := h.signIn(t, "canary-manager")
	seen := h.see(t, "/questions", manager).Find("input[name=seen]").AttrOr("value", "")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/questions", manager, url.Values{"seen": {seen}, "do": {""}}).status)
}

func TestQuestions_page(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	administrator, manager := h.signIn(t, "canary-administrator"), h.signIn(t, "canary-manager")
	doc := h.see(t, "/questions", administrator)
	require.Zero(t, doc.Find("input[name=asks][checked]").Length(), "off from the start")
	asked := url.Values{"asks": {"gender"}, "reason": {""}, "assessment": {"DPIA 7"}}
	got := h.ask(t, http.MethodPost, "/questions", administrator, asked)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	doc = document(t, got)
	require.Equal(t, "Say why the programme needs the answers", strings.TrimSpace(doc.Find("#reason-error").Text()))
	require.Equal(t, "DPIA 7", doc.Find("#assessment").AttrOr("value", ""), "their own words come back")
	require.Equal(t, 1, doc.Find("input[name=asks][value=gender][checked]").Length())

	asked.Set("reason", "Women are missed")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/questions", administrator, asked).status)
	doc = h.see(t, "/questions", administrator)
	require.Equal(t, "Withdraw the proposal", doc.Find("main .buttons button").Text(), "all that whoever proposed it can do")
	seen := h.see(t, "/questions", manager).Find("input[name=seen]").AttrOr("value", "")
	require.Equal(t, http.StatusForbidden, h.ask(t, http.MethodPost, "/questions", administrator, url.Values{"seen": {seen}}).status)
	require.Zero(t, h.see(t, "/give-out", manager).Find(".asked").Length(), "nothing is asked yet")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/questions", manager, url.Values{"seen": {seen}}).status)
	doc = h.see(t, "/questions", administrator)
	require.Contains(t, doc.Find("main").Text(), "Asked now: gender. Why: Women are missed. Assessment: DPIA 7.")
	require.Equal(t, []int{1, 0}, []int{h.see(t, "/give-out", manager).Find("#gender").Length(), h.see(t, "/give-out", manager).Find("#age_band").Length()})
	other := h.signIn(t, "plain-worker")
	require.Zero(t, h.see(t, "/give-out", other).Find(".asked").Length(), "another programme decides for itself")
}

func (h *house) lines(t *testing.T, m home, id string) []thn.Line {
	t.Helper()
	f, _, err := h.Store.Fact(t.Context(), m.programme.ID, thn.ID(id))
	require.NoError(t, err)
	return f.(thn.Distribution).Lines
}

func TestGiveOut_asksWhatTheProgrammeAsks(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	worker := h.signIn(t, "canary-worker")
	id := string(thn.NewID())
	record := url.Values{"id": {id}, "site": {string(one.site)}, "product": {string(one.product) + ":" + string(one.batch)}, "day": {"today"},
		"day-day": {""}, "day-month": {""}, "day-year": {""}, "recipient": {"person_at_risk"}, "supply": {"spare"}, "reason": {""}, "kits": {"1"}, "training": {"brief"}, "from": {"shelf"}}
	answers := merged(record, url.Values{"age_band": {"25_34"}, "gender": {"woman"}, "carriage": {"carrying"}})
	got := h.ask(t, http.MethodPost, "/distributions", worker, answers)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Contains(t, document(t, got).Find(".problems").Text(), "This programme does not ask this. Leave it out")

	h.ask3(t)
	doc := h.see(t, "/give-out", worker)
	for _, name := range []string{"age_band", "gender", "carriage"} {
		require.Equal(t, "", doc.Find("#"+name+" input[checked]").AttrOr("value", "none"), "not asked costs no tap: "+name)
		require.LessOrEqual(t, doc.Find("#"+name+" input").Length(), 7)
		require.Equal(t, 1, doc.Find("#"+name+` input[value="declined"]`).Length())
		require.Zero(t, doc.Find("#"+name+` input:not([type="radio"])`).Length(), "nothing is typed")
	}
	require.Zero(t, h.see(t, "/give-out/several", worker).Find("#age_band, #gender, #carriage").Length(), "of a group it would be a guess")
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/distributions", worker, answers).status)
	require.Equal(t, []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplySpare, People: 1, Kits: 1, AgeBand: "25_34", Gender: "woman", Carriage: "carrying"}}, h.lines(t, one, id))

	// Correcting begins with what was answered.
	doc = h.see(t, "/give-out/correct", worker)
	require.Equal(t, "25_34", doc.Find("#age_band input[checked]").AttrOr("value", ""))
	require.Equal(t, "carrying", doc.Find("#carriage input[checked]").AttrOr("value", ""))
	fixed := merged(answers, url.Values{"id": {string(thn.NewID())}, "corrects": {id}, "kits": {"2"}})
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/give-out/correct", worker, fixed).status)
	require.Equal(t, thn.Gender("woman"), h.lines(t, one, fixed.Get("id"))[0].Gender)

	// Same again is another person.
	again := string(thn.NewID())
	require.Equal(t, http.StatusSeeOther, h.ask(t, http.MethodPost, "/distributions/again", worker, url.Values{"id": {again}}).status)
	require.Equal(t, []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplySpare, People: 1, Kits: 2}}, h.lines(t, one, again))
	doc = h.see(t, "/give-out", worker)
	require.Equal(t, "", doc.Find("#gender input[checked]").AttrOr("value", "none"))

	wrong := merged(answers, url.Values{"id": {string(thn.NewID())}, "age_band": {"34"}})
	got = h.ask(t, http.MethodPost, "/distributions", worker, wrong)
	require.Equal(t, http.StatusUnprocessableEntity, got.status)
	require.Equal(t, "woman", document(t, got).Find("#gender input[checked]").AttrOr("value", ""), "the other answers come back")
}

// What is masked is nowhere in the page or in a file.
func TestEquity_maskedNumbersAreInNoAnswerOfTheServer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.homes["one"]
	h.ask3(t)
	group := func(people, kits int, gender thn.Gender) thn.Line {
		return thn.Line{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: people, Kits: thn.Kits(kits), Gender: gender}
	}
	d := one.distribution(thn.NewID())
	d.Day = thn.MustDate(2026, 8, 5)
	d.Lines = []thn.Line{group(88, 88, "man"), group(77, 77, "woman"), group(3, 97, "non_binary_or_trans"), group(53, 53, "other_term")}
	_, err := h.Store.Append(t.Context(), []thn.Submission{{Programme: one.programme.ID, Record: d}})
	require.NoError(t, err)
	manager := h.signIn(t, "canary-manager")
	for _, address := range []string{"/figures/equity", "/figures/equity.csv", "/figures/equity.json"} {
		for _, query := range []string{"?by=gender&period=2026-Q3", "?period=2026-Q3", "?by=gender&period=2026", "?by=gender&period=2026-08", "?by=gender&period=2026-Q3&area=" + string(one.area), "?by=gender&period=2026-Q3&channel=community_outlet"} {
			got := h.ask(t, http.MethodGet, address+query, manager, nil)
			require.Equal(t, http.StatusOK, got.status, query)
			require.NotRegexp(t, `[>",: ](3|97|53|1[.,]4|24[.,]0|56|150)[<",\n]`, got.body, address+query)
			narrowed := strings.Contains(query, "area=") || strings.Contains(query, "channel=") || strings.HasSuffix(query, "-08")
			require.Equal(t, !narrowed, regexp.MustCompile(`[>",: ]88[<",\n]`).MatchString(got.body), address+query)
		}
	}
	doc := h.see(t, "/figures/equity?by=gender&period=2026-Q3", manager)
	require.Equal(t, []string{"too few to show", "too few to show", "too few to show"}, row(doc, "Non-binary or trans"))
	require.Equal(t, []string{"88", "39.8", "88"}, row(doc, "Man"))
	require.Equal(t, []string{"221", "–", "315"}, row(doc, "Total"))
	other := h.signIn(t, "plain-manager")
	require.Contains(t, h.see(t, "/figures/equity?period=2026-Q3", other).Find("main").Text(), "This programme does not ask this. That is a fine choice")
}
