package ingest

import (
	"bytes"
	"errors"
	"io"
	"time"

	"github.com/goccy/go-yaml"

	"thntracker/internal/fault"
	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// Mapping says what the columns of a file mean. It is written as YAML; the
// examples in scripts/mappings are the best introduction.
type Mapping struct {
	Kind  Kind   `yaml:"kind"`
	About string `yaml:"about,omitempty"` // for whoever reads the mapping

	Sheet     string `yaml:"sheet,omitempty"`
	Encoding  string `yaml:"encoding,omitempty"`
	Delimiter string `yaml:"delimiter,omitempty"`
	Header    int    `yaml:"header,omitempty"` // its row; 0 finds the first that names all mapped columns

	Source     string `yaml:"source,omitempty"`
	URL        string `yaml:"url,omitempty"`
	AsAt       string `yaml:"as_at,omitempty"` // the vintage, 2026-03-01
	Definition string `yaml:"definition,omitempty"`

	Numbers Numbers `yaml:"numbers,omitempty"`
	Dates   Dates   `yaml:"dates,omitempty"`

	Fields  map[Field]Column  `yaml:"fields"`
	Drop    []string          `yaml:"drop,omitempty"` // headers of columns that are left unread and never kept
	Rows    []Rule            `yaml:"rows,omitempty"`
	SumRows bool              `yaml:"sum_rows,omitempty"` // rows of one place and period are added up
	Places  []Places          `yaml:"places,omitempty"`
	Aliases map[string]string `yaml:"aliases,omitempty"` // name as written → name as kept
}

// Numbers says how figures are written.
type Numbers struct {
	Decimal     string   `yaml:"decimal,omitempty"` // point or comma
	Missing     []string `yaml:"missing,omitempty"`
	Unknown     []string `yaml:"unknown,omitempty"`
	Hidden      []string `yaml:"hidden,omitempty"`
	Zero        []string `yaml:"zero,omitempty"`
	HiddenMeans []int64  `yaml:"hidden_means,omitempty"` // lowest and highest figure behind a hidden one
	ShareOf     int64    `yaml:"share_of,omitempty"`     // figures are shares of so many people, as prevalence is published
}

// Dates says how days and periods are written.
type Dates struct {
	Order         sheet.Order `yaml:"order,omitempty"`
	Serial        bool        `yaml:"serial,omitempty"`
	From1904      bool        `yaml:"from_1904,omitempty"`
	FinancialYear int         `yaml:"financial_year_starts,omitempty"` // month, 1 to 12
	PairIsSpan    bool        `yaml:"pair_is_span,omitempty"`          // 2022-23 is two calendar years
}

// Column says where a field comes from: a column, the headers over several
// columns, the cells below those, or one value for all rows.
type Column struct {
	Column  string            `yaml:"column,omitempty"`  // its header, or "column C"
	Value   string            `yaml:"value,omitempty"`   // the same for all rows
	Headers []string          `yaml:"headers,omitempty"` // the table is wide: these headers are values; * is all that are left
	Except  []string          `yaml:"except,omitempty"`  // not these headers
	Cells   bool              `yaml:"cells,omitempty"`   // the cells under the headers
	Default string            `yaml:"default,omitempty"` // where the cell is blank
	Strip   []string          `yaml:"strip,omitempty"`   // what to take off either end
	Codes   map[string]string `yaml:"codes,omitempty"`   // what is written → what it means
}

// Rule says what to do with the rows that fit it; the first that fits counts.
// With neither Set nor Skip a row is read as it stands.
type Rule struct {
	Where map[string]string `yaml:"where"`          // column → text, * for anything
	Set   map[Field]string  `yaml:"set,omitempty"`  // values for these rows
	Skip  string            `yaml:"skip,omitempty"` // the reason, shown to people
}

// Places declares places that a file names. Those that the programme lacks are
// added when a row needs them, and shown before.
type Places struct {
	Kind thn.AreaKind `yaml:"kind"`
	In   string       `yaml:"in,omitempty"` // name or code of what they lie in; the country if empty
	List []Place      `yaml:"list"`
}

// Place is one declared place.
type Place struct {
	Name string   `yaml:"name"`
	Code string   `yaml:"code,omitempty"`
	Also []string `yaml:"also,omitempty"` // other spellings in files
}

// maxMapping bounds the text of a mapping; a long list of places is 20 KB.
const maxMapping = 256 << 10

// ParseMapping reads YAML. A key it does not know is refused with its line: a
// misspelt key would otherwise change figures in silence.
func ParseMapping(text []byte) (Mapping, error) {
	var m Mapping
	if len(text) > maxMapping {
		return m, mappingError("long", nil)
	}
	d := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict())
	if err := d.Decode(&m); err != nil && !errors.Is(err, io.EOF) {
		return m, yamlError(err)
	}
	return m, m.Check()
}

func yamlError(err error) error {
	args := map[string]any{"Line": 1, "Problem": err.Error()}
	if y, ok := errors.AsType[yaml.Error](err); ok {
		args["Problem"] = y.GetMessage()
		if t := y.GetToken(); t != nil && t.Position != nil {
			args["Line"] = t.Position.Line
		}
	}
	return mappingError("yaml", args)
}

// YAML writes the mapping so that ParseMapping reads the same.
func (m Mapping) YAML() ([]byte, error) {
	text, err := yaml.MarshalWithOptions(m, yaml.Indent(2), yaml.IndentSequence(true))
	return text, fault.Wrap("write mapping", err)
}

// Options gives what is needed to open the file the mapping is for.
func (m Mapping) Options() sheet.Options {
	o := sheet.Options{Sheet: m.Sheet, Encoding: m.Encoding}
	for _, r := range map[string]string{"tab": "\t", "semicolon": ";", "comma": ",", "bar": "|"}[m.Delimiter] {
		o.Delimiter = r
	}
	return o
}

func (m Mapping) numberStyle() sheet.NumberStyle {
	n := m.Numbers
	return sheet.NumberStyle{DecimalComma: n.Decimal == "comma", Missing: n.Missing, Unknown: n.Unknown, Hidden: n.Hidden, Zero: n.Zero}
}

func (m Mapping) periodStyle() sheet.PeriodStyle {
	d := m.Dates
	return sheet.PeriodStyle{Dates: sheet.DateStyle{Order: d.Order, Serial: d.Serial, From1904: d.From1904},
		FiscalStart: time.Month(d.FinancialYear), PairIsSpan: d.PairIsSpan}
}

// For refuses a mapping that is for another kind than the one asked for.
func (m Mapping) For(kind Kind) error {
	if m.Kind != kind {
		return mappingError("kind_differs", map[string]any{"Value": string(m.Kind), "Kind": string(kind)})
	}
	return nil
}

// Accept takes an offered spelling: from now on written means name.
func (m *Mapping) Accept(written, name string) {
	if m.Aliases == nil {
		m.Aliases = map[string]string{}
	}
	m.Aliases[written] = name
}

func mappingError(why string, args map[string]any) error {
	return fault.Say(fault.Invalid, "read mapping", "import.error.map."+why, args)
}
