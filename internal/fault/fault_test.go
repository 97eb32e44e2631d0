package fault

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWrap_keepsKindFieldsAndSentence(t *testing.T) {
	base := Fields("check", Field{Name: "kits", Key: "form.kits.range"})
	err := Wrap("record distribution", Wrap("store", base))
	require.True(t, Is(err, Invalid))
	require.Equal(t, "kits", FieldsOf(err)[0].Name)
	require.Equal(t, "record distribution: store: check: kits: form.kits.range", err.Error())

	said := Wrap("open", Say(NotFound, "site", "fault.site_closed", map[string]any{"Site": "x"}))
	key, args := Sentence(said)
	require.Equal(t, "fault.site_closed", key)
	require.Equal(t, "x", args["Site"])
}

func TestKindOf_unknownIsInternal(t *testing.T) {
	require.Equal(t, Internal, KindOf(errors.New("x")))
	require.False(t, Is(nil, Internal))
	require.NoError(t, Wrap("x", nil))
	require.NoError(t, Fields("x"))
	require.Equal(t, "internal", Kind(99).String())
}
