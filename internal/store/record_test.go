package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

func TestAppend_isIdempotent(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d := p.given(2)
		require.Equal(t, thn.Stored, p.append(t, p.sub(d)))
		require.Equal(t, thn.Duplicate, p.append(t, p.sub(d)))

		moved := d
		moved.Area = p.south.ID
		require.Equal(t, thn.Duplicate, p.append(t, p.sub(moved)), "the area is the server's to say")
		delivered := p.sub(d)
		delivered.By = thn.NewID()
		require.Equal(t, thn.Duplicate, p.append(t, delivered), "who delivers it does not matter")
		require.Equal(t, int64(2), p.kits(t))
		require.Empty(t, p.causes(t))
	})
}

// Every fact of a record tells it from another under the same id.
func TestAppend_holdsOtherContent(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d := p.given(2)
		require.Equal(t, thn.Stored, p.append(t, p.sub(d)))
		edits := map[string]func(*thn.Distribution){
			"day":       func(d *thn.Distribution) { d.Day = d.Day.AddDays(1) },
			"site":      func(d *thn.Distribution) { d.Site = p.mill.ID },
			"setting":   func(d *thn.Distribution) { d.Setting = "event" },
			"supplier":  func(d *thn.Distribution) { d.Supplier = thn.SupplierPeer },
			"channel":   func(d *thn.Distribution) { d.Channel = thn.ChannelPeer },
			"product":   func(d *thn.Distribution) { d.Product = p.needle.ID },
			"batch":     func(d *thn.Distribution) { d.Batch = p.lot.ID },
			"training":  func(d *thn.Distribution) { d.Training = "full" },
			"kits":      func(d *thn.Distribution) { d.Lines[0].Kits = 3 },
			"people":    func(d *thn.Distribution) { d.Lines[0].People = 2 },
			"recipient": func(d *thn.Distribution) { d.Lines[0].Recipient = thn.RecipientDeclined },
			"supply":    func(d *thn.Distribution) { d.Lines[0].Supply = thn.SupplySpare },
			"reason": func(d *thn.Distribution) {
				d.Lines[0].Supply, d.Lines[0].Reason = thn.SupplyRepeat, "lost"
			},
			"age band": func(d *thn.Distribution) { d.Lines[0].AgeBand = "25_34" },
			"gender":   func(d *thn.Distribution) { d.Lines[0].Gender = "man" },
			"carriage": func(d *thn.Distribution) {
				d.Lines[0].Supply, d.Lines[0].Carriage = thn.SupplySpare, thn.CarriedNow
			},
			"line": func(d *thn.Distribution) { d.Lines = append(d.Lines, d.Lines[0]) },
		}
		for name, edit := range edits {
			other := d
			other.Lines = []thn.Line{d.Lines[0]}
			edit(&other)
			for range 2 {
				require.Equal(t, thn.Held, p.append(t, p.sub(other)), name)
			}
		}
		held, err := p.HeldRecords(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.Len(t, held, len(edits), "the same content is held once")
		for _, h := range held {
			require.Equal(t, "other_content", h.Cause)
			require.Equal(t, d.ID, h.Record)
			var back thn.Distribution
			require.NoError(t, json.Unmarshal([]byte(h.Payload), &back))
			require.NotEqual(t, d, back)
			require.Equal(t, d.ID, back.ID)
		}
		require.Equal(t, int64(2), p.kits(t))
	})
}

func TestAppend_correctionsAndVoids(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		first, second, third := p.given(1), p.given(2), p.given(4)
		require.Equal(t, thn.Stored, p.append(t, p.sub(first)))
		require.Equal(t, thn.Stored, p.append(t, p.correction(first.ID, second)))
		require.Equal(t, int64(2), p.kits(t), "the correction counts, what it corrects does not")
		require.Equal(t, thn.Duplicate, p.append(t, p.sub(first)), "a late resend of the first changes nothing")
		require.Equal(t, thn.Duplicate, p.append(t, p.correction(first.ID, second)))
		require.Equal(t, thn.Stored, p.append(t, p.correction(second.ID, third)))
		require.Equal(t, int64(4), p.kits(t))

		void := p.void(third.ID)
		require.Equal(t, thn.Stored, p.append(t, void))
		require.Zero(t, p.kits(t))
		require.Equal(t, thn.Duplicate, p.append(t, void))
		fourth := p.given(8)
		require.Equal(t, thn.Stored, p.append(t, p.correction(void.Record.RecordID(), fourth)))
		require.Equal(t, int64(8), p.kits(t), "a void is a version and can be taken back")

		got, e, err := p.Fact(t.Context(), p.programme.ID, second.ID)
		require.NoError(t, err)
		require.Equal(t, second, got)
		require.Equal(t, thn.Envelope{Kind: thn.KindDistribution, Corrects: first.ID, By: p.by, Superseded: true, Next: third.ID, Hour: "2026-03-01T12"}, e)
		got, e, err = p.Fact(t.Context(), p.programme.ID, void.Record.RecordID())
		require.NoError(t, err)
		require.Equal(t, thn.Distribution{ID: void.Record.RecordID()}, got)
		require.True(t, e.Void)
	})
}

func TestAppend_secondCorrectionOfOneVersionIsHeld(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		first := p.given(1)
		require.Equal(t, thn.Stored, p.append(t, p.sub(first)))
		require.Equal(t, thn.Stored, p.append(t, p.correction(first.ID, p.given(2))))
		require.Equal(t, thn.Held, p.append(t, p.correction(first.ID, p.given(3))))
		require.Equal(t, thn.Held, p.append(t, p.void(first.ID)))
		require.Equal(t, []string{"corrected_already", "corrected_already"}, p.causes(t))
		require.Equal(t, int64(2), p.kits(t))
	})
}

func TestAppend_unknownNamesAreHeldNotLost(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		edits := map[string]func(*thn.Submission){
			"site":    func(s *thn.Submission) { *s = altered(*s, func(d *thn.Distribution) { d.Site = thn.NewID() }) },
			"area":    func(s *thn.Submission) { *s = altered(*s, func(d *thn.Distribution) { d.Area = thn.NewID() }) },
			"product": func(s *thn.Submission) { *s = altered(*s, func(d *thn.Distribution) { d.Product = thn.NewID() }) },
			"batch":   func(s *thn.Submission) { *s = altered(*s, func(d *thn.Distribution) { d.Batch = thn.NewID() }) },
			"version": func(s *thn.Submission) { s.Corrects = thn.NewID() },
		}
		for name, edit := range edits {
			sub := p.sub(p.given(1))
			edit(&sub)
			require.Equal(t, thn.Held, p.append(t, sub), name)
		}
		require.Len(t, p.causes(t), len(edits))
		for _, cause := range p.causes(t) {
			require.Equal(t, "unknown_reference", cause)
		}
		require.Zero(t, p.kits(t))
		require.Zero(t, p.count(t, "records"))
	})
}

func TestAppend_refusesWhatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		self, empty := p.sub(p.given(1)), p.sub(p.given(1))
		self.Corrects = self.Record.RecordID()
		empty = altered(empty, func(d *thn.Distribution) { d.Lines = nil })
		foreign := p.sub(p.given(1))
		foreign.Programme = thn.NewID()
		for name, subs := range map[string][]thn.Submission{"corrects itself": {self}, "no line": {empty}, "two programmes": {p.sub(p.given(1)), foreign}} {
			_, err := p.Append(t.Context(), subs)
			require.True(t, fault.Is(err, fault.Invalid), "%s: %v", name, err)
		}
		none, err := p.Append(t.Context(), nil)
		require.NoError(t, err)
		require.Empty(t, none)
		require.Zero(t, p.count(t, "records"))
	})
}

func TestAppend_oneBadNeighbourSpoilsNothing(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		known := p.given(1)
		require.Equal(t, thn.Stored, p.append(t, p.sub(known)))
		other := known
		other.Training = "full"
		lost := p.given(1)
		lost.Site = thn.NewID()
		a, b, c := p.given(1), p.given(2), p.given(4)
		outcomes, err := p.Append(t.Context(), []thn.Submission{p.sub(a), p.sub(known), p.sub(lost), p.sub(other), p.correction(a.ID, b), p.sub(c), p.sub(c)})
		require.NoError(t, err)
		require.Equal(t, []thn.Outcome{thn.Stored, thn.Duplicate, thn.Held, thn.Held, thn.Stored, thn.Stored, thn.Duplicate}, outcomes)
		require.Equal(t, int64(1+2+4), p.kits(t))
	})
}

// A record and its audit entry are stored together or not at all, on every path.
func TestWrites_failWithTheirAudit(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		audited := p.count(t, "audit_entries")
		records, areas, held := p.count(t, "records"), p.count(t, "areas"), p.count(t, "held_records")
		require.NoError(t, p.Raw(t.Context(), "ALTER TABLE audit_entries RENAME TO audit_entries_away"))
		region := thn.Area{ID: thn.NewID(), Parent: p.root.ID, Kind: "region", Name: "East"}
		total := thn.PeriodTotal{ID: thn.NewID(), Measure: thn.MeasureKits, Area: p.root.ID, Period: thn.Month(2026, time.March), Source: "S"}
		for name, write := range map[string]func() error{
			"record": func() error { _, err := p.Append(t.Context(), []thn.Submission{p.sub(p.given(1))}); return err },
			"hold": func() error {
				return p.Hold(t.Context(), thn.HeldRecord{Programme: p.programme.ID, Record: thn.NewID(), Cause: "x", Payload: "{}"})
			},
			"area": func() error { return p.AddAreas(t.Context(), p.programme.ID, p.by, region) },
			"close": func() error {
				return p.CloseSite(t.Context(), p.programme.ID, p.by, p.harbour.ID, thn.MustDate(2026, 3, 1))
			},
			"total": func() error { return p.AddTotals(t.Context(), p.programme.ID, p.by, total) },
			"import": func() error {
				return p.Import(t.Context(), p.programme.ID, p.by, thn.Load{Areas: []thn.Area{region}}, nil)
			},
			"account": func() error {
				return p.AddAccount(t.Context(), "", thn.Account{ID: thn.NewID(), Handle: "x"}, thn.Grant{})
			},
		} {
			require.Error(t, write(), name)
		}
		require.Equal(t, []int{records, areas, held, 0}, []int{p.count(t, "records"), p.count(t, "areas"), p.count(t, "held_records"), p.count(t, "accounts")})
		site, err := p.Site(t.Context(), p.programme.ID, p.harbour.ID)
		require.NoError(t, err)
		require.True(t, site.Closed.IsZero())
		require.Equal(t, audited, p.count(t, "audit_entries_away"))
	})
}

func TestAudit_saysWhoDidWhat(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		require.NoError(t, p.Raw(t.Context(), "DELETE FROM audit_entries"))
		first, second := p.given(1), p.given(2)
		p.append(t, p.sub(first))
		p.append(t, p.sub(first)) // a duplicate is no event
		p.append(t, p.correction(first.ID, second))
		void := p.void(second.ID)
		p.append(t, void)
		got, err := p.Texts(t.Context(), "SELECT action || ' ' || object_kind || ' ' || object_id || ' ' || account_id || ' ' || at_hour FROM audit_entries")
		require.NoError(t, err)
		tail := " " + string(p.by) + " 2026-03-01T12"
		require.ElementsMatch(t, []string{"record distribution " + string(first.ID) + tail, "correct distribution " + string(second.ID) + tail,
			"void distribution " + string(void.Record.RecordID()) + tail}, got)
	})
}

// Instants are kept in UTC and no finer than the hour, wherever the clock stands.
func TestHours_areUTCAndWhole(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		clock := time.Date(2026, 3, 2, 4, 44, 59, 999, time.FixedZone("+05:30", 5*3600+1800))
		s, err := store.Open(t.Context(), url, store.Options{Now: func() time.Time { return clock }, AuditKey: storetest.Key})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, s.Close()) })
		p := newPlace(t, s)
		p.append(t, p.sub(p.given(1)))
		lost := p.given(1)
		lost.Site = thn.NewID()
		p.append(t, p.sub(lost))
		for _, query := range []string{"SELECT DISTINCT received_hour FROM records", "SELECT DISTINCT received_hour FROM held_records", "SELECT DISTINCT at_hour FROM audit_entries"} {
			hours, err := s.Texts(t.Context(), query)
			require.NoError(t, err)
			require.Equal(t, []string{"2026-03-01T23"}, hours, query)
		}
	})
}

func TestDays_roundTrip(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		for _, day := range []thn.Date{thn.MustDate(2024, 2, 29), thn.MustDate(1999, 12, 31), thn.MustDate(2026, 1, 1), thn.MustDate(2000, 2, 29)} {
			d := p.given(1)
			d.Day = day
			require.Equal(t, thn.Stored, p.append(t, p.sub(d)))
			got, _, err := p.Fact(t.Context(), p.programme.ID, d.ID)
			require.NoError(t, err)
			require.Equal(t, d, got)
		}
	})
}

func TestRefs_absentIsNull(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		with, without := p.given(1), p.given(1)
		with.Batch = p.lot.ID
		for _, d := range []thn.Distribution{with, without} {
			require.Equal(t, thn.Stored, p.append(t, p.sub(d)))
			got, _, err := p.Fact(t.Context(), p.programme.ID, d.ID)
			require.NoError(t, err)
			require.Equal(t, d, got)
		}
		for query, want := range map[string]int{
			"SELECT '' FROM distribution_lines WHERE batch_id IS NULL": 1, "SELECT '' FROM distribution_lines WHERE batch_id = ''": 0,
			"SELECT '' FROM records WHERE corrects_id IS NULL": 2, "SELECT '' FROM areas WHERE parent_id IS NULL AND code = 'XD'": 1,
			"SELECT '' FROM areas WHERE code IS NULL": 1, "SELECT '' FROM sites WHERE closed IS NULL AND opened IS NULL": 2,
		} {
			rows, err := p.Texts(t.Context(), query)
			require.NoError(t, err)
			require.Len(t, rows, want, query)
		}
	})
}

func TestReferences_onlyOfTheProgramme(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		d := p.given(1)
		d.Batch = p.lot.ID
		p.append(t, p.sub(d))
		strange := thn.Distribution{ID: thn.NewID(), Site: thn.NewID()}
		refs, err := p.References(t.Context(), p.programme.ID, d, strange, thn.Distribution{})
		require.NoError(t, err)
		require.Equal(t, thn.References{Sites: map[thn.ID]thn.Site{p.harbour.ID: p.harbour}, Products: map[thn.ID]thn.Product{p.spray.ID: p.spray},
			Batches: map[thn.ID]thn.Batch{p.lot.ID: p.lot}, Bags: map[thn.ID]thn.Bag{}, Known: map[thn.ID]bool{d.ID: true}}, refs)
		other := newPlace(t, p.Store)
		refs, err = p.References(t.Context(), other.programme.ID, d)
		require.NoError(t, err)
		require.Equal(t, thn.References{Sites: map[thn.ID]thn.Site{}, Products: map[thn.ID]thn.Product{}, Batches: map[thn.ID]thn.Batch{}, Bags: map[thn.ID]thn.Bag{}, Known: map[thn.ID]bool{}}, refs)
	})
}

func TestTally_ofOneAccountAndDay(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		a, b, c := p.given(1), p.given(2), p.given(4)
		b.Day = b.Day.AddDays(-1)
		p.append(t, p.sub(a))
		p.append(t, p.sub(b))
		colleague := p.sub(c)
		colleague.By = thn.NewID()
		p.append(t, colleague)
		p.append(t, p.correction(a.ID, p.given(8)))
		cells, err := p.Tally(t.Context(), thn.Query{Programme: p.programme.ID, By: p.by, Period: thn.Period{From: a.Day, To: a.Day.AddDays(1)}})
		require.NoError(t, err)
		require.Equal(t, []thn.Cell{{Keys: map[thn.Group]string{}, Records: 1, People: 1, Kits: 8}}, cells)
	})
}
