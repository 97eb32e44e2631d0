package main

import (
	"errors"
	"fmt"
	"time"

	"thntracker/internal/app"
	"thntracker/internal/release"
	"thntracker/internal/store"
	"thntracker/internal/thn"
)

// releaseCmd freezes, publishes and checks what may leave a programme.
type releaseCmd struct {
	Announce   releaseAnnounceCmd `cmd:"" help:"Say beforehand on which day the release of a period will appear, or change that day."`
	Calendar   releaseCalendarCmd `cmd:"" help:"List what was announced, and what appeared on which day."`
	Close      releaseCloseCmd    `cmd:"" help:"Freeze the figures of a finished period, hide what may not be seen, and keep them under a number for ever."`
	Publish    releasePublishCmd  `cmd:"" help:"Let the audience of a release read it, now or from an hour on."`
	Revise     releaseReviseCmd   `cmd:"" help:"Close another release in the place of a published one, with the figures as they stand now."`
	Contribute contributeCmd      `cmd:"" help:"Say which programme may add the figures of this one to its own, or that none may any more."`
	List       releaseListCmd     `cmd:"" help:"List the releases of a programme."`
	Check      releaseCheckCmd    `cmd:"" help:"Compute a release again from the records and say whether every byte is the same."`
}

// whose finds the programme of a release.
type whose struct {
	Country   string `help:"Country, two letters." placeholder:"XX" required:""`
	Programme string `help:"Id of the programme, when a country has several." placeholder:"ID"`
}

// with opens the database and gives the releases of the programme to fn.
func (w whose) with(e *env, fn func(release.Releases, thn.Programme) error) error {
	return w.withStore(e, func(_ *store.Store, r release.Releases, p thn.Programme) error { return fn(r, p) })
}

func (w whose) withStore(e *env, fn func(*store.Store, release.Releases, thn.Programme) error) error {
	st, err := openStore(e)
	if err != nil {
		return err
	}
	defer st.Close()
	programme, err := app.Programme(e.ctx, st, w.Country, w.Programme)
	if err != nil {
		return err
	}
	return fn(st, releasesOf(st), programme)
}

func releasesOf(st *store.Store) release.Releases { return app.Releases(st, time.Now) }

type releaseCloseCmd struct {
	whose
	From        string `help:"First day, such as 2025-01-01." placeholder:"DATE" required:""`
	To          string `help:"The day after the last one." placeholder:"DATE" required:""`
	For         string `help:"public, national or programme." enum:"public,national,programme" default:"public"`
	Provisional bool   `help:"The figures are expected to change."`
	Alone       bool   `help:"The programme agrees to be known as the only one behind the figures. Releases for readers outside need it, because figures of one programme are about that programme."`
	Notice      string `help:"The day on which it was announced elsewhere when the release would appear; what release announce has said goes before." placeholder:"DATE"`
}

// Run closes and says under which number.
func (c releaseCloseCmd) Run(e *env) error {
	period, err := days(c.From, c.To)
	if err != nil {
		return err
	}
	var notice thn.Date
	if c.Notice != "" {
		if notice, err = thn.ParseDate(c.Notice); err != nil {
			return fmt.Errorf("--notice: %w", err)
		}
	}
	return c.with(e, func(r release.Releases, programme thn.Programme) error {
		edition, err := r.Close(e.ctx, release.Order{Programme: programme, Audience: thn.Readership(c.For), Period: period, Provisional: c.Provisional,
			Alone: c.Alone, Notice: notice})
		if err != nil {
			return err
		}
		return e.printEdition("Closed", edition)
	})
}

type releasePublishCmd struct {
	whose
	Number int      `arg:"" help:"The number of the release."`
	Reader []string `help:"Handle of somebody who may read it before that hour; each such reading is noted. Repeat for more." placeholder:"HANDLE"`
	At     string   `help:"The hour from which it may be read, such as 2026-06-01T09:00Z; without it, now." placeholder:"HOUR"`
}

// Run publishes.
func (c releasePublishCmd) Run(e *env) error {
	var from time.Time
	if c.At != "" {
		var err error
		if from, err = time.Parse("2006-01-02T15:04Z07:00", c.At); err != nil {
			return fmt.Errorf("--at: %q is no hour such as 2026-06-01T09:00Z", c.At)
		}
	}
	return c.withStore(e, func(st *store.Store, r release.Releases, programme thn.Programme) error {
		early, err := c.readers(e, st)
		if err != nil {
			return err
		}
		if err := r.Publish(e.ctx, programme.ID, "", c.Number, from, early...); err != nil {
			return err
		}
		edition, err := r.Ledger.Edition(e.ctx, programme.ID, c.Number)
		if err != nil {
			return err
		}
		return e.printEdition("Published", edition)
	})
}

// readers finds the accounts of those who may read a release early.
func (c releasePublishCmd) readers(e *env, st *store.Store) (list []thn.ID, err error) {
	for _, handle := range c.Reader {
		a, err := st.Account(e.ctx, handle)
		if err != nil {
			return nil, fmt.Errorf("--reader: nobody has the handle %q", handle)
		}
		list = append(list, a.ID)
	}
	return list, nil
}

type releaseReviseCmd struct {
	whose
	Number int    `arg:"" help:"The number of the release that is revised."`
	Reason string `help:"What was wrong or came late; it is printed with the figures." required:"" placeholder:"TEXT"`
}

// Run revises and says under which number.
func (c releaseReviseCmd) Run(e *env) error {
	return c.with(e, func(r release.Releases, programme thn.Programme) error {
		edition, err := r.Revise(e.ctx, release.Order{Programme: programme}, c.Number, c.Reason)
		if err != nil {
			return err
		}
		return e.printEdition("Closed", edition)
	})
}

type releaseListCmd struct{ whose }

// Run lists, the newest first.
func (c releaseListCmd) Run(e *env) error {
	return c.with(e, func(r release.Releases, programme thn.Programme) error {
		list, err := r.Ledger.Editions(e.ctx, programme.ID)
		if err != nil {
			return err
		}
		if e.json {
			lines := []editionLine{}
			for _, x := range list {
				lines = append(lines, lineOfEdition(x))
			}
			return e.printJSON(lines)
		}
		for _, x := range list {
			if err := e.printEdition("", x); err != nil {
				return err
			}
		}
		return nil
	})
}

type releaseCheckCmd struct {
	whose
	Number int `arg:"" help:"The number of the release."`
}

var errNotTheSame = errors.New("the records of that hour give other figures now: somebody changed what is set up, or something came in later in the hour in which it was closed")

// Run computes the release again.
func (c releaseCheckCmd) Run(e *env) error {
	return c.with(e, func(r release.Releases, programme thn.Programme) error {
		edition, same, err := r.Check(e.ctx, programme, c.Number)
		if err != nil {
			return err
		}
		if !same {
			return errNotTheSame
		}
		return e.printEdition("The same, byte for byte:", edition)
	})
}

// editionLine is an edition as it is printed.
type editionLine struct {
	Number      int    `json:"number"`
	Audience    string `json:"audience"`
	From        string `json:"from"`
	To          string `json:"to"`
	State       string `json:"state"`
	Open        string `json:"open,omitempty"`
	Provisional bool   `json:"provisional"`
	Revises     int    `json:"revises,omitempty"`
	Reason      string `json:"reason,omitempty"`
	AsAt        string `json:"as_at"`
	Hash        string `json:"hash"`
}

func lineOfEdition(x thn.Edition) editionLine {
	l := editionLine{Number: x.Number, Audience: string(x.Audience), From: x.Period.From.String(), To: x.Period.To.String(), State: string(x.State),
		Provisional: x.Provisional, Revises: x.Revises, Reason: x.Reason, AsAt: x.AsAt.Format(time.RFC3339), Hash: x.Hash}
	if !x.From.IsZero() {
		l.Open = x.From.Format(time.RFC3339)
	}
	return l
}

func (e *env) printEdition(what string, x thn.Edition) error {
	l := lineOfEdition(x)
	if e.json {
		return e.printJSON(l)
	}
	if what != "" {
		what += " "
	}
	if l.Revises > 0 {
		what += fmt.Sprintf("(in the place of %d) ", l.Revises)
	}
	_, err := fmt.Fprintf(e.out, "%sRelease %d, %s, %s to %s, %s, figures of %s, SHA-256 %s\n", what, l.Number, l.Audience, l.From, l.To, l.State, l.AsAt, l.Hash)
	return err
}
