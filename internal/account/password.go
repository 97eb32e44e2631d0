package account

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ccojocar/zxcvbn-go"
	"golang.org/x/text/unicode/norm"

	"thntracker/internal/fault"
)

// What a password must be. Length counts characters, not bytes. The estimate
// knows common passwords, names, keyboard walks, repeats and dates; score 3 of 4
// means that about 10⁸ guesses are not enough, which the throttle makes very long.
const (
	passwordLeast = 12
	passwordMost  = 128
	strengthLeast = 3
	// The estimate's time grows with the square of the length, and a long
	// password is no weaker than its beginning.
	estimated = 64
)

// contextWords are what people of this field would choose first.
var contextWords = []string{"naloxone", "naloxona", "narcan", "nyxoid", "prenoxad", "kloxxado", "ventizolve", "overdose", "overdosis", "surdose",
	"sobredosis", "opioid", "outreach", "harmreduction", "harm", "reduction", "thntracker", "tracker", "takehome", "password", "contraseña", "motdepasse"}

// CheckPassword says what to change about a password, or nil. Any character may
// stand in it, and nothing makes anybody change it after a while. leansOn lists
// words that are known with the account, such as its handle.
func CheckPassword(password string, leansOn ...string) error {
	return fault.Fields("check password", passwordFields(password, leansOn...)...)
}

func passwordFields(password string, leansOn ...string) []fault.Field {
	wrong := func(key string, args map[string]any) []fault.Field {
		return []fault.Field{{Name: "password", Key: key, Args: args}}
	}
	typed := spelling(password)
	switch n := utf8.RuneCountInString(typed); {
	case n < passwordLeast:
		return wrong("account.password_short", map[string]any{"Least": passwordLeast})
	case n > passwordMost:
		return wrong("account.password_long", map[string]any{"Most": passwordMost})
	}
	guess := zxcvbn.PasswordStrength(beginning(typed), words(leansOn))
	if guess.Score >= strengthLeast {
		return nil
	}
	for _, m := range guess.MatchSequence {
		if m.DictionaryName == "user_inputs" {
			return wrong("account.password_context", nil)
		}
	}
	return wrong("account.password_guessable", nil)
}

// spelling gives one Unicode spelling to what may be typed in several ways on
// different keyboards. Nothing else about a password is changed.
func spelling(password string) string { return norm.NFC.String(password) }

func beginning(s string) string {
	n := 0
	for i := range s {
		if n == estimated {
			return s[:i]
		}
		n++
	}
	return s
}

// words are the context words with the parts of what the password may lean on.
func words(leansOn []string) []string {
	list := append([]string{}, contextWords...)
	for _, s := range leansOn {
		s = strings.ToLower(s)
		list = append(list, s)
		for _, part := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if len(part) > 2 {
				list = append(list, part)
			}
		}
	}
	return list
}

// How many characters a sign-in name has.
const (
	handleLeast = 2
	handleMost  = 64
)

// CheckHandle says what to change about a sign-in name, or nil.
func CheckHandle(handle string) error {
	return fault.Fields("check handle", handleFields(handle)...)
}

// handleFields allows letters and digits of any script with . _ and - between
// them. An e-mail address is refused with the rest: it is an address of a person.
func handleFields(handle string) []fault.Field {
	n := utf8.RuneCountInString(handle)
	switch {
	case n < handleLeast || n > handleMost:
		return []fault.Field{{Name: "handle", Key: "account.handle_length"}}
	case !utf8.ValidString(handle) || strings.ContainsFunc(handle, outOfHandle):
		return []fault.Field{{Name: "handle", Key: "account.handle_signs"}}
	}
	return nil
}

func outOfHandle(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-", r)
}
