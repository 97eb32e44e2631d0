package form

import (
	"encoding/json"
	"strconv"

	"thntracker/internal/thn"
)

// heldRecord is what is kept of a distribution as a record: by the names of the
// domain, or by the small names that phones used before they sealed.
type heldRecord struct {
	Day, Site, Product, Batch, Training string
	Lines                               []heldLine
}

type heldLine struct {
	Recipient, Supply, Reason string
	People, Kits              int
	AgeBand                   string `json:"age_band"`
	Gender                    string `json:"gender"`
	Carriage                  string `json:"carriage"`
}

// HeldDistribution puts what is kept of a distribution that was held back into
// the form for one person, as far as it can be read. It is false where the form
// cannot say it: several lines, or more than one person. Keys are read in any
// letter case.
func HeldDistribution(payload string, today thn.Date) (Distribution, bool) {
	var note map[string]string
	if json.Unmarshal([]byte(payload), &note) == nil && note["kind"] != "" {
		return heldNote(note, today), note["kind"] == "give_out"
	}
	var s heldRecord
	_ = json.Unmarshal([]byte(payload), &s) // what cannot be read stays empty and is asked for again
	if len(s.Lines) > 1 || len(s.Lines) == 1 && s.Lines[0].People > 1 {
		return Distribution{}, false
	}
	f := Distribution{Site: s.Site, Product: s.Product + ":" + s.Batch, Training: orDefault(s.Training, "not_asked"), Kits: "1"}
	if len(s.Lines) == 1 {
		l := s.Lines[0]
		f.Recipient, f.Supply, f.Reason, f.Kits = l.Recipient, l.Supply, l.Reason, strconv.Itoa(l.Kits)
		f.AgeBand, f.Gender, f.Carriage = l.AgeBand, l.Gender, l.Carriage
	}
	day, err := thn.ParseDate(s.Day)
	switch {
	case err != nil:
		f.Day = "other"
	default:
		f.SetDay(day, today)
	}
	return f, true
}

// SetDay answers when: today, yesterday or another day.
func (f *Distribution) SetDay(day, today thn.Date) {
	switch day {
	case today:
		f.Day = "today"
	case today.AddDays(-1):
		f.Day = "yesterday"
	default:
		f.Day, f.DayDay, f.DayMonth, f.DayYear = "other", strconv.Itoa(day.Day()), strconv.Itoa(int(day.Month())), strconv.Itoa(day.Year())
	}
}

// TakingOut says why a held record does not count.
type TakingOut struct {
	Why string `form:"why" label:"review.why" validate:"required"`
}
