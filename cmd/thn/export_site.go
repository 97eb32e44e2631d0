package main

import (
	"fmt"
	"net/url"
	"strings"

	"thntracker/internal/app"
	"thntracker/internal/config"
	"thntracker/internal/server"
	"thntracker/internal/site"
)

type exportSiteCmd struct {
	Out  string `help:"Folder to write; one that an earlier run has made is replaced." required:"" type:"path" placeholder:"FOLDER"`
	Base string `help:"Where the folder will be served, such as https://example.org/naloxone. It stands in citations, files and the lines to show a figure elsewhere; without it those hold no server." placeholder:"URL"`
}

// Run writes the public pages as they are at this moment. Two runs at one state of
// the database write the same bytes.
func (c exportSiteCmd) Run(e *env) error {
	base, err := baseOf(c.Base)
	if err != nil {
		return err
	}
	cfg, err := config.New("", e.database, e.auditKey, false)
	if err != nil {
		return err
	}
	a, err := app.Open(e.ctx, cfg, app.Options{Log: e.err})
	if err != nil {
		return err
	}
	defer a.Close()
	files, err := site.Read(e.ctx, server.Still(a.Deps, base))
	if err != nil {
		return err
	}
	if err := site.Write(files, c.Out); err != nil {
		return err
	}
	if e.json {
		return e.printJSON(map[string]any{"folder": c.Out, "files": len(files)})
	}
	_, err = fmt.Fprintf(e.out, "Wrote %d files to %s. Open index.html, or let any host serve the folder.\n", len(files), c.Out)
	return err
}

// baseOf checks an address that others are put behind.
func baseOf(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", fmt.Errorf("--base: %q is no address such as https://example.org/naloxone", text)
	}
	return strings.TrimRight(u.String(), "/"), nil
}
