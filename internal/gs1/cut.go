package gs1

import "strings"

// element is one identifier with what stands behind it.
type element struct{ id, value string }

func (e element) String() string { return "(" + e.id + ")" + e.value }

// fixed are the lengths of what follows two digits of an identifier, for those
// that need no separator (General Specifications, figure 7.8.5-2). Longer
// identifiers begin with the same two digits, so that reading past them needs
// no list of all there are.
var fixed = map[string]int{"00": 18, "01": 14, "02": 14, "03": 14, "04": 16, "11": 6, "12": 6, "13": 6, "14": 6, "15": 6, "16": 6, "17": 6, "18": 6, "19": 6,
	"20": 2, "31": 8, "32": 8, "33": 8, "34": 8, "35": 8, "36": 8, "41": 14}

// cutRaw takes the next element off a string without parentheses.
func cutRaw(text string) (element, string, error) {
	text = strings.TrimLeft(text, string(separator))
	if len(text) < 3 || !digits(text[:2]) {
		return element{}, "", wrong("gs1.not_code", clip(text))
	}
	e, rest := element{id: text[:2]}, text[2:]
	if n := fixed[e.id]; n > 0 {
		if len(rest) < n || strings.ContainsRune(rest[:n], separator) {
			return element{}, "", wrong("gs1.short", clip("("+e.id+")"+rest))
		}
		e.value, rest = rest[:n], rest[n:]
	} else {
		e.value, rest, _ = strings.Cut(rest, string(separator))
	}
	return e, strings.TrimLeft(rest, string(separator)), nil
}

// cutBracketed takes the next element off a string in which identifiers stand
// in parentheses. A lot may hold parentheses too: only those around two to four
// digits begin an element.
func cutBracketed(text string) (element, string, error) {
	id, ok := leading(text)
	if !ok {
		return element{}, "", wrong("gs1.not_code", clip(text))
	}
	e, rest := element{id: id}, text[len(id)+2:]
	end := len(rest)
	for i := range rest {
		if _, next := leading(rest[i:]); next {
			end = i
			break
		}
	}
	e.value, rest = strings.Trim(rest[:end], " \t\r\n"+string(separator)), rest[end:]
	if n := fixed[e.id]; n > 0 && len(e.value) != n {
		return element{}, "", wrong("gs1.short", clip(e.String()))
	}
	return e, rest, nil
}

// leading gives the identifier in parentheses that a text begins with.
func leading(text string) (id string, ok bool) {
	if !strings.HasPrefix(text, "(") {
		return "", false
	}
	id, _, ok = strings.Cut(text[1:], ")")
	return id, ok && len(id) >= 2 && len(id) <= 4 && digits(id)
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// clip keeps a message short: what was typed may be a whole page.
func clip(s string) string {
	r := []rune(Visible(s))
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return string(r)
}
