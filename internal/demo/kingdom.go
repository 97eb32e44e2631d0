package demo

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"

	"thntracker/internal/thn"
)

// kingdomFile holds published counts for the United Kingdom with their sources.
// Columns: kind (kits, people or a denominator's kind), area, from, to (the day
// itself not included), channels joined by +, recipient, supply, reason, value,
// low, high, definition, as published, source, url.
//
//go:embed kingdom.csv
var kingdomFile []byte

// newKingdom reads the published figures. They are sums, not records.
func newKingdom(products []thn.Product) (*world, error) {
	root := thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Code: "GB", Name: "United Kingdom"}
	w := &world{founding: thn.Founding{
		Programme: thn.Programme{ID: thn.NewID(), Name: "United Kingdom, published totals", Country: "GB", Zone: "Europe/London", Fiscal: 4,
			Note: "Figures as published by the bodies named with each; nothing here was recorded in this installation."},
		Country: root, Products: products,
	}}
	areas := map[string]thn.ID{"United Kingdom": root.ID}
	for _, name := range []string{"Scotland", "Wales"} {
		areas[name] = w.area(root.ID, "nation", name)
	}
	rows, err := csv.NewReader(bytes.NewReader(kingdomFile)).ReadAll()
	if err != nil {
		return nil, err
	}
	for i, row := range rows[1:] {
		if err := w.published(row, areas); err != nil {
			return nil, fmt.Errorf("kingdom.csv row %d: %w", i+2, err)
		}
	}
	return w, nil
}

func (w *world) published(row []string, areas map[string]thn.ID) error {
	from, err := thn.ParseDate(row[2])
	if err != nil {
		return err
	}
	to, err := thn.ParseDate(row[3])
	if err != nil {
		return err
	}
	var n [3]int64
	for i := range n {
		if n[i], err = strconv.ParseInt(row[8+i], 10, 64); err != nil {
			return err
		}
	}
	period := thn.Period{From: from, To: to}
	switch kind := row[0]; kind {
	case "kits", "people":
		w.totals = append(w.totals, thn.PeriodTotal{ID: thn.NewID(), Measure: thn.Measure(kind), Area: areas[row[1]], Period: period, Channels: thn.SplitChannels(row[4]),
			Recipient: thn.Recipient(row[5]), Supply: thn.Supply(row[6]), Reason: thn.Reason(row[7]),
			Count: thn.ExactKits(n[0]), Published: row[12], Source: row[13], URL: row[14]})
	default:
		w.denominators = append(w.denominators, thn.Denominator{ID: thn.NewID(), Kind: thn.DenominatorKind(kind), Area: areas[row[1]], Period: period,
			Value: n[0], Low: n[1], High: n[2], Definition: row[11], Source: row[13], URL: row[14]})
	}
	return nil
}
