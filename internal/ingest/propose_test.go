package ingest_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"thntracker/internal/ingest"
	"thntracker/internal/sheet"
	"thntracker/internal/store/storetest"
)

func column(name string) ingest.Column { return ingest.Column{Column: name} }

func TestPropose_byHeadersInThreeLanguages(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	for name, c := range map[string]struct {
		kind    ingest.Kind
		content string
		want    ingest.Mapping
	}{
		"english": {ingest.Totals, "Year,Town,Kits,Channel\n2018,North,5,peer\n", ingest.Mapping{Fields: map[ingest.Field]ingest.Column{
			"year": column("Year"), "area": column("Town"), "value": column("Kits"), "channel": column("Channel")}}},
		"french": {ingest.Totals, "Année;Commune;Nombre de trousses;Canal\n2018;Nord;2,5;peer\n", ingest.Mapping{Numbers: ingest.Numbers{Decimal: "comma"},
			Fields: map[ingest.Field]ingest.Column{"year": column("Année"), "area": column("Commune"), "value": column("Nombre de trousses"), "channel": column("Canal")}}},
		"spanish": {ingest.Distributions, "Fecha,Centro,Producto,Cantidad,Motivo\n31/12/2019,H1,nasal-4,1,\n", ingest.Mapping{Dates: ingest.Dates{Order: sheet.DMY},
			Fields: map[ingest.Field]ingest.Column{"day": column("Fecha"), "site": column("Centro"), "product": column("Producto"), "kits": column("Cantidad"), "reason": column("Motivo")}}},
		"american dates":      {ingest.Distributions, "Date\n12/31/2019\n01/02/2019\n", ingest.Mapping{Dates: ingest.Dates{Order: sheet.MDY}, Fields: map[ingest.Field]ingest.Column{"day": column("Date")}}},
		"dates that fit both": {ingest.Distributions, "Date\n01/02/2019\n", ingest.Mapping{Fields: map[ingest.Field]ingest.Column{"day": column("Date")}}},
		"below a title":       {ingest.Totals, "Take-home kits\n\nYear,Town,Kits\n2018,North,5\n", ingest.Mapping{Header: 3, Fields: map[ingest.Field]ingest.Column{"year": column("Year"), "area": column("Town"), "value": column("Kits")}}},
		"a year over each":    {ingest.Populations, "Area,2017,2018,2019\nNorth,1,2,3\n", ingest.Mapping{Fields: map[ingest.Field]ingest.Column{"area": column("Area"), "period": {Headers: []string{"2017", "2018", "2019"}}, "value": {Cells: true}}}},
		"a place over each":   {ingest.Totals, "year,A,B,C,D,E\n2018,1,2,3,4,5\n", ingest.Mapping{Fields: map[ingest.Field]ingest.Column{"year": column("year"), "area": {Headers: []string{"*"}}, "value": {Cells: true}}}},
		"nothing recognised":  {ingest.Areas, "a,b\n1,2\n", ingest.Mapping{Fields: map[ingest.Field]ingest.Column{}}},
		"a header used twice": {ingest.Areas, "Name,Code,Code\nx,1,2\n", ingest.Mapping{Fields: map[ingest.Field]ingest.Column{"name": column("Name")}}},
		"the exact one first": {ingest.Sites, "Area name,Site name,Service type\nx,y,gp\n", ingest.Mapping{Fields: map[ingest.Field]ingest.Column{"area": column("Area name"), "name": column("Site name"), "setting": column("Service type")}}},
		"deaths of a region":  {ingest.Deaths, "Region,Year,Deaths\nNorth,2018,5\n", ingest.Mapping{Fields: map[ingest.Field]ingest.Column{"area": column("Region"), "year": column("Year"), "value": column("Deaths")}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			book := open(t, "given.csv", []byte(c.content), ingest.Mapping{})
			got, sample, err := f.Propose(book, c.kind)
			require.NoError(t, err)
			c.want.Kind, c.want.Dates.FinancialYear = c.kind, 4
			require.Empty(t, cmp.Diff(c.want, got, cmpopts.EquateEmpty()))
			require.NotEmpty(t, sample.Headers)
			require.Equal(t, max(1, got.Header), sample.HeaderRow)
		})
	}
}

// A proposal for a common layout needs only what no header can say.
func TestPropose_isReadyOnceTheSourceIsTold(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	content := []byte("Area,Financial year,Kits\nNorth,2016/17,5\n")
	m, sample, err := f.Propose(open(t, "given.csv", content, ingest.Mapping{}), ingest.Totals)
	require.NoError(t, err)
	refused(t, m.Check(), "map.source", nil)
	require.Equal(t, [][]string{{"North", "2016/17", "5"}}, sample.Rows)
	m.Source = "A survey"
	p, err := f.Plan(context.Background(), open(t, "given.csv", content, m), m, nil)
	require.NoError(t, err)
	require.True(t, p.Ready())
	require.Equal(t, "2016-04-01/2017-04-01", p.Items[0].Values[0])
}

func TestPropose_refusesAnEmptySheet(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	_, _, err := f.Propose(open(t, "given.xlsx", workbook(t, nil), ingest.Mapping{}), ingest.Totals)
	refused(t, err, "file.empty", map[string]any{"File": "given.xlsx"})
	_, _, err = f.Propose(open(t, "given.csv", []byte("a,b\n"), ingest.Mapping{}), "budgets")
	refused(t, err, "map.kind", nil)
}
