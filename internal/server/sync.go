package server

import (
	"compress/gzip"
	"io"
	"net/http"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/phone"
	"thntracker/internal/thn"
)

// unpackedLimit is the most that a body of bodyLimit may unpack to, in bytes.
const unpackedLimit = 128 << 10

// syncAnswer is the reply of an exchange. Only an answer that names the
// protocol and a record's id lets a phone go of that record.
type syncAnswer struct {
	Protocol string       `json:"proto"`
	Epoch    string       `json:"epoch"`
	Results  []syncResult `json:"results"`
}

type syncResult struct {
	ID      string      `json:"id"`
	Outcome thn.Outcome `json:"outcome"`
}

// syncRecords takes in sealed records from whoever has them; as whose says the
// grant inside each. What cannot be stored as it is, is held for a person, never
// refused; why is nobody's to know who only carries it.
func syncRecords(s *Server, r *request) (reply, error) {
	if r.gin.ContentType() != "application/json" {
		return reply{status: http.StatusUnsupportedMediaType, json: map[string]string{"error": "send application/json"}}, nil
	}
	body, err := unpacked(r)
	if err != nil {
		return reply{}, err
	}
	items, err := form.ReadSync(body)
	if err != nil {
		return reply{}, asTooLarge(err)
	}
	epoch, err := s.Phones.Epoch(r.ctx)
	if err != nil {
		return reply{}, err
	}
	answer := syncAnswer{Protocol: form.Protocol, Epoch: epoch, Results: []syncResult{}}
	for _, x := range s.deliver(r, items) {
		answer.Results = append(answer.Results, syncResult(x))
	}
	return reply{json: answer}, nil
}

// deliver hands records over; what went wrong is for the log, the answers hold.
func (s *Server) deliver(r *request, items []form.Sealed) []phone.Answer {
	answers, err := s.Phones.Deliver(r.ctx, items)
	if err != nil {
		s.Log.Error("deliver", "route", r.route.Path, "cause", err.Error())
	}
	return answers
}

// unpacked is the body as it was before it was packed for the way.
func unpacked(r *request) (io.Reader, error) {
	const op = "read exchange"
	body := io.Reader(r.gin.Request.Body)
	switch encoding := r.gin.GetHeader("Content-Encoding"); encoding {
	case "", "identity":
		return body, nil
	case "gzip":
		packed, err := gzip.NewReader(body)
		if err != nil {
			return nil, bodyFault(op, err)
		}
		return http.MaxBytesReader(r.gin.Writer, packed, unpackedLimit), nil
	default:
		return nil, fault.New(fault.Invalid, op, "content encoding %.20q", encoding)
	}
}

func asTooLarge(err error) error {
	if fault.Is(err, fault.Invalid) {
		return bodyFault("read exchange", err)
	}
	return err
}
