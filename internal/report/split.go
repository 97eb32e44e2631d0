package report

import (
	"fmt"
	"strconv"
	"time"

	"thntracker/internal/thn"
)

// part is one row or column to be: what it is called and which box it is about.
type part struct {
	label Label
	mark  []Label
	cut   func(box) box
}

// groupOf is the tally's group behind a dimension.
var groupOf = map[By]thn.Group{
	ByArea: thn.ByArea, BySite: thn.BySite, BySetting: thn.BySetting, ByChannel: thn.ByChannel, ByMonth: thn.ByMonth, ByQuarter: thn.ByMonth, ByYear: thn.ByMonth,
	ByFiscal: thn.ByMonth, BySupply: thn.BySupply, ByRecipient: thn.ByRecipient, BySupplier: thn.BySupplier, ByProduct: thn.ByProduct, ByReason: thn.ByReason,
}

// parts lists the rows of a dimension, all of them, whether or not anything was reported.
func (b *book) parts(by By) []part {
	switch by {
	case ByMonth, ByQuarter, ByYear, ByFiscal:
		return b.stretches(by)
	case ByArea:
		return b.areaParts()
	case BySite:
		return b.siteParts()
	case ByProduct:
		return b.productParts()
	case ByChannel:
		return codeParts("channel", thn.Channels, func(x box, s set) box { x.channel &= s; return x })
	case BySetting:
		return codeParts("setting", thn.Settings, func(x box, s set) box { x.setting &= s; return x })
	case BySupply:
		return codeParts("supply", thn.Supplies, func(x box, s set) box { x.supply &= s; return x })
	case ByRecipient:
		return codeParts("recipient", thn.Recipients, func(x box, s set) box { x.recipient &= s; return x })
	case ByReason: // the first of the list is none
		return codeParts("reason", reasons, func(x box, s set) box { x.reason &= s; return x })[1:]
	case BySupplier:
		return codeParts("supplier", thn.Suppliers, func(x box, s set) box { x.supplier &= s; return x })
	}
	return nil
}

func codeParts[C ~string](list string, all []C, narrow func(box, set) box) (parts []part) {
	for _, c := range all {
		s := codes(all, c)
		parts = append(parts, part{label: codeLabel(list, string(c)), cut: func(x box) box { return narrow(x, s) }})
	}
	return parts
}

func codeLabel(list, code string) Label { return Label{Code: code, Key: "code." + list + "." + code} }

func (b *book) areaParts() (parts []part) {
	for _, id := range b.tree.regions(b.spec.Areas) {
		run := b.tree.run(id)
		parts = append(parts, part{label: areaLabel(b.tree.area(id)), cut: func(x box) box { x.area = run; return x }})
	}
	return parts
}

func areaLabel(a thn.Area) Label {
	code := a.Code
	if code == "" {
		code = string(a.ID)
	}
	return Label{Code: code, Text: a.Name}
}

func (b *book) siteParts() (parts []part) {
	for _, s := range b.sitesInView() {
		code := s.Code
		if code == "" {
			code = string(s.ID)
		}
		at := one(b.space.sites, s.ID)
		parts = append(parts, part{label: Label{Code: code, Text: s.Name}, cut: func(x box) box { x.site = at; return x }})
	}
	return parts
}

func (b *book) productParts() (parts []part) {
	for _, p := range b.products {
		at := one(b.space.products, p.ID)
		parts = append(parts, part{label: Label{Code: p.Code, Text: p.Name}, cut: func(x box) box { x.product = at; return x }})
	}
	return parts
}

// stretches cuts the question's period by months, quarters or years. The first
// and the last may be shorter than their kind, and say so.
func (b *book) stretches(by By) (parts []part) {
	for _, whole := range Stretches(b.spec.Programme, b.spec.Period, by) {
		p := thn.Period{From: laterOf(whole.From, b.spec.Period.From), To: earlierOf(whole.To, b.spec.Period.To)}
		run := days(p)
		row := part{label: Label{Code: stretchCode(by, whole), Period: p}, cut: func(x box) box { x.day = run; return x }}
		if p != whole {
			row.mark = []Label{{Code: "partial", Key: "report.mark.partial"}}
		}
		parts = append(parts, row)
	}
	return parts
}

// Stretches lists the whole months, quarters, years or financial years that a
// period touches, first to last; other dimensions have none.
func Stretches(programme thn.Programme, p thn.Period, by By) (list []thn.Period) {
	months, start := 1, time.January
	switch by {
	case ByMonth:
	case ByQuarter:
		months = 3
	case ByYear:
		months = 12
	case ByFiscal:
		months, start = 12, time.Month(max(1, programme.Fiscal))
	default:
		return nil
	}
	first := thn.YearFrom(p.From.Year()-1, start).From
	for ; first.Before(p.To); first = first.AddMonths(months) {
		if x := (thn.Period{From: first, To: first.AddMonths(months)}); x.Overlaps(p) {
			list = append(list, x)
		}
	}
	return list
}

// stretchCode names a stretch for machines: 2019-03, 2019-Q1, 2019, 2016/17.
func stretchCode(by By, p thn.Period) string {
	year := p.From.Year()
	switch {
	case by == ByMonth:
		return fmt.Sprintf("%04d-%02d", year, int(p.From.Month()))
	case by == ByQuarter:
		return fmt.Sprintf("%04d-Q%d", year, (int(p.From.Month())+2)/3)
	case by == ByFiscal && p.From.Month() != time.January:
		return fmt.Sprintf("%04d/%02d", year, (year+1)%100)
	}
	return strconv.Itoa(year)
}

func laterOf(a, b thn.Date) thn.Date {
	if a.Before(b) {
		return b
	}
	return a
}

func earlierOf(a, b thn.Date) thn.Date {
	if a.Before(b) {
		return a
	}
	return b
}
