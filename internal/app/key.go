package app

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"thntracker/internal/audit"
	"thntracker/internal/fault"
)

// auditKey reads the key that seals the audit, and makes it when there is none.
func auditKey(path string) (audit.Key, error) {
	key, err := readAuditKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newAuditKey(path)
	}
	return key, err
}

// readAuditKey reads a key that is there. One that others on the machine can
// read seals nothing and is refused.
func readAuditKey(path string) (audit.Key, error) {
	const op = "read audit key"
	info, err := os.Stat(path)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fault.New(fault.Invalid, op, "%s can be read by others: chmod 600 it", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || audit.Key(key).Check() != nil {
		return nil, fault.New(fault.Invalid, op, "%s holds no key: put the file back that was there", path)
	}
	return key, nil
}

// newAuditKey writes a fresh key. When another server made one meanwhile, that
// one is read.
func newAuditKey(path string) (audit.Key, error) {
	const op = "make audit key"
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fault.Wrap(op, err)
	}
	key := audit.NewKey()
	f, err := os.CreateTemp(filepath.Dir(path), ".audit-*") // readable by its owner only
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fault.Wrap(op, err)
	}
	err = os.Link(f.Name(), path) // unlike a rename it never replaces
	if errors.Is(err, fs.ErrExist) {
		return readAuditKey(path)
	}
	if err == nil {
		err = settle(filepath.Dir(path))
	}
	return key, fault.Wrap(op, err)
}

// settle waits until a folder's list of files is on the disk: a chain must not
// outlive its key when the power fails.
func settle(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
