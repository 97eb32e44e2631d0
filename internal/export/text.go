package export

import (
	"fmt"
	"io"
	"strings"
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
	fmt.Fprintf(b, "%s\n%s\n\n", words.Args(t.Title, nil), under(words, t))
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

func foot(b *strings.Builder, words report.Words, t report.Table) {
	for _, key := range t.Definitions {
		if i, err := report.Find(key); err == nil {
			fmt.Fprintf(b, "%s: %s\n", words.Args("report.head.definition", nil), words.Args(i.DefinitionKey(), nil))
			fmt.Fprintf(b, "%s: %s\n", words.Args("report.head.trap", nil), words.Args(i.TrapKey(), nil))
		}
	}
	for _, u := range t.Denominators {
		fmt.Fprintf(b, "%s: %s, %s, %s: %s", words.Args("report.head.denominators", nil), u.Definition, report.Say(words, u.Area), words.Period(u.Period),
			report.Show(words, report.Column{}, u.Value))
		if u.Low != u.High && u.Value.Is(report.KindCount) {
			fmt.Fprintf(b, " (%s)", words.Args("report.head.interval", map[string]any{"Low": words.Number(u.Low), "High": words.Number(u.High)}))
		}
		fmt.Fprintf(b, ". %s\n", cite(u.Source))
	}
	for _, x := range t.Benchmarks {
		fmt.Fprintf(b, "%s: %s. %s\n", words.Args("report.head.benchmarks", nil), words.Args(x.Key, nil), cite(x.Source))
	}
	for _, n := range t.Notes {
		fmt.Fprintf(b, "%s: %s\n", words.Args("report.head.notes", nil), report.Say(words, n))
	}
	for _, n := range t.Missing {
		fmt.Fprintf(b, "%s: %s\n", words.Args("report.head.missing", nil), report.Say(words, n))
	}
	for _, s := range t.Sources {
		fmt.Fprintf(b, "%s: %s\n", words.Args("report.head.sources", nil), cite(s))
	}
}

func cite(c report.Citation) string {
	return strings.TrimSpace(c.Source + " " + c.URL)
}
