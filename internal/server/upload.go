package server

import (
	"sync"
	"time"

	"thntracker/internal/ingest"
	"thntracker/internal/thn"
)

// upload is a file that waits for its mapping to be settled. It is in memory,
// for one account, and gone after half an hour or a restart.
type upload struct {
	id        thn.ID
	account   thn.ID
	programme thn.ID
	name      string
	kind      ingest.Kind
	body      []byte
	mapping   ingest.Mapping
	sample    ingest.Sample
	until     time.Time
}

const (
	uploadLife  = 30 * time.Minute
	mostUploads = 16 // of 20 MB each: what may wait at once
)

// remap takes columns from the choosers; a field whose origin no chooser can
// say (headers, cells) is left as the mapping has it.
func (u *upload) remap(chosen func(ingest.Field) (string, bool)) {
	fields, _ := ingest.FieldsOf(u.kind)
	if u.mapping.Fields == nil {
		u.mapping.Fields = map[ingest.Field]ingest.Column{}
	}
	for _, f := range fields {
		column, asked := chosen(f)
		if !asked {
			continue
		}
		c := u.mapping.Fields[f]
		if c.Column = column; column == "" && c.Value == "" {
			delete(u.mapping.Fields, f)
			continue
		}
		if column != "" {
			c.Value = ""
		}
		u.mapping.Fields[f] = c
	}
}

// uploads are the files that wait.
type uploads struct {
	mu   sync.Mutex
	list map[thn.ID]*upload
}

// keep lets a file wait; when too many do, the one closest to its end goes.
func (w *uploads) keep(u *upload, now time.Time) thn.ID {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.list == nil {
		w.list = map[thn.ID]*upload{}
	}
	for id, x := range w.list {
		if now.After(x.until) {
			delete(w.list, id)
		}
	}
	if len(w.list) >= mostUploads {
		var oldest *upload
		for _, x := range w.list {
			if oldest == nil || x.until.Before(oldest.until) {
				oldest = x
			}
		}
		delete(w.list, oldest.id)
	}
	u.id, u.until = thn.NewID(), now.Add(uploadLife)
	w.list[u.id] = u
	return u.id
}

func (w *uploads) find(id thn.ID, now time.Time) (*upload, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, ok := w.list[id]
	return u, ok && now.Before(u.until)
}

func (w *uploads) drop(u *upload) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.list, u.id)
}
