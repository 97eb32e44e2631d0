package ingest

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"thntracker/internal/thn"
)

// derivedID makes the same id of the same words every time, so that a row read
// twice is one record. It has the form of a random id. The programme's own id,
// which is random, is part of it: two programmes never share one.
func derivedID(programme thn.ID, words ...string) thn.ID {
	sum := sha256.Sum256([]byte(string(programme) + "\x00" + strings.Join(words, "\x00")))
	b := sum[:16]
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return thn.ID(fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]))
}
