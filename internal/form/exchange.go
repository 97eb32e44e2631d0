package form

import (
	"fmt"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"thntracker/internal/fault"
)

// Protocol names the exchange in which phones hand over records. An answer that
// does not name it is not ours (a log-in page of a hotel, say) and proves nothing.
const Protocol = "thn-sync/1"

// RescueProtocol names a file with what waits on a phone.
const RescueProtocol = "thn-outbox/1"

// The most records that an exchange and a rescue file may hold.
const (
	MaxSync   = 50
	MaxRescue = 2000
)

// Sealed is a record as it leaves a phone: nobody on the way can read it.
type Sealed struct {
	ID     string `json:"id"`
	V      int    `json:"v"`
	KID    string `json:"kid"`    // the key that it is sealed to: programme and number
	Sealed string `json:"sealed"` // base64url
}

// ReadSync reads the list of an exchange. What cannot be read as a record at all
// comes back empty, so that it costs its neighbours nothing.
func ReadSync(r io.Reader) ([]Sealed, error) {
	const op = "read exchange"
	var raw []jsontext.Value
	if err := json.UnmarshalRead(r, &raw); err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Op: op, Key: "problem.invalid_text", Err: err}
	}
	return sealed(op, raw, MaxSync)
}

// ReadRescue reads a rescue file.
func ReadRescue(r io.Reader) ([]Sealed, error) {
	const op = "read rescue file"
	var file struct {
		Proto   string           `json:"proto"`
		Records []jsontext.Value `json:"records"`
	}
	err := json.UnmarshalRead(r, &file)
	if err == nil && file.Proto != RescueProtocol {
		err = fmt.Errorf("protocol %.20q", file.Proto)
	}
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Op: op, Err: err, Fields: []fault.Field{{Name: "file", Key: "rescue.not_one"}}}
	}
	return sealed(op, file.Records, MaxRescue)
}

func sealed(op string, raw []jsontext.Value, most int) ([]Sealed, error) {
	if len(raw) > most {
		return nil, fault.New(fault.TooLarge, op, "%d records, at most %d", len(raw), most)
	}
	list := make([]Sealed, len(raw))
	for i, v := range raw {
		if json.Unmarshal(v, &list[i]) != nil {
			list[i].V, list[i].KID, list[i].Sealed = 0, "", "" // half of it is nothing; the id may be answered
		}
	}
	return list, nil
}
