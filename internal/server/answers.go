package server

import (
	"encoding/json"
	"reflect"
	"strings"

	"thntracker/internal/intake"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// named puts what a record of any kind says into words, field by field. The
// fields are those of the domain type, in its order; their labels are in the
// catalogue under "review.field.NAME", so that a new kind only needs words.
type named struct {
	r      *request
	names  map[string]string // of sites, products and batches, by id
	inline bool              // the one thing of a list is shown field by field
}

func (s *Server) named(r *request) (named, error) {
	n := named{r: r, names: map[string]string{}}
	b, err := s.bench(r)
	if err != nil {
		return n, err
	}
	for id, x := range b.sites {
		n.names[string(id)] = x.Name
	}
	for id, x := range b.products {
		n.names[string(id)] = x.Name
	}
	for id, x := range b.batches {
		n.names[string(id)] = x.Lot
	}
	return n, nil
}

// answer is one field in words.
type answer struct{ label, text string }

// versions sets what was sent beside what counts now. What differs is marked in
// words and by a rule.
func (n named) versions(w intake.Waiting) page.Table {
	l := n.r.locale
	t := page.Table{Caption: l.T("review.versions"), Columns: []page.Column{{Label: l.T("review.question")}, {Label: l.T("review.sent")}}}
	kept := []byte("{}")
	if w.Other != nil {
		var err error
		if kept, err = json.Marshal(w.Other); err != nil {
			panic(err) // domain values always marshal
		}
	}
	n.inline = single([]byte(w.Payload)) && single(kept)
	sent := n.answers(w.Kind, []byte(w.Payload))
	if w.Other == nil {
		for _, a := range sent {
			t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: a.label}, {Text: a.text}}})
		}
		return t
	}
	t.Columns = append(t.Columns, page.Column{Label: l.T("review.kept")})
	counts := n.answers(w.Kind, kept)
	for _, label := range labels(sent, counts) {
		a, b := said(sent, label), said(counts, label)
		row := page.Row{Cells: []page.Cell{{Text: label}, n.cell(a), n.cell(b)}}
		if a != b {
			row.Cells[1].State, row.Cells[1].Note = "differs", l.T("review.differs")
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// single tells whether no list of a record holds more than one thing.
func single(payload []byte) bool {
	var sent map[string]json.RawMessage
	_ = json.Unmarshal(payload, &sent) // what is no record has no lists either
	for _, v := range sent {
		var items []json.RawMessage
		if json.Unmarshal(v, &items) == nil && len(items) > 1 {
			return false
		}
	}
	return true
}

func (n named) cell(text string) page.Cell {
	if text == "" {
		return page.Cell{Text: n.r.locale.T("review.nothing"), State: "missing"}
	}
	return page.Cell{Text: text}
}

// labels lists the fields of two versions, each once, in order.
func labels(lists ...[]answer) (all []string) {
	seen := map[string]bool{}
	for _, list := range lists {
		for _, a := range list {
			if !seen[a.label] {
				seen[a.label] = true
				all = append(all, a.label)
			}
		}
	}
	return all
}

func said(list []answer, label string) string {
	for _, a := range list {
		if a.label == label {
			return a.text
		}
	}
	return ""
}

// unshown are fields that the server fills in, or that name a record.
var unshown = map[string]bool{"id": true, "area": true, "corrects": true}

// answers reads what is kept of a record. Keys are read in any letter case: a
// phone writes them small. What is no field of the kind is not shown.
func (n named) answers(kind thn.RecordKind, payload []byte) (list []answer) {
	blank, err := thn.Blank(kind, "")
	if err != nil {
		return nil
	}
	return n.fields(reflect.TypeOf(blank), payload)
}

func (n named) fields(of reflect.Type, payload []byte) (list []answer) {
	var sent map[string]json.RawMessage
	if json.Unmarshal(payload, &sent) != nil {
		return nil
	}
	raw := map[string]json.RawMessage{}
	for k, v := range sent {
		raw[strings.ReplaceAll(strings.ToLower(k), "_", "")] = v
	}
	for i := range of.NumField() {
		key := strings.ToLower(of.Field(i).Name)
		if v, ok := raw[key]; ok && !unshown[key] {
			list = append(list, n.field(key, of.Field(i).Type, v)...)
		}
	}
	return list
}

// field puts one field into words; a list of things gives an answer for each.
func (n named) field(key string, of reflect.Type, v json.RawMessage) []answer {
	l := n.r.locale
	label := l.T("review.field." + key)
	if of.Kind() != reflect.Slice {
		if text := n.text(key, of, v); text != "" {
			return []answer{{label, text}}
		}
		return nil
	}
	var items []json.RawMessage
	if json.Unmarshal(v, &items) != nil {
		return nil
	}
	var list []answer
	for i, item := range items {
		if n.inline && of.Elem().Kind() == reflect.Struct {
			n.inline = false // only at the top: what lies deeper may share its names
			return n.fields(of.Elem(), item)
		}
		a := answer{label, n.text(key, of.Elem(), item)}
		if len(items) > 1 {
			a.label = l.T("review.numbered", "Name", label, "N", l.Number(i+1))
		}
		list = append(list, a)
	}
	return list
}

// text puts one value into words; empty when it says nothing.
func (n named) text(key string, of reflect.Type, v json.RawMessage) string {
	switch {
	case of == reflect.TypeFor[thn.Date]():
		return n.day(key, v)
	case of.Kind() == reflect.Struct:
		return n.pairs(n.fields(of, v))
	case of.Kind() == reflect.Map:
		return n.counts(v)
	}
	return n.plain(key, of, v)
}

func (n named) pairs(list []answer) string {
	var parts []string
	for _, a := range list {
		parts = append(parts, n.r.locale.T("review.pair", "Name", a.label, "Value", a.text))
	}
	return n.r.locale.Beside(parts...)
}

// counts writes a map from codes to numbers, such as the steps of a release.
func (n named) counts(v json.RawMessage) string {
	var counts map[string]int
	if json.Unmarshal(v, &counts) != nil {
		return ""
	}
	var list []answer
	for _, codes := range [][]string{texts(thn.Steps), texts(thn.DropOuts)} {
		for _, c := range codes {
			if count, ok := counts[c]; ok && count >= 0 {
				list = append(list, answer{n.code("", c), n.r.locale.Number(count)})
			}
		}
	}
	return n.pairs(list)
}

func texts[C ~string](list []C) []string {
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = string(c)
	}
	return out
}

func (n named) day(key string, v json.RawMessage) string {
	var d thn.Date
	if json.Unmarshal(v, &d) != nil { // it could not be read when it came: it is shown as it came
		return strings.Trim(string(v), `"`)
	}
	if key == "month" {
		return n.r.locale.Month(d)
	}
	return n.r.locale.Date(d)
}

func (n named) plain(key string, of reflect.Type, v json.RawMessage) string {
	var value any
	if json.Unmarshal(v, &value) != nil {
		return ""
	}
	switch x := value.(type) {
	case string:
		return n.word(key, of, x)
	case float64:
		if x == 0 || x == thn.NotRecorded {
			return ""
		}
		return n.r.locale.Decimal(x, 0)
	case bool:
		if x {
			return n.r.locale.T("setup.yes")
		}
	}
	return ""
}

// word names what an id stands for, and puts a code into words.
func (n named) word(key string, of reflect.Type, text string) string {
	switch {
	case text == "":
		return ""
	case of == reflect.TypeFor[thn.ID]() && n.names[text] != "":
		return n.names[text]
	case of == reflect.TypeFor[thn.ID]():
		return n.r.locale.T("review.unlisted")
	case key == "reference":
		return text
	}
	return n.code(key, text)
}

// lists are where the codes of a field have their words, where it is not under
// the field's own name.
var lists = map[string][]string{"kind": {"movement"}, "recorder": {"supplier"}, "trainer": {"supplier"}, "reason": {"reason", "adjust"}, "definition": {"risk_definition"},
	"status": {"carriage_status"}, "ambulance": {"answer"}, "breathing": {"answer"}, "hospital": {"answer"}, "": {"release_step", "drop_out"}}

// code puts a code into words; one without words is shown as it is written.
func (n named) code(key, code string) string {
	for _, list := range append(lists[key], key) {
		if k := "code." + list + "." + code; n.r.locale.Has(k) {
			return n.r.locale.T(k)
		}
	}
	if n.r.locale.Has("kind." + code) { // what a nil return is about
		return n.r.locale.T("kind." + code)
	}
	return strings.ReplaceAll(code, "_", " ")
}
