package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReport_reachOverEachEstimate: 32,969 people are 57.5, 70.0 or 76.0 of 100,
// from files to figures; one estimate can be named, and a wrong name says which
// there are.
func TestReport_reachOverEachEstimate(t *testing.T) {
	write := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	people := write("people.csv", "first_day,last_day,area,measure,recipient,supply,value\n2011-04-01,2021-03-31,Scotland,people,person_at_risk,first,\"32,969\"\n")
	totals := write("totals.yaml", `kind: totals
source: Public Health Scotland
fields:
  first_day: {column: first_day}
  last_day: {column: last_day}
  area: {column: area}
  measure: {column: measure}
  recipient: {column: recipient}
  supply: {column: supply}
  value: {column: value}
places:
  - kind: nation
    list:
      - {name: Scotland, code: GB-SCT}
`)
	estimates := write("estimates.csv", "year,area,value,low,high,definition\n2020/21,Scotland,57300,,,implied by 57.53 per cent\n2019/20,Scotland,47100,45700,48600,opioid dependence 2019/20\n2022/23,Scotland,43400,41900,45100,opioid dependence 2022/23\n")
	populations := write("populations.yaml", `kind: populations
source: Public Health Scotland
dates: {financial_year_starts: 4}
fields:
  measure: {value: at_risk}
  period: {column: year}
  area: {column: area}
  value: {column: value}
  low: {column: low}
  high: {column: high}
  definition: {column: definition}
`)
	onBoth(t, func(t *testing.T, database string) {
		must(t, database, "import", people, "--as", "totals", "--country", "GB", "--map", totals)
		must(t, database, "import", estimates, "--as", "populations", "--country", "GB", "--map", populations)
		ask := func(more ...string) []string {
			return append([]string{"report", "reach", "--country", "GB", "--from", "2022-04-01", "--to", "2023-04-01", "--format", "csv"}, more...)
		}
		all := must(t, database, ask()...)
		for _, want := range []string{"57.5", "70.0", "76.0"} {
			require.Contains(t, all, want)
		}
		one := rows(t, must(t, database, ask("--base", "Opioid dependence 2019/20")...))
		require.Len(t, one, 2, "a header and one row")
		require.Contains(t, one[1], "70.0")
		code, _, said := command(t, database, ask("--base", "everybody")...)
		require.NotZero(t, code)
		require.Contains(t, said, "No denominator counts “everybody”. Choose one of: implied by 57.53 per cent; opioid dependence 2019/20; opioid dependence 2022/23.")
	})
}
