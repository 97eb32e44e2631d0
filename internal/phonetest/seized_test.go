package phonetest

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/thn"
)

// UX-40, “Done when” 4: a phone that was used for a day holds, byte by byte, no
// answer that a phone does not hold that only opened the screen. What both hold
// is the form itself, with all the answers that anybody could give.
func TestSeized(t *testing.T) {
	t.Parallel()
	w := open(t)
	control := browsertest.NewPhone(t)
	tab := control.Tab()
	w.signIn(tab, thn.RoleWorker)
	keptWhole(t, tab)
	for _, screen := range screens {
		show(t, tab, screen)
	}
	control.Close()

	used := browsertest.NewPhone(t)
	tab = used.Tab()
	w.signIn(tab, thn.RoleWorker)
	keptWhole(t, tab)
	ids := aDay(t, tab)
	for _, screen := range screens { // nor does any screen show a record
		show(t, tab, screen)
		dom := browsertest.Eval[string](tab, `document.documentElement.outerHTML`)
		for _, id := range ids {
			require.NotContains(t, dom, id, screen)
		}
	}
	require.Empty(t, plain(tab), "what the database holds, as its own script reads it")
	used.Close()

	words := answersOfTheDay()
	before, after := places(control.Holds(words...)), places(used.Holds(words...))
	for place := range after {
		require.True(t, before[place], "%s", place)
	}
	require.NotEmpty(t, used.Holds(ids[0]), "the search finds what is there")
	browsertest.Figure("UX-40", "answers readable on a phone after a day's use, byte by byte", 0, "0")
}

// aDay records of every kind, online and not, leaves a form half filled and a
// record waiting.
func aDay(t *testing.T, tab *browsertest.Tab) []string {
	t.Helper()
	firstKit(tab)
	saveMany(t, tab, 3)
	choose(tab, "recipient", string(thn.RecipientFamily))
	choose(tab, "supply", string(thn.SupplyRepeat))
	choose(tab, "reason", "confiscated")
	tab.Fill(form+" [name=kits]", "83")
	tab.Tap(save)
	tab.Wait(saved)
	show(t, tab, "several")
	tab.Fill(form+" [name=risk_first]", "79")
	tab.Tap(save)
	savedAgain(t, tab, 6)
	show(t, tab, "training")
	tab.Fill(form+" .tally input", "617")
	tab.Tap(save)
	savedAgain(t, tab, 7)
	show(t, tab, "used")
	for _, question := range []string{"giver", "doses", "outcome", "ambulance"} {
		choose(tab, question, options(tab, question)[0])
	}
	tab.Tap(save)
	savedAgain(t, tab, 8)
	records := settled(t, tab, 8)
	require.Equal(t, map[string]int{"received": 8}, states(records))
	show(t, tab, "give_out") // and one is interrupted
	choose(tab, "recipient", string(thn.RecipientWorker))
	choose(tab, "supply", string(thn.SupplySpare))
	tab.Fill(form+" [name=kits]", "71")
	var ids []string
	for _, x := range records {
		ids = append(ids, x.ID)
	}
	return ids
}

// answersOfTheDay are words that an unsealed record or draft would hold: in
// JSON, as Chromium keeps objects, and as a form is posted.
func answersOfTheDay() []string {
	var words []string
	for name, value := range map[string]string{"recipient": "person_at_risk", "supply": "repeat", "reason": "confiscated", "kits": "83", "risk_first": "79", "people_617": "617", "kits ": "71"} {
		name = strings.TrimSpace(name)
		length := string(rune(len(value)))
		words = append(words, `"`+name+`":"`+value+`"`, name+`"`+length+value, name+"="+value+"&")
	}
	return append(words, `"answers":`, `answers"`, `give_out"`+"\x04", `"kind":"`, "person_at_risk", "confiscated", "service_worker")
}

// places are what was found and where, without the names that Chromium makes up
// anew for each profile.
func places(found []string) map[string]bool {
	at := map[string]bool{}
	for _, x := range found {
		word, file, _ := strings.Cut(x, " in ")
		at[word+" in "+madeUp.ReplaceAllString(filepath.ToSlash(filepath.Dir(file)), "#")] = true
	}
	return at
}

var madeUp = regexp.MustCompile(`[0-9a-f-]{8,}|\d+`)

// plain lists what of the database could be read as an answer.
func plain(tab *browsertest.Tab) []string {
	var readable []string
	for store, rows := range tab.Kept() {
		for _, row := range rows {
			for _, word := range []string{"person_at_risk", "confiscated", "recipient", `"answers"`, "outcome", "service_worker"} {
				if strings.Contains(row, word) {
					readable = append(readable, word+" in "+store)
				}
			}
		}
	}
	return readable
}
