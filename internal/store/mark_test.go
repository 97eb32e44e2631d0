package store_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// states is what was read under each mark, by whichever reader.
type states struct {
	sync.Mutex
	read map[string]string
}

// look reads what figures are made of between two readings of the mark; under one
// mark everybody has to read the same.
func (x *states) look(s *store.Store, programme thn.ID) error {
	ctx := context.Background()
	before, err := s.Mark(ctx, programme)
	if err != nil {
		return err
	}
	lines, err := s.Tally(ctx, thn.Query{Programme: programme, Period: always, Groups: []thn.Group{thn.ByMonth, thn.ByChannel}})
	if err != nil {
		return err
	}
	stock, err := s.Stock(ctx, thn.StockQuery{Programme: programme, Groups: []thn.StockGroup{thn.StockBySite, thn.StockByDay}})
	if err != nil {
		return err
	}
	sites, err := s.Sites(ctx, programme)
	if err != nil {
		return err
	}
	after, err := s.Mark(ctx, programme)
	if err != nil || before != after {
		return err
	}
	x.Lock()
	defer x.Unlock()
	text := fmt.Sprint(lines, stock, sites)
	if was, known := x.read[before]; known && was != text {
		return fmt.Errorf("under the mark %s:\n%s\nand:\n%s", before, was, text)
	}
	x.read[before] = text
	return nil
}

// Writers, correctors, folders and readers of two servers at once: whatever is read
// between two readings of the same mark is always the same.
func TestMark_namesOneState(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		one := newPlace(t, storetest.Open(t, url))
		stores := []*store.Store{one.Store, one.Store}
		if one.Engine() == store.Postgres { // an SQLite file belongs to one program
			stores[1] = storetest.Open(t, url)
		}
		c := &crowd{place: one, errs: make(chan error, 64)}
		seen := &states{read: map[string]string{}}
		stop := make(chan struct{})
		var tireless sync.WaitGroup
		works := []func() error{}
		for i, s := range stores {
			works = append(works, c.corrector(t, s), func() error { return c.write(s) }, func() error {
				for n := range 9 {
					site := thn.Site{ID: thn.NewID(), Area: c.north.ID, Name: fmt.Sprintf("Site %d of %d", n, i), Setting: "prison", Channel: thn.ChannelPrison, Supplier: "nurse"}
					if err := s.AddSites(context.Background(), c.programme.ID, c.by, site); err != nil {
						return err
					}
				}
				return nil
			})
		}
		for _, s := range stores {
			for _, work := range []func() error{
				func() error { _, err := s.Fold(context.Background(), c.programme.ID, 10); return err },
				func() error { return seen.look(s, c.programme.ID) },
				func() error { return seen.look(s, c.programme.ID) },
			} {
				tireless.Go(func() {
					if err := until(stop, work)(); err != nil {
						c.errs <- err
					}
				})
			}
		}
		for _, work := range works {
			c.run(work)
		}
		c.group.Wait()
		close(stop)
		tireless.Wait()
		for _, s := range stores {
			require.NoError(t, seen.look(s, c.programme.ID))
		}
		close(c.errs)
		for err := range c.errs {
			require.NoError(t, err)
		}
		require.Greater(t, len(seen.read), 3, "states that somebody read between two writes")
	})
}

// traceless are the functions that write nothing that a figure is made of: sessions,
// sums, and what phones say of themselves.
var traceless = []string{"CommitCtx", "DeleteCtx", "Sweep", "Fold", "Recount", "Epoch", "NewEpoch", "SetWaiting", "TookIn"}

// doors are the ways to write.
var doors = []string{"write", "writeWith", "writeAtOnce", "writeAlone"}

// Every function that writes leaves an entry in the audit, itself or through one
// that it calls: the mark moves with it.
func TestMark_movesWithEveryWrite(t *testing.T) {
	t.Parallel()
	calls := callsOf(t)
	var notes func(calls []string, on []string) bool
	notes = func(called []string, on []string) bool {
		return slices.ContainsFunc(called, func(name string) bool {
			return name == "note" || len(calls[name]) > 0 && !slices.Contains(on, name) && // of methods that share a name, every one has to
				!slices.ContainsFunc(calls[name], func(body []string) bool { return !notes(body, append(on, name)) })
		})
	}
	var writers []string
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		for _, body := range calls[name] {
			if !slices.Contains(doors, name) && slices.ContainsFunc(body, func(c string) bool { return slices.Contains(doors, c) }) {
				writers = append(writers, name)
				require.True(t, notes(body, nil) || slices.Contains(traceless, name), name)
			}
		}
	}
	require.Contains(t, writers, "appendTogether")
	require.Greater(t, len(writers), 25)
}

// callsOf lists what the functions of the package call, by their name.
func callsOf(t *testing.T) map[string][][]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	calls := map[string][][]string{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		for _, d := range f.Decls {
			fn, is := d.(*ast.FuncDecl)
			if !is {
				continue
			}
			var body []string
			ast.Inspect(fn, func(n ast.Node) bool {
				switch x := n.(type) {
				case *ast.SelectorExpr: // a method, also where it is handed over and not called
					body = append(body, x.Sel.Name)
				case *ast.CallExpr:
					if f, is := x.Fun.(*ast.Ident); is {
						body = append(body, f.Name)
					}
				}
				return true
			})
			calls[fn.Name.Name] = append(calls[fn.Name.Name], body)
		}
	}
	return calls
}
