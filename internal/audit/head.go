package audit

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// String is a head as people note it down: SEQ:LINK. The seal stays out: it
// proves nothing to whoever has no key.
func (h Head) String() string { return fmt.Sprintf("%d:%s", h.Seq, h.Link) }

// ParseHead reads a head that was noted down.
func ParseHead(text string) (Head, error) {
	seq, link, _ := strings.Cut(strings.TrimSpace(text), ":")
	n, err := strconv.ParseInt(seq, 10, 64)
	raw, wrong := hex.DecodeString(link)
	if err != nil || n < 1 || wrong != nil || len(raw) != linkBytes {
		return Head{}, fmt.Errorf("%q is not a noted head: write it as it was printed, SEQ:LINK", text)
	}
	return Head{Seq: n, Link: strings.ToLower(link)}, nil
}

// UnmarshalText reads a head that was noted down, for flags.
func (h *Head) UnmarshalText(text []byte) (err error) {
	*h, err = ParseHead(string(text))
	return err
}
