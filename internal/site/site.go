// Package site writes public pages down as a folder that any host can serve, and
// that can be read from a stick without one. It asks the program itself for every
// page, follows the links and changes nothing in a page but where its links lead,
// so that a written page cannot say another thing than the served one. Start at
// Write.
package site

import (
	"bytes"
	"context"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"thntracker/internal/fault"
)

// begin is the page that everything else is linked from.
const begin = "/public"

// Read gives the whole site as files by their path in the folder. It fails when a
// page leads to what is not there.
func Read(ctx context.Context, pages http.Handler) (map[string][]byte, error) {
	w := walk{ctx: ctx, pages: pages, files: map[string][]byte{}}
	if err := w.save("/", begin); err != nil { // the folder's own index is the list of countries
		return nil, err
	}
	for w.look(begin); len(w.todo) > 0; {
		next := w.todo[0]
		w.todo = w.todo[1:]
		if err := w.save(next, next); err != nil {
			return nil, err
		}
	}
	return w.files, nil
}

// walk goes from link to link.
type walk struct {
	ctx   context.Context
	pages http.Handler
	files map[string][]byte
	seen  []string
	todo  []string
}

// look remembers an address to go to, and the pages that stand above it.
func (w *walk) look(address string) {
	if slices.Contains(w.seen, address) {
		return
	}
	w.seen, w.todo = append(w.seen, address), append(w.todo, address)
	if above := path.Dir(address); strings.Contains(above, begin+"/") {
		w.look(above)
	}
}

// save writes what is answered at an address as the file of another or the same.
func (w *walk) save(as, address string) error {
	answer, err := w.ask(address)
	if err != nil {
		return err
	}
	kind, _, err := mime.ParseMediaType(answer.Header().Get("Content-Type"))
	if err != nil || (kind == "text/html") != isPage(address) {
		return fault.New(fault.Internal, "site", "%s is %q: pages have no ending, and files have one", address, kind)
	}
	body := answer.body.Bytes()
	if kind == "text/html" {
		if body, err = relink(body, func(link string) (string, error) { return w.follow(as, link) }); err != nil {
			return fault.Wrap("site "+address, err)
		}
	}
	w.files[fileOf(as)] = body
	return nil
}

// ask gives the answer at an address. The newest release about a period stands
// where the server would lead to it.
func (w *walk) ask(address string) (*answer, error) {
	for range 3 {
		req, err := http.NewRequestWithContext(w.ctx, http.MethodGet, address, nil)
		if err != nil {
			return nil, err
		}
		a := &answer{header: http.Header{}}
		w.pages.ServeHTTP(a, req)
		switch a.status {
		case 0, http.StatusOK: // an empty file may say nothing at all
			return a, nil
		case http.StatusFound:
			address = a.Header().Get("Location")
		default:
			return nil, fault.New(fault.Internal, "site", "%s answered %d", address, a.status)
		}
	}
	return nil, fault.New(fault.Internal, "site", "%s leads nowhere", address)
}

// follow gives the way from a page to what it links, and remembers to go there.
// Addresses elsewhere and within the page stay as they are.
func (w *walk) follow(from, link string) (string, error) {
	if !strings.HasPrefix(link, "/") {
		return link, nil
	}
	address, part, marked := strings.Cut(link, "#")
	if strings.Contains(address, "?") {
		return "", fault.New(fault.Internal, "link", "%s asks a server", link)
	}
	w.look(address)
	way := between(fileOf(from), fileOf(address))
	if marked {
		way += "#" + part
	}
	return way, nil
}

// isPage tells pages from files by their address.
func isPage(address string) bool { return path.Ext(address) == "" }

// fileOf is where an address stands in the folder.
func fileOf(address string) string {
	if isPage(address) {
		address = path.Join(address, "index.html")
	}
	return strings.TrimPrefix(address, "/")
}

// between is the way from one file of the folder to another.
func between(from, to string) string {
	here, there := strings.Split(path.Dir(from), "/"), strings.Split(to, "/")
	if here[0] == "." {
		here = nil
	}
	for len(here) > 0 && len(there) > 1 && here[0] == there[0] {
		here, there = here[1:], there[1:]
	}
	return strings.Repeat("../", len(here)) + strings.Join(there, "/")
}

// answer is what the program says, kept in memory.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header is where the program writes what goes before the body.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader takes the first status that the program gives.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

// Write takes a part of the body.
func (a *answer) Write(part []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(part)
}
