package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// pharmacy is a programme whose two sites keep stock and a third does not. The
// question is about the first quarter of 2026.
func pharmacy(t *testing.T, s *store.Store) *place {
	p := newPlace(t, s, "XD", 4, "XD/East")
	quay, ward, hut := p.site("East", "Quay", thn.ChannelCommunity), p.site("East", "Ward", thn.ChannelPrison), p.site("East", "Hut", thn.ChannelPeer)
	soon := thn.Batch{ID: thn.NewID(), Product: p.product, Lot: "S1", Expiry: thn.MustDate(2026, time.April, 30)}
	gone := thn.Batch{ID: thn.NewID(), Product: p.product, Lot: "G1", Expiry: thn.MustDate(2026, time.January, 31)}
	late := thn.Batch{ID: thn.NewID(), Product: p.product, Lot: "L1", Expiry: thn.MustDate(2028, time.January, 31)}
	require.NoError(t, s.AddBatches(t.Context(), p.programme.ID, "", soon, gone, late))
	move := func(kind thn.MovementKind, site thn.Site, batch thn.Batch, day thn.Date, kits int, other thn.ID) {
		p.append(thn.Movement{ID: thn.NewID(), Day: day, Kind: kind, Site: site.ID, Product: p.product, Batch: batch.ID, Kits: kits, Other: other})
	}
	old, jan, feb, mar := thn.MustDate(2025, time.September, 1), thn.MustDate(2026, time.January, 20), thn.MustDate(2026, time.February, 1), thn.MustDate(2026, time.March, 10)
	move(thn.MovementOpening, quay, soon, old, 60, "")
	move(thn.MovementOpening, quay, gone, old, 20, "")
	move(thn.MovementReceived, quay, late, jan, 100, "")
	move(thn.MovementSent, quay, late, jan, 40, ward.ID)
	move(thn.MovementArrived, ward, late, feb, 40, quay.ID)
	move(thn.MovementExpired, quay, gone, feb, 4, "")
	move(thn.MovementDamaged, ward, late, mar, 1, "")
	give := func(site thn.Site, batch thn.Batch, day thn.Date, kits thn.Kits, lines ...thn.Line) {
		if lines == nil {
			lines = []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst, People: 1, Kits: kits}}
		}
		p.append(thn.Distribution{ID: thn.NewID(), Day: day, Site: site.ID, Area: site.Area, Setting: "needle_exchange", Supplier: "paid_worker", Channel: site.Channel,
			Product: p.product, Batch: batch.ID, Training: "brief", Lines: lines})
	}
	give(quay, soon, jan, 30)
	give(quay, gone, thn.MustDate(2025, time.October, 10), 16)
	give(quay, thn.Batch{}, mar, 2, thn.Line{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyRepeat, Reason: "expired", People: 2, Kits: 2})
	give(ward, late, mar, 39)
	give(hut, late, mar, 5)
	return p
}

// quarter is the question as it was asked when the quarter was over.
func quarter(p *place, by report.By) report.Spec {
	spec := p.spec(winter, by)
	spec.AsAt = time.Date(2026, time.April, 20, 9, 0, 0, 0, time.UTC)
	return spec
}

func (p *place) append(f thn.Fact) {
	p.t.Helper()
	out, err := p.store.Append(p.t.Context(), []thn.Submission{{Programme: p.programme.ID, Record: f}})
	require.NoError(p.t, err)
	require.Equal(p.t, thn.Stored, out[0])
}

func TestStock_bySiteAndProduct(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := pharmacy(t, s)
		table := p.build("stock", quarter(p, report.ByNone))
		require.Equal(t, []string{"Hut", "Quay", "Ward", ""}, []string{table.Rows[0].Label.Text, table.Rows[1].Label.Text, table.Rows[2].Label.Text, table.Rows[3].Label.Text})
		require.True(t, table.Rows[0].Cells[1].Is(report.KindNotReported), "given out where no stock is kept: not nothing, not below nothing")
		p.golden("stock", table, p.build("stock", quarter(p, report.ByProduct)), p.build("wastage", quarter(p, report.ByNone)), p.build("expiry", quarter(p, report.ByNone)))
	})
}

// 5 of the 164 kits that were there or came in were wasted; what the ward was
// sent is the quay's delivery, once.
func TestWastage_transfersCountOnce(t *testing.T) {
	t.Parallel()
	p := pharmacy(t, storetest.SQLite(t))
	table := p.build("wastage", quarter(p, report.ByNone))
	require.Equal(t, "64", shown(t, table, "total", "opening"))
	require.Equal(t, "100", shown(t, table, "total", "received"))
	require.Equal(t, "3.0", shown(t, table, "total", "wastage"), "5 of 164")
	require.Equal(t, "40", report.Show(words(t, "en"), table.Columns[1], table.Rows[2].Cells[1]))
}

// 16 kits of an expired lot were given out; two people came for another because
// theirs had expired.
func TestExpiry_upperBound(t *testing.T) {
	t.Parallel()
	p := pharmacy(t, storetest.SQLite(t))
	table := p.build("expiry", quarter(p, report.ByNone))
	require.Equal(t, "16", shown(t, table, "G1", "outside"))
	require.Equal(t, "14", shown(t, table, "total", "outside"))
	require.True(t, table.Cell("S1", "outside").Is(report.KindNotApplicable))
}
