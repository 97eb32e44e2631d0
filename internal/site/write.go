package site

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"thntracker/internal/fault"
)

// list is the file that names what stands in the folder, so that a folder is
// replaced only when nothing in it is anybody else's.
const list = "files.txt"

// Write puts files into a folder: all of them, or none. A folder that an earlier
// run has made is replaced; one that holds anything else is refused.
func Write(files map[string][]byte, folder string) error {
	const op = "write site"
	folder = filepath.Clean(folder)
	if err := ours(folder); err != nil {
		return err
	}
	fresh, err := os.MkdirTemp(filepath.Dir(folder), ".thn-site-*")
	if err != nil {
		return fault.Wrap(op, err)
	}
	defer os.RemoveAll(fresh) // what is left when something went wrong, and the folder of before
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		if err := put(filepath.Join(fresh, "new"), name, files[name]); err != nil {
			return fault.Wrap(op, err)
		}
	}
	if err := put(filepath.Join(fresh, "new"), list, []byte(strings.Join(names, "\n")+"\n")); err != nil {
		return fault.Wrap(op, err)
	}
	return fault.Wrap(op, swap(fresh, folder))
}

// swap moves the folder of before out of the way and the new one in, and back when
// that fails.
func swap(fresh, folder string) error {
	old := filepath.Join(fresh, "old")
	err := os.Rename(folder, old)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if moved := os.Rename(filepath.Join(fresh, "new"), folder); moved != nil {
		if err == nil {
			return errors.Join(moved, os.Rename(old, folder))
		}
		return moved
	}
	return nil
}

func put(folder, name string, body []byte) error {
	file := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, body, 0o644)
}

// ours refuses a folder with anything in it that its list does not name.
func ours(folder string) error {
	known := map[string]bool{list: true}
	if body, err := os.ReadFile(filepath.Join(folder, list)); err == nil {
		for _, name := range strings.Fields(string(body)) {
			known[name] = true
		}
	}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err == nil && !known[filepath.ToSlash(name)] {
			return fault.New(fault.Invalid, "write site", "%s holds %s, which is no file of a site written before: choose an empty folder", folder, name)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
