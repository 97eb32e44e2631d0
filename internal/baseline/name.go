package baseline

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// countriesTSV holds codes and names from CLDR, as scripts/worldmap writes them:
// alpha-2, alpha-3, then the name in each of nameLanguages.
//
//go:embed countries.tsv
var countriesTSV string

// nameLanguages are the languages of the names, in the order of their columns.
var nameLanguages = []string{"en", "fr", "es"}

// Demonstration is the user-assigned code of the fictional country that a
// demonstration installation holds. It is on no map and in no list of countries.
const Demonstration = "XD"

// Country is a code with its name in one language.
type Country struct {
	ISO2, ISO3 string
	Name       string
}

// names holds, by alpha-2 code, the other columns of the table.
var names = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{Demonstration: {"XDX", "Demonstration country", "Pays de démonstration", "País de demostración"}}
	for line := range strings.Lines(countriesTSV) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) == 2+len(nameLanguages) {
			all[f[0]] = f[1:]
		}
	}
	return all
})

// Name gives a country its name in a language. A language without names gets
// English; a code that is no country's comes back as it is.
func Name(iso2, lang string) string {
	f, ok := names()[iso2]
	if !ok {
		return iso2
	}
	return f[1+column(lang)]
}

// Known tells whether a code is a country's or Demonstration.
func Known(iso2 string) bool {
	_, ok := names()[iso2]
	return ok
}

// Countries lists every country but Demonstration, in the order in which people
// who read the language look names up: É beside E.
func Countries(lang string) []Country {
	var list []Country
	for code, f := range names() {
		if code != Demonstration {
			list = append(list, Country{ISO2: code, ISO3: f[0], Name: f[1+column(lang)]})
		}
	}
	order := collate.New(language.Make(nameLanguages[column(lang)]))
	slices.SortFunc(list, func(a, b Country) int { return order.CompareString(a.Name, b.Name) })
	return list
}

// column is where the names of a language stand; "fr-CA" reads French.
func column(lang string) int {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	return max(0, slices.Index(nameLanguages, base))
}
