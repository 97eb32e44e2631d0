package form

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"

	jsonv2 "github.com/go-json-experiment/json"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Note is what a phone sealed: one filled-in form, the day it was filled in by the
// phone's clock, and the grant that says as whose.
type Note struct {
	V       int               `json:"v"`
	Grant   string            `json:"grant"`
	Kind    string            `json:"kind"`
	On      string            `json:"on"`
	Clock   string            `json:"clock"` // near, off or unknown: how far the phone's clock is from ours
	Answers map[string]string `json:"answers"`
	Day     thn.Date          `json:"-"` // On, read
	strange bool              // it has a part that is none of these
}

// ReadNote reads an opened record. An error means that nothing can be made of it;
// what is wrong with an answer is told by Fill.
func ReadNote(text []byte) (n Note, err error) {
	if err = jsonv2.Unmarshal(text, &n, jsonv2.RejectUnknownMembers(true)); errors.Is(err, jsonv2.ErrUnknownName) {
		n = Note{strange: true}
		err = jsonv2.Unmarshal(text, &n)
	}
	if err == nil {
		n.Day, err = thn.ParseDate(n.On)
	}
	if _, known := noteKinds[n.Kind]; err == nil && (!known || n.V != 1) {
		err = fmt.Errorf("no note of version %d and kind %.20q", n.V, n.Kind)
	}
	return n, fault.Wrap("read note", err)
}

// Filled is a note as a record, or why it is none with what is kept of it.
type Filled struct {
	Kind     thn.RecordKind // of the record; of a void it says nothing
	Record   thn.Fact       // nil for a void, and when there is a cause
	Void     bool           // it takes Corrects out
	Corrects thn.ID
	Cause    string // code: unknown_field, not_well_formed
	Payload  string // with a cause: what may be kept of the answers
}

// noteKind is a form that a phone has.
type noteKind struct {
	kind   thn.RecordKind
	fields []string
	read   func(v url.Values, on thn.Date) (thn.Fact, error)
}

var noteKinds = map[string]noteKind{
	"give_out": kindOf[Distribution](thn.KindDistribution),
	"several":  kindOf[Several](thn.KindDistribution),
	"used":     kindOf[Use](thn.KindUse),
	"training": kindOf[Training](thn.KindSession),
	"count":    {thn.KindMovement, []string{"site", "bag", "kit", "counted"}, readCount},
	"void":     {thn.KindDistribution, []string{"record"}, nil}, // of which kind is not said
}

func kindOf[F interface {
	ToDomain(on thn.Date) (D, error)
}, D thn.Fact](kind thn.RecordKind) noteKind {
	var blank F
	return noteKind{kind, slices.Collect(maps.Keys(fieldsOf(&blank))), func(v url.Values, on thn.Date) (thn.Fact, error) {
		var f F
		if err := Decode(v, &f); err != nil {
			return nil, err
		}
		return f.ToDomain(on)
	}}
}

// readCount reads one line of a count, made on the day of the note.
func readCount(v url.Values, on thn.Date) (thn.Fact, error) {
	day := DayOf(on)
	v["line"], v["day-day"], v["day-month"], v["day-year"] = v["id"], []string{day.Day}, []string{day.Month}, []string{day.Year}
	delete(v, "id")
	var f CountSheet
	if err := Decode(v, &f); err != nil {
		return nil, err
	}
	counts, _, err := f.ToDomain()
	if err != nil {
		return nil, err
	}
	return counts[0], nil
}

// Fill reads the answers by the rules of the pages, as if the form had been sent on
// the day of the note.
func (n Note) Fill(id thn.ID) Filled {
	k := noteKinds[n.Kind]
	f := Filled{Kind: k.kind, Void: n.Kind == "void"}
	answers, corrects, err := n.split(id)
	f.Corrects = corrects
	switch {
	case n.strange || !k.has(n.Answers):
		f.Cause = "unknown_field"
	case err != nil:
		f.Cause = "not_well_formed"
	case !f.Void:
		if f.Record, err = k.read(answers, n.Day); err != nil {
			f.Record, f.Cause = nil, "not_well_formed"
		}
	}
	if f.Cause != "" {
		f.Void, f.Payload = false, n.kept(k)
	}
	return f
}

// split takes out of the answers which record they are about.
func (n Note) split(id thn.ID) (url.Values, thn.ID, error) {
	v := url.Values{"id": {string(id)}}
	for name, text := range n.Answers {
		v[name] = []string{text}
	}
	about := "corrects"
	if n.Kind == "void" {
		about = "record"
	}
	text := v.Get(about)
	delete(v, about)
	if text == "" && n.Kind != "void" {
		return v, "", nil
	}
	of, err := thn.ParseID(text)
	return v, of, err
}

// has tells whether the form asks all that was answered.
func (k noteKind) has(answers map[string]string) bool {
	for name := range answers {
		if name == "id" || name != "corrects" && !slices.Contains(k.fields, name) {
			return false
		}
	}
	return true
}

// plain is the look of every answer from a list, id and number: what looks
// otherwise may be words about somebody and is not kept.
var plain = regexp.MustCompile(`^[a-z0-9_:-]{0,73}$`)

// kept is what is held of a note that is no record: answers of the form only, and
// not what only some programmes ask, because nobody here could put it right.
func (n Note) kept(k noteKind) string {
	kept := map[string]string{"kind": n.Kind, "on": n.On}
	for name, text := range n.Answers {
		if known := name == "corrects" || slices.Contains(k.fields, name); known && name != "id" && !slices.Contains(AskNames, name) && plain.MatchString(text) {
			kept[name] = text
		}
	}
	b, err := json.Marshal(kept)
	if err != nil {
		panic(err) // texts always marshal
	}
	return string(b)
}

// heldNote puts what was kept of a note back into the form. The day is said anew,
// from the reader's own.
func heldNote(kept map[string]string, today thn.Date) (f Distribution) {
	for name, field := range fieldsOf(&f) {
		field.SetString(kept[name])
	}
	f.Training, f.Kits, f.Corrects, f.Do, f.Step = orDefault(f.Training, "not_asked"), orDefault(f.Kits, "1"), "", "", ""
	on, err := thn.ParseDate(kept["on"])
	if err != nil {
		f.Day = "other"
		return f
	}
	if day, err := f.day(on); err == nil {
		f.DayDay, f.DayMonth, f.DayYear = "", "", ""
		f.SetDay(day, today)
	}
	return f
}
