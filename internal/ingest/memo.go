package ingest

// memo remembers what a costly rewriting of a text gave: columns repeat
// themselves, and folding letters is the dearest thing done to a cell.
type memo struct {
	of    func(string) string
	known map[string]string
}

func newMemo(of func(string) string) memo { return memo{of: of, known: map[string]string{}} }

func (m memo) get(text string) string {
	if text == "" {
		return ""
	}
	if known, ok := m.known[text]; ok {
		return known
	}
	made := m.of(text)
	if len(m.known) < 10_000 { // a column of all different texts must not be kept whole
		m.known[text] = made
	}
	return made
}
