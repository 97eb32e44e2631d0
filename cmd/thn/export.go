package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"thntracker/internal/export"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/release"
	"thntracker/internal/thn"
	"thntracker/web"
)

type exportCmd struct {
	Summary exportSummaryCmd `cmd:"" help:"The national summary of a release, as a file."`
	Site    exportSiteCmd    `cmd:"" help:"The public pages and every file of them, as a folder that any host can serve."`
}

type exportSummaryCmd struct {
	whose
	Release int    `help:"The number of the release; without it, the newest." placeholder:"N"`
	Format  string `help:"pdf, xlsx, csv, json, package, svg, png, card, bibtex or csl." enum:"pdf,xlsx,csv,json,package,svg,png,card,bibtex,csl" required:""`
	Figure  string `help:"For svg and png, which drawing: months or deaths." default:"months" placeholder:"NAME"`
	Lang    string `help:"en, fr or es." enum:"en,fr,es" default:"en"`
	Out     string `help:"File to write." required:"" type:"path" placeholder:"FILE"`
}

// Run writes the release beside its final name first, so that the file is whole or
// not there. Two runs write the same bytes.
func (c exportSummaryCmd) Run(e *env) error {
	return c.with(e, func(r release.Releases, programme thn.Programme) error {
		edition, err := c.find(e, r, programme)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := c.write(&b, edition); err != nil {
			return err
		}
		if err := writeWhole(c.Out, b.Bytes()); err != nil {
			return err
		}
		if e.json {
			return e.printJSON(map[string]any{"file": c.Out, "bytes": b.Len(), "release": edition.Number})
		}
		_, err = fmt.Fprintf(e.out, "Wrote release %d to %s (%d bytes).\n", edition.Number, c.Out, b.Len())
		return err
	})
}

func (c exportSummaryCmd) find(e *env, r release.Releases, programme thn.Programme) (thn.Edition, error) {
	number := c.Release
	if number == 0 {
		list, err := r.Ledger.Editions(e.ctx, programme.ID)
		if err != nil {
			return thn.Edition{}, err
		}
		if len(list) == 0 {
			return thn.Edition{}, fmt.Errorf("%s has released nothing yet: thn release close makes a release", programme.Name)
		}
		number = list[0].Number
	}
	return r.Ledger.Edition(e.ctx, programme.ID, number)
}

func (c exportSummaryCmd) write(b *bytes.Buffer, edition thn.Edition) error {
	catalogue, err := lang.Open(web.Files, "lang")
	if err != nil {
		return err
	}
	locale := catalogue.Locale(c.Lang)
	figures, err := release.FiguresOf(edition)
	if err != nil {
		return err
	}
	format, err := export.Find(c.Format)
	if err != nil {
		return err
	}
	document, err := page.Published(locale, "", edition, figures)
	if err != nil {
		return err
	}
	if c.Format == "svg" || c.Format == "png" {
		one, drawn := document.Only(c.Figure)
		if !drawn {
			return fmt.Errorf("--figure: release %d has no drawing %q", edition.Number, c.Figure)
		}
		document = one
	}
	return format.Write(b, locale, document)
}

func writeWhole(path string, body []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".thn-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already when all went well
	if _, err := f.Write(body); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
