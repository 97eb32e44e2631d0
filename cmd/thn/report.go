package main

import (
	"fmt"
	"time"

	"thntracker/internal/app"
	"thntracker/internal/export"
	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/release"
	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/thn"
)

// about says whose figures and of which days; reports and exports share it.
type about struct {
	Country   string `help:"Country, two letters." placeholder:"XX" required:""`
	From      string `help:"First day, such as 2025-01-01." placeholder:"DATE" required:""`
	To        string `help:"The day after the last one." placeholder:"DATE" required:""`
	Programme string `help:"Id of the programme, when a country has several." placeholder:"ID"`
	AsAt      string `help:"The figures as they stood when this day ended; without it, as they stand now." placeholder:"DATE"`
}

// spec reads the flags and finds the programme.
func (a about) spec(e *env, st *store.Store) (report.Spec, error) {
	period, err := days(a.From, a.To)
	if err != nil {
		return report.Spec{}, err
	}
	programme, err := app.Programme(e.ctx, st, a.Country, a.Programme)
	if err != nil {
		return report.Spec{}, err
	}
	asAt, err := evening("--as-at", a.AsAt, programme)
	return report.Spec{Programme: programme, Period: period, AsAt: asAt}, err
}

// days is the run of days that --from and --to name.
func days(first, end string) (thn.Period, error) {
	from, err := thn.ParseDate(first)
	if err != nil {
		return thn.Period{}, fmt.Errorf("--from: %w", err)
	}
	to, err := thn.ParseDate(end)
	if err != nil {
		return thn.Period{}, fmt.Errorf("--to: %w", err)
	}
	return thn.NewPeriod(from, to)
}

// evening is the end of a day that a flag names, or now. A day that is still to
// come has no figures yet.
func evening(flag, day string, programme thn.Programme) (time.Time, error) {
	now := time.Now()
	if day == "" {
		return now, nil
	}
	d, err := thn.ParseDate(day)
	if err != nil {
		return now, fmt.Errorf("%s: %w", flag, err)
	}
	if programme.Today(now).Before(d) {
		return now, fmt.Errorf("%s: %s is still to come", flag, d)
	}
	if end := programme.EndOf(d); end.Before(now) {
		return end, nil
	}
	return now, nil
}

type reportCmd struct {
	Name string `arg:"" help:"An indicator, commitments or baseline. A name that is not known prints the list."`
	about
	By     string `help:"Rows: area, site, setting, channel, month, quarter, year, fiscal, supply, recipient, supplier, product, reason or audience; for uses also giver, reporter, place, relation or told." placeholder:"WHAT"`
	Since  string `help:"What was revised since this day ended: the same figure then and now, side by side." placeholder:"DATE"`
	Column string `help:"With --since, the column to compare, by its code." placeholder:"CODE"`
	Base   string `help:"What to set figures against, when several denominators stand: its definition, or definition|source." placeholder:"DEFINITION"`
	Area   string `help:"Code or name of an area: its figures, with everything below it." placeholder:"AREA"`
	Format string `help:"table, csv or json." enum:"table,csv,json" default:"table"`
}

// Run prints one table.
func (c reportCmd) Run(e *env) error {
	st, err := openStore(e)
	if err != nil {
		return err
	}
	defer st.Close()
	spec, err := c.spec(e, st)
	if err != nil {
		return err
	}
	spec.By, spec.Series = report.By(c.By), c.Base
	if spec.Areas, err = c.areas(e, st, spec.Programme); err != nil {
		return err
	}
	locale, err := english()
	if err != nil {
		return err
	}
	table, err := c.table(e, st, locale, spec)
	if err != nil {
		return err
	}
	if e.json {
		c.Format = "json"
	}
	format, err := export.Find(c.Format)
	if err != nil {
		return err
	}
	return format.Write(e.out, locale, export.Document{Name: c.Name, Tables: []report.Table{table}})
}

// table answers the question, or says what was revised of its answer.
func (c reportCmd) table(e *env, st *store.Store, locale *lang.Locale, spec report.Spec) (report.Table, error) {
	if c.Since == "" {
		return tableNamed(e, st, locale, c.Name, spec)
	}
	then, err := evening("--since", c.Since, spec.Programme)
	if err != nil {
		return report.Table{}, err
	}
	return report.Revise(c.Name, c.Column, spec, then, spec.AsAt, func(spec report.Spec) (report.Table, error) {
		return report.Build(e.ctx, st.At(spec.AsAt), c.Name, spec)
	})
}

// areas finds the area by its code or its name, and what lies below it.
func (c reportCmd) areas(e *env, st *store.Store, programme thn.Programme) ([]thn.ID, error) {
	if c.Area == "" {
		return nil, nil
	}
	all, err := st.Areas(e.ctx, programme.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if a.Code == c.Area || thn.Fold(a.Name) == thn.Fold(c.Area) {
			return thn.Below(all, a.ID), nil
		}
	}
	return nil, fmt.Errorf("--area: %s has no area %q", programme.Name, c.Area)
}

// tableNamed answers an indicator, or one of the two tables of words.
func tableNamed(e *env, st *store.Store, locale *lang.Locale, name string, spec report.Spec) (report.Table, error) {
	if name != "commitments" && name != "baseline" {
		return report.Build(e.ctx, st.At(spec.AsAt), name, spec)
	}
	if spec.Areas != nil {
		return report.Table{}, fault.Say(fault.Denied, "report "+name, "report.error.national", nil)
	}
	figures, err := releasesOf(st).Preview(e.ctx, release.Order{Programme: spec.Programme, Audience: thn.ForPublic, Period: spec.Period, Alone: true, AsAt: spec.AsAt})
	if err != nil {
		return report.Table{}, err
	}
	summary := figures.Summary
	if name == "baseline" {
		return page.BaselineTable(locale, summary.Head), nil
	}
	return page.CommitmentTable(locale, summary.Head, page.EvidenceOf(locale, figures, spec.Programme.Country)), nil
}
