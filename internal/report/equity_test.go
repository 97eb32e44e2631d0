package report_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/export"
	"thntracker/internal/lang"
	"thntracker/internal/report"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// lastQuarter is the last quarter that is over at storetest.Noon.
var lastQuarter = thn.Quarter(2025, 4)

// asking lets the programme of a place ask everything.
func (p *place) asking() *place {
	p.programme.Asks = thn.Asks{AgeBand: true, Gender: true, Carriage: true}
	return p
}

// answer is how many people gave an answer, one kit each.
type answer struct {
	people int
	change func(*thn.Line)
}

// answered records people of a site on a day, as many as it takes.
func (p *place) answered(site thn.Site, day thn.Date, answers ...answer) {
	p.t.Helper()
	var lines []thn.Line
	for _, a := range answers {
		for left := a.people; left > 0; left -= thn.MaxKits {
			n := min(left, thn.MaxKits)
			l := first(n, n)
			a.change(&l)
			lines = append(lines, l)
		}
	}
	for len(lines) > 0 {
		n := min(40, len(lines))
		p.give(site, day, "paid_worker", lines[:n]...)
		lines = lines[n:]
	}
}

func who(g thn.Gender) func(*thn.Line) { return func(l *thn.Line) { l.Gender = g } }
func saying(c thn.CarriageAnswer) func(*thn.Line) {
	return func(l *thn.Line) { l.Supply, l.Carriage = thn.SupplySpare, c }
}

// British Columbia's complete cases of 2017 to 2020, as single records: kits by
// gender and by region come to the 202,275 that were published.
func TestEquity_britishColumbia(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XB", 4, "XB/Fraser", "XB/Vancouver Coastal", "XB/Island", "XB/Northern", "XB/Interior").asking()
		regions := map[string]int{"Fraser": 62_463, "Vancouver Coastal": 49_284, "Island": 46_069, "Northern": 16_867, "Interior": 27_151, "XB": 441}
		genders := []answer{{101_534, who("man")}, {88_263, who("woman")}, {4_760, who("non_binary_or_trans")}, {7_718, who("unknown")}}
		for name, left := range regions {
			site := p.site(name, name+" site", thn.ChannelCommunity)
			for i := range genders {
				n := min(left, genders[i].people)
				p.answered(site, lastQuarter.From, answer{n, genders[i].change})
				left, genders[i].people = left-n, genders[i].people-n
			}
		}
		byGender := p.build("equity", p.spec(lastQuarter, report.ByGender))
		for row, kits := range map[string]string{"man": "101,534", "woman": "88,263", "non_binary_or_trans": "4,760", "unknown": "7,718", "not_asked": "0", "total": "202,275"} {
			require.Equal(t, kits, shown(t, byGender, row, "kits"), row)
		}
		require.Contains(t, said(t, byGender.Notes), "Nothing is known of 7,718 of 202,275 people (4 in 100): they declined, were not asked, or nobody noted it.")
		byArea := p.build("equity", p.spec(lastQuarter, report.ByArea))
		for row, kits := range map[string]string{"FR": "62,463", "VA": "49,284", "IS": "46,069", "NO": "16,867", "IN": "27,151", "not_stated": "441", "total": "202,275"} {
			require.Equal(t, kits, shown(t, byArea, row, "kits"), row)
		}
		p.golden("equity_columbia", byGender, byArea)
	})
}

func said(t *testing.T, labels []report.Label) (list []string) {
	for _, l := range labels {
		list = append(list, report.Say(words(t, "en"), l))
	}
	return list
}

// bytesOf is a table in every format.
func bytesOf(t *testing.T, table report.Table) string {
	t.Helper()
	var b bytes.Buffer
	for _, f := range export.Formats {
		for _, code := range lang.Codes {
			require.NoError(t, f.Write(&b, words(t, code), export.Document{Name: "cut", Tables: []report.Table{table}}))
		}
	}
	return b.String()
}

// planted is a quarter in which few are of some answers: 3 people took 97 kits.
func planted(t *testing.T, s *store.Store) *place {
	p := newPlace(t, s, "XD", 4, "XD/East", "XD/West").asking()
	quay, west := p.site("East", "Quay", thn.ChannelCommunity), p.site("West", "Wing", thn.ChannelPrison)
	day := lastQuarter.From.AddDays(40)
	p.answered(quay, day, answer{61, who("man")}, answer{33, who("woman")}, answer{13, who("other_term")}, answer{22, who("")})
	rare := first(3, 97)
	rare.Gender, rare.AgeBand = "non_binary_or_trans", "55_plus"
	p.give(west, day, "prison_staff", rare)
	return p
}

// What is masked is in no byte of any format.
func TestEquity_maskedNumbersAreNowhere(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		table := p.build("equity", p.spec(lastQuarter, report.ByGender))
		require.Equal(t, "132", shown(t, table, "total", "people_met"))
		require.Equal(t, "61", shown(t, table, "man", "people_met"))
		for _, row := range []string{"non_binary_or_trans", "other_term"} {
			r, ok := table.Row(row)
			require.True(t, ok, row)
			for _, cell := range r.Cells {
				require.True(t, cell.Is(report.KindMasked), row)
			}
		}
		text := bytesOf(t, table)
		require.Contains(t, text, "61")
		require.NotRegexp(t, `\b(3|97|13|2[.,]3|9[.,]8)\b`, text, "3 people with 97 kits, and the 13 that hide with them")
		byAge := p.build("equity", p.spec(lastQuarter, report.ByAgeBand))
		require.NotRegexp(t, `\b(3|97|129)\b`, bytesOf(t, byAge), "all but three were not asked: both rows go")
	})
}

// A question about an area, a channel, a site or a few days is answered with the
// whole programme's quarter or not at all.
func TestEquity_isOfTheWholeProgrammeAndAWholeQuarter(t *testing.T) {
	t.Parallel()
	s := storetest.SQLite(t)
	p := planted(t, s)
	whole := bytesOf(t, p.build("equity", p.spec(lastQuarter, report.ByGender)))
	longer := thn.Period{From: lastQuarter.From.AddDays(-20), To: thn.DateOf(storetest.Noon, time.UTC).AddDays(1)}
	require.Equal(t, whole, bytesOf(t, p.build("equity", p.spec(longer, report.ByGender))), "the last whole quarter in it")
	narrow := map[string]func(*report.Spec){
		"whole_only area":    func(s *report.Spec) { s.Areas = []thn.ID{p.areas["West"]} },
		"whole_only site":    func(s *report.Spec) { s.Sites = []thn.ID{} },
		"whole_only channel": func(s *report.Spec) { s.Channels = []thn.Channel{thn.ChannelPrison} },
		"quarter month":      func(s *report.Spec) { s.Period = thn.Month(2025, time.November) },
		"quarter not over":   func(s *report.Spec) { s.Period = thn.Quarter(2026, 1) },
		"erased long ago":    func(s *report.Spec) { s.Period = thn.Quarter(2024, 4) },
		"erased in part":     func(s *report.Spec) { s.Period = thn.Quarter(2025, 1) },
		"too_few people":     func(s *report.Spec) { s.Period = thn.Quarter(2025, 3) },
		"not_asked at all":   func(s *report.Spec) { s.Programme.Asks = thn.Asks{} },
	}
	for name, change := range narrow {
		for _, key := range []string{"equity", "carriage-asked"} {
			spec := p.spec(lastQuarter, report.ByNone)
			change(&spec)
			table := p.build(key, spec)
			require.Len(t, table.Rows, 1, name)
			require.Len(t, table.Missing, 1, name)
			code, _, _ := bytes.Cut([]byte(name), []byte(" "))
			require.Equal(t, string(code), table.Missing[0].Code, "%s of %s", name, key)
			require.NotEmpty(t, said(t, table.Missing)[0])
		}
	}
	before, err := report.Build(t.Context(), s.At(storetest.Noon.AddDate(0, 0, -1)), "equity", p.spec(lastQuarter, report.ByGender))
	require.NoError(t, err)
	require.Equal(t, "as_at", before.Missing[0].Code, "two states of one quarter differ by few")
	require.Equal(t, "132", shown(t, p.build("equity", p.spec(lastQuarter, report.ByRecipient)), "person_at_risk", "people_met"), "who took it is asked everywhere")
	require.Equal(t, report.ByAgeBand, by(t, p, thn.Asks{AgeBand: true}), "the usual rows are of what is asked")
}

func by(t *testing.T, p *place, asks thn.Asks) report.By {
	spec := p.spec(lastQuarter, report.ByNone)
	spec.Programme.Asks = asks
	table := p.build("equity", spec)
	require.Greater(t, len(table.Rows), 1)
	return report.By(table.RowHead.Code)
}

func TestCarriageAsked(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := newPlace(t, s, "XD", 4, "XD/East").asking()
		quay := p.site("East", "Quay", thn.ChannelCommunity)
		day := lastQuarter.From.AddDays(3)
		p.answered(quay, day, answer{30, saying(thn.CarriedNow)}, answer{20, saying(thn.CloseAtHand)}, answer{25, saying("at_home")}, answer{5, saying("not_carrying")},
			answer{12, saying(thn.CarriageDeclined)}, answer{40, saying("")}, answer{70, who("man")})
		table := p.build("carriage-asked", p.spec(lastQuarter, report.ByNone))
		require.Equal(t, "132", shown(t, table, "total", "people_met"), "a first kit has no last one")
		require.Equal(t, "37.5", shown(t, table, "carrying", "share"), "30 of the 80 who answered")
		require.Equal(t, "12", shown(t, table, "declined", "people_met"))
		require.True(t, table.Cell("declined", "share").Is(report.KindNotApplicable))
		require.Contains(t, said(t, table.Notes), "With them or close at hand: 50 of 80 who answered (63 in 100).")
		p.golden("carriage_asked", table)

		p.answered(quay, thn.MustDate(2025, time.August, 1), answer{30, saying(thn.CarriedNow)}, answer{20, saying(thn.CloseAtHand)}, answer{4, saying("not_carrying")}, answer{13, saying(thn.CarriageDeclined)})
		table = p.build("carriage-asked", p.spec(thn.Quarter(2025, 3), report.ByNone))
		for _, r := range table.Rows {
			require.False(t, table.Cell(r.Label.Code, "share").Known(), "how many answered would be known: %s", r.Label.Code)
		}
		require.NotRegexp(t, `\b(13|54|17)\b|[>",]4[<",]`, bytesOf(t, table))
		require.NotContains(t, fmt.Sprint(said(t, table.Notes)), "who answered (")
	})
}
