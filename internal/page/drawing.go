package page

import (
	"fmt"
	"html/template"
)

// Drawing is SVG made by package chart, which escapes every text in it, or by
// package poster, which puts none in. This file is the only place where markup
// is trusted.
type Drawing string

func drawing(d Drawing) template.HTML { return template.HTML(d) } //nolint // see Drawing

// Content is what is particular to a page, made by its template, which escaped
// everything in it.
type Content string

func content(c Content) template.HTML { return template.HTML(c) } //nolint // see Content

// icon draws one of our own small line drawings; the label stands beside it in words.
func icon(name string) (template.HTML, error) {
	path, ok := icons[name]
	if !ok {
		return "", fmt.Errorf("no icon %q", name)
	}
	class := "icon"
	if turning[name] {
		class += " turns"
	}
	return template.HTML(`<svg class="` + class + `" viewBox="0 0 24 24" aria-hidden="true" focusable="false">` + path + `</svg>`), nil
}

// turning are the icons that show lines of text, or something that begins at
// one side: in a language that runs from right to left they are seen in a mirror.
// Clocks, numerals and ticks are the same everywhere.
var turning = map[string]bool{"commitments": true, "summary": true, "coverage": true}

var icons = map[string]string{
	"give_out":    `<path d="M4 13h16v7H4zM2.5 9h19v4h-19zM12 9v11M12 9c-4 0-5-5-2.5-5S12 9 12 9c0 0 0-5 2.5-5S16 9 12 9"/>`,
	"several":     `<circle cx="8" cy="8" r="3"/><circle cx="16.5" cy="9" r="2.5"/><path d="M2.5 20c0-4 2.5-6 5.500-6s5.500 2 5.500 6M14.500 14.500c3-1 7 .5 7 5.500"/>`,
	"stock":       `<path d="M3 3v18M21 3v18M3 12h18M3 20h18M6 7h5v5H6zM13 9h5v3h-5zM6 15h4v5H6zM12 14h6v6h-6z"/>`,
	"used":        `<path d="M12 20.500C5 15.500 3 12 3 8.800a4.600 4.600 0 0 1 9-1.300 4.600 4.600 0 0 1 9 1.300c0 3.200-2 6.700-9 11.700zM7.500 11.500h2.500l1.500-2.500 2 4.500 1-2h2"/>`,
	"today":       `<path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"/>`,
	"more":        `<path d="M4 7h16M4 12h16M4 17h16"/>`,
	"coverage":    `<path d="M4 20V10M10 20V4M16 20v-7M21 20H3"/>`,
	"commitments": `<path d="M5 3h11l3 3v15H5zM8 10l1.500 1.500L12 9M8 16l1.500 1.500L12 15M14.500 10.500h2M14.500 16.500h2"/>`,
	"world":       `<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3 15 0 18c-3-3-3-15 0-18"/>`,
	"summary":     `<path d="M6 3h9l3 3v15H6zM9 9h6M9 13h6M9 17h4"/>`,
	"outbox":      `<path d="M4 14v6h16v-6M12 15V4M7.500 8.500L12 4l4.500 4.500"/>`,
	"hide":        `<path d="M3 12c4-6.500 14-6.500 18 0c-4 6.500-14 6.500-18 0zM4 20L20 4"/>`,
	"tick":        `<path d="M4 13l5 5L20 6"/>`,
	"alert":       `<path d="M12 3l10 18H2zM12 10v5M12 17.500v.6"/>`,
	"person":      `<circle cx="12" cy="7.500" r="4"/><path d="M4 21c0-5 3.500-8 8-8s8 3 8 8"/>`,
	"pair":        `<circle cx="8" cy="8.500" r="3.500"/><circle cx="17" cy="9.500" r="2.500"/><path d="M2 20.500c0-4.500 2.500-7 6-7s6 2.500 6 7M15 14.500c3.500-1 7 1 7 5.500"/>`,
	"badge":       `<path d="M5 7h14v13H5zM9 7V4h6v3M9.500 16.500c0-3 5-3 5 0"/><circle cx="12" cy="12" r="1.700"/>`,
	"quiet":       `<circle cx="12" cy="12" r="9"/><path d="M8 12h8"/>`,
	"first":       `<circle cx="12" cy="12" r="9"/><path d="M10 9l2.500-1.500V16.500"/>`,
	"again":       `<path d="M19.500 12a7.500 7.500 0 1 1-2.200-5.300M19.500 3.500v4h-4"/>`,
	"spare":       `<path d="M12 4v16M4 12h16"/>`,
}
