// Package form reads what people and phones send: posted forms and JSON. It
// answers "is this well formed?" and nothing else; rules that need time, people
// or data are in package intake. It is the only package that knows the
// validator. Every field of a form is text, so that a refused form can be shown
// again in the person's own words. Start at Decode.
package form

import (
	"errors"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"
	"golang.org/x/text/unicode/norm"

	"thntracker/internal/fault"
)

// Decode fills a form struct from posted values by the `form` tags of its string
// and []string fields, then checks it. A key that the form does not have, or a
// single answer given twice, is refused: nothing is taken in silently. Text is
// brought to one Unicode spelling and outer blanks go.
func Decode(values url.Values, into any) error {
	fields := fieldsOf(into)
	var wrong []fault.Field
	for key, list := range values {
		f, known := fields[key]
		switch {
		case !known:
			wrong = append(wrong, fault.Field{Name: "", Key: "form.unknown", Args: map[string]any{"Field": clean(key)}})
		case f.Kind() == reflect.Slice:
			cleaned := make([]string, len(list))
			for i, s := range list {
				cleaned[i] = clean(s)
			}
			f.Set(reflect.ValueOf(cleaned))
		case len(list) > 1 && key != "do":
			wrong = append(wrong, fault.Field{Name: key, Key: "form.unknown", Args: map[string]any{"Field": clean(key)}})
		default:
			f.SetString(clean(list[0]))
		}
	}
	if len(wrong) > 0 {
		return fault.Fields("decode form", wrong...)
	}
	return Check(into)
}

// Check tells what is not well formed, in the order of the form's fields, or nil.
func Check(form any) error {
	err := rules.Struct(form)
	var failed validator.ValidationErrors
	if err == nil || !errors.As(err, &failed) {
		return fault.Wrap("check form", err)
	}
	var wrong []fault.Field
	for _, f := range failed {
		wrong = append(wrong, message(f, labelOf(form, f.StructField())))
	}
	return fault.Fields("check form", wrong...)
}

// clean gives text one spelling and drops what can hide or reorder it: control
// characters and the marks that override direction.
func clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(norm.NFC.String(s))
}

func fieldsOf(form any) map[string]reflect.Value {
	v := reflect.ValueOf(form).Elem()
	fields := map[string]reflect.Value{}
	for i := range v.NumField() {
		if key := v.Type().Field(i).Tag.Get("form"); key != "" {
			fields[key] = v.Field(i)
		} else if v.Type().Field(i).Anonymous {
			for k, f := range fieldsOf(v.Field(i).Addr().Interface()) {
				fields[k] = f
			}
		}
	}
	return fields
}

func labelOf(form any, name string) fault.Label {
	t := reflect.TypeOf(form).Elem()
	if f, ok := t.FieldByName(name); ok {
		return fault.Label(f.Tag.Get("label"))
	}
	return ""
}

// rules is the one validator. Names come from the form tag, so that a message
// lands beside its control.
var rules = newRules()

func newRules() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string { return f.Tag.Get("form") })
	for tag, rule := range map[string]func(string) bool{"id": isID, "count": isNumber, "yearmonth": isMonth, "from": isFrom} {
		must(v.RegisterValidation(tag, func(fl validator.FieldLevel) bool { return rule(fl.Field().String()) }))
	}
	for tag, list := range codeLists {
		must(v.RegisterValidation(tag, func(fl validator.FieldLevel) bool { return slices.Contains(list, fl.Field().String()) }))
	}
	return v
}

// must stops the start-up on a rule that cannot be registered.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// message puts a failed rule into a sentence that says what to do.
func message(f validator.FieldError, label fault.Label) fault.Field {
	args := map[string]any{"Field": label}
	key := "form.list"
	switch f.Tag() {
	case "required", "required_if":
		key = "form.missing"
		if slices.Contains(chosen, f.Field()) {
			key = "form.choose_for"
		}
	case "max":
		key, args["Max"] = "form.too_long", f.Param()
	case "count":
		key, args["Min"], args["Max"] = "form.range", "1", "99"
	case "id":
		key = "form.id"
	case "number", "numeric":
		key = "form.number"
	}
	return fault.Field{Name: f.Field(), Key: key, Args: args}
}
