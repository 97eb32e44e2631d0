package ingest

import (
	"iter"
	"strings"

	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// entry is one thing a row says: the row itself, or one cell of a wide table.
type entry struct {
	row    sheet.Row
	where  sheet.Where // the row; with its column in a wide table
	values map[Field]value
}

// get gives a field; one that the entry says nothing of is blank, and messages
// name the field in place of a column.
func (e entry) get(f Field) value {
	if v, ok := e.values[f]; ok {
		return v
	}
	v := value{where: e.where}
	v.where.Column = or(v.where.Column, string(f))
	return v
}

// value is what an entry says for one field.
type value struct {
	text  string
	cell  sheet.Cell
	where sheet.Where
}

// refuse is a refusal of this value where it stands.
func (v value) refuse(why string, args map[string]any) error {
	all := map[string]any{"Value": v.text}
	for k, x := range args {
		all[k] = x
	}
	return v.where.Refuse("cell."+why, all)
}

func (v value) blank() bool { return v.text == "" }

// entries cuts a row into what it says. A cell that has no readable value, or
// is merged with others, spoils the entry that needs it.
func (p *planner) entries(row sheet.Row, set map[Field]string) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		common, err := p.common(row, set)
		if err != nil {
			yield(common, err)
			return
		}
		if p.layout.names == "" {
			yield(common, nil)
			return
		}
		for _, column := range p.layout.wide {
			e := entry{row: row, where: p.at(row, column), values: map[Field]value{}}
			for f, v := range common.values {
				e.values[f] = v
			}
			head := value{text: p.layout.headers[column], where: p.at(row, column)}
			e.values[p.layout.names] = p.translate(p.layout.names, head)
			v, err := p.valueAt(row, column, p.layout.cells)
			e.values[p.layout.cells] = v
			if !yield(e, err) {
				return
			}
		}
	}
}

// common reads what the whole row says: its columns, the values for all rows,
// and what a rule sets.
func (p *planner) common(row sheet.Row, set map[Field]string) (entry, error) {
	e := entry{row: row, where: p.rowAt(row), values: map[Field]value{}}
	if column, ok := row.Beyond(len(p.layout.headers)); ok {
		return e, p.at(row, column).Refuse("cell.beyond", map[string]any{"Value": sheet.Clean(row.Cell(column).Text)})
	}
	for f, c := range p.mapping.Fields {
		if c.Value != "" {
			e.values[f] = p.constant(row, f, c.Value)
		}
	}
	for f, column := range p.layout.columns {
		if _, byRule := set[f]; byRule {
			continue
		}
		v, err := p.valueAt(row, column, f)
		if err != nil {
			return e, err
		}
		e.values[f] = v
	}
	for f, text := range set {
		e.values[f] = p.constant(row, f, text)
	}
	return e, nil
}

// constant is a value that no cell holds; messages name its field instead.
func (p *planner) constant(row sheet.Row, f Field, text string) value {
	w := p.rowAt(row)
	w.Column = string(f)
	return value{text: text, where: w}
}

func (p *planner) valueAt(row sheet.Row, column int, f Field) (value, error) {
	v := value{cell: row.Cell(column), where: p.at(row, column)}
	if m, merged := row.Merged(column); merged {
		return v, v.where.Blame(sheet.MergedError(m))
	}
	if err := v.cell.Check(); err != nil {
		return v, v.where.Blame(err)
	}
	v.text = sheet.Clean(v.cell.Text)
	return p.translate(f, v), nil
}

// translate applies what the mapping says of a field to what a cell says.
func (p *planner) translate(f Field, v value) value {
	c := p.mapping.Fields[f]
	for _, s := range c.Strip {
		v.text = strings.TrimSuffix(strings.TrimPrefix(v.text, s), s)
	}
	v.text = sheet.Clean(v.text)
	if v.text == "" {
		v.text = c.Default
	}
	if meaning, ok := p.codes[f][p.fold.get(v.text)]; ok {
		v.text = meaning
	}
	return v
}

// foldCodes prepares translations for comparison without case or marks.
func foldCodes(m Mapping) map[Field]map[string]string {
	codes := map[Field]map[string]string{}
	for f, c := range m.Fields {
		codes[f] = make(map[string]string, len(c.Codes))
		for written, meaning := range c.Codes {
			codes[f][thn.Fold(sheet.Clean(written))] = meaning
		}
	}
	return codes
}

func (p *planner) at(row sheet.Row, column int) sheet.Where {
	header := ""
	if column < len(p.layout.headers) {
		header = p.layout.headers[column]
	}
	return p.book.Where(row.Number, column, header)
}

func (p *planner) rowAt(row sheet.Row) sheet.Where {
	return p.book.At(row.Number)
}
