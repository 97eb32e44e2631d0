package browsertest

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"text/tabwriter"
	"time"
)

// figures are what the tests of this process measured.
var figures struct {
	mu   sync.Mutex
	rows []row
}

type row struct{ requirement, what, figure, goal string }

// Figure notes what was measured for a requirement, to be printed beside its
// goal when all tests are done. It judges nothing: a time depends on the
// machine, so it fails no test; what is a count or a size the test asserts
// itself.
//
//	browsertest.Figure("UX-05", "saving, median", 41*time.Millisecond, "≤ 100 ms")
func Figure(requirement, what string, figure any, goal string) {
	if d, ok := figure.(time.Duration); ok {
		figure = d.Round(time.Millisecond)
	}
	figures.mu.Lock()
	defer figures.mu.Unlock()
	figures.rows = append(figures.rows, row{requirement, what, fmt.Sprint(figure), goal})
}

// printFigures writes the table, in the order of the requirements, to the test's
// output and to the end of the file that THN_FIGURES names: go test is silent
// about what a package that passes has to say.
func printFigures() {
	figures.mu.Lock()
	defer figures.mu.Unlock()
	if len(figures.rows) == 0 {
		return
	}
	slices.SortStableFunc(figures.rows, func(a, b row) int { return cmp.Compare(a.requirement, b.requirement) })
	writeFigures(os.Stdout, figures.rows)
	if name := os.Getenv("THN_FIGURES"); name != "" {
		file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			fmt.Fprintln(os.Stderr, "browsertest:", err)
			return
		}
		defer file.Close()
		writeFigures(file, figures.rows)
	}
}

func writeFigures(w io.Writer, rows []row) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", r.requirement, r.what, r.figure, r.goal)
	}
	_ = table.Flush() // a report that cannot be written fails no test
}

// Median is the duration in the middle.
func Median(d []time.Duration) time.Duration { return quantile(d, 0.5) }

// Worst is the duration that 95 of a hundred do not exceed.
func Worst(d []time.Duration) time.Duration { return quantile(d, 0.95) }

func quantile(d []time.Duration, q float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	d = slices.Clone(d)
	slices.Sort(d)
	return d[int(q*float64(len(d)-1)+0.5)]
}
