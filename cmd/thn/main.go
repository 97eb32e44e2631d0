// Command thn records take-home naloxone kits and reports coverage: it serves
// the web application and offers the same work on the command line. Each
// subcommand has its own file. Start at run.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"thntracker/internal/fault"
)

// version is set when a release is built.
var version = "development"

// cli is every command and flag; kong turns it into --help.
type cli struct {
	Database string `help:"Where records are kept: sqlite:PATH or postgres://…" env:"THN_DATABASE_URL" default:"sqlite:data/thn.db" placeholder:"URL"`
	AuditKey string `help:"File with the key that seals the audit; made when it is missing. Servers of one database share it, backups of the database do not hold it." env:"THN_AUDIT_KEY" placeholder:"FILE"`
	JSON     bool   `help:"Print results for programs to read."`

	Serve    serveCmd    `cmd:"" help:"Serve the web application."`
	Migrate  migrateCmd  `cmd:"" help:"Bring the database up to date and stop."`
	User     userCmd     `cmd:"" help:"Add, list or disable accounts."`
	Import   importCmd   `cmd:"" help:"Read a CSV or XLSX file into a programme: all of it or nothing."`
	Report   reportCmd   `cmd:"" help:"Print figures: kits, reach, kits-per-death, first-repeat, peer-share, commitments, baseline and more."`
	Need     needCmd     `cmd:"" help:"Compute how many kits a year are enough for a place; needs no database."`
	Export   exportCmd   `cmd:"" help:"Write files."`
	Release  releaseCmd  `cmd:"" help:"Close, publish, revise and check releases: figures that may leave the programme."`
	Verify   verifyCmd   `cmd:"" help:"Check that nobody has changed the audit: who did what, in a chain that only the key can write."`
	Recount  recountCmd  `cmd:"" help:"Count every maintained sum anew from the records and say where they differ."`
	Keys     keysCmd     `cmd:"" help:"Rotate or destroy the keys that phones seal to."`
	Restored restoredCmd `cmd:"" help:"Say that a backup was put back, so that phones offer again what it lacks."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// env is what commands need of the outside: a test gives its own.
type env struct {
	ctx      context.Context
	in       io.Reader
	out, err io.Writer
	database string
	auditKey string
	json     bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run parses and runs one command line and gives the exit code: 0 done, 1 not
// done, 2 not understood.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	var c cli
	exited := -1
	parser, err := kong.New(&c, kong.Name("thn"), kong.Description("Take-home naloxone, from store room to street."),
		kong.Writers(out, errOut), kong.Exit(func(code int) { exited = code; panic(errExit) }), kong.UsageOnError(), kong.Vars{"types": epidemicKeys()})
	if err != nil {
		fmt.Fprintln(errOut, "thn:", err)
		return 2
	}
	return parseAndRun(parser, &c, &env{ctx: ctx, in: in, out: out, err: errOut}, args, &exited)
}

var errExit = errors.New("exit")

func parseAndRun(parser *kong.Kong, c *cli, e *env, args []string, exited *int) (code int) {
	defer func() {
		if r := recover(); r != nil { // kong ends --help this way
			if r != errExit {
				panic(r)
			}
			code = *exited
		}
	}()
	k, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(e.err, "thn:", err)
		return 2
	}
	e.database, e.auditKey, e.json = c.Database, c.AuditKey, c.JSON
	if err := k.Run(e); err != nil {
		fmt.Fprintln(e.err, "thn:", sentence(err))
		return 1
	}
	return 0
}

// sentence puts an error into words for a terminal: the catalogue's sentence if
// it has one, otherwise the cause.
func sentence(err error) string {
	locale, loadErr := english()
	if loadErr != nil {
		return err.Error()
	}
	if key, args := fault.Sentence(err); key != "" {
		return locale.Args(key, labels(locale, args))
	}
	if fields := fault.FieldsOf(err); len(fields) > 0 {
		words := ""
		for i, f := range fields {
			if i > 0 {
				words += "\n     "
			}
			words += locale.Args(f.Key, labels(locale, f.Args))
		}
		return words
	}
	return err.Error()
}

// printJSON writes a value for programs.
func (e *env) printJSON(v any) error {
	enc := json.NewEncoder(e.out)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(e *env) error {
	if e.json {
		return e.printJSON(map[string]string{"version": version})
	}
	_, err := fmt.Fprintln(e.out, "thn", version)
	return err
}
