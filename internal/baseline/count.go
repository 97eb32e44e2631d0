package baseline

// Published is HRI's own count of countries with take-home naloxone in 2024. Its
// list was not fully recovered, so no rows add up to it.
const Published = 34

// PublishedSource is where HRI states Published.
var PublishedSource = Source{
	Title: "HRI Global State of Harm Reduction 2024, full report",
	URL:   "https://hri.global/wp-content/uploads/2024/10/HRI-GSHR-2024_Full-Report_Final.pdf",
	Year:  2024,
}

// Counts is what the rows add up to, beside the number that they do not.
type Counts struct {
	Published int // HRI's count; from Published, never from rows

	Rows       int // countries and territories with a row
	Identified int // rows that say yes to take-home naloxone
	High       int // of Identified, with high confidence
	Medium     int // of Identified, with medium confidence
	Absent     int // rows that say no
	NotKnown   int // rows that say neither

	Peer, Prison, OAT, NSP, DCR int // rows that say yes to each

	ByRegion map[Region]int // Identified, by chapter
}

// Count adds the rows up, as they stand.
func Count() Counts { return count(All()) }

func count(rows []Row) Counts {
	c := Counts{Published: Published, ByRegion: map[Region]int{}}
	for _, r := range rows {
		c.Rows++
		c.addTHN(r)
		for _, s := range []struct {
			mark Mark
			sum  *int
		}{{r.Peer, &c.Peer}, {r.Prison, &c.Prison}, {r.OAT, &c.OAT}, {r.NSP, &c.NSP}, {r.DCR, &c.DCR}} {
			if s.mark == Yes {
				*s.sum++
			}
		}
	}
	return c
}

// addTHN counts the mark of take-home naloxone.
func (c *Counts) addTHN(r Row) {
	switch r.THN {
	case No:
		c.Absent++
	case Unknown:
		c.NotKnown++
	case Yes:
		c.Identified++
		c.ByRegion[r.Region]++
		if r.Confidence == High {
			c.High++
		}
		if r.Confidence == Medium {
			c.Medium++
		}
	}
}
