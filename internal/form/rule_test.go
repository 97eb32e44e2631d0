package form

import (
	"net/url"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
)

// TestRules_askWhatTheServerAsks: a form without answers is refused for exactly
// what a phone would have asked for.
func TestRules_askWhatTheServerAsks(t *testing.T) {
	for _, form := range []any{Distribution{}, Several{}, Use{}, Training{}} {
		into := reflect.New(reflect.TypeOf(form)).Interface()
		var refused []string
		for _, f := range fault.FieldsOf(Decode(url.Values{}, into)) {
			if f.Name != "id" {
				refused = append(refused, f.Name)
			}
		}
		var asked []string
		for _, r := range Rules(form) {
			if r.When == "" {
				asked = append(asked, r.Name)
			}
		}
		require.Equal(t, refused, asked, "%T", form)
	}
}

func TestRules_distribution(t *testing.T) {
	require.Equal(t, []Rule{
		{Name: "site", Ask: "choose"}, {Name: "product", Ask: "choose"}, {Name: "day", Ask: "day"}, {Name: "recipient", Ask: "choose"}, {Name: "supply", Ask: "choose"},
		{Name: "reason", Ask: "choose", When: "supply=repeat"}, {Name: "kits", Ask: "count", Least: 1, Most: 99},
	}, Rules(Distribution{}))
}
