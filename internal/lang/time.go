package lang

import (
	"time"

	"thntracker/internal/thn"
)

// noon is the instant that the formatting library is given for a day; only its
// calendar parts are read.
func noon(d thn.Date) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, time.UTC)
}
