package ingest

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// layout is a mapping put on the columns of one file.
type layout struct {
	row     int      // of the header
	headers []string // cleaned; the table is as wide as this
	columns map[Field]int
	names   Field // the field that headers hold, in a wide table
	cells   Field // the field under them
	wide    []int // their columns
	dropped []int // columns that are not read
	rules   []fittedRule
}

type fittedRule struct {
	Rule
	tests map[int]*regexp.Regexp // column → text
}

// headerSearch is how far down a header is looked for: titles stand above.
const headerSearch = 20

// fit finds the header row and every column a mapping names.
func fit(book *sheet.Book, m Mapping) (*layout, error) {
	names := m.columnNames()
	best, bestMissing := 0, names
	read := 0
	for row, err := range book.Rows() {
		if err != nil {
			return nil, err
		}
		if read++; m.Header == 0 && read > headerSearch || m.Header > 0 && row.Number > m.Header {
			break
		}
		if m.Header > 0 && row.Number < m.Header {
			continue
		}
		headers := padded(headersOf(row), names)
		missing := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return len(columnsNamed(headers, name)) > 0 })
		if len(missing) == 0 {
			return newLayout(book, m, row.Number, headers)
		}
		if best == 0 || len(missing) < len(bestMissing) {
			best, bestMissing = row.Number, missing
		}
	}
	if read == 0 {
		return nil, book.At(0).Refuse("file.empty", nil)
	}
	if best == 0 {
		best = m.Header
	}
	return nil, book.At(best).Refuse("row.header", map[string]any{"Columns": strings.Join(bestMissing, ", ")})
}

// columnNames lists the columns a mapping names, each once, sorted.
func (m Mapping) columnNames() []string {
	names := map[string]bool{}
	for _, c := range m.Fields {
		if c.Column != "" {
			names[c.Column] = true
		}
		for _, h := range c.Headers {
			if h != "*" {
				names[h] = true
			}
		}
	}
	for _, r := range m.Rows {
		for name := range r.Where {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func headersOf(row sheet.Row) []string {
	var headers []string
	for _, c := range row.Cells {
		headers = append(headers, sheet.Clean(c.Text))
	}
	for len(headers) > 0 && headers[len(headers)-1] == "" {
		headers = headers[:len(headers)-1]
	}
	return headers
}

// padded widens the header to the columns that are named by letter: they may
// well be the ones without a header.
func padded(headers, names []string) []string {
	for _, name := range names {
		if !byLetter.MatchString(name) {
			continue
		}
		for len(columnsNamed(headers, name)) == 0 && len(headers) < sheet.DefaultMaxColumns {
			headers = append(headers, "")
		}
	}
	return headers
}

var byLetter = regexp.MustCompile(`(?i)^column ([A-Z]{1,3})$`)

// columnsNamed finds the columns with a header, or the one with a letter.
func columnsNamed(headers []string, name string) []int {
	var found []int
	letter := byLetter.FindStringSubmatch(name)
	for i, h := range headers {
		if letter != nil && strings.EqualFold(letter[1], sheet.ColumnName(i)) || letter == nil && thn.Fold(h) == thn.Fold(sheet.Clean(name)) {
			found = append(found, i)
		}
	}
	return found
}

func newLayout(book *sheet.Book, m Mapping, row int, headers []string) (*layout, error) {
	l := &layout{row: row, headers: headers, columns: map[Field]int{}}
	for _, f := range slices.Sorted(maps.Keys(m.Fields)) {
		c := m.Fields[f]
		switch {
		case c.Column != "":
			column, err := l.column(book, c.Column)
			if err != nil {
				return nil, err
			}
			l.columns[f] = column
		case c.Cells:
			l.cells = f
		case len(c.Headers) > 0:
			l.names = f
		}
	}
	for _, r := range m.Rows {
		fitted, err := l.fitRule(book, r)
		if err != nil {
			return nil, err
		}
		l.rules = append(l.rules, fitted)
	}
	for i := range headers {
		if slices.ContainsFunc(m.Drop, func(name string) bool { return slices.Contains(columnsNamed(headers, name), i) }) {
			l.dropped = append(l.dropped, i)
		}
	}
	if l.names != "" {
		l.wide = l.wideColumns(m.Fields[l.names])
	}
	return l, l.refuseForbidden(book, m)
}

// column finds a column by name; the same header twice leaves it open.
func (l *layout) column(book *sheet.Book, name string) (int, error) {
	found := columnsNamed(l.headers, name)
	if len(found) == 1 {
		return found[0], nil
	}
	letters := make([]string, len(found))
	for i, c := range found {
		letters[i] = sheet.ColumnName(c)
	}
	return 0, book.At(l.row).Refuse("row.column_twice", map[string]any{"Value": name, "Columns": strings.Join(letters, ", ")})
}

// wideColumns picks the columns whose headers are values: those named, or all
// that are neither mapped nor named by a rule.
func (l *layout) wideColumns(c Column) []int {
	var picked []int
	taken := append(slices.Collect(maps.Values(l.columns)), l.dropped...)
	for _, r := range l.rules {
		taken = append(taken, slices.Collect(maps.Keys(r.tests))...)
	}
	for i, h := range l.headers {
		named := slices.ContainsFunc(c.Headers, func(n string) bool { return n != "*" && slices.Contains(columnsNamed(l.headers, n), i) })
		except := slices.ContainsFunc(c.Except, func(n string) bool { return slices.Contains(columnsNamed(l.headers, n), i) })
		rest := slices.Contains(c.Headers, "*") && h != "" && !slices.Contains(taken, i)
		if (named || rest) && !except {
			picked = append(picked, i)
		}
	}
	return picked
}

func (l *layout) fitRule(book *sheet.Book, r Rule) (fittedRule, error) {
	fitted := fittedRule{Rule: r, tests: map[int]*regexp.Regexp{}}
	for name, text := range r.Where {
		column, err := l.column(book, name)
		if err != nil {
			return fitted, err
		}
		pattern := strings.ReplaceAll(regexp.QuoteMeta(thn.Fold(sheet.Clean(text))), `\*`, `.*`)
		fitted.tests[column] = regexp.MustCompile(`(?s)^` + pattern + `$`)
	}
	return fitted, nil
}

// ruleFor gives the first rule that a row fits.
func (l *layout) ruleFor(row sheet.Row, fold func(string) string) (Rule, bool) {
	for _, r := range l.rules {
		fits := true
		for column, pattern := range r.tests {
			fits = fits && pattern.MatchString(fold(sheet.Clean(row.Cell(column).Text)))
		}
		if fits {
			return r.Rule, true
		}
	}
	return Rule{}, false
}

// refuseForbidden looks at every header, mapped or not: a file that holds what
// must not be kept is sent back, so that its sender learns of it, unless the
// mapping says that the column is to be dropped.
func (l *layout) refuseForbidden(book *sheet.Book, m Mapping) error {
	s, _ := shapeOf(m.Kind) // checked before
	for i, h := range l.headers {
		if slices.Contains(l.dropped, i) {
			continue
		}
		if why, found := s.refuses(h, l.fieldsAt(i)); found {
			return fault.Wrap("check columns", book.Where(l.row, i, h).Refuse("forbidden."+string(why), nil))
		}
	}
	return nil
}

func (l *layout) fieldsAt(column int) []Field {
	var fields []Field
	for f, c := range l.columns {
		if c == column {
			fields = append(fields, f)
		}
	}
	return fields
}
