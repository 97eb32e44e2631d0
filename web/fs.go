// Package web holds what browsers are sent and what people read: templates,
// styles, scripts and the catalogues of text, embedded in the program.
package web

import "embed"

// Files is everything under this folder that the program serves or renders.
//
//go:embed templates static lang
var Files embed.FS
