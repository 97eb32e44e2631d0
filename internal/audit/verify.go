package audit

import (
	"fmt"
	"iter"
)

// Fault is what is wrong with a chain.
type Fault string

// The faults. Each names what was done, as far as the chain can tell.
const (
	Edited    Fault = "edited"    // an entry does not say what it said when it was written
	Removed   Fault = "removed"   // entries between two others are missing
	Rewritten Fault = "rewritten" // an entry was made without the key, or comes from elsewhere
	Truncated Fault = "truncated" // the chain ends before its head, or before a head noted elsewhere
	Added     Fault = "added"     // entries stand behind the head
	BadHead   Fault = "head"      // the head itself was made without the key
)

// Finding is one fault and where it is. To is above From where several entries
// in a row are concerned.
type Finding struct {
	Fault    Fault
	From, To int64
}

// String names the fault and its place.
func (f Finding) String() string {
	if f.To > f.From {
		return fmt.Sprintf("%s: entries %d to %d", f.Fault, f.From, f.To)
	}
	return fmt.Sprintf("%s: entry %d", f.Fault, f.From)
}

// Report is what Verify found. No findings means that the chain holds.
type Report struct {
	Entries  int64 // read
	Head     Head  // as it is kept
	Findings []Finding
}

// Verify reads a programme's chain in order and recomputes it. Noted heads, if
// any, were written down elsewhere earlier: a chain that no longer contains one
// was cut and rebuilt. An error is the reader's own.
func (k Key) Verify(programme string, entries iter.Seq2[Entry, error], head Head, noted ...Head) (Report, error) {
	v := verifier{key: k, programme: programme, noted: noted, report: Report{Head: head}}
	for e, err := range entries {
		if err != nil {
			return v.report, err
		}
		v.entry(e)
	}
	v.end(head)
	return v.report, nil
}

// verifier is one reading of a chain.
type verifier struct {
	key       Key
	programme string
	noted     []Head
	last      int64
	link      string
	report    Report
}

func (v *verifier) find(f Fault, from, to int64) {
	v.report.Findings = append(v.report.Findings, Finding{Fault: f, From: from, To: to})
}

// entry checks one entry against the one before it. After a fault it goes on
// from what the entry itself says, so that one fault is reported once.
func (v *verifier) entry(e Entry) {
	v.report.Entries++
	gap := e.Seq != v.last+1
	if gap {
		v.find(Removed, v.last+1, e.Seq-1)
	}
	switch {
	case e.content() != e.Content:
		v.find(Edited, e.Seq, e.Seq)
	case !gap && v.key.link(v.programme, v.link, e) != e.Link:
		v.find(Rewritten, e.Seq, e.Seq)
	}
	for _, h := range v.noted {
		if h.Seq == e.Seq && h.Link != e.Link {
			v.find(Rewritten, e.Seq, e.Seq)
		}
	}
	v.last, v.link = e.Seq, e.Link
}

// end holds the end of the chain against its head and the noted ones.
func (v *verifier) end(head Head) {
	if head.Seq == 0 && v.last == 0 {
		return // nothing was written yet
	}
	switch {
	case !v.key.Holds(v.programme, head):
		v.find(BadHead, head.Seq, head.Seq)
	case head.Seq > v.last:
		v.find(Truncated, v.last+1, head.Seq)
	case head.Seq < v.last:
		v.find(Added, head.Seq+1, v.last)
	case head.Link != v.link:
		v.find(Rewritten, head.Seq, head.Seq)
	}
	for _, h := range v.noted {
		if h.Seq > max(v.last, head.Seq) {
			v.find(Truncated, v.last+1, h.Seq)
		}
	}
}
