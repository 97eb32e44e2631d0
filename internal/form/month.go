package form

import (
	"fmt"
	"strings"
	"time"

	"thntracker/internal/thn"
)

// monthNames are the months as they begin in English, French and Spanish, folded,
// enough letters to tell them apart.
var monthNames = [12][]string{
	{"jan", "ene"}, {"feb", "fev"}, {"mar"}, {"apr", "avr", "abr"}, {"may", "mai"}, {"jun", "juin"},
	{"jul", "juil"}, {"aug", "aou", "ago"}, {"sep"}, {"oct"}, {"nov"}, {"dec", "dic"},
}

// month reads a month by number or by name.
func month(s string) (time.Month, error) {
	if n, err := Count(s); err == nil && n >= 1 && n <= 12 {
		return time.Month(n), nil
	}
	folded := thn.Fold(s)
	for i, names := range monthNames {
		for _, name := range names {
			if strings.HasPrefix(folded, name) {
				return time.Month(i + 1), nil
			}
		}
	}
	return 0, fmt.Errorf("%q is not a month", s)
}
