package form

import (
	"errors"
	"io"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Protocol names the exchange in which phones hand over records. An answer that
// does not name it is not ours (a log-in page of a hotel, say) and proves nothing.
const Protocol = "thn-sync/1"

// MaxSync is the most records one exchange may hold.
const MaxSync = 50

// SyncRecord is a distribution as a phone sends it.
type SyncRecord struct {
	ID       string     `json:"id"`
	Corrects string     `json:"corrects,omitzero"`
	Day      string     `json:"day"`
	Site     string     `json:"site"`
	Product  string     `json:"product"`
	Batch    string     `json:"batch,omitzero"`
	Setting  string     `json:"setting,omitzero"`
	Supplier string     `json:"supplier,omitzero"`
	Channel  string     `json:"channel,omitzero"`
	Training string     `json:"training,omitzero"`
	Bag      string     `json:"bag,omitzero"`
	Recorder string     `json:"recorder,omitzero"`
	Lines    []SyncLine `json:"lines"`
}

// SyncLine is one answer of a record.
type SyncLine struct {
	Recipient string `json:"recipient"`
	Supply    string `json:"supply"`
	Reason    string `json:"reason,omitzero"`
	People    int    `json:"people"`
	Kits      int    `json:"kits"`
	AgeBand   string `json:"age_band,omitzero"`
	Gender    string `json:"gender,omitzero"`
	Carriage  string `json:"carriage,omitzero"`
}

// Received is one record of an exchange: the domain value if it can be made,
// otherwise why not, with what could be read of the closed list of fields.
type Received struct {
	ID       thn.ID
	Corrects thn.ID // the version that it replaces, if any
	Record   thn.Distribution
	Cause    string // code: unknown_field, not_well_formed; empty when Record is good
	Payload  string // the known fields again, for holding what is not a record; never an unknown one
}

// ReadSync reads a JSON list of records. Duplicate keys, keys in another letter
// case and anything after the list are refused for the whole exchange; what is
// wrong with one record stays with that record.
func ReadSync(r io.Reader) ([]Received, error) {
	const op = "read exchange"
	var raw []jsontext.Value
	if err := json.UnmarshalRead(r, &raw); err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Op: op, Key: "problem.invalid_text", Err: err}
	}
	if len(raw) > MaxSync {
		return nil, fault.New(fault.TooLarge, op, "%d records, at most %d", len(raw), MaxSync)
	}
	out := make([]Received, len(raw))
	for i, v := range raw {
		var err error
		if out[i], err = readRecord(v); err != nil {
			return nil, fault.Wrap(op, err)
		}
	}
	return out, nil
}

func readRecord(v jsontext.Value) (Received, error) {
	var s SyncRecord
	strict := json.Unmarshal(v, &s, json.RejectUnknownMembers(true))
	if strict != nil {
		s = SyncRecord{}
		_ = json.Unmarshal(v, &s) // what can be read of the known fields is worth holding
	}
	id, err := thn.ParseID(s.ID)
	if err != nil {
		return Received{}, &fault.Error{Kind: fault.Invalid, Op: "record", Key: "problem.invalid_text", Err: err}
	}
	payload, err := json.Marshal(s.withoutAnswers(), json.Deterministic(true))
	if err != nil {
		return Received{}, fault.Wrap("record "+string(id), err)
	}
	got := Received{ID: id, Payload: string(payload)}
	got.Corrects, err = thn.ParseID(s.Corrects)
	if err != nil && s.Corrects != "" && strict == nil {
		strict = err
	}
	switch {
	case strict != nil && errors.Is(strict, json.ErrUnknownName):
		got.Cause = "unknown_field"
	case strict != nil:
		got.Cause = "not_well_formed"
	default:
		got.Record, got.Cause = s.toDomain(id)
	}
	if got.Cause == "" {
		got.Payload = "" // the record says it all
	}
	return got, nil
}

// withoutAnswers is what is held of a record that cannot be read: not what only
// some programmes ask, because nobody here could put it right.
func (s SyncRecord) withoutAnswers() SyncRecord {
	s.Lines = slices.Clone(s.Lines)
	for i := range s.Lines {
		s.Lines[i].AgeBand, s.Lines[i].Gender, s.Lines[i].Carriage = "", "", ""
	}
	return s
}

func (s SyncRecord) toDomain(id thn.ID) (thn.Distribution, string) {
	const bad = "not_well_formed"
	day, err := thn.ParseDate(s.Day)
	if err != nil {
		return thn.Distribution{}, bad
	}
	d := thn.Distribution{ID: id, Day: day, Setting: thn.Setting(s.Setting), Supplier: thn.Supplier(s.Supplier),
		Channel: thn.Channel(s.Channel), Recorder: thn.Supplier(s.Recorder), Training: orDefault(thn.Training(s.Training), "not_asked")}
	for _, ref := range []struct {
		from string
		to   *thn.ID
		may  bool
	}{{s.Site, &d.Site, false}, {s.Product, &d.Product, false}, {s.Batch, &d.Batch, true}, {s.Bag, &d.Bag, true}} {
		if *ref.to, err = thn.ParseID(ref.from); err != nil && (!ref.may || ref.from != "") {
			return thn.Distribution{}, bad
		}
	}
	for _, l := range s.Lines {
		d.Lines = append(d.Lines, thn.Line{Recipient: thn.Recipient(l.Recipient), Supply: thn.Supply(l.Supply), Reason: thn.Reason(l.Reason), People: l.People, Kits: thn.Kits(l.Kits),
			AgeBand: thn.AgeBand(l.AgeBand), Gender: thn.Gender(l.Gender), Carriage: thn.CarriageAnswer(l.Carriage)})
	}
	if len(d.Lines) == 0 || !codesKnown(d) {
		return thn.Distribution{}, bad
	}
	for _, l := range d.Lines {
		if l.Check() != nil {
			return thn.Distribution{}, bad
		}
	}
	return d, ""
}

func codesKnown(d thn.Distribution) bool {
	known := func(list, s string) bool {
		for _, c := range codeLists[list] {
			if c == s {
				return true
			}
		}
		return s == ""
	}
	ok := known("setting", string(d.Setting)) && known("supplier", string(d.Supplier)) && known("supplier", string(d.Recorder)) && known("channel", string(d.Channel)) && known("training", string(d.Training))
	for _, l := range d.Lines {
		ok = ok && l.Recipient != "" && l.Supply != "" && known("recipient", string(l.Recipient)) && known("supply", string(l.Supply)) && known("reason", string(l.Reason))
	}
	return ok
}
