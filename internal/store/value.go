package store

import (
	"database/sql/driver"
	"fmt"
	"time"

	"thntracker/internal/thn"
)

// day is thn.Date as both engines hold it: text in SQLite, date in PostgreSQL.
// No day is NULL.
type day struct{ thn.Date }

// Value writes the ISO form, which both engines accept.
func (d day) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads what either driver gives.
func (d *day) Scan(src any) (err error) {
	switch v := src.(type) {
	case nil:
		d.Date = thn.Date{}
	case string:
		d.Date, err = thn.ParseDate(v)
	case []byte:
		d.Date, err = thn.ParseDate(string(v))
	case time.Time:
		d.Date = thn.DateOf(v, time.UTC)
	default:
		err = fmt.Errorf("a day cannot be read from %T", src)
	}
	return err
}

// ref is an optional reference: empty is NULL, so that foreign keys leave it alone.
type ref string

// Value writes NULL for an empty reference.
func (r ref) Value() (driver.Value, error) {
	if r == "" {
		return nil, nil
	}
	return string(r), nil
}

// Scan reads NULL as empty.
func (r *ref) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*r = ""
	case string:
		*r = ref(v)
	case []byte:
		*r = ref(v)
	default:
		return fmt.Errorf("a reference cannot be read from %T", src)
	}
	return nil
}
