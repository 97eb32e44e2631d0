package thn

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
)

// ID names a record or a thing. It is a random UUID (version 4) in lower case,
// made once by whoever first knows the fact, often a phone. It carries no time
// and no order: a version 7 would tell the minute of a meeting.
type ID string

// NewID makes a fresh random ID.
func NewID() ID {
	var b [16]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(err) // the system has no randomness: nothing safe can follow
	}
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return ID(h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:])
}

// ParseID accepts a version 4 UUID in any letter case. Other versions are
// refused because they may carry the time they were made.
func ParseID(s string) (ID, error) {
	s = strings.ToLower(s)
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return "", fmt.Errorf("id %q is not a UUID", clip(s))
	}
	raw, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	if err != nil || len(raw) != 16 {
		return "", fmt.Errorf("id %q is not a UUID", clip(s))
	}
	if raw[6]>>4 != 4 || raw[8]>>6 != 2 {
		return "", fmt.Errorf("id %q is not a random UUID (version 4)", s)
	}
	return ID(s), nil
}

func clip(s string) string {
	if len(s) > 40 {
		return s[:40]
	}
	return s
}
