package form

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

var today = thn.MustDate(2026, time.November, 23)

func posted(change ...string) url.Values {
	v := url.Values{"id": {string(thn.NewID())}, "site": {string(thn.NewID())}, "product": {string(thn.NewID()) + ":"}, "day": {"today"},
		"recipient": {"person_at_risk"}, "supply": {"first"}, "kits": {"1"}, "training": {"brief"}, "do": {"save"}}
	for i := 0; i+1 < len(change); i += 2 {
		v.Set(change[i], change[i+1])
	}
	return v
}

func read(v url.Values) (thn.Distribution, error) {
	var f Distribution
	if err := Decode(v, &f); err != nil {
		return thn.Distribution{}, err
	}
	return f.ToDomain(today)
}

func TestDistribution_toDomain(t *testing.T) {
	d, err := read(posted("kits", " 3 ", "supply", "repeat", "reason", "lost"))
	require.NoError(t, err)
	require.Equal(t, today, d.Day)
	require.Equal(t, []thn.Line{{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyRepeat, Reason: "lost", People: 1, Kits: 3}}, d.Lines)

	d, err = read(posted("reason", "stolen")) // left from an earlier choice
	require.NoError(t, err)
	require.Empty(t, d.Lines[0].Reason)
}

func TestDistribution_refuses(t *testing.T) {
	for name, c := range map[string]struct{ field, value, key string }{
		"no kits":           {"kits", "", "form.missing"},
		"zero":              {"kits", "0", "form.range"},
		"negative":          {"kits", "-1", "form.range"},
		"half":              {"kits", "1.5", "form.range"},
		"exponent":          {"kits", "1e9", "form.range"},
		"hex":               {"kits", "0x10", "form.range"},
		"huge":              {"kits", "9223372036854775808", "form.range"},
		"not a number":      {"kits", "NaN", "form.range"},
		"recipient in list": {"recipient", "addressee", "form.list"},
		"recipient case":    {"recipient", "Person_At_Risk", "form.list"},
		"nobody chosen":     {"recipient", "", "form.choose_for"},
		"repeat, no reason": {"supply", "repeat", "form.choose_for"},
		"time-carrying id":  {"id", "01890a5d-ac96-774b-bcce-b302099a8057", "form.id"},
		"a name":            {"name", "x", "form.unknown"},
		"a date of birth":   {"date_of_birth", "1990-01-01", "form.unknown"},
		"mass assignment":   {"programme_id", "x", "form.unknown"},
		"product not an id": {"product", "x", "form.choose_for"},
		"day that is not":   {"day", "other", "form.date"},
	} {
		_, err := read(posted(c.field, c.value))
		require.True(t, fault.Is(err, fault.Invalid), name)
		require.Equal(t, c.key, fault.FieldsOf(err)[0].Key, name)
	}
	twice := posted()
	twice["kits"] = []string{"1", "2"}
	_, err := read(twice)
	require.True(t, fault.Is(err, fault.Invalid))
}

func TestDay(t *testing.T) {
	for _, c := range []struct {
		day, month, year, want string
	}{
		{"1", "3", "2026", "2026-03-01"}, {"01", "03", "2026", "2026-03-01"}, {"1", "Mar", "2026", "2026-03-01"}, {"1", "march", "26", "2026-03-01"},
		{"1", "août", "2026", "2026-08-01"}, {"1", "AOUT", "2026", "2026-08-01"}, {"3", "enero", "2026", "2026-01-03"}, {"٣", "٣", "٢٠٢٦", "2026-03-03"},
		{"１", "１", "２０２６", "2026-01-01"}, {"29", "2", "2024", "2024-02-29"}, {"3", "juillet", "2026", "2026-07-03"}, {"3", "juin", "2026", "2026-06-03"},
		{"31", "6", "2026", ""}, {"29", "2", "2026", ""}, {"0", "1", "2026", ""}, {"1", "13", "2026", ""}, {"", "1", "2026", ""}, {"1", "", "2026", ""},
		{"1", "1", "", ""}, {"1", "x", "2026", ""}, {"-1", "1", "2026", ""}, {"1", "1", "0", "2000-01-01"}, {"1", "1", "20261", ""}, {"1;", "1", "2026", ""}, {"1", "1", "1800", ""},
	} {
		got, err := Day{c.day, c.month, c.year}.Date()
		if c.want == "" {
			require.Error(t, err, "%+v", c)
			continue
		}
		require.NoError(t, err, "%+v", c)
		require.Equal(t, c.want, got.String())
	}
}

func TestSeveral(t *testing.T) {
	f := Several{ID: string(thn.NewID()), Site: string(thn.NewID()), Product: string(thn.NewID()) + ":", Day: "yesterday", RiskFirst: "7", FamilyAgain: "5", Worker: "0"}
	d, err := f.ToDomain(today)
	require.NoError(t, err)
	require.Equal(t, 12, d.People())
	require.Len(t, d.Lines, 2)
	require.Equal(t, thn.ReasonNotAsked, d.Lines[1].Reason)
	require.Equal(t, today.AddDays(-1), d.Day)

	f.RiskFirst, f.FamilyAgain = "", ""
	_, err = f.ToDomain(today)
	require.Equal(t, "several.none", fault.FieldsOf(err)[0].Key)
	f.Worker = "x"
	_, err = f.ToDomain(today)
	require.Equal(t, "worker", fault.FieldsOf(err)[0].Name)
}

func TestDecode_cleansText(t *testing.T) {
	require.Equal(t, "ab", clean(" a\u202eb\x00 "))
	require.Equal(t, "é", clean("e\u0301"))
	require.Equal(t, "\ufffd", clean("\xff"))
}
