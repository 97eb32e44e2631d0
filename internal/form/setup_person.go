package form

import (
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Person is the form for a new account. Scope is "programme", "area:ID" or
// "site:ID".
type Person struct {
	Handle   string `form:"handle" label:"setup.person.handle" validate:"required"`
	Password string `form:"password" label:"setup.person.password" validate:"required"`
	Role     string `form:"role" label:"setup.person.role" validate:"required,role"`
	Scope    string `form:"scope" label:"setup.person.scope" validate:"required"`
}

// ScopeAll is the answer for the whole programme.
const ScopeAll = "programme"

// ScopeArea and ScopeSite are the answers for one place.
func ScopeArea(id thn.ID) string { return "area:" + string(id) }

// ScopeSite is the answer for one site.
func ScopeSite(id thn.ID) string { return "site:" + string(id) }

// Role is the form for another role of somebody who has an account.
type Role struct {
	Role  string `form:"role" label:"setup.person.role" validate:"required,role"`
	Scope string `form:"scope" label:"setup.person.scope" validate:"required"`
}

// Place reads how far a role reaches: an area, a site, or neither for all.
func Place(scope string) (area, site thn.ID, err error) {
	if scope == ScopeAll {
		return "", "", nil
	}
	kind, text, _ := strings.Cut(scope, ":")
	id, err := thn.ParseID(text)
	switch {
	case err == nil && kind == "area":
		return id, "", nil
	case err == nil && kind == "site":
		return "", id, nil
	}
	return "", "", fault.Fields("scope", fault.Field{Name: "scope", Key: "setup.scope_unknown"})
}
