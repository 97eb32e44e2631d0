package sheet

import (
	"strings"
	"unicode/utf8"
)

var delimiters = []rune{',', ';', '\t', '|'}

// declaredDelimiter reads the "sep=;" line that Excel writes and obeys.
func declaredDelimiter(head string) (rune, bool) {
	line, _, _ := strings.Cut(head, "\n")
	rest, ok := strings.CutPrefix(strings.ToLower(strings.Trim(line, "\"")), "sep=")
	if !ok || utf8.RuneCountInString(rest) != 1 {
		return 0, false
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return r, strings.ContainsRune(string(delimiters), r)
}

// detectDelimiter picks the sign that cuts the first lines most evenly. Even
// beats many: in a table with ; between cells and decimal commas the comma cuts
// more often, but not in the header. A single column is read with the comma.
func detectDelimiter(head string) rune {
	best, bestShare, bestWidth := delimiters[0], 0.0, 1
	for _, d := range delimiters {
		share, width := evenness(head, d)
		if share > bestShare || share == bestShare && width > bestWidth {
			best, bestShare, bestWidth = d, share, width
		}
	}
	return best
}

// evenness is the share of the first records that have the commonest number of
// cells, and that number; nothing counts that leaves records in one piece.
func evenness(head string, delimiter rune) (share float64, width int) {
	r := newCSV(strings.NewReader(head), delimiter)
	records, counts := 0, map[int]int{}
	for records < 50 {
		fields, err := r.Read()
		if err != nil {
			break // the end, a record cut by the end of head, or a quote this sign breaks
		}
		records++
		counts[len(fields)]++
	}
	for n, c := range counts {
		if n > 1 && (c > counts[width] || c == counts[width] && n > width) {
			width = n
		}
	}
	if width == 0 {
		return 0, 1
	}
	return float64(counts[width]) / float64(records), width
}
