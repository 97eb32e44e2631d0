package audit_test

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/audit"
)

const programme = "p"

var (
	key   = audit.Key(bytes.Repeat([]byte{7}, 32))
	other = audit.Key(bytes.Repeat([]byte{8}, 32))
)

// book is a chain as it is stored.
type book struct {
	entries []audit.Entry
	head    audit.Head
}

// written is a chain of n entries, sealed with a key.
func written(k audit.Key, n int) book {
	var b book
	b.head = k.Head(programme, 0, "")
	b.write(k, n)
	return b
}

func (b *book) write(k audit.Key, n int) {
	for range n {
		e := audit.Entry{ID: fmt.Sprintf("e%d", b.head.Seq+1), Account: "a", Action: "record", Kind: "distribution", Object: fmt.Sprintf("o%d", b.head.Seq+1), Hour: "2026-03-01T12"}
		e, b.head = k.Chain(programme, b.head, e)
		b.entries = append(b.entries, e)
	}
}

func (b book) clone() book { return book{entries: slices.Clone(b.entries), head: b.head} }

func (b book) read() iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		for _, e := range b.entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func (b book) findings(t require.TestingT, noted ...audit.Head) (list []string) {
	report, err := key.Verify(programme, b.read(), b.head, noted...)
	require.NoError(t, err)
	require.Equal(t, b.head, report.Head)
	require.Equal(t, int64(len(b.entries)), report.Entries)
	for _, f := range report.Findings {
		list = append(list, f.String())
	}
	return list
}

// rehashed is an entry made consistent in itself by somebody without the key,
// or with another one.
func rehashed(e audit.Entry) audit.Entry {
	made, _ := other.Chain(programme, audit.Head{Seq: e.Seq - 1}, e)
	e.Salt, e.Content = made.Salt, made.Content
	return e
}

func TestVerify_namesWhatWasDone(t *testing.T) {
	t.Parallel()
	whole := written(key, 9)
	early := written(key, 4)
	early.entries = slices.Clone(whole.entries[:4])
	early.head = key.Head(programme, 4, whole.entries[3].Link)
	cases := map[string]struct {
		tamper func(b *book)
		noted  []audit.Head
		want   []string
	}{
		"nothing":                   {func(*book) {}, []audit.Head{early.head, whole.head}, nil},
		"never begun":               {func(b *book) { *b = book{} }, nil, nil},
		"a field edited":            {func(b *book) { b.entries[4].Object = "x" }, nil, []string{"edited: entry 5"}},
		"the salt edited":           {func(b *book) { b.entries[4].Salt = "x" }, nil, []string{"edited: entry 5"}},
		"the content edited":        {func(b *book) { b.entries[4].Content = "x" }, nil, []string{"edited: entry 5"}},
		"the link edited":           {func(b *book) { b.entries[4].Link = "x" }, nil, []string{"edited: entry 5"}},
		"the last link edited":      {func(b *book) { b.entries[8].Link = "x" }, nil, []string{"edited: entry 9"}},
		"edited and hashed again":   {func(b *book) { b.entries[4].Account = "x"; b.entries[4] = rehashed(b.entries[4]) }, nil, []string{"edited: entry 5"}},
		"the last, hashed again":    {func(b *book) { b.entries[8].Account = "x"; b.entries[8] = rehashed(b.entries[8]) }, nil, []string{"edited: entry 9"}},
		"two far apart":             {func(b *book) { b.entries[1].Hour, b.entries[6].Action = "x", "x" }, nil, []string{"edited: entry 2", "edited: entry 7"}},
		"removed in the middle":     {func(b *book) { b.entries = slices.Delete(b.entries, 3, 5) }, nil, []string{"removed: entries 4 to 5"}},
		"the first removed":         {func(b *book) { b.entries = b.entries[1:] }, nil, []string{"removed: entry 1"}},
		"all removed":               {func(b *book) { b.entries = nil }, nil, []string{"truncated: entries 1 to 9"}},
		"all removed with the head": {func(b *book) { *b = book{} }, []audit.Head{early.head}, []string{"truncated: entries 1 to 4"}},
		"the tail cut":              {func(b *book) { b.entries = b.entries[:7] }, nil, []string{"truncated: entries 8 to 9"}},
		"the tail cut, an older head put back": {func(b *book) { *b = early.clone() }, []audit.Head{whole.head},
			[]string{"truncated: entries 5 to 9"}},
		"cut, put back and gone on from": {func(b *book) { *b = early.clone(); b.write(key, 7) }, []audit.Head{whole.head},
			[]string{"rewritten: entry 9"}},
		"rewritten with another key": {func(b *book) { *b = written(other, 9) }, nil, []string{"rewritten: entries 1 to 9", "head: it was not sealed with this key"}},
		"rewritten under the old head": {func(b *book) { b.entries = written(other, 9).entries }, nil,
			[]string{"rewritten: entries 1 to 9"}},
		"rewritten from the middle": {func(b *book) {
			b.entries, b.head = b.entries[:5], audit.Head{Seq: 5, Link: b.entries[4].Link}
			b.write(other, 4)
		}, nil, []string{"rewritten: entries 6 to 9", "head: it was not sealed with this key"}},
		"added behind the head": {func(b *book) { h := b.head; b.write(other, 2); b.head = h }, nil, []string{"rewritten: entries 10 to 11", "added: entries 10 to 11"}},
		"added with the key":    {func(b *book) { h := b.head; b.write(key, 1); b.head = h }, nil, []string{"added: entry 10"}},
		"a number twice":        {func(b *book) { b.entries = slices.Insert(b.entries, 5, b.entries[4]) }, nil, []string{"added: entry 5"}},
		"renumbered over a gap": {func(b *book) {
			b.entries = slices.Delete(b.entries, 3, 4)
			for i := 3; i < len(b.entries); i++ {
				b.entries[i].Seq--
			}
		}, nil, []string{"rewritten: entries 4 to 8", "truncated: entry 9"}},
		"the head forged":       {func(b *book) { b.head.Seq, b.entries = 7, b.entries[:7]; b.head.Link = b.entries[6].Link }, nil, []string{"head: it was not sealed with this key"}},
		"the head removed":      {func(b *book) { b.head = audit.Head{} }, nil, []string{"head: it was not sealed with this key"}},
		"an older head":         {func(b *book) { b.head = early.head }, nil, []string{"added: entries 5 to 9"}},
		"another's whole chain": {func(b *book) { b.head = key.Head("q", b.head.Seq, b.head.Link) }, nil, []string{"head: it was not sealed with this key"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := whole.clone()
			c.tamper(&b)
			require.Equal(t, c.want, b.findings(t, c.noted...))
		})
	}
}

// What a cut to an older state leaves behind is a chain that holds: only a head
// noted elsewhere shows it. This is said in the package, so it is tested.
func TestVerify_cannotSeeAnOlderStateByItself(t *testing.T) {
	t.Parallel()
	b := written(key, 4)
	older := b.clone()
	b.write(key, 5)
	require.Empty(t, older.findings(t))
	require.NotEmpty(t, older.findings(t, b.head))
}

// columns are the stored texts of an entry.
func columns(e *audit.Entry) []*string {
	return []*string{&e.ID, &e.Account, &e.Action, &e.Kind, &e.Object, &e.Hour, &e.Salt, &e.Content, &e.Link}
}

func TestVerify_findsAnySingleChange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := written(key, rapid.IntRange(1, 12).Draw(t, "entries"))
		i := rapid.IntRange(0, len(b.entries)-1).Draw(t, "which")
		e := &b.entries[i]
		place := fmt.Sprintf("entry %d", e.Seq)
		var want []string
		switch rapid.SampledFrom([]string{"column", "rehash", "remove", "number"}).Draw(t, "how") {
		case "column":
			text := rapid.SampledFrom(columns(e)).Draw(t, "column")
			*text = rapid.StringMatching(`[0-9a-f]{0,70}`).Filter(func(s string) bool { return s != *text }).Draw(t, "text")
			want = []string{"edited: " + place}
		case "rehash":
			*columns(e)[rapid.IntRange(0, 5).Draw(t, "column")] += "x"
			*e = rehashed(*e)
			want = []string{"edited: " + place}
		case "remove":
			want = []string{"removed: " + place}
			if i == len(b.entries)-1 {
				want = []string{"truncated: " + place}
			}
			b.entries = slices.Delete(b.entries, i, i+1)
		case "number":
			e.Seq += rapid.Int64Range(1, 20).Draw(t, "by")
			slices.SortStableFunc(b.entries, func(x, y audit.Entry) int { return int(x.Seq - y.Seq) })
			require.NotEmpty(t, b.findings(t))
			return
		}
		require.Equal(t, want, b.findings(t))
	})
}

func TestVerify_givesTheReadersError(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk is gone")
	_, err := key.Verify(programme, func(yield func(audit.Entry, error) bool) { yield(audit.Entry{}, broken) }, audit.Head{})
	require.ErrorIs(t, err, broken)
}

// Entries that say the same are not the same to whoever guesses what they say.
func TestChain_saltsWhatItSays(t *testing.T) {
	t.Parallel()
	e := audit.Entry{ID: "e", Action: "record"}
	first, _ := key.Chain(programme, audit.Head{}, e)
	second, _ := key.Chain(programme, audit.Head{}, e)
	require.NotEqual(t, first.Content, second.Content)
	moved, _ := key.Chain("q", audit.Head{}, e)
	require.NotEqual(t, first.Link, moved.Link)
}

func TestKey_staysOutOfLogs(t *testing.T) {
	t.Parallel()
	k := audit.NewKey()
	require.NoError(t, k.Check())
	require.NotEqual(t, k, audit.NewKey())
	require.Error(t, k[:31].Check())
	require.Error(t, audit.Key(nil).Check())
	shown := fmt.Sprintf("%v %s %#v %+v", k, k, k, k)
	require.NotContains(t, shown, fmt.Sprintf("%x", []byte(k))[:8])
	require.Equal(t, 4, strings.Count(strings.ToLower(shown), "audit"))
}

func TestParseHead(t *testing.T) {
	t.Parallel()
	head := written(key, 3).head
	got, err := audit.ParseHead(" " + strings.ToUpper(head.String()) + "\n")
	require.NoError(t, err)
	require.Equal(t, audit.Head{Seq: 3, Link: head.Link}, got)
	for _, bad := range []string{"", "3", "3:", ":" + head.Link, "0:" + head.Link, "-1:" + head.Link, "3:" + head.Link[1:], "3:" + head.Link + "00", "3:zz" + head.Link[2:]} {
		_, err := audit.ParseHead(bad)
		require.ErrorContains(t, err, "SEQ:LINK", bad)
	}
}
