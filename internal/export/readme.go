package export

import (
	"strings"

	"thntracker/internal/report"
)

// readme says in plain words what a package is and how to read it.
func readme(words report.Words, d Document, list []member) []byte {
	p := d.about(words)
	said := func(key string) string { return words.Args("files.readme."+key, nil) }
	labelled := func(label, text string) string {
		return words.Args("words.labelled", map[string]any{"Label": label, "Text": text})
	}
	var b strings.Builder
	block := func(lines ...string) {
		for _, line := range lines {
			if line != "" {
				b.WriteString(clean(line) + "\r\n")
			}
		}
		b.WriteString("\r\n")
	}
	block(p.Title)
	block(append([]string{said("what")}, p.Headline...)...)
	var facts []string
	for _, f := range d.facts(words) {
		facts = append(facts, labelled(f.name, f.text))
	}
	block(facts...)
	lines := []string{said("files")}
	for _, m := range list {
		lines = append(lines, labelled("  "+m.path, m.says))
	}
	block(lines...)
	lines = []string{said("states")}
	for _, s := range statuses {
		lines = append(lines, labelled("  "+s, words.Args("files.symbol."+s, nil)))
	}
	block(append(lines, said("masked"))...)
	return []byte(strings.TrimSuffix(b.String(), "\r\n"))
}
