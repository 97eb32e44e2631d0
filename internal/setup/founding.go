package setup

import (
	"context"
	"strings"

	"golang.org/x/text/language"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Start is what a new programme is asked.
type Start struct {
	Name        string
	Country     string // ISO 3166-1 alpha-2, or a user-assigned code such as XD
	CountryName string // what the root area is called; the code when empty
	Zone        string // IANA time zone
	Fiscal      int    // first month of the financial year, 1 to 12
}

// Founding checks the answers and makes a programme with its country and the
// products that it begins with. Nothing is stored.
func (s *Setup) Founding(start Start) (thn.Founding, error) {
	var w wrong
	p := thn.Programme{ID: thn.NewID(), Name: w.name("programme", start.Name, "setup.name_missing"), Country: w.country(start.Country), Zone: start.Zone, Fiscal: start.Fiscal}
	w.add(!s.zoneExists(start.Zone), "zone", "setup.zone_unknown")
	w.add(start.Fiscal < 1 || start.Fiscal > 12, "fiscal", "setup.month_unknown")
	country := thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Code: p.Country, Name: w.text("country", start.CountryName)}
	if country.Name == "" {
		country.Name = p.Country
	}
	if err := w.err("found programme"); err != nil {
		return thn.Founding{}, err
	}
	return thn.Founding{Programme: p, Country: country, Products: Products()}, nil
}

// Found stores a new programme and gives its id. Nobody acts in a programme
// before it exists, so there is no actor: by is empty for the first run and the
// command line, which prove themselves in other ways.
func (s *Setup) Found(ctx context.Context, by thn.ID, start Start) (thn.ID, error) {
	f, err := s.Founding(start)
	if err != nil {
		return "", err
	}
	f.By = by
	return f.Programme.ID, fault.Wrap("found programme", s.store.Found(ctx, f))
}

// zoneExists refuses the two names that the time library reads as "wherever
// this machine is".
func (s *Setup) zoneExists(name string) bool {
	if name == "" || name == "Local" {
		return false
	}
	_, err := s.opts.Zone(name)
	return err == nil
}

// country gives a country's code in capitals: one that ISO 3166-1 has, or one
// that it leaves to whoever needs it (AA, QM to QZ, XA to XZ, ZZ).
func (w *wrong) country(code string) string {
	code = strings.ToUpper(strings.TrimSpace(code))
	region, err := language.ParseRegion(code)
	known := err == nil && len(code) == 2 && (region.Canonicalize().IsCountry() || assigned(code))
	w.add(!known, "country", "setup.country_unknown")
	if known && region.IsCountry() {
		return region.Canonicalize().String() // UK is GB
	}
	return code
}

func assigned(code string) bool {
	return code == "AA" || code == "ZZ" || code[0] == 'X' && code[1] >= 'A' && code[1] <= 'Z' || code[0] == 'Q' && code[1] >= 'M' && code[1] <= 'Z'
}
