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
	Removed   Fault = "removed"   // entries between two others, or the first ones, are missing
	Rewritten Fault = "rewritten" // entries were made without the key, or come from elsewhere
	Truncated Fault = "truncated" // the chain ends before its head, or before a head noted elsewhere
	Added     Fault = "added"     // entries stand behind the head, or a number is there twice
	BadHead   Fault = "head"      // the head itself is missing or was made without the key
)

// Finding is one fault and where it is. To is above From where several entries
// in a row are concerned.
type Finding struct {
	Fault    Fault
	From, To int64
}

// String names the fault and its place.
func (f Finding) String() string {
	switch {
	case f.Fault == BadHead:
		return string(f.Fault) + ": it was not sealed with this key"
	case f.To > f.From:
		return fmt.Sprintf("%s: entries %d to %d", f.Fault, f.From, f.To)
	}
	return fmt.Sprintf("%s: entry %d", f.Fault, f.From)
}

// Report is what Verify found. No findings means that the chain holds.
type Report struct {
	Before   int64 // entries of before the chain, which nothing seals
	Entries  int64 // entries of the chain that were read
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
	before    links
	doubt     int64 // an entry whose link does not follow; the next one tells why
	report    Report
}

// links is what an entry may follow: the link that the entry before it has, and,
// where the two differ, the one that it ought to have.
type links struct{ kept, due string }

// find adds a finding; one that goes on from the last is joined to it.
func (v *verifier) find(f Fault, from, to int64) {
	if n := len(v.report.Findings); n > 0 {
		last := &v.report.Findings[n-1]
		if last.Fault == f && from >= last.From && from <= last.To+1 {
			last.To = max(last.To, to)
			return
		}
	}
	v.report.Findings = append(v.report.Findings, Finding{Fault: f, From: from, To: to})
}

// entry checks one entry against the one before it. After a fault it goes on
// from what the entry itself says, so that one fault is reported once.
func (v *verifier) entry(e Entry) {
	v.report.Entries++
	if e.Seq <= v.last {
		v.find(Added, e.Seq, e.Seq)
		return
	}
	gap := e.Seq != v.last+1
	var follows bool
	var due string
	if gap {
		v.settle(Edited)
		v.find(Removed, v.last+1, e.Seq-1)
		follows, due = true, e.Link // what it followed is not there to compare with
	} else {
		follows, due = v.follows(e)
	}
	switch {
	case e.content() != e.Content:
		v.find(Edited, e.Seq, e.Seq)
	case !follows:
		v.doubt = e.Seq
	}
	v.hold(e)
	v.last, v.before = e.Seq, links{kept: e.Link, due: due}
}

// follows tells whether an entry's link goes on from the entry before it, and
// gives the link that it ought to have. An entry in doubt is cleared up by the
// way: when this one goes on from it, it is the only one that was touched.
func (v *verifier) follows(e Entry) (bool, string) {
	kept := v.key.link(v.programme, v.before.kept, e)
	if kept == e.Link {
		v.settle(Edited)
		return true, kept
	}
	if v.before.due != v.before.kept {
		if due := v.key.link(v.programme, v.before.due, e); due == e.Link {
			v.settle(Edited)
			return true, due
		}
	}
	v.settle(Rewritten)
	return false, kept
}

// settle says what became of the entry in doubt.
func (v *verifier) settle(f Fault) {
	if v.doubt != 0 {
		v.find(f, v.doubt, v.doubt)
		v.doubt = 0
	}
}

// hold compares an entry with the heads noted at its place.
func (v *verifier) hold(e Entry) {
	for _, h := range v.noted {
		if h.Seq == e.Seq && h.Link != e.Link && v.doubt != e.Seq {
			v.find(Rewritten, e.Seq, e.Seq)
		}
	}
}

// end holds the end of the chain against its head and the noted ones.
func (v *verifier) end(head Head) {
	reached := v.last == head.Seq && (head.Link == v.before.kept || head.Link == v.before.due)
	sealed := v.key.Holds(v.programme, head)
	if v.doubt != 0 && sealed && reached {
		v.settle(Edited)
	}
	v.settle(Rewritten)
	switch {
	case head == Head{} && v.last == 0: // nothing was written yet
	case !sealed:
		v.find(BadHead, head.Seq, head.Seq)
	case head.Seq > v.last:
		v.find(Truncated, v.last+1, head.Seq)
	case head.Seq < v.last:
		v.find(Added, head.Seq+1, v.last)
	case !reached:
		v.find(Rewritten, head.Seq, head.Seq)
	}
	for _, h := range v.noted {
		if h.Seq > max(v.last, head.Seq) {
			v.find(Truncated, v.last+1, h.Seq)
		}
	}
}
