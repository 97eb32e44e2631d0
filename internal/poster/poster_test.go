package poster

import (
	"image"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"thntracker/internal/fault"
)

func TestRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Address{
		"https://www.example.org":                         "https://www.example.org",
		"https://WWW.Example.org/Naloxone/":               "https://www.example.org/Naloxone/",
		"https://example.org/a-b_c~d.html":                "https://example.org/a-b_c~d.html",
		"https://xn--bcher-kva.example/":                  "https://xn--bcher-kva.example/",
		"https://a.example/" + strings.Repeat("x", 80-18): Address("https://a.example/" + strings.Repeat("x", 80-18)),
	} {
		got, err := Read(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got)
	}
}

func TestRead_refuses(t *testing.T) {
	t.Parallel()
	for text, key := range map[string]string{
		"":                                                "missing",
		"www.example.org/naloxone":                        "not_https",
		"http://www.example.org":                          "not_https",
		"javascript:alert(1)":                             "not_https",
		"https://www.example.org/?":                       "parameter",
		"https://www.example.org/?utm=van":                "parameter",
		"https://www.example.org/#kit":                    "parameter",
		"https://ana@www.example.org/":                    "not_public",
		"https://www.example.org:8443/":                   "not_public",
		"https://192.0.2.7/":                              "not_public",
		"https://[2001:db8::1]/":                          "not_public",
		"https://localhost/":                              "not_public",
		"https:///naloxone":                               "not_public",
		"https://bücher.example/":                         "not_public",
		"https://www.example.org/a%20b":                   "not_plain",
		"https://www.example.org/é":                       "not_plain",
		"https://www.example.org/a@b":                     "not_plain",
		"https://bit.ly/3xYz":                             "shortened",
		"https://go.TinyURL.com/3xYz":                     "shortened",
		"https://a.example/" + strings.Repeat("x", 80-17): "too_long",
	} {
		_, err := Read(text)
		require.True(t, fault.Is(err, fault.Invalid), text)
		fields := fault.FieldsOf(err)
		require.Len(t, fields, 1, text)
		require.Equal(t, "poster."+key, fields[0].Key, text)
		require.Equal(t, "address", fields[0].Name)
	}
}

// TestDraw_isReadByAnotherProgram draws addresses and has them read by a library
// that shares nothing with the one that drew them: the same letters, level M or
// better, and four white modules all around.
func TestDraw_isReadByAnotherProgram(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := "https://" + rapid.StringMatching(`([a-z0-9]{1,10}\.){1,3}[a-z]{2,6}`).Draw(t, "host") + rapid.StringMatching(`(/[A-Za-z0-9._~-]{1,10}){0,3}/?`).Draw(t, "path")
		a, err := Read(text)
		if err != nil {
			t.Skip("too long, or a shortener")
		}
		require.Equal(t, string(a), strings.Join(a.Parts(), ""))
		svg, err := a.Draw()
		require.NoError(t, err)
		picture, quiet := raster(t, svg)
		require.Equal(t, 4, quiet)
		bits, err := gozxing.NewBinaryBitmapFromImage(picture)
		require.NoError(t, err)
		// Nothing but the code is in the picture: how well a reader finds one in a photograph is not what is tested.
		read, err := qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
		require.NoError(t, err)
		require.Equal(t, text, read.GetText())
		require.Contains(t, []any{"M", "Q", "H"}, read.GetResultMetadata()[gozxing.ResultMetadataType_ERROR_CORRECTION_LEVEL])
	})
}

var (
	viewBox = regexp.MustCompile(`viewBox="0 0 (\d+) `)
	runs    = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)
)

// raster paints the drawing, eight pixels to a module, and measures how many
// white modules stand on the narrowest side.
func raster(t require.TestingT, svg string) (image.Image, int) {
	number := func(s string) int {
		n, err := strconv.Atoi(s)
		require.NoError(t, err)
		return n
	}
	side := number(viewBox.FindStringSubmatch(svg)[1])
	const scale = 8
	picture := image.NewGray(image.Rect(0, 0, side*scale, side*scale))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	quiet := side
	for _, run := range runs.FindAllStringSubmatch(svg, -1) {
		x, y, w := number(run[1]), number(run[2]), number(run[3])
		quiet = min(quiet, x, y, side-x-w, side-y-1)
		for px := x * scale; px < (x+w)*scale; px++ {
			for py := y * scale; py < (y+1)*scale; py++ {
				picture.SetGray(px, py, color.Gray{})
			}
		}
	}
	return picture, quiet
}
