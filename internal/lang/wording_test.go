package lang_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
)

// allowed is where an unwelcome word may stay: a quotation, or an official name
// of something that is not a person. Each line says why.
var allowed = map[string]string{ // "language key" → entry of the list
}

// fieldScreens are the areas a worker reads standing up, on a phone.
var fieldScreens = []string{"give.", "several.", "today.", "held.", "used.", "training.", "stock.", "returns.", "asked.", "recalled.",
	"sign_in.", "form.", "problem.", "language.", "words.not_recorded"}

// reportScreens are the areas a manager or an advocate reads sitting down.
var reportScreens = []string{"coverage.", "digest.", "figure.", "need.", "give_back.", "summary.", "commitment.", "world."}

const longestSentence = 20 // words

// word is one entry of the list of unwelcome words and how to find it.
type word struct {
	entry string
	found *regexp.Regexp
}

// unwelcome reads the list. It is kept in testdata, where the search for such
// words in the program itself does not look.
func unwelcome(t *testing.T) map[string][]word {
	t.Helper()
	raw, err := os.ReadFile("testdata/unwelcome.yaml")
	require.NoError(t, err)
	var list map[string][]string
	require.NoError(t, yaml.Unmarshal(raw, &list))
	out := map[string][]word{}
	for _, code := range lang.Codes {
		require.NotEmpty(t, list[code], code)
		for _, e := range list[code] {
			out[code] = append(out[code], word{e, whole(e)})
		}
	}
	return out
}

// whole finds a word or a run of words, not parts of words, in any letter case.
func whole(entry string) *regexp.Regexp {
	forms := strings.Split(entry, "|")
	for i, f := range forms {
		forms[i] = strings.ReplaceAll(regexp.QuoteMeta(f), " ", `[\s\x{a0}]+`)
	}
	return regexp.MustCompile(`(?i)(?:^|[^\pL\pN])(?:` + strings.Join(forms, "|") + `)(?:$|[^\pL\pN])`)
}

func firstIn(list []word, text string) string {
	text = blank.ReplaceAllString(text, "…")
	for _, w := range list {
		if w.found.MatchString(text) {
			return w.entry
		}
	}
	return ""
}

func TestWords(t *testing.T) {
	t.Parallel()
	list, used := unwelcome(t), map[string]bool{}
	for _, code := range lang.Codes {
		for key, e := range texts(t, code) {
			for _, text := range e.forms {
				found := firstIn(list[code], text)
				if line := code + " " + key; found != "" && allowed[line] == found {
					used[line] = true
				} else if found != "" {
					t.Errorf("%s: %s says %q: %s", e.file, key, found, text)
				}
			}
		}
	}
	for line := range allowed {
		if !used[line] {
			t.Errorf("nothing at %q needs its exception any more", line)
		}
	}
}

func TestWordsAreFoundWhole(t *testing.T) {
	t.Parallel()
	list := unwelcome(t)
	for _, c := range []struct {
		code, text string
		found      bool
	}{
		{"en", "Please wait", true}, {"en", "This is INVALID.", true}, {"en", "A user, alone", true}, {"en", "hard-to-reach people", true},
		{"en", "An error\u00a0occurred", true}, {"en", "Used for someone else", false}, {"en", "The validity of a figure", false}, {"en", "cleaning rods", false},
		{"en", "{{.User}} was here", false}, {"en", "people who use drugs", false},
		{"fr", "l’usager", true}, {"fr", "Désolé\u00a0!", true}, {"fr", "une rechute", true}, {"fr", "salle d’attente", false}, {"fr", "personnes qui consomment des drogues", false},
		{"es", "el usuario", true}, {"es", "¡Ups!", true}, {"es", "grupos", false}, {"es", "personas que usan drogas", false},
	} {
		require.Equal(t, c.found, firstIn(list[c.code], c.text) != "", "%s: %s", c.code, c.text)
	}
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?](?:\s|$)`)
	wordLike    = regexp.MustCompile(`[\pL\pN…]`)
)

// longest is the number of words in the longest sentence; a blank is one word.
func longest(text string) int {
	most := 0
	for _, sentence := range sentenceEnd.Split(blank.ReplaceAllString(text, "…"), -1) {
		words := slices.DeleteFunc(strings.Fields(sentence), func(w string) bool { return !wordLike.MatchString(w) })
		most = max(most, len(words))
	}
	return most
}

func TestSentencesOnFieldScreensAreShort(t *testing.T) {
	t.Parallel()
	for _, code := range lang.Codes {
		for key, e := range texts(t, code) {
			if !slices.ContainsFunc(fieldScreens, func(p string) bool { return strings.HasPrefix(key, p) }) {
				continue
			}
			for _, text := range e.forms {
				if n := longest(text); n > longestSentence {
					t.Errorf("%s: %s has a sentence of %d words: %s", e.file, key, n, text)
				}
			}
		}
	}
	require.Equal(t, 4, longest("One. Two three four five? no: {{.Site}}, yes – so!"))
}

// The reasons for another kit are equals, said without fault, and the answer is
// said to change nothing.
func TestReasonsAreSaidAlike(t *testing.T) {
	t.Parallel()
	want := map[string][]string{
		"en": {"Lost", "Stolen", "Confiscated", "All answers are equal. The answer does not affect getting a kit."},
		"fr": {"Perdue", "Volée", "Confisquée", "Toutes les réponses se valent. La réponse ne change rien au fait de recevoir une trousse."},
		"es": {"Perdido", "Robado", "Confiscado", "Todas las respuestas valen igual. La respuesta no influye en recibir un kit."},
	}
	c := open(t)
	for _, code := range lang.Codes {
		l := c.Locale(code)
		require.Equal(t, want[code], []string{l.T("code.reason.lost"), l.T("code.reason.stolen"), l.T("code.reason.confiscated"), l.T("give.reason_hint")})
	}
}

var (
	frenchMark   = regexp.MustCompile(`[^\x{a0}\x{202f}][:;!?»](?:\s|$)|«[^\x{a0}\x{202f}]|'`)
	spanishMarks = []string{"¿?", "¡!", "«»"}
)

// French keeps its high marks on the line of the word before them; Spanish opens
// what it closes.
func TestMarksOfTheLanguage(t *testing.T) {
	t.Parallel()
	for key, e := range texts(t, "fr") {
		for _, form := range slices.Sorted(maps.Keys(e.forms)) {
			if bad := frenchMark.FindString(e.forms[form]); bad != "" {
				t.Errorf("%s: %s needs U+00A0 before : ; ! ? » and after «, and ’ for ': %q in %s", e.file, key, bad, e.forms[form])
			}
		}
	}
	for key, e := range texts(t, "es") {
		for _, text := range e.forms {
			for _, pair := range spanishMarks {
				both := []rune(pair)
				if strings.Count(text, string(both[0])) != strings.Count(text, string(both[1])) {
					t.Errorf("%s: %s opens or closes %s alone: %s", e.file, key, pair, text)
				}
			}
		}
	}
}
