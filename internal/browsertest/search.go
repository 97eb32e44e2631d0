package browsertest

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"unicode/utf16"

	"github.com/syndtr/goleveldb/leveldb/journal"
	"github.com/syndtr/goleveldb/leveldb/storage"
	"github.com/syndtr/goleveldb/leveldb/table"
)

// Holds searches everything that the phone keeps for words, byte by byte, and
// tells where each was found. Words are looked for as UTF-8, Latin-1 and
// UTF-16, which are what Chromium's engine writes, in every file of the profile
// as it is, and in what is compressed there: the tables of LevelDB (IndexedDB,
// local storage, the list of workers), whose journals are read as well, so
// that no word is cut by a block's edge, and answers that came as gzip. What was
// deleted and not yet overwritten is found too. It does not look into Brotli or
// into values that Chromium itself packed before storing: read those with
// Tab.Kept.
//
// Stop the phone first: what a running browser has not yet written is not there.
func (p *Phone) Holds(words ...string) []string {
	p.t.Helper()
	var found []string
	err := filepath.WalkDir(p.profile, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		short, _ := filepath.Rel(p.profile, name) // it is below the profile
		layers := append([][]byte{raw}, unpack(name, raw)...)
		for _, word := range words {
			if holds(layers, word) {
				found = append(found, fmt.Sprintf("%q in %s", word, short))
			}
		}
		return nil
	})
	if err != nil {
		p.t.Fatalf("browsertest: search the profile: %v", err)
	}
	return found
}

func holds(layers [][]byte, word string) bool {
	for _, written := range spellings(word) {
		for _, layer := range layers {
			if bytes.Contains(layer, written) {
				return true
			}
		}
	}
	return false
}

// spellings are the bytes that a word may be written as.
func spellings(word string) [][]byte {
	var wide, narrow []byte
	for _, unit := range utf16.Encode([]rune(word)) {
		wide = binary.LittleEndian.AppendUint16(wide, unit)
		narrow = append(narrow, byte(unit))
	}
	return [][]byte{[]byte(word), wide, narrow}
}

// unpack gives what a file holds beside its own bytes.
func unpack(name string, raw []byte) [][]byte {
	layers := gzipped(raw)
	switch filepath.Ext(name) {
	case ".ldb":
		layers = append(layers, tableEntries(raw))
	case ".log":
		layers = append(layers, journalEntries(raw))
	}
	return layers
}

// tableEntries are the keys and values of a LevelDB table, one after the
// other, as far as they can be read.
func tableEntries(raw []byte) []byte {
	reader, err := table.NewReader(bytes.NewReader(raw), int64(len(raw)), storage.FileDesc{}, nil, nil, nil)
	if err != nil {
		return nil // not a table, or one half-written
	}
	defer reader.Release()
	entries := reader.NewIterator(nil, nil)
	defer entries.Release()
	var all []byte
	for entries.Next() {
		all = append(append(all, entries.Key()...), entries.Value()...)
	}
	return all
}

// journalEntries are the records of a LevelDB journal without the headers that
// cut them into blocks.
func journalEntries(raw []byte) []byte {
	records := journal.NewReader(bytes.NewReader(raw), nil, false, true)
	var all []byte
	for {
		record, err := records.Next()
		if err != nil {
			return all // the end, or no journal
		}
		part, err := io.ReadAll(record)
		all = append(all, part...)
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return all
		}
	}
}

// gzipped are the gzip streams that begin anywhere in a file, unpacked as far
// as they go.
func gzipped(raw []byte) [][]byte {
	var layers [][]byte
	for magic := []byte{0x1f, 0x8b, 8}; ; raw = raw[len(magic):] {
		at := bytes.Index(raw, magic)
		if at < 0 {
			return layers
		}
		raw = raw[at:]
		if stream, err := gzip.NewReader(bytes.NewReader(raw)); err == nil {
			stream.Multistream(false)
			plain, _ := io.ReadAll(stream) // what follows the stream in the file is an error, and no matter
			layers = append(layers, plain)
		}
	}
}
