package commitment

// Fact is one thing known about the resolution itself.
type Fact struct {
	ID       string // last part of its catalogue keys
	Standing Standing
	URL      string // where it can be checked; empty if no address was read
}

// Key is the catalogue key of the fact's name.
func (f Fact) Key() string { return "commitment.fact." + f.ID }

// TextKey is the catalogue key of the fact itself.
func (f Fact) TextKey() string { return "commitment.fact." + f.ID + "_text" }

// Addresses that facts and readers are sent to.
const (
	TextURL    = "https://docs.un.org/en/E/CN.7/2024/L.5/Rev.2" // the text as voted, not read here
	PlenaryURL = "https://cndblog.org/2024/03/plenary-items-10-11-and-12/"
	IDPCURL    = "https://idpc.net/blog/2024/03/harm-reduction-takes-centre-stage-as-un-drug-policy-breaks-free-from-the-shackles-of-consensus"
)

// Identity lists what is known of the resolution, with the standing of each.
func Identity() []Fact {
	return []Fact{
		{"number", Reported, ""},
		{"title", Reported, ""},
		{"body", Reported, ""},
		{"adopted", Reported, PlenaryURL},
		{"proposed", Reported, ""},
		{"text", Reported, TextURL},
		{"final", Inferred, ""},
		{"force", Reported, ""},
		{"novelty", Reported, IDPCURL},
		{"not_read", Inferred, TextURL},
	}
}

// Vote is how the Commission voted. Who abstained and who was absent was not
// found, so those members are one number.
type Vote struct {
	Members   int
	InFavour  int
	Against   int
	AgainstBy []string // ISO 3166-1 alpha-2
	Standing  Standing // of the numbers above
}

// Ballot is the vote of 22 March 2024.
func Ballot() Vote {
	return Vote{Members: 53, InFavour: 38, Against: 2, AgainstBy: []string{"CN", "RU"}, Standing: Reported}
}

// Neither is how many members abstained, were absent or did not vote. Its
// standing is Inferred: it is only what is left over.
func (v Vote) Neither() int { return v.Members - v.InFavour - v.Against }
