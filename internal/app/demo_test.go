package app_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/app"
	"thntracker/internal/config"
	"thntracker/internal/lang"
)

// image is the demonstration before anybody used it: its database and the key
// of its audit.
type image struct{ database, key []byte }

// kept is the image, made by the first test that needs it: loading takes
// seconds, a copy none. After a failure the next test tries again.
var kept struct {
	sync.Mutex
	image
}

func loaded() (image, error) {
	kept.Lock()
	defer kept.Unlock()
	if kept.database != nil {
		return kept.image, nil
	}
	made, err := load()
	if err == nil {
		kept.image = made
	}
	return made, err
}

func load() (image, error) {
	dir, err := os.MkdirTemp("", "thn-demonstration-")
	if err != nil {
		return image{}, err
	}
	defer os.RemoveAll(dir)
	at := demoIn(dir)
	a, err := app.Open(context.Background(), at, app.Options{Now: clock})
	if err != nil {
		return image{}, err
	}
	if err := a.Close(); err != nil {
		return image{}, err
	}
	database, err := os.ReadFile(filepath.Join(dir, "demo.db"))
	key, other := os.ReadFile(at.AuditKey)
	return image{database, key}, errors.Join(err, other)
}

func demoIn(dir string) config.Config {
	return config.Config{Addr: "127.0.0.1:0", Database: "sqlite:" + filepath.Join(dir, "demo.db"), AuditKey: filepath.Join(dir, "audit.key"), Demo: true}
}

// demonstration serves a demonstration of the test's own.
func demonstration(t *testing.T) string {
	t.Helper()
	address, _ := demonstrate(t)
	return address
}

func demonstrate(t *testing.T, pseudo ...lang.Pseudo) (address string, a *app.App) {
	t.Helper()
	made, err := loaded()
	require.NoError(t, err)
	at := demoIn(t.TempDir())
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(at.AuditKey), "demo.db"), made.database, 0o600))
	require.NoError(t, os.WriteFile(at.AuditKey, made.key, 0o600))
	return serve(t, at, pseudo...)
}
