package ingest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/ingest"
)

func TestParseMapping_refusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		key  string
		args map[string]any
	}{
		"no kind":                 {"fields: {}\n", "map.kind", nil},
		"other kind":              {"kind: budgets\n", "map.kind", map[string]any{"Value": "budgets"}},
		"nothing":                 {"", "map.kind", nil},
		"misspelt key":            {yearly + "soure: x\n", "map.yaml", map[string]any{"Line": 8}},
		"misspelt key inside":     {strings.Replace(yearly, "{column: kits}", "{colum: kits}", 1), "map.yaml", map[string]any{"Line": 7}},
		"key twice":               {yearly + "source: y\n", "map.yaml", map[string]any{"Line": 8}},
		"no YAML":                 {"kind: [\n", "map.yaml", map[string]any{"Line": 1}},
		"a list for a text":       {"kind: totals\nsource: [a, b]\n", "map.yaml", map[string]any{"Line": 2}},
		"unknown field":           {yearly + "rows:\n  - where: {year: x}\n    set: {colour: red}\n", "map.field", map[string]any{"Value": "colour"}},
		"field of another kind":   {"kind: areas\nfields:\n  name: {column: a}\n  kits: {column: b}\n", "map.field", map[string]any{"Value": "kits", "Kind": "areas"}},
		"two origins":             {strings.Replace(yearly, "{column: kits}", "{column: kits, value: '5'}", 1), "map.origin", map[string]any{"Value": "value"}},
		"no origin":               {strings.Replace(yearly, "{column: kits}", "{strip: [x]}", 1), "map.origin", nil},
		"no value":                {strings.Replace(yearly, "  value: {column: kits}\n", "", 1), "map.needed", map[string]any{"Value": "value"}},
		"no period":               {strings.Replace(yearly, "  period: {column: year}\n", "", 1), "map.needed", map[string]any{"Value": "period"}},
		"no source":               {strings.Replace(yearly, "source: A survey\n", "", 1), "map.source", nil},
		"no definition":           {strings.Replace(yearly, "kind: totals", "kind: deaths", 1), "map.definition", nil},
		"no site":                 {strings.Replace(given, "  site: {column: Site}\n", "", 1), "map.needed", map[string]any{"Value": "site", "Kind": "distributions"}},
		"headers without cells":   {strings.Replace(yearly, "{column: area}", "{headers: ['*']}", 1), "map.wide", nil},
		"value of no list":        {strings.Replace(yearly, "fields:", "fields:\n  channel: {value: pigeon}", 1), "map.value", map[string]any{"Field": "channel", "Value": "pigeon"}},
		"value of no list, ruled": {yearly + "rows:\n  - where: {year: x}\n    set: {recipient: pigeon}\n", "map.value", nil},
		"rule of nothing":         {yearly + "rows:\n  - skip: x\n", "map.rule", map[string]any{"Number": 1}},
		"rule of two minds":       {yearly + "rows:\n  - where: {year: x}\n    skip: x\n    set: {measure: kits}\n", "map.rule", nil},
		"decimal sign":            {yearly + "numbers: {decimal: apostrophe}\n", "map.value", map[string]any{"Field": "numbers.decimal"}},
		"order":                   {yearly + "dates: {order: ydm}\n", "map.value", nil},
		"financial year":          {yearly + "dates: {financial_year_starts: 13}\n", "map.financial_year", nil},
		"bounds":                  {yearly + "numbers: {hidden_means: [4, 1]}\n", "map.hidden_means", nil},
		"one bound":               {yearly + "numbers: {hidden_means: [4]}\n", "map.hidden_means", nil},
		"header":                  {yearly + "header: -1\n", "map.header", nil},
		"vintage":                 {yearly + "as_at: last spring\n", "map.as_at", map[string]any{"Value": "last spring"}},
		"encoding":                {yearly + "encoding: klingon\n", "map.value", nil},
		"kind of place":           {yearly + "places:\n  - kind: planet\n    list: [{name: Mars}]\n", "map.value", map[string]any{"Field": "places.kind"}},
		"another country":         {yearly + "places:\n  - kind: country\n    list: [{name: Mars}]\n", "map.value", nil},
		"nameless place":          {yearly + "places:\n  - kind: region\n    list: [{code: X}]\n", "map.place", nil},
		"too long":                {yearly + "about: " + strings.Repeat("x", 300_000), "map.long", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := ingest.ParseMapping([]byte(c.text))
			refused(t, err, c.key, c.args)
			require.True(t, fault.Is(err, fault.Invalid))
		})
	}
}

// Every example is read, and writes itself so that it reads the same.
func TestMapping_examplesRoundTrip(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "scripts", "mappings", "*.yaml"))
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 8)
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			require.True(t, strings.HasPrefix(string(text), "# "), "an example says what it is for")
			m := mapping(t, string(text))
			written, err := m.YAML()
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(m, mapping(t, string(written)), cmpopts.EquateEmpty()))
		})
	}
}

func TestMapping_forAnotherKind(t *testing.T) {
	t.Parallel()
	require.NoError(t, mapping(t, yearly).For(ingest.Totals))
	refused(t, mapping(t, yearly).For(ingest.Deaths), "map.kind_differs", map[string]any{"Value": "totals", "Kind": "deaths"})
}

func TestMapping_optionsOpenTheFile(t *testing.T) {
	t.Parallel()
	o := mapping(t, yearly+"sheet: Kits\nencoding: windows-1252\ndelimiter: tab\n").Options()
	require.Equal(t, '\t', o.Delimiter)
	require.Equal(t, "Kits", o.Sheet)
	require.Equal(t, "windows-1252", o.Encoding)
}
