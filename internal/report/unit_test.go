package report

import (
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/thn"
)

// refusals are sums and ratios across units, and what the compiler says of each.
var refusals = map[string]struct{ code, says string }{
	"kits less people":              {`numberOf[Kit](3).minus(numberOf[Person](2))`, "count[Person]"},
	"kits less kits in stock":       {`numberOf[Kit](3).minus(numberOf[HeldKit](2))`, "count[HeldKit]"},
	"events less administrations":   {`numberOf[UseEvent](3).minus(numberOf[Administration](2))`, "count[Administration]"},
	"sessions less attendances":     {`numberOf[Session](1).minus(numberOf[Attendance](9))`, "count[Attendance]"},
	"uses as a share of kits":       {`over(numberOf[UseEvent](1), numberOf[Kit](9))`, "does not match"},
	"doses over kits":               {`usesPer100Kits.over(numberOf[Dose](1), numberOf[Kit](9))`, "count[Dose]"},
	"deaths over kits":              {`kitsPerDeathYear.over(numberOf[Death](1), numberOf[Kit](9))`, "count[Death]"},
	"kits over releases as deaths":  {`kitsPerDeathYear.under(numberOf[Kit](1), amount[Release]{}, Span{})`, "amount[Release]"},
	"a pool of kits less of people": {`minus(sum[Kit]{}, []sum[Person]{})`, "sum[Person]"},
	"a count without a unit":        {`over(thn.ExactKits(1), thn.ExactKits(2))`, "does not match"},
}

// The same things that count the same do compile.
const accepted = `numberOf[Kit](3).minus(numberOf[Kit](2)); _ = usesPer100Kits.over(numberOf[UseEvent](1), numberOf[Kit](9))`

// TestUnits_doNotMix asks the compiler's own type checker about code in this package.
func TestUnits_doNotMix(t *testing.T) {
	t.Parallel()
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	require.NoError(t, err)
	build.Default.GOROOT = strings.TrimSpace(string(root)) // a binary without paths in it does not know where Go is
	set := token.NewFileSet()
	own := sources(t, set)
	check := func(code string) []string {
		file, err := parser.ParseFile(set, "snippet.go", "package report\nimport \"thntracker/internal/thn\"\nvar _ thn.Count\nfunc snippet() { _ = "+code+" }", 0)
		require.NoError(t, err)
		var said []string
		config := types.Config{Importer: importer.ForCompiler(set, "source", nil), Error: func(err error) { said = append(said, err.Error()) }}
		_, _ = config.Check("thntracker/internal/report", set, append(own[:len(own):len(own)], file), nil) // the errors are in said
		return said
	}
	require.Empty(t, check(accepted))
	for name, c := range refusals {
		said := strings.Join(check(c.code), "\n")
		require.Contains(t, said, "snippet.go", name)
		require.Contains(t, said, c.says, name)
	}
}

func sources(t *testing.T, set *token.FileSet) (files []*ast.File) {
	t.Helper()
	list, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, f := range list {
		if strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") {
			file, err := parser.ParseFile(set, f.Name(), nil, 0)
			require.NoError(t, err)
			files = append(files, file)
		}
	}
	return files
}

// A denominator that counts something else is no divisor.
func TestAmount_takesItsOwnUnitOnly(t *testing.T) {
	t.Parallel()
	residents := thn.Denominator{Kind: thn.Residents, Value: 100, Low: 100, High: 100}
	require.Equal(t, KindNotApplicable, kitsPerDeathYear.under(numberOf[Kit](5), amountOf[Death](residents), Span{}).Kind())
	require.Equal(t, KindRatio, kitsPer100People.under(numberOf[Kit](5), amountOf[Person](residents), Span{}).Kind())
	for _, kind := range thn.DenominatorKinds {
		require.NotEmpty(t, counts[kind], kind)
	}
}

func TestParts_areOfOneMeasure(t *testing.T) {
	t.Parallel()
	all := kitsNamed("all")
	all.Sum = true
	table := Table{Columns: []Column{kitsNamed("a"), peopleNamed("b"), columnOf[HeldKit]("c"), percentNamed[Kit]("d", 0), kitsNamed("e"), all}}
	require.Equal(t, []int{0, 4}, table.Parts(5))
	require.Empty(t, table.Parts(0), "no sum")
}
