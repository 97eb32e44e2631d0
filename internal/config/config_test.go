package config_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/config"
	"thntracker/internal/fault"
)

func TestNew_defaults(t *testing.T) {
	t.Parallel()
	c, err := config.New("", "", "", false)
	require.NoError(t, err)
	require.Equal(t, config.Config{Addr: "127.0.0.1:8080", Database: "sqlite:data/thn.db"}, c)
}

func TestFromEnvironment(t *testing.T) {
	t.Parallel()
	set := map[string]string{config.AddrVar: "[::]:80", config.DatabaseVar: "postgresql://thn@db/thn"}
	c, err := config.FromEnvironment(func(name string) string { return set[name] }, true)
	require.NoError(t, err)
	require.Equal(t, config.Config{Addr: "[::]:80", Database: "postgresql://thn@db/thn", Demo: true}, c)
}

func TestNew_accepts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ addr, database string }{
		"any host":          {":8080", ""},
		"any port":          {"127.0.0.1:0", ""},
		"file in a folder":  {"", "sqlite:some where/else.db"},
		"server":            {"", "postgres://thn:pass@db.example:5432/thn?sslmode=verify-full"},
		"Unix socket":       {"", "postgres://thn@/thn?host=%2Frun%2Fpostgresql"},
		"database in query": {"", "postgres:///?host=db&dbname=thn"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.New(c.addr, c.database, "", false)
			require.NoError(t, err)
		})
	}
}

func TestNew_refuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ addr, database, says string }{
		"no port":             {"localhost", "", "HOST:PORT"},
		"port too high":       {"localhost:65536", "", "65535"},
		"port in words":       {"localhost:http", "", "number"},
		"no path":             {"", "sqlite:", "path of a file"},
		"memory":              {"", "sqlite::memory:", "path of a file"},
		"other engine":        {"", "mysql://thn@db/thn", "sqlite:PATH or postgres://"},
		"plain path":          {"", "data/thn.db", "sqlite:PATH or postgres://"},
		"no database":         {"", "postgres://thn:secret@db", "names no database"},
		"unreadable password": {"", "postgres://thn:secret%zz@db/thn", "%40"},
		"bare # in password":  {"", "postgres://thn:sec#ret@db/thn", "%23"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.New(c.addr, c.database, "", false)
			require.True(t, fault.Is(err, fault.Invalid), "got %v", err)
			require.ErrorContains(t, err, c.says)
			require.NotContains(t, err.Error(), "sec")
		})
	}
}

func TestConfig_printsNoPassword(t *testing.T) {
	t.Parallel()
	for _, database := range []string{
		"postgres://thn:secret@db/thn",
		"postgresql://db/thn?user=thn&password=secret&sslpassword=secret",
		"postgres://thn:secret%zz@db/thn",
	} {
		c := config.Config{Addr: config.DefaultAddr, Database: database}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
			require.NotContains(t, fmt.Sprintf(verb, c), "secret")
			require.NotContains(t, fmt.Sprintf(verb, &c), "secret")
		}
	}
	require.Equal(t, "addr=127.0.0.1:8080 database=sqlite:data/thn.db demo=false",
		config.Config{Addr: config.DefaultAddr, Database: config.DefaultDatabase}.String())
}
