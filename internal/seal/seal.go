// Package seal closes a record on a phone so that only the programme's server can
// read it: HPKE (RFC 9180) in base mode with DHKEM(P-256, HKDF-SHA256),
// HKDF-SHA256 and AES-256-GCM. The record's id is bound to it, so that what was
// sealed as one record cannot be sent as another. Sealing proves neither who wrote
// a record nor that it is true. The package knows bytes and nothing of what they
// say. Start at Key.
package seal

import (
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/base64"
	"fmt"
)

// info keeps these keys apart from every other use of the same curve.
const info = "thn-outbox/1"

// encLen is the length of the sender's share: a P-256 point, uncompressed.
const encLen = 65

// Encoding is how sealed bytes, keys and tokens are written as text.
var Encoding = base64.RawURLEncoding

func kem() hpke.KEM { return hpke.DHKEM(ecdh.P256()) }

// Key opens what was sealed to its public half.
type Key struct{ private hpke.PrivateKey }

// NewKey makes a fresh key.
func NewKey() (Key, error) {
	k, err := kem().GenerateKey()
	if err != nil {
		return Key{}, fmt.Errorf("make sealing key: %w", err)
	}
	return Key{k}, nil
}

// ReadKey reads what Text wrote.
func ReadKey(text string) (Key, error) {
	b, err := Encoding.DecodeString(text)
	if err != nil {
		return Key{}, fmt.Errorf("read sealing key: %w", err)
	}
	k, err := kem().NewPrivateKey(b)
	if err != nil {
		return Key{}, fmt.Errorf("read sealing key: %w", err)
	}
	return Key{k}, nil
}

// Text is the private key for the database. Whoever has it can read what phones
// hold, so it goes nowhere else.
func (k Key) Text() (string, error) {
	b, err := k.private.Bytes()
	if err != nil {
		return "", fmt.Errorf("write sealing key: %w", err)
	}
	return Encoding.EncodeToString(b), nil
}

// Public is the half that phones are given: 65 bytes, an uncompressed point.
func (k Key) Public() []byte { return k.private.PublicKey().Bytes() }

// Open gives the text that was sealed under an id. Whatever is wrong with the
// bytes, the error says only that they cannot be opened.
func (k Key) Open(id string, sealed []byte) ([]byte, error) {
	if len(sealed) < encLen {
		return nil, errUnopened
	}
	r, err := hpke.NewRecipient(sealed[:encLen], k.private, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte(info))
	if err != nil {
		return nil, errUnopened
	}
	plain, err := r.Open([]byte(id), sealed[encLen:])
	if err != nil {
		return nil, errUnopened
	}
	return unpad(plain)
}

// Seal closes a text under an id to a public key, as a phone does.
func Seal(public []byte, id string, text []byte) ([]byte, error) {
	const op = "seal record"
	to, err := kem().NewPublicKey(public)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	plain, err := pad(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	enc, s, err := hpke.NewSender(to, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte(info))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	closed, err := s.Seal([]byte(id), plain)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	return append(enc, closed...), nil
}
