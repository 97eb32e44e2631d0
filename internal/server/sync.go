package server

import (
	"net/http"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/intake"
	"thntracker/internal/thn"
)

// syncAnswer is the reply of an exchange. Only an answer that names the
// protocol and a record's id lets a phone go of that record.
type syncAnswer struct {
	Protocol string       `json:"proto"`
	Results  []syncResult `json:"results"`
}

type syncResult struct {
	ID      thn.ID      `json:"id"`
	Outcome thn.Outcome `json:"outcome"`
	Cause   string      `json:"cause,omitempty"`
}

// syncRecords takes records from a phone. Each is answered for itself; what cannot be
// stored as it is, is held for a person, never refused.
func syncRecords(s *Server, r *request) (reply, error) {
	if r.gin.ContentType() != "application/json" {
		return reply{status: http.StatusUnsupportedMediaType, json: map[string]string{"error": "send application/json"}}, nil
	}
	received, err := form.ReadSync(r.gin.Request.Body)
	if err != nil {
		return reply{}, asTooLarge(err)
	}
	results, err := s.Intake.Sync(r.ctx, r.actor, incoming(received))
	if err != nil {
		return reply{}, err
	}
	answer := syncAnswer{Protocol: form.Protocol}
	for _, x := range results {
		answer.Results = append(answer.Results, syncResult{ID: x.ID, Outcome: x.Outcome, Cause: x.Cause})
	}
	return reply{json: answer}, nil
}

func incoming(received []form.Received) []intake.Incoming {
	list := make([]intake.Incoming, len(received))
	for i, x := range received {
		list[i] = intake.Incoming{ID: x.ID, Corrects: x.Corrects, Cause: x.Cause, Payload: x.Payload}
		if x.Cause == "" {
			list[i].Record = x.Record
		}
	}
	return list
}

func asTooLarge(err error) error {
	if fault.Is(err, fault.Invalid) {
		return bodyFault("read exchange", err)
	}
	return err
}
