package server_test

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"thntracker/internal/lang"
	"thntracker/internal/server"
	"thntracker/internal/thn"
)

// answered fills in a form: words where words go, the last of what is offered.
// What is hidden and what is secret stay.
func answered(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, control *goquery.Selection) {
		name, kind := control.AttrOr("name", ""), control.AttrOr("type", "")
		switch {
		case kind == "hidden":
			values.Add(name, control.AttrOr("value", ""))
		case goquery.NodeName(control) == "select":
			values.Set(name, control.Find("option").Last().AttrOr("value", ""))
		case kind == "radio", kind == "checkbox":
			values.Set(name, control.AttrOr("value", ""))
		case kind == "password":
			values.Set(name, "a secret")
		case kind == "date":
			values.Set(name, "2026-03-01")
		default:
			values.Set(name, "typed "+name)
		}
	})
	return values
}

// kept is what a form holds, by the same rules.
func kept(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, control *goquery.Selection) {
		name, kind := control.AttrOr("name", ""), control.AttrOr("type", "")
		_, checked := control.Attr("checked")
		switch {
		case goquery.NodeName(control) == "select":
			values.Add(name, control.Find("option[selected]").AttrOr("value", ""))
		case goquery.NodeName(control) == "textarea":
			values.Add(name, control.Text())
		case kind == "radio" || kind == "checkbox":
			if checked {
				values.Add(name, control.AttrOr("value", ""))
			}
		case kind == "password":
			values.Set(name, "a secret")
		default:
			values.Add(name, control.AttrOr("value", ""))
		}
	})
	return values
}

// mainForm is the form that the buttons of the footer send along, or nil. A page
// with something to type has one, unless a file is to be chosen.
func (h *house) mainForm(t *testing.T, path, cookie string) (*goquery.Document, *goquery.Selection) {
	t.Helper()
	got := h.ask(t, http.MethodGet, path, cookie, nil)
	if got.status != http.StatusOK || !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
		return nil, nil
	}
	page := got.found(t)
	id, has := page.Find("button[name=language]").Attr("form")
	if !has {
		require.Zero(t, page.Find("main form[method=post]:not([enctype]) input[type=text]").Length(), "%s loses a form", path)
		return page, nil
	}
	form := page.Find("form#" + id)
	require.Equal(t, 1, form.Length(), path)
	return page, form
}

// TestLanguage_keepsTheForm changes the language, and then the light, in the
// middle of every form: nothing is saved, nothing is said to be wrong, and all
// answers come back.
func TestLanguage_keepsTheForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one, seen := h.homes["one"], 0
	paths := []string{"/stock/move?kind=receive", "/stock/move?kind=move"}
	for _, route := range server.Routes() {
		if route.Method == http.MethodGet && !strings.Contains(route.Path, "*") {
			paths = append(paths, one.address(route))
		}
	}
	cookie, theme := h.signIn(t, "canary-manager"), ""
	for _, path := range paths {
		for _, press := range []url.Values{{"language": {"fr"}}, {"theme": {"dark"}}} {
			_, form := h.mainForm(t, path, cookie)
			if form == nil {
				break
			}
			seen++
			sent := answered(form)
			want := maps.Clone(sent)
			maps.Copy(sent, press)
			again := h.ask(t, http.MethodPost, form.AttrOr("action", ""), cookie, sent)
			require.Equal(t, http.StatusOK, again.status, "%s: %s", path, again.body)
			page := again.found(t)
			theme = cmp.Or(press.Get("theme"), theme)
			require.Equal(t, []string{"fr", theme}, []string{page.Find("html").AttrOr("lang", ""), page.Find("html").AttrOr("data-theme", "")}, path)
			require.Zero(t, page.Find("#problems, .error, .saved").Length(), path)
			back := kept(page.Find("form#" + form.AttrOr("id", "")))
			want.Del("id") // what was not sent may get another name
			back.Del("id")
			require.Equal(t, want, back, path)
		}
	}
	require.Greater(t, seen, 40)
}

// A person's language goes with their account to the next phone.
func TestLanguage_isThePersons(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	cookie := h.signIn(t, "canary-worker")
	h.ask(t, http.MethodPost, "/preferences", cookie, url.Values{"language": {"es"}, "back": {"/today"}})
	other := h.ask(t, http.MethodGet, "/today", h.signIn(t, "canary-worker"), nil)
	require.Equal(t, "es", other.found(t).Find("html").AttrOr("lang", ""))
	colleague := h.ask(t, http.MethodGet, "/today", h.signIn(t, "canary-spare"), nil)
	require.Equal(t, "en", colleague.found(t).Find("html").AttrOr("lang", ""))
}

// The first screen offers each language by its own name, and comes back in it
// with what was typed; the password is typed again.
func TestLanguage_isInTheFirstScreen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	page := h.ask(t, http.MethodGet, "/sign-in", "", nil).found(t)
	names := page.Find("button[name=language]").Map(func(_ int, b *goquery.Selection) string {
		return b.AttrOr("lang", "") + " " + b.Text()
	})
	require.Equal(t, []string{"en English", "fr Français", "es Español"}, names)
	again := h.ask(t, http.MethodPost, "/sign-in", "", url.Values{"handle": {"canary-worker"}, "password": {"half"}, "language": {"fr"}}).found(t)
	require.Equal(t, "fr", again.Find("html").AttrOr("lang", ""))
	require.Equal(t, "canary-worker", again.Find("#handle").AttrOr("value", ""))
	require.Empty(t, again.Find("#password").AttrOr("value", ""))
	require.Zero(t, again.Find("#problems").Length())
}

// Whatever a worker's form asks, what it does not keep is one tap away, to be
// shown to the person who is asked; and where a kit was lost, stolen or
// confiscated, that the answer changes nothing for them.
func TestWorkersForms_sayWhatIsNotRecorded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one, seen := h.homes["one"], 0
	for _, code := range lang.Codes {
		l := h.Catalogue.Locale(code)
		cookie := h.signIn(t, "canary-worker")
		h.ask(t, http.MethodPost, "/preferences", cookie, url.Values{"language": {code}})
		for _, route := range server.Routes() {
			if route.Method != http.MethodGet || route.Who != server.Who(thn.VerbRecord) && route.Who != server.Who(thn.VerbStock) {
				continue
			}
			path := one.address(route)
			page, form := h.mainForm(t, path, cookie)
			if form == nil {
				continue
			}
			seen++
			note := page.Find("main details.not-recorded")
			require.Equal(t, 1, note.Length(), path)
			require.Equal(t, l.T("give.not_recorded"), note.Find("summary").Text(), path)
			require.Greater(t, len(note.Find("p").Text()), 60, path)
			if page.Find("input[value=stolen]").Length() > 0 {
				require.Equal(t, l.T("give.reason_hint"), page.Find("#reason .hint").Text(), path)
			}
		}
	}
	require.Greater(t, seen, 3*10)
}
