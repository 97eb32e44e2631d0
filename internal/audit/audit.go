// Package audit is the arithmetic of the audit trail: entries that form a chain
// for each programme, so that one that was edited, removed or cut off shows. It
// knows no database: the store writes entries inside each transaction, and
// Verify reads them back. Start at Key.Chain.
//
// An entry commits to what it says through a salted hash, and to the entry
// before it through a keyed one. The key is kept outside the database: whoever
// can write to the database alone cannot write a chain that holds. What no
// chain can show by itself is an older state of the whole database put back;
// for that, heads are noted elsewhere and given to Verify again.
package audit

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
)

// Key seals chains. It has at least 32 bytes.
type Key []byte

const (
	keyBytes  = 32
	linkBytes = sha256.Size
)

// NewKey makes a fresh random key.
func NewKey() Key {
	k := make(Key, keyBytes)
	if _, err := rand.Read(k); err != nil {
		panic(err) // the system has no randomness: nothing safe can follow
	}
	return k
}

// Check refuses a key that is too short to seal anything.
func (k Key) Check() error {
	if len(k) < keyBytes {
		return fmt.Errorf("the audit key has %d bytes, it needs %d", len(k), keyBytes)
	}
	return nil
}

// String keeps the key out of logs.
func (k Key) String() string { return "audit key" }

// GoString keeps the key out of %#v.
func (k Key) GoString() string { return "audit.Key{}" }

// Entry says who did what to which thing, in which hour; never a value. Seq
// counts from 1 in each programme without gaps.
type Entry struct {
	Seq                                     int64
	ID, Account, Action, Kind, Object, Hour string
	Salt                                    string // random, so that the hash of few possible contents tells none
	Content                                 string // hash of salt and what the entry says
	Link                                    string // keyed hash of the link before, Seq and Content
}

// Head is how far a programme's chain has come. Seal shows that it was written
// by whoever holds the key.
type Head struct {
	Seq  int64
	Link string
	Seal string
}

// Chain puts an entry behind a head and gives it complete, with the new head.
func (k Key) Chain(programme string, head Head, e Entry) (Entry, Head) {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		panic(err) // the system has no randomness: nothing safe can follow
	}
	e.Salt = hex.EncodeToString(salt)
	e.Seq = head.Seq + 1
	e.Content = e.content()
	e.Link = k.link(programme, head.Link, e)
	return e, k.Head(programme, e.Seq, e.Link)
}

// Head seals a place in a chain.
func (k Key) Head(programme string, seq int64, link string) Head {
	h := hmac.New(sha256.New, k)
	write(h, "head", programme, link)
	return Head{Seq: seq, Link: link, Seal: sum(h, seq)}
}

// Holds tells whether a head was sealed with this key.
func (k Key) Holds(programme string, h Head) bool {
	return hmac.Equal([]byte(k.Head(programme, h.Seq, h.Link).Seal), []byte(h.Seal))
}

func (e Entry) content() string {
	h := sha256.New()
	write(h, e.Salt, e.ID, e.Account, e.Action, e.Kind, e.Object, e.Hour)
	return hex.EncodeToString(h.Sum(nil))
}

func (k Key) link(programme, before string, e Entry) string {
	h := hmac.New(sha256.New, k)
	write(h, "link", programme, before, e.Content)
	return sum(h, e.Seq)
}

// write puts texts into a hash so that no two lists of texts look alike.
func write(h hash.Hash, texts ...string) {
	for _, t := range texts {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(t)))
		h.Write(n[:])
		h.Write([]byte(t))
	}
}

func sum(h hash.Hash, seq int64) string {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(seq))
	h.Write(n[:])
	return hex.EncodeToString(h.Sum(nil))
}
