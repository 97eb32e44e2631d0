package app

import (
	"context"

	"thntracker/internal/recall"
	"thntracker/internal/stock"
	"thntracker/internal/thn"
)

// recalled tells each site of the recalled kits that it still has, on its shelf
// and in its bags. Use cases do not know each other; here they meet.
func recalled(recalls *recall.Recalls) stock.AlertSource {
	return func(ctx context.Context, actor thn.Actor, _ *stock.Supply) (list []stock.Alert, err error) {
		held, err := recalls.Held(ctx, actor)
		for _, h := range held {
			bySite := map[thn.ID]int64{}
			for _, p := range h.Places {
				bySite[p.Site.ID] += p.Left
			}
			for site, kits := range bySite {
				list = append(list, stock.Alert{Kind: stock.AlertRecall, Site: site, Product: h.Recall.Product, Kits: kits, Day: h.Recall.Day, Record: h.Recall.ID})
			}
		}
		return list, err
	}
}
