package ingest

import (
	"maps"
	"slices"
	"strings"

	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// Check tells what makes a mapping unusable whatever the file holds.
func (m Mapping) Check() error {
	s, ok := shapeOf(m.Kind)
	if !ok {
		return mappingError("kind", map[string]any{"Value": string(m.Kind), "Choices": joined(Kinds)})
	}
	for _, check := range []func(shape) error{m.checkFields, m.checkNeeded, m.checkDrop, m.checkWide, m.checkStyles, m.checkRules, m.checkPlaces} {
		if err := check(s); err != nil {
			return err
		}
	}
	return nil
}

func joined[S ~string](list []S) string {
	texts := make([]string, len(list))
	for i, x := range list {
		texts[i] = string(x)
	}
	return strings.Join(texts, ", ")
}

func (m Mapping) checkFields(s shape) error {
	for _, f := range slices.Sorted(maps.Keys(m.Fields)) {
		if !slices.Contains(s.fields, f) {
			return mappingError("field", map[string]any{"Value": string(f), "Kind": string(m.Kind), "Choices": joined(s.fields)})
		}
		c, origins := m.Fields[f], 0
		for _, given := range []bool{c.Column != "", c.Value != "", len(c.Headers) > 0, c.Cells} {
			if given {
				origins++
			}
		}
		if origins != 1 {
			return mappingError("origin", map[string]any{"Value": string(f)})
		}
		if err := m.checkConstant(f, c.Value); err != nil {
			return err
		}
	}
	return nil
}

// checkConstant refuses a value for all rows that no row could hold.
func (m Mapping) checkConstant(f Field, text string) error {
	if text == "" {
		return nil
	}
	if list := choices(f, m.Kind); list != nil && !codesFit(f, text, list) {
		return mappingError("value", map[string]any{"Field": string(f), "Value": text, "Choices": strings.Join(list, ", ")})
	}
	return nil
}

// codesFit tells whether a text is one of the codes, or for channels several.
func codesFit(f Field, text string, list []string) bool {
	if f != FieldChannel {
		return slices.Contains(list, codeForm(text))
	}
	for part := range strings.SplitSeq(text, "+") {
		if !slices.Contains(list, codeForm(part)) {
			return false
		}
	}
	return true
}

func (m Mapping) checkNeeded(s shape) error {
	for _, f := range s.needed {
		if !m.says(f) {
			return mappingError("needed", map[string]any{"Value": string(f), "Kind": string(m.Kind)})
		}
	}
	switch {
	case m.Kind == Totals && !m.says(FieldValue) && !m.says(FieldKits) && !m.says(FieldPeople):
		return mappingError("needed", map[string]any{"Value": "value", "Kind": string(m.Kind)})
	case m.Kind == Uses && !slices.ContainsFunc([]Field{FieldDay, FieldPeriod, FieldYear}, m.says):
		return mappingError("needed", map[string]any{"Value": "day", "Kind": string(m.Kind)})
	case s.aside && !slices.ContainsFunc([]Field{FieldPeriod, FieldFirstDay, FieldYear}, m.says):
		return mappingError("needed", map[string]any{"Value": "period", "Kind": string(m.Kind)})
	case s.aside && m.Source == "" && !m.says(FieldSource):
		return mappingError("source", nil)
	case slices.Contains(s.fields, FieldDefinition) && m.Definition == "" && !m.says(FieldDefinition):
		return mappingError("definition", nil)
	}
	return nil
}

// says tells whether a field comes from anywhere, a rule included.
func (m Mapping) says(f Field) bool {
	if _, ok := m.Fields[f]; ok {
		return true
	}
	return slices.ContainsFunc(m.Rows, func(r Rule) bool { return r.Set[f] != "" })
}

// checkDrop wants a dropped column to be named nowhere else.
func (m Mapping) checkDrop(shape) error {
	for _, name := range m.columnNames() {
		if slices.ContainsFunc(m.Drop, func(d string) bool { return thn.Fold(sheet.Clean(d)) == thn.Fold(sheet.Clean(name)) }) {
			return mappingError("drop", map[string]any{"Value": name})
		}
	}
	return nil
}

// checkWide wants headers and cells together, once each.
func (m Mapping) checkWide(shape) error {
	headers, cells := 0, 0
	for _, c := range m.Fields {
		if len(c.Headers) > 0 {
			headers++
		}
		if c.Cells {
			cells++
		}
	}
	if headers != cells || headers > 1 {
		return mappingError("wide", nil)
	}
	return nil
}

func (m Mapping) checkStyles(shape) error {
	oneOf := func(key, value string, list ...string) error {
		if value == "" || slices.Contains(list, value) {
			return nil
		}
		return mappingError("value", map[string]any{"Field": key, "Value": value, "Choices": strings.Join(list, ", ")})
	}
	for _, err := range []error{
		oneOf("numbers.decimal", m.Numbers.Decimal, "point", "comma"),
		oneOf("dates.order", string(m.Dates.Order), string(sheet.DMY), string(sheet.MDY), string(sheet.YMD)),
		oneOf("delimiter", m.Delimiter, "comma", "semicolon", "tab", "bar"),
		oneOf("encoding", strings.ToLower(m.Encoding), sheet.Encodings()...),
	} {
		if err != nil {
			return err
		}
	}
	bounds := m.Numbers.HiddenMeans
	switch {
	case len(bounds) != 0 && (len(bounds) != 2 || bounds[0] < 0 || bounds[1] < bounds[0]):
		return mappingError("hidden_means", nil)
	case m.Numbers.ShareOf < 0 || m.Numbers.ShareOf > 0 && m.Kind != Populations:
		return mappingError("share_of", nil)
	case m.Dates.FinancialYear < 0 || m.Dates.FinancialYear > 12:
		return mappingError("financial_year", nil)
	case m.Header < 0:
		return mappingError("header", nil)
	}
	if _, err := thn.ParseDate(m.AsAt); m.AsAt != "" && err != nil {
		return mappingError("as_at", map[string]any{"Value": m.AsAt})
	}
	return nil
}

func (m Mapping) checkRules(s shape) error {
	for i, r := range m.Rows {
		if len(r.Where) == 0 || len(r.Set) > 0 && r.Skip != "" {
			return mappingError("rule", map[string]any{"Number": i + 1})
		}
		for _, f := range slices.Sorted(maps.Keys(r.Set)) {
			if !slices.Contains(s.fields, f) {
				return mappingError("field", map[string]any{"Value": string(f), "Kind": string(m.Kind), "Choices": joined(s.fields)})
			}
			if err := m.checkConstant(f, r.Set[f]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m Mapping) checkPlaces(shape) error {
	for _, g := range m.Places {
		if !slices.Contains(thn.AreaKinds, g.Kind) || g.Kind == thn.AreaCountry {
			return mappingError("value", map[string]any{"Field": "places.kind", "Value": string(g.Kind), "Choices": joined(thn.AreaKinds[1:])})
		}
		for _, p := range g.List {
			if sheet.Clean(p.Name) == "" {
				return mappingError("place", nil)
			}
		}
	}
	return nil
}
