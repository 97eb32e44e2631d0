package setup

import "thntracker/internal/thn"

// Products is what a new programme begins with, under fresh ids. Amounts are as
// labelled; where the pack has yet to be checked by a pharmacist, Confirmed is
// false, and 0 units a kit means that the programme sets it.
func Products() []thn.Product {
	seed := []thn.Product{
		{Code: "prenoxad", Name: "Prenoxad 1 mg/ml, 2 ml syringe", Route: "intramuscular", DoseMicrograms: 400, DosesPerUnit: 5, UnitsPerKit: 1, Confirmed: true},
		{Code: "nyxoid", Name: "Nyxoid 1.8 mg nasal spray", Route: "nasal", DoseMicrograms: 1800, DosesPerUnit: 1, UnitsPerKit: 2},
		{Code: "nasal-4mg", Name: "Naloxone 4 mg nasal spray (Narcan or generic)", Route: "nasal", DoseMicrograms: 4000, DosesPerUnit: 1, UnitsPerKit: 2},
		{Code: "kloxxado", Name: "Kloxxado 8 mg nasal spray", Route: "nasal", DoseMicrograms: 8000, DosesPerUnit: 1},
		{Code: "ventizolve", Name: "Ventizolve 1.26 mg nasal spray", Route: "nasal", DoseMicrograms: 1260, DosesPerUnit: 1},
		{Code: "zimhi", Name: "ZIMHI 5 mg/0.5 ml syringe", Route: "intramuscular_subcutaneous", DoseMicrograms: 5000, DosesPerUnit: 1},
		{Code: "ampoule", Name: "Naloxone 0.4 mg ampoule or vial", Route: "intramuscular", DoseMicrograms: 400, DosesPerUnit: 1, UnitsPerKit: 3, Confirmed: true},
	}
	for i := range seed {
		seed[i].ID, seed[i].KitThousandths = thn.NewID(), 1000
	}
	return seed
}
