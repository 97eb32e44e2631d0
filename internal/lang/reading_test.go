package lang_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
)

// The school years that the English screens may ask of a reader, by the formula
// of Flesch and Kincaid: a screen for the doorway those of a child of eleven, a
// report those of fourteen.
const (
	fieldGrade  = 6.0
	reportGrade = 9.0
)

var (
	vowels = regexp.MustCompile(`[aeiouy]+`)
	silent = regexp.MustCompile(`[^laeiouy]e$|[^td]ed$`)
	spoken = regexp.MustCompile(`[\pL’]+`)
)

// syllables counts the vowels that are heard, nearly.
func syllables(word string) int {
	word = strings.ToLower(word)
	n := len(vowels.FindAllString(word, -1))
	if silent.MatchString(word) {
		n--
	}
	return max(1, n)
}

// grade is how many years of school a text asks for. A number or a name stands
// in a blank: it is a word of one syllable.
func grade(list []string) float64 {
	sentences, words, sounds := 0, 0, 0
	for _, text := range list {
		for _, sentence := range sentenceEnd.Split(blank.ReplaceAllString(text, "x"), -1) {
			found := spoken.FindAllString(sentence, -1)
			if len(found) == 0 {
				continue
			}
			sentences++
			words += len(found)
			for _, w := range found {
				sounds += syllables(w)
			}
		}
	}
	return 0.39*float64(words)/float64(sentences) + 11.8*float64(sounds)/float64(words) - 15.59
}

// whole sentences of the areas, without labels: a label is no reading.
func sentencesOf(all map[string]entry, areas []string) (list []string) {
	for key, e := range all {
		if !slices.ContainsFunc(areas, func(p string) bool { return strings.HasPrefix(key, p) }) {
			continue
		}
		for _, text := range e.forms {
			if strings.ContainsAny(text, ".?!") {
				list = append(list, text)
			}
		}
	}
	return list
}

func TestScreensAreReadByManyPeople(t *testing.T) {
	t.Parallel()
	english := texts(t, lang.Codes[0])
	for _, c := range []struct {
		areas []string
		most  float64
	}{{[]string{"give.", "several."}, fieldGrade}, {[]string{"used."}, fieldGrade}, {[]string{"stock."}, fieldGrade}, {[]string{"training."}, fieldGrade}, {reportScreens, reportGrade}} {
		list := sentencesOf(english, c.areas)
		require.Greater(t, len(list), 5, c.areas)
		got := grade(list)
		require.LessOrEqual(t, got, c.most, "%v: say it in shorter words and sentences", c.areas)
	}
}

func TestGradeTellsPlainFromHeavy(t *testing.T) {
	t.Parallel()
	require.Less(t, grade([]string{"The kit is in my bag. I gave it to a friend."}), 3.0)
	require.Greater(t, grade([]string{"Notwithstanding administrative considerations, the aforementioned documentation necessitates authorisation."}), 15.0)
	require.Equal(t, []int{1, 2, 3, 1, 2}, []int{syllables("kit"), syllables("bottle"), syllables("confiscate"), syllables("used"), syllables("wanted")})
}
