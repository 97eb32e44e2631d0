package sheet

import (
	"bytes"
	"io"
)

type content int

const (
	isOther content = iota
	isText
	isWorkbook
)

var oleMark = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// sniff tells by its first bytes what a file is, and for what we do not read,
// the key of a sentence that says what to do instead.
func sniff(src io.ReaderAt) (content, string) {
	head := make([]byte, 4096)
	n, _ := src.ReadAt(head, 0) // a short file is no error here
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return isWorkbook, ""
	case bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return isOther, "zip" // an archive of nothing
	case bytes.HasPrefix(head, oleMark):
		return isOther, oleWhy(src)
	case bytes.HasPrefix(head, []byte("%PDF")):
		return isOther, "pdf"
	case isMarkup(head):
		return isOther, "markup"
	}
	return isText, ""
}

// oleWhy tells a workbook locked with a password from one of before 2007: both
// use the same container, only the locked one holds this stream.
func oleWhy(src io.ReaderAt) string {
	locked := make([]byte, 0, 32)
	for _, c := range []byte("EncryptedPackage") {
		locked = append(locked, c, 0)
	}
	chunk := make([]byte, 64<<10)
	for off := int64(0); ; off += int64(len(chunk) - len(locked)) {
		n, err := src.ReadAt(chunk, off)
		if bytes.Contains(chunk[:n], locked) {
			return "locked"
		}
		if err != nil {
			return "xls"
		}
	}
}

// isMarkup catches the web pages that some systems hand out as .xls or .csv.
func isMarkup(head []byte) bool {
	head = bytes.ToLower(bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n"))
	for _, mark := range []string{"<!doctype", "<html", "<table", "<?xml", "<script", "<div"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return true
		}
	}
	return false
}
