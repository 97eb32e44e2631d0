package form

import (
	"reflect"
	"slices"
	"strings"

	"thntracker/internal/thn"
)

// Rule is what a form asks of one answer, for a phone to check before it seals
// what cannot be put right any more. It is read off the same tags that the server
// checks by.
type Rule struct {
	Name  string   `json:"name,omitempty"`
	Names []string `json:"names,omitempty"` // with "some"
	Ask   string   `json:"ask"`             // choose, enter, count, day, some
	When  string   `json:"when,omitempty"`  // "name=value": only if that was answered
	Least int      `json:"least,omitempty"`
	Most  int      `json:"most,omitempty"`
	Say   string   `json:"say,omitempty"` // catalogue key, with "some"
}

// Rules gives what a form struct asks, in the order of its fields. Answers that
// the form makes up by itself, such as the id, are left out.
func Rules(form any) (list []Rule) {
	for _, f := range reflect.VisibleFields(reflect.TypeOf(form)) {
		name, tags := f.Tag.Get("form"), strings.Split(f.Tag.Get("validate"), ",")
		if name == "" || name == "id" || slices.Contains(tags, "omitempty") && !strings.HasPrefix(tags[0], "required_if") {
			continue
		}
		r := Rule{Name: name, Ask: "enter"}
		if field, value, ok := strings.Cut(strings.TrimPrefix(tags[0], "required_if="), " "); ok {
			r.When = strings.ToLower(field) + "=" + value
		} else if tags[0] != "required" {
			continue
		}
		switch {
		case slices.Contains(tags, "count"):
			r.Ask, r.Least, r.Most = "count", 1, thn.MaxKits
		case name == "day":
			r.Ask = "day"
		case slices.Contains(chosen, name):
			r.Ask = "choose"
		}
		list = append(list, r)
	}
	return list
}
