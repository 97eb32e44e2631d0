package seal

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	// Sealed texts are multiples of a block, so that their length tells nothing. A
	// usual record fits into one, and fifty of them into 25 kB on the wire.
	block  = 320
	header = 3 // how it is packed, and the length of what follows
)

// MaxText is the longest text, in bytes; a filled-in form has a few hundred.
const MaxText = 16 << 10

// How a text is packed.
const (
	asItIs   = 0
	deflated = 1
)

var errUnopened = errors.New("cannot be opened")

// pad packs a text the shorter way and fills it up to whole blocks.
func pad(text []byte) ([]byte, error) {
	if len(text) > MaxText {
		return nil, fmt.Errorf("a text of %d bytes; the longest is %d", len(text), MaxText)
	}
	how, body := byte(asItIs), text
	if packed := deflate(text); len(packed) < len(text) {
		how, body = deflated, packed
	}
	whole := header + len(body)
	plain := make([]byte, (whole+block-1)/block*block)
	plain[0] = how
	binary.BigEndian.PutUint16(plain[1:], uint16(len(body)))
	copy(plain[header:], body)
	return plain, nil
}

func deflate(text []byte) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		panic(err) // the level is one of its own
	}
	_, _ = w.Write(text) // a buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// unpad gives the text back. What unpacks to more than the longest text is
// refused before it has filled the memory.
func unpad(plain []byte) ([]byte, error) {
	if len(plain) < header {
		return nil, errUnopened
	}
	n := int(binary.BigEndian.Uint16(plain[1:]))
	if header+n > len(plain) {
		return nil, errUnopened
	}
	body := plain[header : header+n]
	switch plain[0] {
	case asItIs:
		if n > MaxText {
			return nil, errUnopened
		}
		return body, nil
	case deflated:
		text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(body)), MaxText+1))
		if err != nil || len(text) > MaxText {
			return nil, errUnopened
		}
		return text, nil
	}
	return nil, errUnopened
}
