package seal

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const id = "7c1e0000-0000-4000-8000-000000000001"

func fresh(t testing.TB) Key {
	t.Helper()
	k, err := NewKey()
	require.NoError(t, err)
	return k
}

func TestSeal_opensWithItsKeyAndItsIDOnly(t *testing.T) {
	t.Parallel()
	k, other := fresh(t), fresh(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(t, "text")
		sealed, err := Seal(k.Public(), id, text)
		require.NoError(t, err)
		require.Zero(t, (len(sealed)-encLen-16)%block, "the length tells nothing of the text")
		got, err := k.Open(id, sealed)
		require.NoError(t, err)
		require.True(t, bytes.Equal(text, got))

		_, err = other.Open(id, sealed)
		require.ErrorIs(t, err, errUnopened)
		_, err = k.Open(id[:35]+"2", sealed)
		require.ErrorIs(t, err, errUnopened)
		sealed[rapid.IntRange(0, len(sealed)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		_, err = k.Open(id, sealed)
		require.ErrorIs(t, err, errUnopened)
	})
}

func TestSeal_isNeverTheSameTwice(t *testing.T) {
	t.Parallel()
	k := fresh(t)
	one, err := Seal(k.Public(), id, []byte("{}"))
	require.NoError(t, err)
	two, err := Seal(k.Public(), id, []byte("{}"))
	require.NoError(t, err)
	require.NotEqual(t, one, two)
	_, err = Seal(k.Public(), id, make([]byte, MaxText+1))
	require.Error(t, err)
	_, err = Seal(k.Public()[:64], id, nil)
	require.Error(t, err)
}

func TestKey_survivesTheDatabase(t *testing.T) {
	t.Parallel()
	k := fresh(t)
	text, err := k.Text()
	require.NoError(t, err)
	back, err := ReadKey(text)
	require.NoError(t, err)
	require.Equal(t, k.Public(), back.Public())
	require.Len(t, k.Public(), encLen)
	for _, wrong := range []string{"", "x", "!", text[:20]} {
		_, err := ReadKey(wrong)
		require.Error(t, err)
	}
}

// Vectors made once and kept: what phones sealed a year ago has to open. The last
// was sealed by web/phone/seal.js.
func TestVector(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/vector.json")
	require.NoError(t, err)
	var vectors []struct{ Private, ID, Sealed, Text string }
	require.NoError(t, json.Unmarshal(raw, &vectors))
	require.NotEmpty(t, vectors)
	for _, v := range vectors {
		k, err := ReadKey(v.Private)
		require.NoError(t, err)
		sealed, err := Encoding.DecodeString(v.Sealed)
		require.NoError(t, err)
		text, err := k.Open(v.ID, sealed)
		require.NoError(t, err)
		require.Equal(t, v.Text, string(text))
	}
}

func plainOf(how byte, length int, body []byte) []byte {
	plain := make([]byte, max(block, header+len(body)))
	plain[0] = how
	binary.BigEndian.PutUint16(plain[1:], uint16(length))
	copy(plain[header:], body)
	return plain
}

func TestUnpad_refuses(t *testing.T) {
	t.Parallel()
	long := bytes.Repeat([]byte("x"), MaxText+1)
	for name, plain := range map[string][]byte{
		"nothing": nil, "no length": {0, 0}, "longer than it is": plainOf(asItIs, block, nil), "another way": plainOf(2, 2, []byte("{}")),
		"not deflated": plainOf(deflated, 2, []byte("{}")), "cut": plainOf(deflated, 4, deflate([]byte("a text that was cut"))),
		"too long": plainOf(asItIs, len(long), long), "too long, packed": plainOf(deflated, len(deflate(long)), deflate(long)),
	} {
		_, err := unpad(plain)
		require.ErrorIs(t, err, errUnopened, name)
	}
}

// What unpacks to forty megabytes is refused before it takes them.
func TestUnpad_stopsEarly(t *testing.T) {
	bomb := deflate(make([]byte, 40<<20))
	plain := plainOf(deflated, len(bomb), bomb)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := unpad(plain)
	runtime.ReadMemStats(&after)
	require.ErrorIs(t, err, errUnopened)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20))
}

func FuzzOpen(f *testing.F) {
	k, err := NewKey()
	require.NoError(f, err)
	sealed, err := Seal(k.Public(), id, []byte(`{"v":1}`))
	require.NoError(f, err)
	f.Add(sealed)
	f.Add(sealed[:encLen])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, sealed []byte) {
		if text, err := k.Open(id, sealed); err == nil && len(text) > MaxText {
			t.Fatal("longer than the longest text")
		}
	})
}

func FuzzUnpad(f *testing.F) {
	f.Add(plainOf(asItIs, 2, []byte("{}")))
	f.Add(plainOf(deflated, len(deflate([]byte("{}"))), deflate([]byte("{}"))))
	f.Fuzz(func(t *testing.T, plain []byte) {
		if text, err := unpad(plain); err == nil && len(text) > MaxText {
			t.Fatal("longer than the longest text")
		}
	})
}
