package demo

import (
	"context"
	"math"
	"math/rand/v2"

	"thntracker/internal/thn"
)

const (
	recordedDays = 730
	appendAtOnce = 250
)

// record invents two years of distributions up to yesterday, and the stock that
// they draw on. The same day gives
// the same figures: the generator starts from a fixed seed.
func (w *world) record(ctx context.Context, s Store, by thn.ID, today thn.Date) error {
	if err := w.openBag(ctx, s, by); err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(67, 4))
	var subs []thn.Submission
	for back := recordedDays; back >= 1; back-- {
		day := today.AddDays(-back)
		for i, site := range w.sites {
			if site.Name == silent && back < 100 {
				continue
			}
			for range draws(rng, paces[i].aDay*season(day, back)) {
				subs = append(subs, thn.Submission{Programme: w.founding.Programme.ID, By: by, Record: w.distribution(rng, site, day, back)})
			}
		}
	}
	subs = append(w.stock(subs, by, today), subs...)
	subs = append(subs, w.uses(by, today)...)
	for len(subs) > 0 {
		n := min(appendAtOnce, len(subs))
		if _, err := s.Append(ctx, subs[:n]); err != nil {
			return err
		}
		subs = subs[n:]
	}
	return nil
}

// season lets giving grow over two years and dip in winter.
func season(d thn.Date, back int) float64 {
	growth := 0.75 + 0.5*float64(recordedDays-back)/recordedDays
	return growth * (1 - 0.18*math.Cos(2*math.Pi*float64(int(d.Month())-1)/12))
}

// draws is how many records a site makes on a day with this mean (Poisson).
func draws(rng *rand.Rand, mean float64) int {
	n, p, limit := 0, rng.Float64(), math.Exp(-mean)
	for p > limit {
		n++
		p *= rng.Float64()
	}
	return n
}

func (w *world) distribution(rng *rand.Rand, site thn.Site, day thn.Date, back int) thn.Distribution {
	batch := w.batches[0]
	switch {
	case site.Setting == "drug_treatment" || site.Setting == "prison":
		batch = w.batches[2]
	case back < 200:
		batch = w.batches[1]
	}
	d := thn.Distribution{ID: thn.NewID(), Day: day, Site: site.ID, Area: site.Area, Setting: site.Setting, Supplier: site.Supplier,
		Channel: site.Channel, Product: batch.Product, Batch: batch.ID, Training: pick(rng, trainings)}
	if site.ID == w.bag.Site && back < bagFilled {
		d.Bag = w.bag.ID
	}
	if site.Setting == "street_outreach" && rng.Float64() < 0.1 {
		d.Supplier = thn.SupplierPeer
	}
	if site.PeerLed && rng.Float64() < 0.12 {
		d.Lines = []thn.Line{group(rng, thn.SupplyFirst, ""), group(rng, thn.SupplyRepeat, thn.ReasonNotAsked)}
		return d
	}
	d.Lines = []thn.Line{line(rng, site)}
	return d
}

func group(rng *rand.Rand, supply thn.Supply, reason thn.Reason) thn.Line {
	n := 2 + rng.IntN(5)
	return thn.Line{Recipient: thn.RecipientAtRisk, Supply: supply, Reason: reason, People: n, Kits: thn.Kits(n)}
}

func line(rng *rand.Rand, site thn.Site) thn.Line {
	l := thn.Line{Recipient: pick(rng, recipients), Supply: pick(rng, supplies), People: 1, Kits: 1}
	if site.Setting == "prison" {
		l.Recipient = thn.RecipientAtRisk
	}
	if l.Supply == thn.SupplyRepeat {
		l.Reason = pick(rng, reasons)
	}
	if rng.Float64() < 0.12 {
		l.Kits = 2
	}
	return l
}

// share is an answer with how often it is given, in parts of a hundred.
type share[C ~string] struct {
	answer C
	parts  int
}

var (
	recipients = []share[thn.Recipient]{{thn.RecipientAtRisk, 68}, {thn.RecipientFamily, 15}, {thn.RecipientWorker, 7}, {thn.RecipientNotAsked, 7}, {thn.RecipientDeclined, 3}}
	supplies   = []share[thn.Supply]{{thn.SupplyFirst, 42}, {thn.SupplyRepeat, 41}, {thn.SupplySpare, 8}, {thn.SupplyNotAsked, 9}}
	reasons    = []share[thn.Reason]{{thn.ReasonUsedOther, 23}, {thn.ReasonUsedSelf, 5}, {"lost", 22}, {"given_away", 14}, {"confiscated", 8}, {"stolen", 6}, {"expired", 8}, {thn.ReasonNotAsked, 14}}
	trainings  = []share[thn.Training]{{"brief", 60}, {"none_needed", 22}, {"full", 12}, {"declined", 3}, {"not_asked", 3}}
)

func pick[C ~string](rng *rand.Rand, list []share[C]) C {
	n := rng.IntN(100)
	for _, s := range list {
		if n -= s.parts; n < 0 {
			return s.answer
		}
	}
	return list[0].answer
}
