package need

// The weights of a kit by its access point: one prescribed kit counts as a fifth
// of a community or pharmacy-initiated one. Derived from the published curves of
// 12 states, where the ratios lie at 1.000 and between 0.196 and 0.203.
const (
	CommunityWeight  = 1.0
	PharmacyWeight   = 1.0
	PrescriberWeight = 0.2
)

// Kits are two-dose kits given out in a year, by access point: community-based
// programmes, pharmacies that give them without a prescription, and prescribers.
type Kits struct{ Community, Pharmacy, Prescriber float64 }

// Equivalent is the kits in community kits: C + S + 0.2 R, equation (2).
func (k Kits) Equivalent() float64 {
	return CommunityWeight*k.Community + PharmacyWeight*k.Pharmacy + PrescriberWeight*k.Prescriber
}

// Total is the kits as they are counted, each as one.
func (k Kits) Total() float64 { return k.Community + k.Pharmacy + k.Prescriber }

// Plus adds kits of the same year.
func (k Kits) Plus(o Kits) Kits {
	return Kits{k.Community + o.Community, k.Pharmacy + o.Pharmacy, k.Prescriber + o.Prescriber}
}

// Check tells which number of kits is impossible.
func (k Kits) Check() error {
	return firstOf(obey("community", k.Community, RuleNotNegative), obey("pharmacy", k.Pharmacy, RuleNotNegative),
		obey("prescriber", k.Prescriber, RuleNotNegative))
}
