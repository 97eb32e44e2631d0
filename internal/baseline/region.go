package baseline

// Region is one of the nine chapters of HRI's report. They are HRI's, not the
// UN's: Türkiye stands under Western Europe and the Baltic states under Eurasia.
type Region string

// The chapters. That Africa has two was inferred from the number nine.
const (
	Asia                  Region = "asia"
	EasternSouthernAfrica Region = "eastern_southern_africa"
	Eurasia               Region = "eurasia"
	LatinAmericaCaribbean Region = "latin_america_caribbean"
	MiddleEastNorthAfrica Region = "middle_east_north_africa"
	NorthAmerica          Region = "north_america"
	Oceania               Region = "oceania"
	WestCentralAfrica     Region = "west_central_africa"
	WesternEurope         Region = "western_europe"
)

// Regions lists the chapters in the order of their English names.
func Regions() []Region {
	return []Region{Asia, EasternSouthernAfrica, Eurasia, LatinAmericaCaribbean, MiddleEastNorthAfrica,
		NorthAmerica, Oceania, WestCentralAfrica, WesternEurope}
}

// Key is the catalogue key of the region's name.
func (r Region) Key() string { return "world.region." + string(r) }
