package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"thntracker/internal/app"
	"thntracker/internal/baseline"
	"thntracker/internal/fault"
	"thntracker/internal/ingest"
	"thntracker/internal/lang"
	"thntracker/internal/setup"
	"thntracker/internal/sheet"
	"thntracker/internal/store"
	"thntracker/internal/thn"
)

type importCmd struct {
	File      string `arg:"" help:"CSV or XLSX file." type:"existingfile"`
	As        string `help:"What the rows are: areas, sites, products, populations, deaths, distributions, uses, totals, stock, training, releases, carriage or surveys." enum:"areas,sites,products,populations,deaths,distributions,uses,totals,stock,training,releases,carriage,surveys" required:"" placeholder:"KIND"`
	Map       string `help:"Mapping of columns (YAML); without one it is guessed from the headers." type:"existingfile" placeholder:"FILE"`
	Sheet     string `help:"Sheet of a workbook." placeholder:"NAME"`
	Country   string `help:"Country of the programme, two letters. A country without a programme gets one." placeholder:"XX"`
	Programme string `help:"Id of the programme, when a country has several." placeholder:"ID"`
	Source    string `help:"Where the figures come from." placeholder:"TEXT"`
	AsAt      string `help:"When the source said so." placeholder:"DATE"`
	DryRun    bool   `help:"Show what would be stored and store nothing."`
}

// Run plans the whole file, shows the plan, and stores it unless a row is refused.
func (c importCmd) Run(e *env) error {
	st, err := openStore(e)
	if err != nil {
		return err
	}
	defer st.Close()
	locale, err := english()
	if err != nil {
		return err
	}
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	mapping, err := c.mapping()
	if err != nil {
		return err
	}
	programme, err := c.programme(e, st, mapping)
	if err != nil {
		return err
	}
	importer := ingest.New(st, programme, "", thn.DateOf(time.Now(), time.UTC))
	plan, err := c.plan(e, importer, file, mapping)
	if err != nil {
		return err
	}
	if !e.json {
		if err := c.show(e, locale, plan); err != nil {
			return err
		}
	}
	switch {
	case !plan.Ready() && e.json:
		return errors.Join(e.printJSON(answerOf(plan, false)), errRefused)
	case !plan.Ready():
		return errRefused
	case c.DryRun && e.json:
		return e.printJSON(answerOf(plan, false))
	case c.DryRun:
		_, err = fmt.Fprintln(e.err, "Nothing was stored: this was a dry run.")
		return err
	}
	return c.commit(e, importer, plan)
}

var errRefused = errors.New("nothing was stored: put the refused rows right and import the file again")

// answer is what a program is told of an import. Uses are counted on their four
// levels; none is held, because a file is stored whole or not at all.
type answer struct {
	Rows            int          `json:"rows"`
	Incidents       int          `json:"incidents"`
	Persons         int          `json:"persons"`
	Administrations int          `json:"administrations"`
	Doses           int          `json:"doses"`
	Stored          int          `json:"stored"`    // new and changed
	Duplicate       int          `json:"duplicate"` // there already, word for word
	Held            int          `json:"held"`
	Refused         int          `json:"refused"`
	Plan            *ingest.Plan `json:"plan"`
}

func answerOf(plan *ingest.Plan, stored bool) answer {
	u := plan.Uses
	a := answer{Rows: plan.Rows, Incidents: u.Incidents, Persons: u.Persons, Administrations: u.Administrations, Doses: u.Doses,
		Duplicate: plan.Counts[ingest.StatusKnown], Refused: plan.RefusedCount, Plan: plan}
	if stored {
		a.Stored = plan.Counts[ingest.StatusNew] + plan.Counts[ingest.StatusChanged]
	}
	return a
}

func (c importCmd) plan(e *env, importer *ingest.Importer, file *os.File, mapping ingest.Mapping) (*ingest.Plan, error) {
	options := mapping.Options()
	if c.Sheet != "" {
		options.Sheet = c.Sheet
	}
	book, err := sheet.Open(filepath.Base(c.File), file, options)
	if err != nil {
		return nil, err
	}
	if c.Map == "" {
		if mapping, _, err = importer.Propose(book, ingest.Kind(c.As)); err != nil {
			return nil, err
		}
	}
	if c.Source != "" {
		mapping.Source = c.Source
	}
	if c.AsAt != "" {
		mapping.AsAt = c.AsAt
	}
	bar := e.progress("reading", 100)
	defer bar.Finish() //nolint:errcheck // a bar that cannot be drawn changes nothing
	return importer.Plan(e.ctx, book, mapping, func(_ int, share float64) { _ = bar.Set(int(100 * share)) })
}

// mapping reads the mapping file and holds it to the kind of the command line.
func (c importCmd) mapping() (ingest.Mapping, error) {
	if c.Map == "" {
		return ingest.Mapping{}, nil
	}
	text, err := os.ReadFile(c.Map)
	if err != nil {
		return ingest.Mapping{}, err
	}
	m, err := ingest.ParseMapping(text)
	if err != nil {
		return m, err
	}
	return m, m.For(ingest.Kind(c.As))
}

// programme finds the programme; an empty installation, or a country without
// one, gets a programme that holds imported figures, with the financial year
// that its file is written in.
func (c importCmd) programme(e *env, st *store.Store, m ingest.Mapping) (thn.Programme, error) {
	p, err := app.Programme(e.ctx, st, c.Country, c.Programme)
	if !fault.Is(err, fault.NotFound) || c.Country == "" || c.Programme != "" || c.DryRun {
		return p, err
	}
	maker := setup.New(st, accounts(st), setup.Options{Now: time.Now, Zone: time.LoadLocation})
	name := baseline.Name(c.Country, "en")
	if _, err := maker.Found(e.ctx, "", setup.Start{Name: name, Country: c.Country, CountryName: name, Zone: "UTC", Fiscal: max(1, m.Dates.FinancialYear)}); err != nil {
		return thn.Programme{}, err
	}
	return app.Programme(e.ctx, st, c.Country, "")
}

func (c importCmd) commit(e *env, importer *ingest.Importer, plan *ingest.Plan) error {
	bar := e.progress("storing", plan.Size())
	err := importer.Commit(e.ctx, plan, func(n int) { _ = bar.Set(n) })
	_ = bar.Finish()
	if err != nil {
		return err
	}
	if e.json {
		return e.printJSON(answerOf(plan, true))
	}
	_, err = fmt.Fprintf(e.out, "Stored %d.\n", plan.Size())
	return err
}

// progress draws a bar on a terminal and nothing elsewhere.
func (e *env) progress(what string, of int) *progressbar.ProgressBar {
	if f, ok := e.err.(*os.File); ok && term.IsTerminal(int(f.Fd())) && of > 0 {
		return progressbar.NewOptions(of, progressbar.OptionSetDescription(what), progressbar.OptionSetWriter(f), progressbar.OptionClearOnFinish())
	}
	return progressbar.DefaultSilent(int64(max(1, of)))
}

// show prints the plan: counts, sums, places, and every row that is refused or
// left out with its reason.
func (c importCmd) show(e *env, locale *lang.Locale, plan *ingest.Plan) error {
	w := tabwriter.NewWriter(e.out, 0, 4, 2, ' ', 0)
	fmt.Fprintf(w, "%s: %d rows read, %d new, %d changed, %d already there, %d refused, %d left out\n", plan.File, plan.Rows,
		plan.Counts[ingest.StatusNew], plan.Counts[ingest.StatusChanged], plan.Counts[ingest.StatusKnown], plan.RefusedCount, plan.SkippedCount)
	for _, header := range plan.Dropped {
		fmt.Fprintf(w, "  not read\tcolumn %q\n", header)
	}
	for _, s := range plan.Sums {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", s.Period, s.Group, s.Measure, s.Count)
	}
	for _, p := range plan.Places {
		if p.How != "same" {
			fmt.Fprintf(w, "  %s\t%q\t%s\t%s %v\n", p.What, p.Written, p.How, p.Name, p.Offers)
		}
	}
	for _, r := range plan.Refused {
		fmt.Fprintf(w, "  refused\t%s\n", locale.Args(r.Key, labels(locale, r.Args)))
	}
	for _, n := range plan.Notes {
		fmt.Fprintf(w, "  note\t%s\n", locale.Args(n.Key, labels(locale, n.Args)))
	}
	for _, s := range plan.Skipped {
		fmt.Fprintf(w, "  left out\trow %d\t%s\n", s.Row, locale.Args(s.Key, labels(locale, s.Args)))
	}
	return w.Flush()
}
