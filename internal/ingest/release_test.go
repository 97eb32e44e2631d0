package ingest_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/ingest"
	"thntracker/internal/sheet"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// units registers two prisons and a police station beside the fixture's site.
func (f fixture) units(t *testing.T) {
	t.Helper()
	areas, err := f.store.Areas(context.Background(), f.programme.ID)
	require.NoError(t, err)
	for name, setting := range map[string]thn.Setting{"Gate": "prison", "Mill": "prison", "Quay": "police"} {
		require.NoError(t, f.store.AddSites(context.Background(), f.programme.ID, "", thn.Site{ID: thn.NewID(), Area: areas[0].ID, Name: name, Setting: setting, Channel: thn.ChannelOf(setting), Supplier: "other"}))
	}
}

func (f fixture) facts(t *testing.T, kind thn.RecordKind) []thn.Fact {
	t.Helper()
	list, err := f.store.Facts(context.Background(), thn.FactQuery{Programme: f.programme.ID, Kind: kind})
	require.NoError(t, err)
	return list
}

const releasesFile = "Establishment,Month,At risk means,All releases,Unplanned,At risk,Offered,Trained,Accepted,In property,Handed over,Declined,From court,Short notice,No trained staff,No stock,Transferred,Checked\n" +
	"Gate,2019-03,Reception test,120,20,40,30,25,20,20,18,10,8,,,,,\n" +
	"Gate,2019-04,Reception test,,,50,35,36,30,30,25,,,,,,,yes\n" +
	"Mill,2019-03,In treatment,,,20,,10,8,,6,,,,,,,\n" +
	",Total for spring,,,,110,,,,,,,,,,,,\n"

func TestReleases_aRowForEachMonth(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, "XD", "Testland")
		f.units(t)
		m := example(t, "releases.yaml")
		for range 2 {
			p := f.imported(t, releasesFile, m)
			require.Empty(t, p.Refused)
			require.Equal(t, 1, p.SkippedCount)
			require.Len(t, f.facts(t, thn.KindRelease), 3)
		}
		require.Equal(t, counts(0, 0, 3), f.plan(t, releasesFile, m).Counts)
		later := strings.Replace(releasesFile, ",50,35,", ",51,35,", 1)
		require.Equal(t, counts(0, 1, 2), f.imported(t, later, m).Counts)
		require.Equal(t, counts(0, 0, 3), f.imported(t, later, m).Counts)
		require.Equal(t, counts(0, 1, 2), f.imported(t, releasesFile, m).Counts, "and back")
		for _, x := range f.facts(t, thn.KindRelease) {
			if r := x.(thn.Release); r.Definition == "opioid_treatment" {
				require.Equal(t, thn.NotRecorded, r.At(thn.StepOffered), "a blank is not zero")
				require.Equal(t, map[thn.Step]int{"at_risk": 20, "trained": 10, "accepted": 8, "handed_over": 6}, r.Reached)
			}
		}
	})
}

// What a person recorded on the page and what a file says of the same month is
// one month, whatever their ids.
func TestReleases_aMonthRecordedByHandIsCorrected(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	f.units(t)
	sites, err := f.store.Sites(context.Background(), f.programme.ID)
	require.NoError(t, err)
	for _, x := range sites {
		if x.Name == "Gate" {
			_, err := f.store.Append(context.Background(), []thn.Submission{{Programme: f.programme.ID, Record: thn.Release{ID: thn.NewID(), Site: x.ID, Area: x.Area, Month: thn.MustDate(2019, 3, 1),
				Definition: "other", Total: thn.NotRecorded, Unplanned: thn.NotRecorded, Reached: map[thn.Step]int{thn.StepAtRisk: 39}}}})
			require.NoError(t, err)
		}
	}
	require.Equal(t, counts(2, 1, 0), f.imported(t, releasesFile, example(t, "releases.yaml")).Counts)
	require.Len(t, f.facts(t, thn.KindRelease), 3)
}

// A long file and a wide one say the same.
func TestReleases_longFiles(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	f.units(t)
	wide := mapping(t, "kind: releases\nfields:\n  site: {column: Site}\n  period: {column: Month}\n  at_risk: {column: At risk}\n  offered: {column: Offered}\n  declined: {column: Declined}\n")
	f.imported(t, "Site,Month,At risk,Offered,Declined\nGate,2019-03,40,30,10\n", wide)
	long := mapping(t, "kind: releases\nfields:\n  site: {column: Site}\n  period: {column: Month}\n  step: {column: Stage}\n  value: {column: Number}\n")
	rows := "Site,Month,Stage,Number\nGate,2019-03,At risk,40\nGate,2019-03,Offered,30\nGate,2019-03,Declined,10\n"
	require.Equal(t, counts(0, 0, 1), f.imported(t, rows, long).Counts)
	require.Equal(t, counts(0, 1, 0), f.imported(t, rows+"Gate,2019-03,Handed over,7\n", long).Counts)
	refused := f.plan(t, rows+"Gate,2019-03,Offered,31\n", long)
	require.Equal(t, "import.error.row.same_scope", refused.Refused[0].Key)
}

// What the headers say is enough for a file with plain words.
func TestReleases_isProposed(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	f.units(t)
	for kind, file := range map[ingest.Kind]string{
		ingest.Releases:  "Establishment,Month,Total releases,At risk,Offered,Handed over\nGate,2019-03,90,40,30,12\n",
		ingest.Carriages: "Date,Station,Carrier,Event,Expiry\n2019-05-03,Quay,heron,issued,2021-05-31\n",
	} {
		book, err := sheet.Open("f.csv", strings.NewReader(file), sheet.Options{})
		require.NoError(t, err)
		m, _, err := f.Propose(book, kind)
		require.NoError(t, err)
		require.Empty(t, f.imported(t, file, m).Refused)
	}
	month := f.facts(t, thn.KindRelease)[0].(thn.Release)
	require.Equal(t, []int{90, 40, 30, 12}, []int{month.Total, month.At(thn.StepAtRisk), month.At(thn.StepOffered), month.At(thn.StepHandedOver)})
	require.Len(t, f.facts(t, thn.KindCarriage), 1)
}

func TestReleases_refusals(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	f.units(t)
	m := mapping(t, "kind: releases\nfields:\n  site: {column: Site}\n  period: {column: Month}\n  total: {column: All}\n  at_risk: {column: At risk}\n  offered: {column: Offered}\n")
	for row, key := range map[string]string{
		"Quay,2019-03,,40,30":    "cell.site_no_prison",
		"Gate,2019,,40,30":       "row.month_begun",
		"Gate,2029-03,,40,30":    "row.month_begun",
		"Gate,2019-03,,,30":      "row.at_risk",
		"Gate,2019-03,39,40,30":  "row.above_total",
		"Gate,2019-03,,40,41":    "row.step_grows",
		"Gate,2019-03,,40,<5":    "cell.number_exact",
		"Gate,2019-03,,40,-1":    "cell.number_negative",
		"Nowhere,2019-03,,40,30": "cell.site_unknown",
	} {
		p := f.plan(t, "Site,Month,All,At risk,Offered\n"+row+"\n", m)
		require.Equal(t, 1, p.RefusedCount, row)
		require.Equal(t, "import.error."+key, p.Refused[0].Key, row)
	}
}

const carriageFile = "Record,Date,Station,Carrier,Event,Product,Lot,Kit expires,Refresher due\n" +
	"1,03/05/2019,Quay,heron,Training,,,,03/05/2021\n" +
	"2,04/05/2019,Quay,heron,Kit issued,nasal-4,L-77,,\n" +
	"3,03/05/2019,Quay,otter,Training,,,,\n" +
	"4,09/05/2019,Quay,heron,Kit replaced,,,31/12/2027,\n"

func TestCarriage_aRowForEachEvent(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		f := newFixture(t, s, "XD", "Testland")
		f.units(t)
		m := example(t, "carriage.yaml")
		for range 2 {
			require.Empty(t, f.imported(t, carriageFile, m).Refused)
			require.Len(t, f.facts(t, thn.KindCarriage), 4)
		}
		require.Equal(t, counts(0, 0, 4), f.plan(t, carriageFile, m).Counts)
		later := strings.Replace(carriageFile, "31/12/2027", "31/12/2028", 1)
		require.Equal(t, counts(0, 1, 3), f.imported(t, later, m).Counts)
		require.Equal(t, counts(0, 0, 4), f.imported(t, later, m).Counts)

		var events []thn.Carriage
		for _, x := range f.facts(t, thn.KindCarriage) {
			events = append(events, x.(thn.Carriage))
			require.NotContains(t, string(x.(thn.Carriage).Carrier), "heron")
		}
		list := thn.Carriers(events, thn.MustDate(2020, 1, 1))
		require.Len(t, list, 2, "a replaced kit is not another officer")
		records, _ := f.kits(t)
		require.Zero(t, records, "and nothing was given out")
	})
}

func TestCarriage_refusals(t *testing.T) {
	t.Parallel()
	f := newFixture(t, storetest.SQLite(t), "XD", "Testland")
	f.units(t)
	m := example(t, "carriage.yaml")
	head := carriageFile[:strings.Index(carriageFile, "\n")+1]
	for row, key := range map[string]string{
		",03/05/2019,Harbour Exchange,heron,Training,,,,":                    "cell.site_no_responders",
		",03/05/2019,Quay,,Training,,,,":                                     "cell.needed",
		",,Quay,heron,Training,,,,":                                          "cell.needed",
		",03/05/2029,Quay,heron,Training,,,,":                                "cell.day_future",
		",03/05/2019,Quay,heron,Promoted,,,,":                                "cell.code",
		",03/05/2019,Quay,heron,Kit issued,nasal-4,L-78,,":                   "cell.batch_unknown",
		",03/05/2019,Quay,heron,Kit issued,,,02/05/2019,":                    "cell.expired_when_issued",
		"1,03/05/2019,Quay,a,Training,,,,\n1,03/05/2019,Quay,b,Training,,,,": "row.same_key",
	} {
		p := f.plan(t, head+row+"\n", m)
		require.Equal(t, 1, p.RefusedCount, row)
		require.Equal(t, "import.error."+key, p.Refused[0].Key, row)
	}
	_, err := ingest.ParseMapping([]byte("kind: carriage\nfields:\n  day: {column: Date}\n"))
	require.Error(t, err)
}
