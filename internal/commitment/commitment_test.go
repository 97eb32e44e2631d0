package commitment

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheRegistry(t *testing.T) {
	t.Parallel()
	all := All()
	require.Len(t, all, 13)
	for i, c := range all {
		require.Equal(t, fmt.Sprintf("C%d", i+1), c.ID)
		require.NotEmpty(t, c.Asked, c.ID)
		require.Equal(t, c.Measurable == Never, len(c.Links) == 0, "%s: what can be shown has indicators", c.ID)
	}
	require.Equal(t, OP1, all[0].OP, "availability of naloxone stands first")
	_, ok := Find("OP 1")
	require.False(t, ok)
}

func TestNoParagraphIsInvented(t *testing.T) {
	t.Parallel()
	want := map[string]Paragraph{"C1": OP1, "C2": OP1And3, "C3": OP1, "C4": OP1Or3, "C5": OP3}
	for _, c := range All() {
		require.Equal(t, want[c.ID], c.OP, c.ID)
	}
	for _, lang := range languages {
		for key, text := range catalogue(t, lang) {
			for _, m := range regexp.MustCompile(`\bOP (\d+)`).FindAllStringSubmatch(text, -1) {
				require.Contains(t, []string{"1", "3"}, m[1], "%s in %s", key, lang)
			}
		}
	}
}

// What the resolution asks may not name services that its adopted text is not
// known to name; only a reading of IDPC or a caution of ours may.
func TestConsumptionRoomsAndDrugCheckingAreNeverTheResolutions(t *testing.T) {
	t.Parallel()
	services := regexp.MustCompile(`(?i)consum|drug check|safe supply|analyse de drogues|análisis de sustancias|approvisionnement|suministro`)
	for _, lang := range languages {
		texts := catalogue(t, lang)
		for _, c := range All() {
			require.NotRegexp(t, services, texts[c.TitleKey()], c.ID)
			require.NotRegexp(t, services, texts[c.AsksKey()], c.ID)
			for _, s := range c.Says {
				if s.Standing == Reported {
					require.NotRegexp(t, services, texts[s.Key], s.Key)
				}
			}
		}
		require.Regexp(t, services, texts["commitment.c5.reading"], "the test can see them in %s", lang)
	}
	for _, c := range All() {
		for _, l := range c.Links {
			if l.Indicator == "baseline:dcr" || l.Indicator == "baseline:drug_checking" {
				require.Equal(t, IDPC, l.Standing, c.ID)
				require.True(t, l.Example, c.ID)
			}
		}
	}
}

func TestPrisonReleaseIsNotParagraphOne(t *testing.T) {
	t.Parallel()
	c, _ := Find("C1")
	for _, l := range c.Links {
		if strings.Contains(l.Indicator, "prison") {
			require.Equal(t, IDPC, l.Standing)
		}
	}
	require.Contains(t, c.Says, Statement{"commitment.c1.release_message", IDPC})
}

func TestTheBallot(t *testing.T) {
	t.Parallel()
	v := Ballot()
	require.Equal(t, Vote{Members: 53, InFavour: 38, Against: 2, AgainstBy: []string{"CN", "RU"}, Standing: Reported}, v)
	require.Equal(t, 13, v.Neither())
}

var languages = []string{"en", "fr", "es"}

// catalogue reads the texts of one language: a key and a quoted text a line.
func catalogue(t *testing.T, lang string) map[string]string {
	t.Helper()
	file, err := os.ReadFile("../../web/lang/commitment." + lang + ".yaml")
	require.NoError(t, err)
	texts := map[string]string{}
	for line := range strings.Lines(string(file)) {
		key, text, found := strings.Cut(line, ": ")
		require.True(t, found, line)
		texts[key] = strings.Trim(strings.TrimSpace(text), `"`)
	}
	return texts
}

func TestEveryKeyHasWords(t *testing.T) {
	t.Parallel()
	var keys []string
	for _, c := range All() {
		keys = append(keys, c.TitleKey(), c.AsksKey(), c.ShowsKey(), c.OP.Key(), c.Measurable.Key())
		for _, p := range c.Asked {
			keys = append(keys, p.Key())
		}
		for _, s := range c.Says {
			keys = append(keys, s.Key, s.Standing.Key())
		}
		for _, l := range c.Links {
			keys = append(keys, l.Key(), l.Standing.Key())
		}
	}
	for _, f := range Identity() {
		keys = append(keys, f.Key(), f.TextKey(), f.Standing.Key())
	}
	for _, c := range []Code{Recorded, ServiceReported, Mixed, Absent, NotKnown, NotMeasurable} {
		keys = append(keys, c.Key(), c.HelpKey())
	}
	for _, s := range []State{Measured, Yes, No, Unknown, NotReported, NoDenominator, Masked} {
		keys = append(keys, s.Key())
	}
	for _, lang := range languages {
		texts := catalogue(t, lang)
		for _, key := range keys {
			require.NotEmpty(t, texts[key], "%s in %s", key, lang)
		}
	}
}
