package main

import (
	"context"
	"fmt"
	"time"

	"thntracker/internal/phone"
	"thntracker/internal/thn"
)

type keysCmd struct {
	Rotate  keysRotateCmd  `cmd:"" help:"Give phones a new key to seal to."`
	Destroy keysDestroyCmd `cmd:"" help:"Forget keys that were replaced eighteen months ago."`
}

type keysRotateCmd struct {
	Country   string `help:"Only the programme of this country, two letters." placeholder:"XX"`
	Programme string `help:"Only the programme with this id." placeholder:"ID"`
}

// Help is what --help says beneath the first line.
func (keysRotateCmd) Help() string {
	return `Phones seal what they record to their programme's key. Rotate when somebody may
have read the database who should not have: what is recorded from then on is sealed
to the new key as soon as a phone has reached the server. What waits on phones under
older keys is still taken in, for eighteen months.`
}

type keysDestroyCmd struct {
	Country   string `help:"Only the programme of this country, two letters." placeholder:"XX"`
	Programme string `help:"Only the programme with this id." placeholder:"ID"`
}

// Help is what --help says beneath the first line.
func (keysDestroyCmd) Help() string {
	return `The server does this every hour by itself. What comes from a phone after its key
is gone cannot be read any more: it is kept for the programme's managers, who see
how many there are.`
}

// keyed is what was done to one programme's keys, as it is printed.
type keyed struct {
	Programme string `json:"programme"`
	Name      string `json:"name"`
	Key       int    `json:"key,omitempty"`       // the number of the new one
	Destroyed *int   `json:"destroyed,omitempty"` // how many
}

// Run makes each programme's next key.
func (c keysRotateCmd) Run(e *env) error {
	return e.eachKeyring(c.Country, c.Programme, func(ctx context.Context, ring *phone.Keyring, p thn.Programme) (keyed, string, error) {
		n, err := ring.Rotate(ctx, p, "")
		return keyed{Key: n}, fmt.Sprintf("phones seal to key %d from now on", n), err
	})
}

// Run forgets old keys.
func (c keysDestroyCmd) Run(e *env) error {
	return e.eachKeyring(c.Country, c.Programme, func(ctx context.Context, ring *phone.Keyring, p thn.Programme) (keyed, string, error) {
		n, err := ring.Destroy(ctx, p, "")
		return keyed{Destroyed: &n}, fmt.Sprintf("%d keys destroyed", n), err
	})
}

func (e *env) eachKeyring(country, id string, do func(context.Context, *phone.Keyring, thn.Programme) (keyed, string, error)) error {
	st, err := openStore(e)
	if err != nil {
		return err
	}
	defer st.Close()
	list, err := programmes(e, st, country, id)
	if err != nil {
		return err
	}
	ring, all := phone.NewKeyring(st, time.Now), []keyed{}
	for _, p := range list {
		k, words, err := do(e.ctx, ring, p)
		if err != nil {
			return err
		}
		k.Programme, k.Name = string(p.ID), p.Name
		if all = append(all, k); !e.json {
			fmt.Fprintf(e.out, "%s  %s: %s\n", p.ID, p.Name, words)
		}
	}
	if e.json {
		return e.printJSON(all)
	}
	return nil
}

type restoredCmd struct{}

// Help is what --help says beneath the first line.
func (restoredCmd) Help() string {
	return `Run this once after a backup of the database was put back. Phones keep what they
handed in for thirty-five days, sealed; when they next reach the server they offer it
again, and what the backup lacks is stored. What it has is not counted twice.`
}

// Run names the state of the database anew.
func (restoredCmd) Run(e *env) error {
	st, err := openStore(e)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := st.NewEpoch(e.ctx); err != nil {
		return err
	}
	epoch, err := st.Epoch(e.ctx)
	if err != nil {
		return err
	}
	if e.json {
		return e.printJSON(map[string]string{"epoch": epoch})
	}
	_, err = fmt.Fprintln(e.out, "phones will offer again what they handed in during the last thirty-five days")
	return err
}
