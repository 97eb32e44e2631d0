package archtest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// bites are small sources with a planted fault, or with what looks like one
// and is none (says empty). A rule that never fails is no rule.
var bites = []struct {
	name, path, text string
	says             string // part of the one complaint; empty: there is none
}{
	// Imports of ours.
	{"words know nobody", "internal/thn/x.go", `package thn; import "thntracker/internal/store"`, "internal/thn may not import internal/store"},
	{"words know faults", "internal/thn/x.go", `package thn; import "thntracker/internal/fault"`, ""},
	{"use cases do not know each other", "internal/intake/x.go", `package intake; import "thntracker/internal/account"`, "may not import"},
	{"the server does not know the store", "internal/server/x.go", `package server; import "thntracker/internal/store"`, "may not import"},
	{"a test may", "internal/server/x_test.go", `package server; import "thntracker/internal/store/storetest"`, ""},
	{"code may not use what is for tests", "internal/app/x.go", `package app; import "thntracker/internal/store/storetest"`, "is for tests"},
	{"app knows all", "internal/app/x.go", `package app; import "thntracker/internal/store"`, ""},
	{"a package without a row", "internal/cache/x.go", `package cache`, "has no row"},
	{"a folder below a package is another", "internal/store/cache/x.go", `package cache`, "has no row"},

	// Libraries.
	{"gin at home", "internal/server/x.go", `package server; import "github.com/gin-gonic/gin"`, ""},
	{"gin away", "internal/app/x.go", `package app; import "github.com/gin-gonic/gin"`, "may not be imported in internal/app"},
	{"gin away, in a test", "internal/page/x_test.go", `package page; import "github.com/gin-gonic/gin/render"`, "may not be imported in internal/page"},
	{"gorm at home", "internal/store/x.go", `package store; import "gorm.io/driver/postgres"`, ""},
	{"gorm away", "internal/report/x.go", `package report; import "gorm.io/gorm"`, "may not be imported in internal/report"},
	{"gorm away, below its home", "internal/store/storetest/x.go", `package storetest; import "gorm.io/gorm"`, "may not be imported"},
	{"validator away", "internal/server/x.go", `package server; import "github.com/go-playground/validator/v10"`, "may not be imported"},
	{"another library of the same house", "internal/lang/x.go", `package lang; import "github.com/go-playground/locales"`, ""},
	{"assertions in code", "internal/app/x.go", `package app; import "github.com/stretchr/testify/require"`, "may not be imported"},
	{"assertions in a test", "internal/app/x_test.go", `package app; import "github.com/stretchr/testify/require"`, ""},
	{"mocks anywhere", "internal/app/x_test.go", `package app; import "github.com/stretchr/testify/mock"`, "may not be imported"},

	// Names.
	{"AutoMigrate", "internal/store/x.go", `package store; func f(db interface{ AutoMigrate() }) { db.AutoMigrate() }`, "write a migration"},
	{"gorm.Model", "internal/store/x.go", `package store; import "gorm.io/gorm"; type row struct{ gorm.Model }`, "name the columns"},
	{"gorm.DeletedAt", "internal/store/x.go", `package store; import g "gorm.io/gorm"; type row struct{ Gone g.DeletedAt }`, "voided, not deleted"},
	{"gin.H", "internal/server/x.go", `package server; import "github.com/gin-gonic/gin"; var x = gin.H{}`, "structs"},
	{"somebody else's H", "internal/server/x.go", `package server; var gin struct{ H int }; var x = gin.H`, ""},
	{"fetching", "internal/server/x.go", `package server; import "net/http"; var x = http.Get`, "nothing is fetched"},
	{"fetching in a test", "internal/server/x_test.go", `package server; import "net/http"; var x = http.Get`, ""},
	{"trusted markup", "internal/page/site.go", `package page; import "html/template"; var x = template.HTML("<b>")`, "only " + trustedMarkup},
	{"trusted markup by another name", "internal/page/site.go", `package page; import html "html/template"; var x html.JS`, "only " + trustedMarkup},
	{"trusted markup in its place", trustedMarkup, `package page; import "html/template"; var x = template.HTML("<b>")`, ""},
	{"a page with a map", "internal/page/site.go", `package page; type Site struct{ Rows map[string]any }`, "not a map"},
	{"a page that is a map", "internal/page/site.go", `package page; type Site map[string]interface{}`, "not a map"},
	{"a map drawn", "internal/server/site.go", `package server; func f(r interface{ Render(any) }) { r.Render(map[string]any{"A": 1}) }`, "not a map"},
	{"blanks of a sentence", "internal/page/words.go", `package page; func f(args map[string]any) {}`, ""},
	{"a map of something", "internal/page/site.go", `package page; type Site struct{ Rows map[string]int }`, ""},

	// Clock and init.
	{"the clock in code", "internal/intake/x.go", `package intake; import "time"; var x = time.Now`, "time.Now outside"},
	{"the clock by another name", "internal/intake/x.go", `package intake; import t "time"; func f(x t.Time) any { return t.Since(x) }`, "time.Since outside"},
	{"the clock in app", "internal/app/x.go", `package app; import "time"; var x = time.Now`, ""},
	{"the clock in a command", "cmd/thn/x.go", `package main; import "time"; var x = time.Now`, ""},
	{"the clock in a test", "internal/intake/x_test.go", `package intake; import "time"; var x = time.Now`, ""},
	{"init", "internal/app/x.go", `package app; func init() {}`, "init runs"},
	{"a method of that name", "internal/app/x.go", `package app; type a int; func (a) init() {}`, ""},

	// Length.
	{"long code", "internal/app/x.go", "package app\n" + strings.Repeat("\n", longest), "more than one thing"},
	{"code up to the wall", "internal/app/x.go", "package app\n" + strings.Repeat("\n", longest-1), ""},
	{"a long test", "internal/app/x_test.go", "package app\n" + strings.Repeat("\n", longestTest), "more than one thing"},
	{"a long template", "web/templates/page/x.html", strings.Repeat("\n", longest+1), "more than one thing"},
	{"generated code", "internal/app/x.go", "// Code generated by hand. DO NOT EDIT.\n\npackage app\n" + strings.Repeat("\n", longest), ""},

	// Words.
	{"a comment", "internal/app/x.go", "package app // for addicts", "person first"},
	{"a template", "web/templates/page/x.html", "<p>Drug users come here</p>", "person first"},
	{"a catalogue", "web/lang/x.en.yaml", `a.b: "Return clean needles here"`, "person first"},
	{"people as a target", "README.md", "It is for hard-to-reach groups.", "person first"},
	{"a kit that was needed", "web/lang/x.en.yaml", `a.b: "Wasted kits"`, "person first"},
	{"French", "web/lang/x.fr.yaml", `a.b: "Pour les toxicomanes"`, "person first"},
	{"French with accents", "web/lang/x.fr.yaml", `a.b: "Les drogués."`, "person first"},
	{"Spanish", "web/lang/x.es.yaml", `a.b: "Usuarios de drogas"`, "person first"},
	{"Spanish with accents", "web/lang/x.es.yaml", `a.b: "toxicómana"`, "person first"},
	{"a migration", "migrations/sqlite/0009_x.sql", `-- one row per abuser`, "person first"},
	{"words that only contain one", "web/lang/x.fr.yaml", `a.b: "indicateur, adictif, cafés, drogue"`, ""},
	{"people who use drugs", "web/lang/x.en.yaml", `a.b: "People who use drugs; sterile needles"`, ""},
	{"who uses the program", "internal/app/x.go", "package app // users of the program", ""},
}

func TestRules_bite(t *testing.T) {
	t.Parallel()
	for _, c := range bites {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := parse(t, c.path, c.text)
			var wrong []string
			for _, r := range rules {
				wrong = append(wrong, r.check(f)...)
			}
			if c.says == "" {
				require.Empty(t, wrong)
				return
			}
			require.Len(t, wrong, 1, "complaints: %q", wrong)
			require.Contains(t, wrong[0], c.says)
		})
	}
}

func TestRules_eachBitesSomewhere(t *testing.T) {
	t.Parallel()
	for _, r := range rules {
		bitten := false
		for _, c := range bites {
			bitten = bitten || len(r.check(parse(t, c.path, c.text))) > 0
		}
		require.True(t, bitten, "no planted fault for: %s", r.name)
	}
}

func TestOfficialNames_passWhereTheyAreNeeded(t *testing.T) {
	t.Parallel()
	names := map[string]string{"Society of Former Addicts": "web/lang/x.en.yaml"}
	text := `a.b: "Source: Society of Former Addicts"`
	require.Empty(t, impersonal(parse(t, "web/lang/x.en.yaml", text), names))
	require.Len(t, impersonal(parse(t, "web/lang/y.en.yaml", text), names), 1)
	require.Len(t, impersonal(parse(t, "web/lang/x.en.yaml", text+" and addicts"), names), 1)
}

func TestTopLevel_bites(t *testing.T) {
	t.Parallel()
	require.Empty(t, strayName("cmd"))
	require.Empty(t, strayName(".editorconfig"))
	require.NotEmpty(t, strayName("docs"))
}

func TestPackageComments_bite(t *testing.T) {
	t.Parallel()
	said := parse(t, "internal/thn/thn.go", "// Package thn holds words.\npackage thn")
	silent := parse(t, "internal/thn/kits.go", "package thn")
	for name, c := range map[string]struct {
		files []*file
		says  string
	}{
		"once":            {[]*file{said, silent}, ""},
		"never":           {[]*file{silent}, "no package comment"},
		"twice":           {[]*file{said, said}, "more than one"},
		"only in a test":  {[]*file{silent, parse(t, "internal/thn/kits_test.go", "// Package thn holds words.\npackage thn")}, "no package comment"},
		"by another name": {[]*file{parse(t, "internal/thn/thn.go", "// Package foo holds words.\npackage thn")}, "does not begin with"},
		"a command":       {[]*file{parse(t, "cmd/thn/main.go", "// Command thn serves.\npackage main")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wrong := checkComments(c.files)
			if c.says == "" {
				require.Empty(t, wrong)
				return
			}
			require.Len(t, wrong, 1)
			require.Contains(t, wrong[0], c.says)
		})
	}
}
