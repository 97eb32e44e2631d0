package main

import (
	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/web"
)

// english gives the command line its texts; a terminal has no language setting
// that we could trust on a server.
func english() (*lang.Locale, error) {
	catalogue, err := lang.Open(web.Files, "lang")
	if err != nil {
		return nil, err
	}
	return catalogue.Locale("en"), nil
}

func labels(locale *lang.Locale, args map[string]any) map[string]any {
	out := make(map[string]any, len(args))
	for k, v := range args {
		if label, ok := v.(fault.Label); ok {
			v = locale.T(string(label))
		}
		out[k] = v
	}
	return out
}
