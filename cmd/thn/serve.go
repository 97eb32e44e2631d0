package main

import (
	"fmt"
	"net"

	"thntracker/internal/app"
	"thntracker/internal/config"
	"thntracker/internal/demo"
	"thntracker/internal/store"
)

type serveCmd struct {
	Addr   string `help:"Where to listen: HOST:PORT." env:"THN_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Online bool   `name:"online-only" help:"Take the screen that works without signal back from phones. What waits on them stays there and is sent."`
	Demo   bool   `help:"Load a demonstration programme into a new database and let its accounts sign in."`
}

// Run serves until it is told to stop.
func (c serveCmd) Run(e *env) error {
	cfg, err := config.New(c.Addr, e.database, e.auditKey, c.Demo)
	if err != nil {
		return err
	}
	cfg.Online = c.Online
	a, err := app.Open(e.ctx, cfg, app.Options{Log: e.err})
	if err != nil {
		return err
	}
	defer a.Close()
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("the address %s is not free: choose another with --addr: %w", cfg.Addr, err)
	}
	c.greet(e, a, listener.Addr().String())
	return a.Serve(e.ctx, listener)
}

// greet prints the address, the demonstration's sign-ins or the setup code.
func (c serveCmd) greet(e *env, a *app.App, addr string) {
	fmt.Fprintf(e.out, "\n  THN Tracker is at  http://%s\n\n", addr)
	if c.Demo {
		fmt.Fprintf(e.out, "  Demonstration: invented records. These sign-ins work only while --demo is on.\n\n")
		for _, s := range demo.SignIns() {
			fmt.Fprintf(e.out, "    %-14s  %-12s  %s\n", s.Role, s.Handle, s.Password)
		}
		fmt.Fprintln(e.out)
	}
	if a.SetupCode != "" {
		fmt.Fprintf(e.out, "  Nobody has an account yet. Open the address and enter this setup code:\n\n    %s\n\n", a.SetupCode)
	}
}

type migrateCmd struct{}

// Run brings the schema up to date.
func (migrateCmd) Run(e *env) error {
	st, err := openStore(e)
	if err != nil {
		return err
	}
	defer st.Close()
	if e.json {
		return e.printJSON(map[string]string{"engine": string(st.Engine()), "schema": "up to date"})
	}
	_, err = fmt.Fprintf(e.out, "The %s database is up to date.\n", st.Engine())
	return err
}

// openStore opens the database of the command line; opening migrates.
func openStore(e *env) (*store.Store, error) {
	cfg, err := config.New("", e.database, e.auditKey, false)
	if err != nil {
		return nil, err
	}
	return app.OpenStore(e.ctx, cfg)
}
