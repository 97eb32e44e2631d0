package export

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"thntracker/internal/report"
)

// writeText writes tables for a terminal: titles, aligned columns, and beneath
// them what a reader has to know.
func writeText(w io.Writer, words report.Words, d Document) error {
	var b strings.Builder
	for i, t := range d.Tables {
		if i > 0 {
			b.WriteString("\n\n")
		}
		textTable(&b, words, t)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func textTable(b *strings.Builder, words report.Words, t report.Table) {
	fmt.Fprintf(b, "%s\n%s\n\n", words.Args(t.Title, nil), printable(under(words, t)))
	head := []string{report.Say(words, t.RowHead)}
	for _, c := range t.Columns {
		head = append(head, report.Say(words, c.Label))
	}
	lines := [][]string{head}
	for i, r := range t.Rows {
		label := report.Say(words, r.Label)
		if len(r.Marks) > 0 {
			label += fmt.Sprintf(" [%d]", i+1)
		}
		line := []string{label}
		for j, c := range t.Columns {
			line = append(line, report.Show(words, c, r.Cells[j]))
		}
		lines = append(lines, line)
	}
	align(b, lines)
	b.WriteString("\n")
	for i, r := range t.Rows {
		for _, m := range r.Marks {
			fmt.Fprintf(b, "[%d] %s\n", i+1, report.Say(words, m))
		}
	}
	foot(b, words, t)
}

func under(words report.Words, t report.Table) string {
	parts := []string{t.Head.Programme}
	if t.Head.Area.Text != "" {
		parts = append(parts, t.Head.Area.Text)
	}
	parts = append(parts, words.Period(t.Head.Period))
	for _, f := range t.Head.Filters {
		parts = append(parts, report.Say(words, f))
	}
	if !t.Head.AsAt.IsZero() {
		parts = append(parts, words.Args("report.as_at", map[string]any{"When": t.Head.AsAt.UTC().Format("2006-01-02 15:04 UTC")}))
	}
	return strings.Join(parts, " · ")
}

// align writes lines with labels to the left and figures to the right.
func align(b *strings.Builder, lines [][]string) {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, s := range line {
			line[i] = printable(s)
			widths[i] = max(widths[i], utf8.RuneCountInString(s))
		}
	}
	for _, line := range lines {
		for i, s := range line {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(s))
			switch {
			case i == 0 && len(line) == 1:
				b.WriteString(s)
			case i == 0:
				b.WriteString(s + pad)
			default:
				b.WriteString("  " + pad + s)
			}
		}
		b.WriteString("\n")
	}
}

// foot writes what a reader has to know, one line each.
func foot(b *strings.Builder, words report.Words, t report.Table) {
	line := func(head, text string) {
		b.WriteString(printable(words.Args("report.head.line", map[string]any{"Head": words.Args("report.head."+head, nil), "Text": text})) + "\n")
	}
	for _, key := range t.Definitions {
		if i, err := report.Find(key); err == nil {
			line("definition", words.Args(i.DefinitionKey(), nil))
			line("trap", words.Args(i.TrapKey(), nil))
			line("version", version(words, i))
		}
	}
	for _, u := range t.Denominators {
		line("denominators", used(words, u)+". "+cite(u.Source))
	}
	for _, x := range t.Benchmarks {
		line("benchmarks", report.Say(words, x.Label())+". "+cite(x.Source))
	}
	for _, n := range t.Notes {
		line("notes", report.Say(words, n))
	}
	for _, n := range t.Missing {
		line("missing", report.Say(words, n))
	}
	for _, s := range t.Sources {
		line("sources", cite(s))
	}
}

// version says which definition a figure is by, and its formula.
func version(words report.Words, i report.Indicator) string {
	key, args := "report.version.first", map[string]any{"N": i.Versions.Number()}
	if since := i.Versions.Since(); !since.IsZero() {
		key, args["Date"] = "report.version.since", words.Date(since)
	}
	return words.Args(key, args) + ". " + words.Args(i.FormulaKey(), nil)
}

// used tells what a denominator is, of where and when, and its value.
func used(words report.Words, u report.Used) string {
	value := report.Show(words, report.Column{}, u.Value)
	if u.Low != u.High && u.Value.Is(report.KindCount) {
		value = words.Args("words.noted", map[string]any{"Text": value, "Note": words.Args("report.head.interval", map[string]any{"Low": words.Number(u.Low), "High": words.Number(u.High)})})
	}
	return words.Args("report.head.used", map[string]any{"Definition": u.Definition, "Area": report.Say(words, u.Area), "Of": words.Period(u.Period),
		"Value": value})
}

func cite(c report.Citation) string {
	return strings.TrimSpace(c.Source + " " + c.URL)
}

// printable keeps names that came with data from moving the cursor, changing
// colours or turning the writing around in the terminal that shows them.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			return ' '
		}
		return r
	}, s)
}
