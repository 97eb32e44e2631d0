package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/app"
	"thntracker/internal/config"
)

// asked is one question, as a command and as an address.
type asked struct{ indicator, from, to, by, area string }

// wanted is a figure of the catalogue: a row and a column by the words that English
// readers see, and the number without commas.
type wanted struct{ row, column, shown string }

// catalogued are the figures that the catalogue of real files works out from them.
// All kits per 100,000 residents wait for an indicator of residents.
var catalogued = map[string]map[asked][]wanted{
	"US": {
		{"kits", "2015-01-01", "2020-01-01", "year", ""}: {
			{"2015", "Community outlet", "932"}, {"2016", "Community outlet", "3090"}, {"2017", "Community outlet", "4202"}, {"2018", "Community outlet", "7950"}, {"2019", "Community outlet", "8241"},
			{"2015", "Pharmacy", "979"}, {"2016", "Pharmacy", "2564"}, {"2017", "Pharmacy", "2893"}, {"2018", "Pharmacy", "8007"}, {"2019", "Pharmacy", "11098"},
			{"2015", "All kits", "1911"}, {"2016", "All kits", "5654"}, {"2017", "All kits", "7095"}, {"2018", "All kits", "15957"}, {"2019", "All kits", "19339"},
			{"Total", "Community outlet", "24415"}, {"Total", "Pharmacy", "25541"}, {"Total", "All kits", "49956"}},
		{"kits-per-death", "2015-01-01", "2020-01-01", "year", ""}: {
			{"2016", "Opioid deaths", "290"}, {"2017", "Opioid deaths", "286"}, {"2018", "Opioid deaths", "272"}, {"2019", "Opioid deaths", "256"},
			{"2016", "Community outlet", "10.66"}, {"2017", "Community outlet", "14.69"}, {"2018", "Community outlet", "29.23"}, {"2019", "Community outlet", "32.19"},
			{"2016", "All kits", "19.50"}, {"2017", "All kits", "24.81"}, {"2018", "All kits", "58.67"}, {"2019", "All kits", "75.54"}},
		{"kits", "2015-01-01", "2020-01-01", "area", ""}: {
			{"Providence", "All kits", "7568"}, {"Pawtucket", "All kits", "2398"}, {"Woonsocket", "All kits", "2069"}, {"Little Compton", "All kits", "16"}},
	},
	"GB": {
		{"kits", "2016-04-01", "2017-04-01", "", "Scotland"}:          {{"Community outlet", "All kits", "6497"}, {"Prison release", "All kits", "700"}, {"Pharmacy", "All kits", "962"}, {"Total", "All kits", "8159"}},
		{"kits", "2017-04-01", "2018-04-01", "", "Scotland"}:          {{"Community outlet", "All kits", "6924"}, {"Prison release", "All kits", "664"}, {"Pharmacy", "All kits", "809"}, {"Total", "All kits", "8397"}},
		{"kits", "2011-04-01", "2012-04-01", "recipient", "Scotland"}: {{"Person at risk", "All kits", "2370"}, {"Service worker", "All kits", "295"}, {"Friend or family", "All kits", "60"}},
		{"first-repeat", "2016-04-01", "2017-04-01", "", "Scotland"}:  {{"Again", "In 100", "48"}, {"Again", "Of these kits", "7197"}, {"Again", "Kits", "3471"}},
		{"first-repeat", "2017-04-01", "2018-04-01", "", "Scotland"}:  {{"Again", "In 100", "53"}, {"Again", "Of these kits", "7588"}, {"Again", "Kits", "3996"}},
		{"repeat-used", "2016-04-01", "2017-04-01", "", "Scotland"}:   {{"Total", "In 100", "25.4"}, {"Total", "Because the last was used", "882"}},
		{"repeat-used", "2017-04-01", "2018-04-01", "", "Scotland"}:   {{"Total", "In 100", "25.5"}, {"Total", "Because the last was used", "1017"}},
		{"prison-kits", "2011-04-01", "2012-04-01", "", "Scotland"}:   {{"estimated liberations of people using opioids on admission", "Kits for each 1,000 releases", "100.4"}},
		{"reach", "2017-04-01", "2018-04-01", "", "Scotland"}:         {{"problem drug use", "Of 1,000 people at risk", "376"}, {"problem drug use", "People ever given a first kit", "23096"}},
		{"kits", "2015-04-01", "2016-04-01", "", "Wales"}:             {{"Total", "All kits", "3186"}},
	},
}

// TestThreeWays: files that nobody here wrote, imported once, give the catalogue's
// figures through the page, the command line and the file alike.
func TestThreeWays(t *testing.T) {
	for country, load := range map[string]func(*testing.T, string){"US": importRhodeIsland, "GB": importUnitedKingdom} {
		t.Run(country, func(t *testing.T) {
			real(t, "ri_profound_mastertable.xlsx")
			onBoth(t, func(t *testing.T, database string) {
				load(t, database)
				site := visit(t, database, country)
				for question, list := range catalogued[country] {
					ways := map[string]func(string, string) string{"command": question.command(t, database, country), "page": question.page(t, site), "file": question.file(t, site)}
					for way, shown := range ways {
						for _, w := range list {
							require.Equal(t, w.shown, shown(w.row, w.column), "%s, %s, %s by %s", question.indicator, w.row, w.column, way)
						}
					}
				}
			})
		})
	}
}

func importRhodeIsland(t *testing.T, database string) {
	book := real(t, "ri_profound_mastertable.xlsx")
	for mapping, kind := range map[string]string{"rhode-island-community": "totals", "rhode-island-pharmacy": "totals", "rhode-island-deaths": "deaths"} {
		must(t, database, "import", book, "--as", kind, "--country", "US", "--map", filepath.Join("..", "..", "scripts", "mappings", mapping+".yaml"))
	}
}

// importUnitedKingdom adds the one estimate of people at risk that the published
// file does not hold.
func importUnitedKingdom(t *testing.T, database string) {
	file, mappings := real(t, "uk_thn_published_figures.csv"), filepath.Join("..", "..", "scripts", "mappings")
	must(t, database, "import", file, "--as", "totals", "--country", "GB", "--map", filepath.Join(mappings, "uk-published.yaml"))
	must(t, database, "import", file, "--as", "populations", "--country", "GB", "--map", filepath.Join(mappings, "uk-prison-releases.yaml"))
	risk := filepath.Join(t.TempDir(), "risk.csv")
	require.NoError(t, os.WriteFile(risk, []byte("area,year,measure,definition,value,source\nScotland,2012,at_risk,problem drug use,61500,The Scottish model\n"), 0o600))
	must(t, database, "import", risk, "--as", "populations", "--country", "GB")
}

// visitor is a signed-in manager's browser, without script.
type visitor struct {
	address string
	areas   map[string]string // what the filter of areas sends for each name
	http.Client
}

func visit(t *testing.T, database, country string) *visitor {
	t.Helper()
	const handle, password = "figures-desk", "lantern gravel seven otter"
	var out, errOut bytes.Buffer
	code := run(t.Context(), []string{"user", "add", handle, "--role", "manager", "--country", country, "--database", database}, strings.NewReader(password+"\n"), &out, &errOut)
	require.Zero(t, code, errOut.String())
	a, err := app.Open(t.Context(), config.Config{Database: database, AuditKey: os.Getenv("THN_AUDIT_KEY")}, app.Options{})
	require.NoError(t, err)
	served := httptest.NewServer(a.Handler)
	t.Cleanup(func() {
		served.Close()
		require.NoError(t, a.Close())
	})
	v := &visitor{address: served.URL, areas: map[string]string{}}
	v.Jar, err = cookiejar.New(nil)
	require.NoError(t, err)
	answer, err := v.PostForm(v.address+"/sign-in", url.Values{"handle": {handle}, "password": {password}})
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusOK, answer.StatusCode)
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(v.get(t, "/figures/kits")))
	require.NoError(t, err)
	doc.Find("select[name=area] option").Each(func(_ int, o *goquery.Selection) { v.areas[strings.TrimSpace(o.Text())] = o.AttrOr("value", "") })
	return v
}

func (v *visitor) get(t *testing.T, path string) []byte {
	t.Helper()
	answer, err := v.Get(v.address + path)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, answer.StatusCode, path)
	return body
}

func (q asked) address(ending string, site *visitor) string {
	return "/figures/" + q.indicator + ending + "?" + url.Values{"period": {q.from + ".." + q.to}, "by": {q.by}, "area": {site.areas[q.area]}}.Encode()
}

// document is what the command line says as JSON, as far as it is read here.
type document struct {
	Tables []struct {
		Columns []struct{ Code, Label string }
		Rows    []struct {
			Label string
			Cells []struct{ Value json.Number }
		}
	}
}

// command asks the command line.
func (q asked) command(t *testing.T, database, country string) func(row, column string) string {
	t.Helper()
	var d document
	args := []string{"report", q.indicator, "--country", country, "--from", q.from, "--to", q.to, "--format", "json"}
	if q.by != "" {
		args = append(args, "--by", q.by)
	}
	if q.area != "" {
		args = append(args, "--area", q.area)
	}
	require.NoError(t, json.Unmarshal([]byte(must(t, database, args...)), &d))
	return func(row, column string) string {
		for _, r := range d.Tables[0].Rows {
			for i, c := range d.Tables[0].Columns {
				if r.Label == row && c.Label == column {
					return r.Cells[i].Value.String()
				}
			}
		}
		return "no such cell"
	}
}

// page reads the table of the page, which is turned when it has one row.
func (q asked) page(t *testing.T, site *visitor) func(row, column string) string {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(site.get(t, q.address("", site))))
	require.NoError(t, err)
	cells := map[[2]string]string{}
	table := doc.Find("#table-" + q.indicator + " table")
	heads := table.Find("thead th").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
	table.Find("tbody tr").Each(func(_ int, line *goquery.Selection) {
		head := line.Find("th").Clone()
		head.Find("small").Remove()
		line.Find("td").Each(func(i int, cell *goquery.Selection) {
			shown := strings.ReplaceAll(cell.Text(), ",", "")
			cells[[2]string{head.Text(), heads[i+1]}], cells[[2]string{heads[i+1], head.Text()}] = shown, shown
		})
	})
	return func(row, column string) string { return cells[[2]string{row, column}] }
}

// file reads the file that the page offers; its columns have codes, which the
// command line knows the words of.
func (q asked) file(t *testing.T, site *visitor) func(row, column string) string {
	t.Helper()
	var d document
	require.NoError(t, json.Unmarshal(site.get(t, q.address(".json", site)), &d))
	lines := rows(t, string(site.get(t, q.address(".csv", site))))
	return func(row, column string) string {
		for _, c := range d.Tables[0].Columns {
			at := slices.Index(lines[0], c.Code)
			for _, line := range lines[1:] {
				if c.Label == column && line[1] == row {
					return line[at]
				}
			}
		}
		return "no such cell"
	}
}
