package export

import (
	"strconv"
	"strings"
	"unicode"

	"thntracker/internal/report"
)

// status says in one word what a cell is. "value" is a plain number; "range" and
// "interval" have their bounds beside them; the others are no numbers.
func status(x report.Cell) string {
	switch x.Kind() {
	case report.KindCount, report.KindRatio, report.KindText:
		return "value"
	}
	return string(x.Kind())
}

// value is the number of a cell, or its words; empty when there is neither.
func value(words report.Words, x report.Cell, c report.Column) string {
	switch x.Kind() {
	case report.KindText:
		return text(report.Say(words, x.Text()))
	case report.KindCount:
		return x.Count().Low.String()
	case report.KindRatio:
		return decimal(x.Ratio().Value, c)
	case report.KindModelled:
		return rounded(x.Model().Value, c)
	case report.KindInterval:
		if x.Ratio().Valued {
			return decimal(x.Ratio().Value, c)
		}
	}
	return ""
}

func bounded(x report.Cell) bool {
	return x.Is(report.KindRange) || x.Is(report.KindInterval) || x.Is(report.KindModelled) && x.Model().Ranged()
}

// rounded is an estimate of a model to the places that its column shows.
func rounded(v float64, c report.Column) string { return strconv.FormatFloat(v, 'f', c.Places, 64) }

// low and high choose a bound.
const (
	low  = false
	high = true
)

// bound is the lower or upper end of a cell; of a plain number, the number itself.
func bound(x report.Cell, c report.Column, upper bool) string {
	switch x.Kind() {
	case report.KindCount, report.KindRange:
		if upper {
			return x.Count().High.String()
		}
		return x.Count().Low.String()
	case report.KindModelled:
		if upper {
			return rounded(x.Model().High, c)
		}
		return rounded(x.Model().Low, c)
	case report.KindRatio, report.KindInterval:
		if upper {
			return decimal(x.Ratio().High, c)
		}
		return decimal(x.Ratio().Low, c)
	}
	return ""
}

func divided(x report.Cell) bool { return x.Is(report.KindRatio) || x.Is(report.KindInterval) }

// numerator and denominator are what a ratio was made of, when both are known.
func numerator(x report.Cell) string {
	if divided(x) && x.Ratio().Valued {
		return x.Ratio().Value.Num.String()
	}
	return ""
}

func denominator(x report.Cell) string {
	if divided(x) && x.Ratio().Valued {
		return x.Ratio().Value.Den.String()
	}
	return ""
}

// clean takes out of words what files must not hold: control characters, and the
// marks with which a name could turn the writing around it. Marks that keep a name
// to its own direction, and those that join letters, stay.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r == unicode.ReplacementChar, r == '\ufffe', r == '\uffff':
			return ' '
		case r >= 0x202a && r <= 0x202e:
			return -1
		}
		return r
	}, s)
}
