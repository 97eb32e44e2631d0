package phone_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/form"
	"thntracker/internal/seal"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// keptQueue says what a queue of an earlier release was sealed to and for: the
// programme, the key and the grant that its records name.
type keptQueue struct {
	Programme, Site, Kit thn.ID
	Private, Token       string
	Records              int
	Kits                 int64
}

// A queue of each release is kept, with a record of every kind, as its phones wrote
// it. Every later release must drain it (UX-36): when this fails, a phone that was
// in a drawer for a year loses what is on it. Nothing in testdata is ever changed.
func TestQueues_ofEarlierReleases(t *testing.T) {
	t.Parallel()
	for _, release := range []string{"v1"} {
		t.Run(release, func(t *testing.T) {
			t.Parallel()
			storetest.EachURL(t, func(t *testing.T, url string) { drain(t, url, release) })
		})
	}
}

func drain(t *testing.T, url, release string) {
	file, err := os.ReadFile("testdata/queue-" + release + ".json")
	require.NoError(t, err)
	about, err := os.ReadFile("testdata/queue-" + release + ".key.json")
	require.NoError(t, err)
	var k keptQueue
	require.NoError(t, json.Unmarshal(about, &k))
	p := newPlaceOf(t, storetest.Open(t, url), k.Programme, k.Site, k.Kit)
	_, err = seal.ReadKey(k.Private)
	require.NoError(t, err)
	require.NoError(t, p.store.AddSealingKey(t.Context(), p.programme.ID, "", thn.SealingKey{Number: 1, Private: k.Private, Made: today}))
	require.NoError(t, p.store.AddSubmissionGrant(t.Context(), p.programme.ID, thn.SubmissionGrant{ID: thn.NewID(), Account: p.worker.Account.ID,
		TokenHash: hashOf(k.Token), Issued: today, Until: today.AddDays(30), Heard: today}))
	items, err := form.ReadRescue(bytes.NewReader(file))
	require.NoError(t, err)
	require.Len(t, items, k.Records)
	for i, o := range p.deliver(t, items...) {
		require.Equal(t, stored, o, "record %d", i)
	}
	require.Equal(t, k.Kits, p.kits(t))
	for _, o := range p.deliver(t, items...) {
		require.Equal(t, duplicate, o)
	}
}
