package phonetest

import (
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	notes "thntracker/internal/form"
	"thntracker/internal/seal"
)

// UX-28: the day of a record is the programme's, wherever the phone thinks it
// is, and a shift that ends before four belongs to the day it began on: also in
// the nights when the clock is put forward or back.
func TestDays(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.query(`UPDATE programmes SET zone = 'Europe/Paris'`)
	tab := phone(w)
	firstKit(tab)
	settled(t, tab, 1)
	w.proxy.Stop()
	for i, is := range []struct{ at, zone, day string }{
		{"2027-03-28T00:30:00Z", "Europe/Paris", "2027-03-27"}, // 01:30, before the hour that is left out
		{"2027-03-28T01:30:00Z", "Europe/Paris", "2027-03-27"}, // 03:30, after it
		{"2027-03-28T02:30:00Z", "Europe/Paris", "2027-03-28"}, // 04:30, though the night was three hours long until then
		{"2027-10-31T00:30:00Z", "Europe/Paris", "2027-10-30"}, // 02:30, for the first time
		{"2027-10-31T01:30:00Z", "Europe/Paris", "2027-10-30"}, // 02:30, for the second
		{"2027-10-31T02:30:00Z", "Europe/Paris", "2027-10-30"}, // 03:30
		{"2027-10-31T03:30:00Z", "Europe/Paris", "2027-10-31"}, // 04:30
		{"2027-06-01T01:59:00Z", "Pacific/Kiritimati", "2027-05-31"},
		{"2027-06-01T02:01:00Z", "Pacific/Kiritimati", "2027-06-01"},
		{"2027-06-01T02:01:00Z", "Pacific/Honolulu", "2027-06-01"}, // carried to where it is still the day before
		{"2027-12-31T23:30:00Z", "America/St_Johns", "2027-12-31"},
	} {
		at, err := time.Parse(time.RFC3339, is.at)
		require.NoError(t, err)
		tab.SetZone(is.zone)
		tab.SetClock(time.Until(at))
		saveMany(t, tab, 1)
		records := queue(t, tab)
		require.Len(t, records, i+2)
		require.Equal(t, is.day, records[i+1].Day, "%s in %s", is.at, is.zone)
		require.Equal(t, is.day, w.opened(records[i+1]).On, "%s in %s, inside", is.at, is.zone)
	}
}

// opened is what the phone sealed, as only the server can read it.
func (w *world) opened(x queued) notes.Note {
	w.t.Helper()
	programme, number, _ := strings.Cut(x.KID, ".")
	key, err := seal.ReadKey(w.query(`SELECT private_key FROM sealing_keys WHERE programme_id = '` + programme + `' AND number = ` + number)[0])
	require.NoError(w.t, err)
	bytes, err := base64.StdEncoding.DecodeString(x.Sealed)
	require.NoError(w.t, err)
	text, err := key.Open(x.ID, bytes)
	require.NoError(w.t, err)
	note, err := notes.ReadNote(text)
	require.NoError(w.t, err)
	return note
}
