package export

import (
	"encoding/json"

	"thntracker/internal/report"
)

// jsonCell carries what its kind has and nothing else: a masked cell is its kind alone.
type jsonCell struct {
	Kind        string       `json:"kind"`
	Value       *json.Number `json:"value,omitempty"`
	Low         *json.Number `json:"low,omitempty"`
	High        *json.Number `json:"high,omitempty"`
	Numerator   *json.Number `json:"numerator,omitempty"`
	Denominator *json.Number `json:"denominator,omitempty"`
	Text        string       `json:"text,omitempty"`
}

func cellJSON(words report.Words, c report.Column, x report.Cell) jsonCell {
	out := jsonCell{Kind: string(x.Kind()), Numerator: number(numerator(x)), Denominator: number(denominator(x))}
	if x.Known() {
		out.Value = number(value(words, x, c))
	}
	if bounded(x) {
		out.Low, out.High = number(bound(x, c, low)), number(bound(x, c, high))
	}
	if x.Is(report.KindText) {
		out.Text = report.Say(words, x.Text())
	}
	return out
}

// number is digits as a JSON number; no digits are no field.
func number(digits string) *json.Number {
	if digits == "" {
		return nil
	}
	n := json.Number(digits)
	return &n
}
