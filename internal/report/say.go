package report

import (
	"maps"

	"thntracker/internal/need"
	"thntracker/internal/thn"
)

// Words is a language, as far as figures need one; a locale of the catalogue is one.
type Words interface {
	Args(key string, args map[string]any) string
	Number(n any) string
	Decimal(v float64, places int) string
	Period(p thn.Period) string
	Date(d thn.Date) string
}

// Say puts a label into words. Periods, days, counts and labels among its blanks
// are put into words first.
func Say(w Words, l Label) string {
	switch {
	case l.Key != "":
		return w.Args(l.Key, said(w, l.Args))
	case l.Text != "" || l.Period == thn.Period{}:
		return l.Text
	}
	return w.Period(l.Period)
}

func said(w Words, args map[string]any) map[string]any {
	out := maps.Clone(args)
	for name, v := range out {
		switch v := v.(type) {
		case thn.Period:
			out[name] = w.Period(v)
		case thn.Date:
			out[name] = w.Date(v)
		case thn.Count:
			out[name] = countText(w, v)
		case Label:
			out[name] = Say(w, v)
		case Cell:
			out[name] = Show(w, Column{Places: perPlaces}, v)
		case Decimal:
			out[name] = w.Decimal(v.Float(), v.Places)
		case int:
			out[name] = w.Number(v)
		case Fixed:
			out[name] = w.Decimal(v.Value, v.Places)
		}
	}
	return out
}

// Show writes a cell for people: the number in their language's digits, or the
// word for why there is none.
func Show(w Words, c Column, x Cell) string {
	switch x.Kind() {
	case KindCount, KindRange:
		return countText(w, x.Count())
	case KindRatio:
		return ratioText(w, c, x.Ratio().Value)
	case KindInterval:
		i := x.Ratio()
		bounds := ratioText(w, c, i.Low) + "–" + ratioText(w, c, i.High)
		if !i.Valued {
			return bounds
		}
		return ratioText(w, c, i.Value) + " (" + bounds + ")"
	case KindModelled:
		return estimateText(w, c, x.Model())
	case KindText:
		return Say(w, x.Text())
	}
	return w.Args("cell."+string(x.Kind()), nil)
}

func countText(w Words, c thn.Count) string {
	if c.Exact() {
		return halvesText(w, c.Low)
	}
	return halvesText(w, c.Low) + "–" + halvesText(w, c.High)
}

func halvesText(w Words, h thn.Halves) string {
	if h%2 == 0 {
		return w.Number(int64(h / 2))
	}
	return w.Decimal(float64(h)/2, 1)
}

// estimateText writes an estimate with its interval, if it has one.
func estimateText(w Words, c Column, e need.Estimate) string {
	text := w.Decimal(e.Value, c.Places)
	if e.Ranged() {
		text += " (" + w.Decimal(e.Low, c.Places) + "–" + w.Decimal(e.High, c.Places) + ")"
	}
	return text
}

func ratioText(w Words, c Column, r Ratio) string {
	return w.Decimal(r.Round(c.Places).Float(), c.Places)
}
