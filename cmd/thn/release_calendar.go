package main

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"thntracker/internal/release"
	"thntracker/internal/thn"
)

type releaseAnnounceCmd struct {
	whose
	From     string `help:"First day, such as 2025-01-01." placeholder:"DATE" required:""`
	To       string `help:"The day after the last one." placeholder:"DATE" required:""`
	For      string `help:"public, national or programme." enum:"public,national,programme" default:"public"`
	On       string `help:"The day on which it will appear." placeholder:"DATE" xor:"day"`
	Withdraw bool   `help:"Take back what was announced: it will not appear." xor:"day"`
	Reason   string `help:"Why another day than was announced before; it is published." placeholder:"TEXT"`
}

// Run announces, and says how the calendar stands.
func (c releaseAnnounceCmd) Run(e *env) error {
	period, err := days(c.From, c.To)
	if err != nil {
		return err
	}
	n := release.Notice{Audience: thn.Readership(c.For), Period: period, Reason: c.Reason}
	if !c.Withdraw {
		if c.On == "" {
			return errors.New("say with --on on which day it will appear, such as 2026-06-01, or take it back with --withdraw")
		}
		if n.Appears, err = thn.ParseDate(c.On); err != nil {
			return fmt.Errorf("--on: %w", err)
		}
	}
	return c.with(e, func(r release.Releases, programme thn.Programme) error {
		n.Programme = programme
		if err := r.Announce(e.ctx, n); err != nil {
			return err
		}
		return e.printCalendar(r, programme)
	})
}

type releaseCalendarCmd struct{ whose }

// Run lists what is to come first, the next day first.
func (c releaseCalendarCmd) Run(e *env) error {
	return c.with(e, func(r release.Releases, programme thn.Programme) error { return e.printCalendar(r, programme) })
}

// dueLine is a line of the calendar as it is printed.
type dueLine struct {
	Audience  string     `json:"audience"`
	From      string     `json:"from"`
	To        string     `json:"to"`
	Standing  string     `json:"standing"`
	Announced string     `json:"announced,omitempty"` // the day that was said last
	Notice    string     `json:"notice,omitempty"`    // when a day was first said
	Appeared  string     `json:"appeared,omitempty"`
	Changes   []moveLine `json:"changes,omitempty"`
}

// moveLine is a change of an announced day.
type moveLine struct {
	On     string `json:"on"`
	To     string `json:"to,omitempty"` // none: it will not appear
	Reason string `json:"reason"`
}

func lineOfDue(d release.Due, today thn.Date) dueLine {
	l := dueLine{Audience: string(d.Audience), From: d.Period.From.String(), To: d.Period.To.String(), Standing: string(d.Standing(today)),
		Announced: textOfDay(d.Appears()), Notice: textOfDay(d.Notice()), Appeared: textOfDay(d.Came())}
	for i, a := range d.Said {
		if i > 0 {
			l.Changes = append(l.Changes, moveLine{a.Announced.String(), textOfDay(a.Appears), a.Reason})
		}
	}
	return l
}

func textOfDay(d thn.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func (e *env) printCalendar(r release.Releases, programme thn.Programme) error {
	said, err := r.Ledger.Announcements(e.ctx, programme.ID)
	if err != nil {
		return err
	}
	list, err := r.Ledger.Editions(e.ctx, programme.ID)
	if err != nil {
		return err
	}
	now, open, lines := r.Now(), []thn.Edition{}, []dueLine{}
	for _, x := range list {
		if x.Open(now) {
			open = append(open, x)
		}
	}
	for _, d := range release.Expected(said, open) {
		lines = append(lines, lineOfDue(d, thn.DateOf(now, time.UTC)))
	}
	if e.json {
		return e.printJSON(lines)
	}
	for _, l := range lines {
		if err := e.printDue(l); err != nil {
			return err
		}
	}
	return nil
}

func (e *env) printDue(l dueLine) error {
	text := fmt.Sprintf("%s to %s, %s, %s", l.From, l.To, l.Audience, l.Standing)
	for _, part := range []struct{ words, day string }{{"announced for", l.Announced}, {"first announced on", l.Notice}, {"appeared on", l.Appeared}} {
		if part.day != "" {
			text += ", " + part.words + " " + part.day
		}
	}
	for _, m := range l.Changes {
		text += fmt.Sprintf("\n  changed on %s to %s: %s", m.On, cmp.Or(m.To, "will not appear"), m.Reason)
	}
	_, err := fmt.Fprintln(e.out, text)
	return err
}
