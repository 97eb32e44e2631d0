package report

import (
	"encoding/json"
	"fmt"

	"thntracker/internal/need"
	"thntracker/internal/thn"
)

// How a table is kept for ever. A release is stored as JSON, and a cell comes out
// of it as it went in: exactly one kind, and a masked one with nothing beside that
// word. What stands in the blanks of sentences keeps its type, because a number, a
// day and a period are put into words differently.

// frozenCell is a cell in a file; only what its kind has is written.
type frozenCell struct {
	Kind  Kind           `json:"kind"`
	Count *thn.Count     `json:"count,omitempty"`
	Ratio *Interval      `json:"ratio,omitempty"`
	Model *need.Estimate `json:"model,omitempty"`
	Text  *Label         `json:"text,omitempty"`
}

// MarshalJSON writes the cell's kind and what belongs to it.
func (c Cell) MarshalJSON() ([]byte, error) {
	f := frozenCell{Kind: c.Kind()}
	switch f.Kind {
	case KindCount, KindRange:
		f.Count = &c.count
	case KindRatio, KindInterval:
		f.Ratio = &c.ratio
	case KindModelled:
		f.Model = &c.model
	case KindText:
		f.Text = &c.text
	}
	return json.Marshal(f)
}

// UnmarshalJSON refuses a cell that holds anything beside what its kind has.
func (c *Cell) UnmarshalJSON(data []byte) error {
	var f frozenCell
	if err := json.Unmarshal(data, &f); err != nil {
		return err
	}
	switch {
	case f.Kind == KindMasked && string(data) == `{"kind":"masked"}`:
		*c = Masked()
	case f.Count != nil && (f.Kind == KindCount || f.Kind == KindRange):
		*c = Counted(*f.Count)
	case f.Ratio != nil && (f.Kind == KindRatio || f.Kind == KindInterval):
		*c = Divided(*f.Ratio)
	case f.Model != nil && f.Kind == KindModelled:
		*c = Modelled(*f.Model)
	case f.Text != nil && f.Kind == KindText:
		*c = Worded(*f.Text)
	case f.Kind == KindNoDenominator || f.Kind == KindNotReported || f.Kind == KindNotApplicable:
		*c = Cell{kind: f.Kind}
	default:
		return fmt.Errorf("a cell of kind %q cannot be read", f.Kind)
	}
	return nil
}

// Args are the blanks of a sentence by name: text, whole numbers, counts, days,
// periods, decimals, cells and labels.
type Args map[string]any

// frozenArg is a value in a blank, under the name of its type.
type frozenArg struct {
	Type  string          `json:"type"`
	Value json.RawMessage `json:"value"`
}

// MarshalJSON writes each value with its type. It refuses a type that
// UnmarshalJSON would not give back.
func (a Args) MarshalJSON() ([]byte, error) {
	out := map[string]frozenArg{}
	for name, v := range a {
		kind := ""
		for k, thaw := range thaws {
			if thaw.holds(v) {
				kind = k
			}
		}
		if kind == "" {
			return nil, fmt.Errorf("the blank %s holds a %T", name, v)
		}
		raw, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		out[name] = frozenArg{kind, raw}
	}
	return json.Marshal(out)
}

// UnmarshalJSON gives each value back in its type.
func (a *Args) UnmarshalJSON(data []byte) error {
	var in map[string]frozenArg
	if err := json.Unmarshal(data, &in); err != nil || in == nil {
		return err
	}
	*a = Args{}
	for name, f := range in {
		thaw, known := thaws[f.Type]
		if !known {
			return fmt.Errorf("the blank %s holds an unknown %s", name, f.Type)
		}
		v, err := thaw.read(f.Value)
		if err != nil {
			return fmt.Errorf("the blank %s: %w", name, err)
		}
		(*a)[name] = v
	}
	return nil
}

// thawing reads values of one type back.
type thawing struct {
	holds func(any) bool
	read  func(json.RawMessage) (any, error)
}

func as[T any]() thawing {
	return thawing{
		holds: func(v any) bool { _, ok := v.(T); return ok },
		read:  func(raw json.RawMessage) (any, error) { var v T; err := json.Unmarshal(raw, &v); return v, err },
	}
}

// thaws are the types that stand in blanks.
var thaws = map[string]thawing{
	"text": as[string](), "int": as[int](), "int64": as[int64](), "count": as[thn.Count](), "halves": as[thn.Halves](), "day": as[thn.Date](),
	"period": as[thn.Period](), "decimal": as[Decimal](), "fixed": as[Fixed](), "label": as[Label](), "cell": as[Cell](),
}
