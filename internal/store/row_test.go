package store_test

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm/schema"
	"pgregory.net/rapid"

	"thntracker/internal/sheet"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// columnsOf lists the columns of every table of a store, as its engine names them.
func columnsOf(t *testing.T, s *store.Store) map[string][]string {
	t.Helper()
	query := `SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_xinfo(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'goose_db_version' ORDER BY 1`
	if s.Engine() == store.Postgres {
		query = `SELECT table_name || '.' || column_name FROM information_schema.columns
			WHERE table_schema = current_schema() AND table_name <> 'goose_db_version' ORDER BY 1`
	}
	list, err := s.Texts(t.Context(), query)
	require.NoError(t, err)
	columns := map[string][]string{}
	for _, c := range list {
		table, column, _ := strings.Cut(c, ".")
		columns[table] = append(columns[table], column)
	}
	return columns
}

// Every column has a field and every field a column: nothing is written that
// nobody reads, nothing is read that nobody writes.
func TestRows_everyColumnHasAField(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		fields := map[string][]string{}
		for table, row := range store.Rows() {
			parsed, err := schema.Parse(reflect.New(row).Interface(), &sync.Map{}, schema.NamingStrategy{})
			require.NoError(t, err)
			require.Equal(t, table, parsed.Table)
			fields[table] = append([]string(nil), parsed.DBNames...)
		}
		columns := columnsOf(t, s)
		for table := range columns {
			require.ElementsMatch(t, columns[table], fields[table], table)
		}
		require.Len(t, columns, len(fields))
	})
}

// No table has a place for what is never recorded. Names of things and notes
// about programmes are the importer's exceptions too. DX-17, DX-23: there are no
// cards and no codes of people, so that none can be looked up or reversed.
func TestSchema_hasNoForbiddenColumn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		things := map[string]bool{"programmes.name": true, "areas.name": true, "sites.name": true, "products.name": true, "saved_mappings.name": true, "programmes.note": true}
		for table, columns := range columnsOf(t, s) {
			for _, column := range columns {
				why, forbidden := sheet.Forbidden(column)
				require.False(t, forbidden && !things[table+"."+column], "%s.%s: %s", table, column, why)
				asked := strings.Contains(column, "gender") && slices.Contains([]string{"distribution_lines.gender", "programmes.asks_gender", "askings.gender"}, table+"."+column)
				require.False(t, strings.Contains(column, "gender") && !asked, "%s.%s: gender stands only where two people decided that it is asked", table, column)
				for _, part := range []string{"birth", "phone", "email", "address", "postcode", "latitude", "longitude", "ethnic", "device", "ip_", "time", "minute", "card", "person_id", "client"} {
					require.NotContains(t, column, part, table)
				}
			}
		}
	})
}

// DX-24: a record knows neither what it was uploaded with nor what came before it.
// DX-23: and nothing is made of what it says by a way that could be tried, but its
// digest.
func TestSchema_aRecordStandsAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		columns := columnsOf(t, s)
		require.ElementsMatch(t, []string{"programme_id", "id", "kind", "corrects_id", "void", "why", "digest", "account_id", "received_hour"}, columns["records"])
		numbered := map[string]bool{"audit_entries.seq": true, "audit_heads.seq": true, "batch_revisions.seq": true} // the audit is a chain; decisions about a lot follow each other
		of := map[string]bool{"records.digest": true, "held_records.digest": true, "editions.hash": true, "accounts.hash": true, "submission_grants.token_hash": true, "sessions.token_hash": true,
			"audit_entries.salt": true}
		for table, list := range columns {
			for _, column := range list {
				for _, part := range []string{"seq", "order", "serial", "upload", "delivery", "shift"} {
					require.False(t, slices.Contains(strings.Split(column, "_"), part) && !numbered[table+"."+column], "%s.%s", table, column)
				}
				for _, part := range []string{"digest", "hash", "hmac", "salt", "code_of"} {
					require.False(t, strings.Contains(column, part) && !of[table+"."+column], "%s.%s", table, column)
				}
			}
		}
	})
}

// Every domain value survives the way to its row and back.
func TestRows_roundTrip(t *testing.T) {
	t.Parallel()
	for _, c := range store.Crossings() {
		t.Run(c.Table, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				programme := thn.NewID()
				want := fill(t, c.Domain, programme)
				got := c.Round(programme, want)
				if diff := cmp.Diff(want, got, sameDay); diff != "" {
					t.Fatalf("-went in +came out\n%s", diff)
				}
			})
		})
	}
	t.Run("use_incidents", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			want := fill(t, reflect.TypeFor[thn.Use](), "").(thn.Use)
			if diff := cmp.Diff(want, store.UseRound(thn.NewID(), want), sameDay); diff != "" {
				t.Fatalf("-went in +came out\n%s", diff)
			}
		})
	})
	t.Run("releases", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			want := fill(t, reflect.TypeFor[thn.Release](), "").(thn.Release)
			if diff := cmp.Diff(want, store.ReleaseRound(thn.NewID(), want), sameDay); diff != "" {
				t.Fatalf("-went in +came out\n%s", diff)
			}
		})
	})
	t.Run("distribution_lines", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			want := fill(t, reflect.TypeFor[thn.Distribution](), "").(thn.Distribution)
			if diff := cmp.Diff(want, store.LinesRound(thn.NewID(), want), sameDay); diff != "" {
				t.Fatalf("-went in +came out\n%s", diff)
			}
		})
	})
}

// A session survives it with everybody who was there.
func TestRows_sessionRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := fill(t, reflect.TypeFor[thn.Session](), "").(thn.Session)
		if diff := cmp.Diff(want, store.TrainingRound(thn.NewID(), want), sameDay); diff != "" {
			t.Fatalf("-went in +came out\n%s", diff)
		}
	})
}

var sameDay = cmp.Comparer(func(a, b thn.Date) bool { return a == b })

// fill draws a value of a domain type. Of what only the ledger knows (which
// version a total replaces, what was chosen about it) nothing is drawn: it stands elsewhere.
func fill(t *rapid.T, kind reflect.Type, programme thn.ID) any {
	v := reflect.New(kind).Elem()
	for i := range v.NumField() {
		name := kind.Field(i).Name
		switch f := v.Field(i); {
		case name == "Corrects" || name == "Void" || name == "Aside":
		case name == "Sent" || name == "Arrived": // sums of what the ledgers have
		case name == "Programme" && kind == reflect.TypeFor[thn.PeriodTotal](): // said only where totals of several meet
		case name == "Programme":
			f.SetString(string(programme))
		default:
			fillField(t, f, name)
		}
	}
	return v.Interface()
}

func fillField(t *rapid.T, f reflect.Value, name string) {
	switch f.Interface().(type) {
	case thn.Date:
		f.Set(reflect.ValueOf(drawDay(t, name)))
		return
	case thn.Period:
		from := drawDay(t, name)
		f.Set(reflect.ValueOf(thn.Period{From: from, To: from.AddDays(rapid.IntRange(1, 800).Draw(t, name))}))
		return
	case thn.Count:
		f.Set(reflect.ValueOf(thn.Count{Low: thn.Halves(rapid.Int64Range(0, 99).Draw(t, name)), High: thn.Halves(rapid.Int64Range(100, 999).Draw(t, name))}))
		return
	case []thn.Channel:
		f.Set(reflect.ValueOf(thn.SplitChannels(thn.JoinChannels(rapid.SliceOf(rapid.SampledFrom(thn.Channels)).Draw(t, name)))))
		return
	case thn.Asks:
		f.Set(reflect.ValueOf(fill(t, f.Type(), "")))
		return
	case []thn.ID: // which the recall's own table holds
		f.Set(reflect.ValueOf([]thn.ID{"lot"}))
		return
	case map[thn.Step]int:
		f.Set(reflect.ValueOf(rapid.MapOfN(rapid.SampledFrom(thn.Steps), rapid.IntRange(0, 900), 1, -1).Draw(t, name)))
		return
	case map[thn.DropOut]int:
		f.Set(reflect.ValueOf(rapid.MapOfN(rapid.SampledFrom(thn.DropOuts), rapid.IntRange(0, 90), 1, -1).Draw(t, name)))
		return
	case []thn.Line, []thn.UsePerson, []thn.Attendance:
		fillList(t, f, name, 1)
		return
	case []thn.Administration: // a person may have been given nothing
		fillList(t, f, name, 0)
		return
	}
	switch f.Kind() {
	case reflect.String:
		f.SetString(rapid.StringMatching(`[a-zA-Zé '&0-9]{1,12}`).Draw(t, name))
	case reflect.Int, reflect.Int64:
		f.SetInt(rapid.Int64Range(1, 1_000_000).Draw(t, name))
	case reflect.Bool:
		f.SetBool(rapid.Bool().Draw(t, name))
	default:
		t.Fatalf("field %s: no way to fill a %s", name, f.Type())
	}
}

func fillList(t *rapid.T, f reflect.Value, name string, fewest int) {
	for range rapid.IntRange(fewest, 4).Draw(t, name) {
		f.Set(reflect.Append(f, reflect.ValueOf(fill(t, f.Type().Elem(), ""))))
	}
}

func drawDay(t *rapid.T, name string) thn.Date {
	return thn.MustDate(1999, 12, 31).AddDays(rapid.IntRange(0, 20_000).Draw(t, name))
}

// The database gives back what it was given: reference data of every kind.
func TestReferenceData_roundTripsThroughTheDatabase(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ended := thn.Area{ID: thn.NewID(), Parent: p.north.ID, Kind: "district", Code: "D", Name: "Old “Quay” & co.", ValidFrom: thn.MustDate(2020, 2, 29), ValidTo: thn.MustDate(2024, 2, 29)}
		site := thn.Site{ID: thn.NewID(), Area: ended.ID, Name: "Ñandú", Code: "N", Setting: "peer_network", Channel: thn.ChannelPeer, Supplier: thn.SupplierPeer, PeerLed: true,
			Opened: thn.MustDate(2020, 3, 1), Closed: thn.MustDate(2023, 12, 31)}
		product := thn.Product{ID: thn.NewID(), Code: "p", Name: "P", Route: "nasal", DoseMicrograms: 1260, DosesPerUnit: 1, UnitsPerKit: 2, KitThousandths: 1500, Confirmed: true, GTIN: "0123", Closed: true}
		batch := thn.Batch{ID: thn.NewID(), Product: product.ID, Lot: "X", Expiry: thn.MustDate(2028, 2, 29), MonthOnly: true, Closed: true}
		id := p.programme.ID
		require.NoError(t, p.AddAreas(t.Context(), id, p.by, ended))
		require.NoError(t, p.AddSites(t.Context(), id, p.by, site))
		require.NoError(t, p.AddProducts(t.Context(), id, p.by, product))
		require.NoError(t, p.AddBatches(t.Context(), id, p.by, batch))
		areas, err := p.Areas(t.Context(), id)
		require.NoError(t, err)
		require.ElementsMatch(t, []thn.Area{p.root, p.north, p.south, ended}, areas)
		sites, err := p.Sites(t.Context(), id)
		require.NoError(t, err)
		require.ElementsMatch(t, []thn.Site{p.harbour, p.mill, site}, sites)
		products, err := p.Products(t.Context(), id)
		require.NoError(t, err)
		require.ElementsMatch(t, []thn.Product{p.spray, p.needle, product}, products)
		batches, err := p.Batches(t.Context(), id)
		require.NoError(t, err)
		require.ElementsMatch(t, []thn.Batch{p.lot, batch}, batches)
	})
}
