package report

import (
	"context"
	"errors"

	"thntracker/internal/fault"
	"thntracker/internal/need"
	"thntracker/internal/thn"
)

// prescribers are the settings in which a kit is prescribed rather than handed
// out; the first model counts such a kit as a fifth.
var prescribers = []thn.Setting{"pharmacy_prescription", "gp", "emergency_department", "hospital_ward"}

// Access is one of the ways to a kit that the models tell apart.
type Access string

// The ways. Community is everything that is neither of the other two, kits whose
// channel is not stated included.
const (
	AccessCommunity  Access = "community"
	AccessPharmacy   Access = "pharmacy"
	AccessPrescriber Access = "prescriber"
)

// Accesses lists them.
var Accesses = []Access{AccessCommunity, AccessPharmacy, AccessPrescriber}

// needer has what the models are asked about.
type needer struct {
	*book
	assumed need.Assumptions
	kits    *pool[Kit]
	years   float64                  // length of the period
	weights map[string]int64         // thousandths of a two-dose kit by product code, where it is not one
	boxes   map[string]func(box) box // those products
}

// needArea is one area as the models see it.
type needArea struct {
	label     Label
	mark      []Label
	id        thn.ID
	given     []sum[Kit] // kits of the period, by access
	kits      need.Kits  // two-dose kits a year
	known     bool       // somebody reported kits
	residents float64    // 0: not known
}

// place is the area for the first model.
func (a needArea) place() need.Place { return need.Place{Kits: a.kits, Residents: a.residents} }

// modelled tells whether there is enough to ask the first model.
func (a needArea) modelled() bool { return a.known && a.residents > 0 }

func (b *book) needer(ctx context.Context) (*needer, error) {
	n := &needer{book: b, assumed: b.spec.Need.Or(), years: SpanOf(b.spec.Period).Years(), weights: map[string]int64{}, boxes: map[string]func(box) box{}}
	if err := n.assumed.Check(); err != nil {
		return nil, Impossible(err)
	}
	groups := []thn.Group{thn.ByArea, thn.ByChannel, thn.BySetting}
	for i, part := range b.productParts() {
		if w := b.products[i].KitThousandths; w != 0 && w != 1000 {
			n.weights[part.label.Code], n.boxes[part.label.Code] = int64(w), part.cut
		}
	}
	if len(n.weights) > 0 {
		groups = append(groups, thn.ByProduct)
	}
	var err error
	n.kits, err = b.kits(ctx, b.spec.Period, groups...)
	return n, err
}

// Impossible puts an input that a model refuses into words: the number and what it
// has to be.
func Impossible(err error) error {
	var wrong *need.InputError
	if !errors.As(err, &wrong) {
		return err
	}
	return fault.Say(fault.Invalid, "need", "need.error."+string(wrong.Rule), map[string]any{"Name": fault.Label("need.input." + wrong.Name)})
}

// given is the kits of a box by access.
func (n *needer) given(at box) []sum[Kit] {
	pharmacy, prescribed, elsewhere := at, at, at
	pharmacies, prescribing := codes(thn.Channels, thn.ChannelPharmacy), codes(thn.Settings, prescribers...)
	pharmacy.channel &= pharmacies
	prescribed.channel, prescribed.setting = prescribed.channel&pharmacies, prescribed.setting&prescribing
	elsewhere.channel, elsewhere.setting = elsewhere.channel&^pharmacies, elsewhere.setting&prescribing
	whole, counter, by, other := n.kits.in(at), n.kits.in(pharmacy), n.kits.in(prescribed), n.kits.in(elsewhere)
	return []sum[Kit]{minus(whole, []sum[Kit]{counter, other}), counter.plus(by, -1), by.plus(other, 1)}
}

// yearly is the same in two-dose kits a year. A count that is known between bounds
// counts as its lower one. Published totals name no product and count as they are;
// of single records, kits whose product says so count as more or less than one.
func (n *needer) yearly(at box, given []sum[Kit]) need.Kits {
	amount := make([]float64, len(given))
	for i, s := range given {
		amount[i] = float64(s.count().Low) / 2
	}
	for code, weight := range n.weights {
		for i, s := range n.given(n.boxes[code](at)) {
			amount[i] += float64(s.count().Low) / 2 * float64(weight-1000) / 1000
		}
	}
	k := func(i int) float64 { return max(0, amount[i]/n.years) }
	return need.Kits{Community: k(0), Pharmacy: k(1), Prescriber: k(2)}
}

// areas lists the areas in view with their kits and residents.
func (n *needer) areas(t *Table) (list []needArea) {
	regions := n.tree.regions(n.spec.Areas)
	residents := n.newest(t, thn.Residents, regions)
	for i, part := range n.areaParts() {
		at := part.cut(n.everything())
		a := needArea{label: part.label, mark: part.mark, id: regions[i], given: n.given(at), known: n.kits.in(at).known}
		a.kits = n.yearly(at, a.given)
		a.residents = worth(residents[a.id])
		list = append(list, a)
	}
	return list
}

// worth is a denominator as one number; 0 when it is not known as one.
func worth(d *thn.Denominator) float64 {
	if d == nil || d.Suppressed {
		return 0
	}
	return float64(d.Value)
}

// undivided is the kits in view that no area of the rows holds, by access.
func (n *needer) undivided(areas []needArea) (rest []sum[Kit], some bool) {
	rest = n.given(n.everything())
	for _, a := range areas {
		for i := range rest {
			rest[i] = rest[i].plus(a.given[i], -1)
		}
	}
	for _, s := range rest {
		some = some || !s.zero()
	}
	return rest, some
}

// died is the deaths of an area in the newest time known, and as many in a year.
type died struct {
	amount[Death]
	yearly float64
}

// deathsOf finds the deaths of each area.
func (n *needer) deathsOf(t *Table, areas []needArea) map[thn.ID]died {
	var ids []thn.ID
	for _, a := range areas {
		ids = append(ids, a.id)
	}
	found := map[thn.ID]died{}
	for id, d := range n.newest(t, thn.OpioidDeaths, ids) {
		if !d.Suppressed {
			found[id] = died{amountOf[Death](*d), float64(d.Value) / SpanOf(d.Period).Years()}
		}
	}
	return found
}
