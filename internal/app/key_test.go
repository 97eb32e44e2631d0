package app

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/audit"
	"thntracker/internal/config"
	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

func TestAuditKey_isMadeOnceByManyAtATime(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "audit.key")
	keys := make([]audit.Key, 16)
	var wait sync.WaitGroup
	for i := range keys {
		wait.Go(func() {
			key, err := auditKey(path)
			if err != nil {
				t.Errorf("make key: %v", err)
			}
			keys[i] = key
		})
	}
	wait.Wait()
	for _, key := range keys {
		require.NoError(t, key.Check())
		require.Equal(t, keys[0], key)
	}
	again, err := auditKey(path)
	require.NoError(t, err)
	require.Equal(t, keys[0], again)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, left, 1, "no half-made key is left behind")
}

func TestAuditKey_refusesWhatSealsNothing(t *testing.T) {
	t.Parallel()
	good := strings.Repeat("07", 32)
	for name, c := range map[string]struct {
		text string
		mode os.FileMode
		want string
	}{
		"read by others":  {good, 0o604, "chmod 600"},
		"read by a group": {good, 0o640, "chmod 600"},
		"empty":           {"", 0o600, "holds no key: put the file back that was there"},
		"too short":       {good[2:], 0o600, "holds no key"},
		"not a key":       {strings.Repeat("zz", 32), 0o600, "holds no key"},
	} {
		path := filepath.Join(t.TempDir(), "audit.key")
		require.NoError(t, os.WriteFile(path, []byte(c.text), 0o600))
		require.NoError(t, os.Chmod(path, c.mode))
		_, err := auditKey(path)
		require.True(t, fault.Is(err, fault.Invalid), name)
		require.ErrorContains(t, err, c.want, name)
		kept, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, c.text, string(kept), "what was there is not overwritten")
	}
	path := filepath.Join(t.TempDir(), "audit.key")
	require.NoError(t, os.WriteFile(path, []byte(good+"\n"), 0o400))
	_, err := auditKey(path)
	require.NoError(t, err)
}

// A key that is lost is not replaced in silence: the chain that it sealed stays,
// and the program says what to put back.
func TestOpen_missesTheKeyOfAChain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := config.Config{Database: "sqlite:" + filepath.Join(dir, "t.db"), AuditKey: filepath.Join(dir, "audit.key")}
	now := func() time.Time { return time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC) }
	s, err := openStore(t.Context(), cfg, now)
	require.NoError(t, err)
	programme := thn.Programme{ID: thn.NewID(), Name: "Test", Country: "XD", Zone: "UTC", Fiscal: 1}
	require.NoError(t, s.Found(t.Context(), thn.Founding{Programme: programme, Country: thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "Testland"}}))
	require.NoError(t, s.Close())
	kept, err := os.ReadFile(cfg.AuditKey)
	require.NoError(t, err)
	require.NoError(t, os.Remove(cfg.AuditKey))

	_, err = OpenToVerify(t.Context(), cfg)
	require.ErrorContains(t, err, "there is no key at "+cfg.AuditKey)
	_, err = os.Stat(cfg.AuditKey)
	require.ErrorIs(t, err, os.ErrNotExist, "verifying makes no key")
	_, err = openStore(t.Context(), cfg, now)
	require.ErrorContains(t, err, "put the key file back that it was begun with")

	require.NoError(t, os.WriteFile(cfg.AuditKey, kept, 0o600))
	s, err = openStore(t.Context(), cfg, now)
	require.NoError(t, err)
	require.NoError(t, s.Close())
}
