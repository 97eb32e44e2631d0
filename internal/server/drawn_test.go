package server_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
	"thntracker/internal/server"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// showing is what a handler answers somebody, in a language.
func showing(t *testing.T, handler http.Handler, path, cookie, language string) answer {
	t.Helper()
	req := httptest.NewRequest(http.MethodGet, path, nil)
	req.Header.Set("Cookie", cookie)
	req.Header.Set("Accept-Language", language)
	rec := httptest.NewRecorder()
	handler.ServeHTTP(rec, req)
	return answer{status: rec.Code, header: rec.Header(), body: rec.Body.String()}
}

// views are what people ask for in the tests below.
func views(m home) []string {
	return []string{"/coverage", "/coverage?period=2026-10&compare=year&area=" + string(m.area), "/coverage?as_at=2026-11-20", "/figures/stock", "/coverage?from=x&to=y", "/figures/kits?by=month"}
}

// changes are what is done between two looks, each of another kind.
func changes(m home) []func(ctx context.Context, s *store.Store) error {
	id, last := m.programme.ID, m.record
	send := func(ctx context.Context, s *store.Store, sub thn.Submission) error {
		sub.Programme = id
		out, err := s.Append(ctx, []thn.Submission{sub})
		if err == nil && out[0] != thn.Stored {
			err = fmt.Errorf("the record is %s", out[0])
		}
		return err
	}
	return []func(ctx context.Context, s *store.Store) error{
		func(ctx context.Context, s *store.Store) error {
			return send(ctx, s, thn.Submission{Record: m.distribution(thn.NewID())})
		},
		func(ctx context.Context, s *store.Store) error {
			d := m.distribution(thn.NewID())
			d.Lines[0].Kits = 5
			sub := thn.Submission{Record: d, Corrects: last, Why: thn.WhyMistake}
			last = d.ID
			return send(ctx, s, sub)
		},
		func(ctx context.Context, s *store.Store) error {
			return send(ctx, s, thn.Submission{Record: thn.Distribution{ID: thn.NewID()}, Corrects: last, Void: true, Why: thn.WhyMistake})
		},
		func(ctx context.Context, s *store.Store) error {
			return send(ctx, s, thn.Submission{Record: thn.Movement{ID: thn.NewID(), Day: thn.MustDate(2026, 10, 2), Kind: thn.MovementReceived, Site: m.site, Product: m.product, Batch: m.batch, Kits: 7}})
		},
		func(ctx context.Context, s *store.Store) error { return s.CloseBatch(ctx, id, "", m.batch) },
		func(ctx context.Context, s *store.Store) error {
			return s.AddDenominators(ctx, id, "", thn.Denominator{ID: thn.NewID(), Kind: thn.AtRisk, Area: m.area, Period: thn.YearFrom(2026, time.January), Value: 70, Low: 60, High: 80, Definition: "People", Source: "Survey"})
		},
		func(ctx context.Context, s *store.Store) error {
			return s.AddTotals(ctx, id, "", thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasureKits, Area: m.area, Period: thn.Month(2026, time.October), Count: thn.ExactKits(30), Source: "Report"})
		},
		func(ctx context.Context, s *store.Store) error {
			return s.AddAreas(ctx, id, "", thn.Area{ID: thn.NewID(), Parent: m.area, Kind: "district", Name: "New district"})
		},
		func(ctx context.Context, s *store.Store) error {
			return s.AddSites(ctx, id, "", thn.Site{ID: thn.NewID(), Area: m.area, Name: "New site", Setting: "prison", Channel: thn.ChannelPrison, Supplier: "nurse"})
		},
		func(ctx context.Context, s *store.Store) error {
			return s.EndTarget(ctx, id, "", m.target, thn.MustDate(2026, 1, 1))
		},
		func(ctx context.Context, s *store.Store) error {
			return s.Hold(ctx, thn.HeldRecord{Programme: id, Kind: thn.KindDistribution, Record: thn.NewID(), Cause: "site_closed", Payload: `{"Site":"` + string(m.site) + `"}`})
		},
		func(ctx context.Context, s *store.Store) error {
			_, err := s.Recount(ctx, id, thn.MustDate(2026, 11, 23))
			return err
		},
		func(ctx context.Context, s *store.Store) error {
			_, err := s.Fold(ctx, id, 100)
			return err
		},
	}
}

// twoServers are two handlers of one database, each with pages of its own, and the
// stores behind them.
func twoServers(t *testing.T, h *house) (handlers []http.Handler, stores []*store.Store) {
	t.Helper()
	if h.Store.Engine() == store.SQLite { // a file belongs to one program
		return []http.Handler{server.New(h.Deps), server.New(h.Deps)}, []*store.Store{h.Store, h.Store}
	}
	other := h.again(t)
	return []http.Handler{h.Handler, other.Handler}, []*store.Store{h.Store, other.Store}
}

// Whatever changes on one server, every page of the other is what it would be if
// nobody had asked before, for whoever asks, in whichever language.
func TestAgain_isWhatWouldBeDrawnAnew(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		h := newHouseOn(t, url)
		m := h.homes["one"]
		_, err := h.Accounts.Create(t.Context(), "", thn.Account{Handle: "regional"}, password, thn.Grant{Programme: m.programme.ID, Role: thn.RoleManager, Area: m.area})
		require.NoError(t, err)
		handlers, stores := twoServers(t, h)
		var visitors []string
		for _, handle := range []string{"canary-manager", "regional", "canary-administrator", "plain-manager", "canary-worker"} {
			visitors = append(visitors, h.signIn(t, handle))
		}
		look := func(what string, views []string, visitors []string, languages ...string) {
			for _, path := range views {
				for n, cookie := range visitors {
					for _, language := range languages {
						want := showing(t, server.New(h.Deps), path, cookie, language)
						for _, handler := range append(handlers, handlers...) {
							got := showing(t, handler, path, cookie, language)
							require.Equal(t, want.status, got.status, "%s: %s for visitor %d", what, path, n)
							require.Equal(t, want.body, got.body, "%s: %s for visitor %d in %s", what, path, n, language)
						}
					}
				}
			}
		}
		look("at first", views(m), visitors, "en", "fr")
		for i, change := range changes(m) {
			require.NoError(t, change(t.Context(), stores[i%2]), "change %d", i)
			look(fmt.Sprint("after change ", i), views(m)[:4], visitors[:2], "en")
		}
	})
}

// A page during whose drawing something was recorded, on the other server, is not
// shown as what comes after it.
func TestAgain_keepsNothingOfTwoStates(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		h := newHouseOn(t, url)
		m := h.homes["one"]
		_, stores := twoServers(t, h)
		deps, meanwhile := h.Deps, true
		deps.AtOnce = func(ctx context.Context, at time.Time, read func(report.Source) error) error {
			err := h.Deps.AtOnce(ctx, at, read)
			if meanwhile {
				require.NoError(t, changes(m)[3](ctx, stores[1]))
			}
			return err
		}
		handler, manager := server.New(deps), h.signIn(t, "canary-manager")
		before := showing(t, handler, "/coverage", manager, "en")
		meanwhile = false
		after := showing(t, handler, "/coverage", manager, "en")
		require.NotEqual(t, before.body, after.body)
		require.Equal(t, showing(t, server.New(h.Deps), "/coverage", manager, "en").body, after.body)
	})
}

// While nothing changes, figures are read once.
func TestAgain_readsFiguresOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	m := h.homes["one"]
	deps, read := h.Deps, 0
	deps.AtOnce = func(ctx context.Context, at time.Time, ask func(report.Source) error) error {
		read++
		return h.Deps.AtOnce(ctx, at, ask)
	}
	handler := server.New(deps)
	for _, handle := range []string{"canary-manager", "canary-manager", "plain-manager"} {
		cookie := h.signIn(t, handle)
		for range 3 {
			require.Equal(t, http.StatusOK, showing(t, handler, "/coverage", cookie, "en").status)
		}
	}
	require.Equal(t, 2, read, "once for each programme, whoever asks")
	require.NoError(t, changes(m)[0](t.Context(), h.Store))
	for _, handle := range []string{"canary-manager", "plain-manager"} {
		showing(t, handler, "/coverage", h.signIn(t, handle), "en")
	}
	require.Equal(t, 3, read, "a record of one programme changes nothing in another")
}
