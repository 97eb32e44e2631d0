package page

import (
	"testing"

	"github.com/jba/templatecheck"
	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
	"thntracker/web"
)

func renderer(t *testing.T) *Renderer {
	t.Helper()
	catalogue, err := lang.Open(web.Files, "lang")
	require.NoError(t, err)
	assets, err := OpenAssets(web.Files, "static")
	require.NoError(t, err)
	r, err := New(web.Files, catalogue, assets)
	require.NoError(t, err)
	return r
}

// TestTemplates checks every field that a template names against its struct, in
// branches that no request may ever take.
func TestTemplates(t *testing.T) {
	r := renderer(t)
	for _, code := range lang.Codes {
		for _, p := range All {
			set, err := r.Set(code, p.Template())
			require.NoError(t, err)
			require.NotNil(t, set, p.Template())
			require.NoError(t, templatecheck.CheckHTML(set.Lookup(p.layout()), p), p.Template())
		}
	}
}

// TestRender_emptyPages: a page without content is still a whole page.
func TestRender_emptyPages(t *testing.T) {
	r := renderer(t)
	for _, code := range lang.Codes {
		for _, p := range All {
			Fill(p).Lang = code
			body, err := r.Render(p)
			require.NoError(t, err, p.Template())
			require.Contains(t, string(body), "</html>")
			require.Contains(t, string(body), `lang="`+code+`"`)
		}
	}
}

func TestAssets_keepTheirHash(t *testing.T) {
	assets, err := OpenAssets(web.Files, "static")
	require.NoError(t, err)
	url, err := assets.URL("css/app.css")
	require.NoError(t, err)
	asset, ok := assets.Get(url)
	require.True(t, ok)
	require.NotEmpty(t, asset.Body)
	_, ok = assets.Get("/static/css/app.css")
	require.False(t, ok, "only the hashed name is served: it may be kept for ever")
	_, err = assets.URL("css/none.css")
	require.Error(t, err)
}
