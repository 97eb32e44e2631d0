package phonetest

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"thntracker/web"
)

// release is the program's files with some in the place of others.
type release struct {
	base fs.FS
	over fstest.MapFS
}

// Open opens a file.
func (r release) Open(name string) (fs.File, error) {
	if _, replaced := r.over[name]; replaced {
		return r.over.Open(name)
	}
	return r.base.Open(name)
}

// with gives the program's files with one more line in some of them: another
// release.
func with(t *testing.T, line string, names ...string) release {
	t.Helper()
	over := fstest.MapFS{}
	for _, name := range names {
		body, err := fs.ReadFile(web.Files, name)
		require.NoError(t, err)
		over[name] = &fstest.MapFile{Data: append(body, line...)}
	}
	return release{web.Files, over}
}

// broken gives the program's files with the phone's scripts broken on purpose:
// see scripts/web.
func broken(t *testing.T, how string) fs.FS {
	t.Helper()
	folder := t.TempDir()
	out, err := exec.Command(filepath.Join("..", "..", "scripts", "web"), folder, how).CombinedOutput()
	require.NoError(t, err, string(out))
	over := fstest.MapFS{}
	for _, name := range []string{"phone.js", "worker.js"} {
		body, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		whole, err := fs.ReadFile(web.Files, "static/js/"+name)
		require.NoError(t, err)
		over["static/js/"+name] = &fstest.MapFile{Data: body}
		if name == "phone.js" {
			require.NotEqual(t, string(whole), string(body), "%s breaks nothing", how)
		}
	}
	return release{web.Files, over}
}
