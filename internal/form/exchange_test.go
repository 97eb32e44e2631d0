package form

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
)

const goodItem = `{"id":"7c1e0000-0000-4000-8000-000000000001","v":1,"kid":"7c1e0000-0000-4000-8000-000000000009.1","sealed":"AAAA"}`

func TestReadSync(t *testing.T) {
	t.Parallel()
	good := Sealed{ID: "7c1e0000-0000-4000-8000-000000000001", V: 1, KID: "7c1e0000-0000-4000-8000-000000000009.1", Sealed: "AAAA"}
	for name, item := range map[string]string{
		"a number": "1", "nothing": "null", "a list": "[]", "no text": `{"id":"x","v":1,"kid":"k","sealed":7}`, "no number": `{"id":"x","v":"1","kid":"k","sealed":"s"}`, "a word": `"x"`,
	} {
		got, err := ReadSync(strings.NewReader("[" + goodItem + "," + item + "," + goodItem + "]"))
		require.NoError(t, err, name)
		require.Equal(t, good, got[0], name)
		require.Empty(t, got[1].KID+got[1].Sealed, name)
		require.Equal(t, good, got[2], "the neighbour of "+name)
	}
}

func TestReadSync_refusesTheWholeExchange(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"empty": "", "object": goodItem, "trailing": "[" + goodItem + "] x", "two values": "[][]", "html": "<html>",
		"deep": strings.Repeat("[", 20000) + strings.Repeat("]", 20000), "BOM": "\ufeff[" + goodItem + "]", "comment": "[/* */" + goodItem + "]",
	} {
		_, err := ReadSync(strings.NewReader(body))
		require.Error(t, err, name)
	}
	_, err := ReadSync(strings.NewReader("[" + strings.Repeat(goodItem+",", MaxSync) + goodItem + "]"))
	require.True(t, fault.Is(err, fault.TooLarge))
}

func TestReadRescue(t *testing.T) {
	t.Parallel()
	got, err := ReadRescue(strings.NewReader(`{"proto":"thn-outbox/1","records":[` + goodItem + `]}`))
	require.NoError(t, err)
	require.Len(t, got, 1)
	for name, body := range map[string]string{"a list": "[" + goodItem + "]", "of another": `{"proto":"thn-sync/1","records":[]}`, "a picture": "\x89PNG", "empty": ""} {
		_, err := ReadRescue(strings.NewReader(body))
		require.Equal(t, "file", fault.FieldsOf(err)[0].Name, name)
	}
	_, err = ReadRescue(strings.NewReader(`{"proto":"thn-outbox/1","records":[` + strings.Repeat(goodItem+",", MaxRescue) + goodItem + `]}`))
	require.True(t, fault.Is(err, fault.TooLarge))
}
