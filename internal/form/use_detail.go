package form

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// UseDetail is the form for a report of several persons, each of whom may have
// been given naloxone several times. Its fields are numbered: outcome-2 is of
// the second person, giver-2-1 of the first time they were given naloxone.
type UseDetail struct {
	UseIncident
	Persons []UsePerson
}

// UseIncident is what the form asks once.
type UseIncident struct {
	UseWhen
	Do string `form:"do"`
}

// UsePerson is one person of the form.
type UsePerson struct {
	Outcome  string `form:"outcome" label:"used.outcome" validate:"omitempty,outcome"`
	Relation string `form:"relation" label:"used.relation" validate:"omitempty,relation"`
	Given    []UseGiven
}

// UseGiven is one time that naloxone was given.
type UseGiven struct {
	Giver    string `form:"giver" label:"used.giver" validate:"omitempty,giver"`
	Doses    string `form:"given_doses"`
	Product  string `form:"given_product" label:"used.product" validate:"omitempty,id"`
	Response string `form:"response" label:"used.response" validate:"omitempty,response"`
}

// Room for what one page can hold; a larger incident is a file.
const (
	MostPersons = 9
	MostGiven   = 6
)

var numbered = regexp.MustCompile(`^(outcome|relation|giver|given_doses|given_product|response)-([1-9])(?:-([1-9]))?$`)

// DecodeUse fills the form from posted values. The persons come back even when
// an answer is refused, so that nothing typed is lost.
func DecodeUse(values url.Values) (UseDetail, error) {
	var f UseDetail
	plain := url.Values{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		m := numbered.FindStringSubmatch(name)
		if m == nil || len(values[name]) != 1 || !f.set(m, clean(values[name][0])) {
			plain[name] = values[name]
		}
	}
	if len(f.Persons) == 0 {
		f.Persons = []UsePerson{{}}
	}
	return f, Decode(plain, &f.UseIncident)
}

// set puts a numbered answer in its place; it tells whether there is one.
func (f *UseDetail) set(m []string, answer string) bool {
	person, _ := strconv.Atoi(m[2]) // a digit, as matched
	given, _ := strconv.Atoi(m[3])
	for len(f.Persons) < person {
		f.Persons = append(f.Persons, UsePerson{})
	}
	p := &f.Persons[person-1]
	if given == 0 {
		return place(map[string]*string{"outcome": &p.Outcome, "relation": &p.Relation}, m[1], answer)
	}
	if given > MostGiven {
		return false
	}
	for len(p.Given) < given {
		p.Given = append(p.Given, UseGiven{})
	}
	g := &p.Given[given-1]
	return place(map[string]*string{"giver": &g.Giver, "given_doses": &g.Doses, "given_product": &g.Product, "response": &g.Response}, m[1], answer)
}

func place(fields map[string]*string, name, answer string) bool {
	if fields[name] == nil {
		return false
	}
	*fields[name] = answer
	return true
}

// Add answers the buttons that add a person, or a time for one of them; it tells
// whether one of them was pressed.
func (f *UseDetail) Add() (bool, error) {
	full := fault.Fields("use", fault.Field{Name: "persons", Key: "used.too_many", Args: map[string]any{"Most": MostPersons, "Given": MostGiven}})
	if f.Do == "person" {
		if len(f.Persons) >= MostPersons {
			return true, full
		}
		f.Persons = append(f.Persons, UsePerson{Given: []UseGiven{{}}})
		return true, nil
	}
	number, ok := strings.CutPrefix(f.Do, "given-")
	n, err := Count(number)
	if !ok || err != nil || n < 1 || n > len(f.Persons) {
		return false, nil
	}
	if len(f.Persons[n-1].Given) >= MostGiven {
		return true, full
	}
	f.Persons[n-1].Given = append(f.Persons[n-1].Given, UseGiven{})
	return true, nil
}

// ToDomain makes one record of all of it.
func (f UseDetail) ToDomain(today thn.Date) (thn.Use, error) {
	u, wrong := f.base(today)
	for i, p := range f.Persons {
		person := thn.UsePerson{Outcome: or(thn.Survival(p.Outcome), thn.SurvivalNotRecorded), Relation: or(thn.Relation(p.Relation), "not_asked")}
		wrong = append(wrong, renamed(Check(&p), fmt.Sprintf("-%d", i+1))...)
		for j, g := range p.Given {
			suffix := fmt.Sprintf("-%d-%d", i+1, j+1)
			wrong = append(wrong, renamed(Check(&g), suffix)...)
			doses := 0
			if g.Doses != "" {
				n, err := Count(g.Doses)
				if err != nil || n < 1 || n > thn.MaxDoses {
					wrong = append(wrong, fault.Field{Name: "given_doses" + suffix, Key: "used.doses_blank", Args: map[string]any{"Most": thn.MaxDoses}})
				}
				doses = n
			}
			person.Given = append(person.Given, thn.Administration{Giver: or(thn.Giver(g.Giver), thn.GiverUnknown), Product: thn.ID(g.Product), Doses: doses,
				Response: or(thn.Response(g.Response), "not_asked")})
		}
		u.Persons = append(u.Persons, person)
	}
	if u.Administrations() == 0 {
		wrong = append(wrong, fault.Field{Name: "persons", Key: "used.nobody_given"})
	}
	return u, fault.Fields("use", wrong...)
}

// renamed gives the fields of one person the names that they have on the page.
func renamed(err error, suffix string) []fault.Field {
	fields := slices.Clone(fault.FieldsOf(err))
	for i := range fields {
		fields[i].Name += suffix
	}
	return fields
}
