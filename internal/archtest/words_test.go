package archtest

import (
	"fmt"
	"regexp"
	"strings"
)

// words are what people are never called here, in code, comments and screens.
// A person is somebody who uses drugs, who lives with dependence, who is at
// risk; a needle is used or sterile.
var words = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\b(addicts?|addicted|junk(ie|y|ies)|druggies?|crackheads?|alcoholics?)\b`),
	regexp.MustCompile(`(?i)\b(abusers?|misusers?|substance abuse|drug abuse|drug habit)\b`),
	regexp.MustCompile(`(?i)\b(drug|injecting|injection|intravenous|iv|heroin|opioid|opiate|substance) users?\b`),
	regexp.MustCompile(`(?i)\b(clean|dirty) (needles?|syringes?|urine|works)\b`),
	regexp.MustCompile(`(?i)\boverdose victims?\b`),
	regexp.MustCompile(`(?i)\b(relaps(e|es|ed|ing)|offenders?|hard[- ]to[- ]reach|target (groups?|populations?)|wasted kits?)\b`),
	// French.
	regexp.MustCompile(`(?i)(^|\P{L})(toxicomanes?|toxicos?|drogué[es]*|camés?)(\P{L}|$)`),
	regexp.MustCompile(`(?i)\b(usag(er|ère)s?|consommat(eur|rice)s?) de (drogues?|stupéfiants)`),
	regexp.MustCompile(`(?i)\bseringues? (propres?|sales?)\b`),
	// Spanish.
	regexp.MustCompile(`(?i)(^|\P{L})(drogadict[oa]s?|toxic[oó]man[oa]s?|yonquis?|drogat[ao]s?|adict[oa]s?)(\P{L}|$)`),
	regexp.MustCompile(`(?i)\b(usuari[oa]s?|consumidor(a|es|as)?) de drogas?\b`),
	regexp.MustCompile(`(?i)\bjeringu(ill)?as? (limpias?|sucias?)\b`),
}

// official are names that their bearers chose or a statute gave, kept as they
// are, with the file that needs each, so that a name goes when its file goes.
var official = map[string]string{
	"offender id": "internal/sheet/forbidden.go", "offender number": "internal/sheet/forbidden.go", // headers that prisons give to columns, refused here
}

// lists are files that name such words in order to refuse them.
var lists = map[string]bool{
	"internal/intake/intake_test.go": true,
	"internal/lang/wording_test.go":  true,
}

// checkWords looks for words that put something before the person.
func checkWords(f *file) []string {
	if f.pkg() == "internal/archtest" || lists[f.path] {
		return nil
	}
	return impersonal(f, official)
}

// impersonal is checkWords with the names to let through.
func impersonal(f *file, official map[string]string) []string {
	text := f.text
	for name, place := range official {
		if place == f.path {
			text = strings.ReplaceAll(text, name, "")
		}
	}
	var wrong []string
	for number, line := range strings.Split(text, "\n") {
		for _, word := range words {
			if found := word.FindString(line); found != "" {
				wrong = append(wrong, fmt.Sprintf("%s:%d: %q: say the person first (official names go into words_test.go)", f.path, number+1, strings.TrimSpace(found)))
			}
		}
	}
	return wrong
}
