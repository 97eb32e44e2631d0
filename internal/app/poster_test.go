package app_test

import (
	"bytes"
	"image/png"
	"net/url"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/lang"
	"thntracker/internal/poster"
	"thntracker/internal/thn"
)

// scan reads a code off a picture, as a phone would.
func scan(t *testing.T, picture []byte) string {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(picture))
	require.NoError(t, err)
	bits, err := gozxing.NewBinaryBitmapFromImage(img)
	require.NoError(t, err)
	read, err := qrcode.NewQRCodeReader().Decode(bits, nil)
	require.NoError(t, err)
	return read.GetText()
}

// TestPoster_isReadOffThePage makes a poster and reads its code off the drawn
// page, on the screen, in the dark and on paper (UX-48).
func TestPoster_isReadOffThePage(t *testing.T) {
	address := demonstration(t)
	tab := as(t, address, thn.RoleManager)
	longest := "https://www.naloxone.example.org/" + strings.Repeat("take-home-", 4) + "7890123"
	require.Len(t, longest, poster.MaxAddress)
	for _, code := range lang.Codes {
		speak(tab, code)
		for _, target := range []string{"https://example.org/kit", longest} {
			tab.Goto(address + "/poster")
			require.False(t, tab.Exists(".poster"))
			tab.Fill("#address", target)
			tab.Click("#says-1")
			require.Equal(t, 200, tab.Follow("main form .go"))
			require.Equal(t, target, scan(t, tab.Picture(".code")))
			require.Equal(t, target, strings.ReplaceAll(tab.Text(".letters"), "\n", ""), "what a person types is what a phone reads")
			for _, paper := range browsertest.Papers {
				require.Equal(t, 1, tab.Pages(paper), "%s on %s", code, paper.Name)
			}
			tab.SetViewport(320, 640, true, true)
			require.Empty(t, tab.Overflow(), code)
			tab.SetDark(true)
			require.Empty(t, tab.Axe(), code)
			require.Equal(t, target, scan(t, tab.Picture(".code")), "in the dark")
			tab.SetDark(false)
			tab.SetViewport(703, 1032, false, false) // A4 between its margins
			tab.SetPrint(true)
			require.Equal(t, target, scan(t, tab.Picture(".code")), "on paper")
			side := browsertest.Eval[float64](tab, `(v => document.querySelector(".code svg").getBoundingClientRect().width * 25.4 / 96 * (v - 8) / v)(document.querySelector(".code svg").viewBox.baseVal.width)`)
			t.Logf("UX-48: the code is %.0f mm wide without its quiet zone, goal 30", side)
			require.GreaterOrEqual(t, side, 30.0)
			tab.Screenshot("poster-print-" + code)
			tab.SetPrint(false)
		}
	}
	require.Empty(t, tab.Complaints())
}

// TestPoster_refusesWhatTellsPeopleApart: nothing that is different for somebody
// hangs on a wall.
func TestPoster_refusesWhatTellsPeopleApart(t *testing.T) {
	address := demonstration(t)
	tab := as(t, address, thn.RoleManager)
	for _, target := range []string{"https://example.org/?from=van", "https://example.org/#7", "http://example.org/", "https://bit.ly/3xYz", "https://192.0.2.7/"} {
		require.Equal(t, 422, tab.Goto(address+"/poster?address="+url.QueryEscape(target)), target)
		require.False(t, tab.Exists(".poster"), target)
		require.Equal(t, target, tab.Value("#address"), "the answer stays")
		require.True(t, tab.Exists(`.problems a[href="#address"]`), target)
	}
	require.Empty(t, tab.Axe())
	require.Empty(t, tab.Complaints())
}
