package intake

import (
	"context"

	"thntracker/internal/thn"
)

// reported reads what is known of the months that nil returns are about.
func (in *Intake) reported(ctx context.Context, actor thn.Actor, records []thn.Fact) (known []thn.Reported, err error) {
	read := map[thn.Date]bool{{}: true} // a void is about no month
	for _, f := range records {
		n, ok := f.(thn.NilReturn)
		if !ok || read[n.Month] {
			continue
		}
		read[n.Month] = true
		of, err := in.store.Reported(ctx, actor.Programme.ID, thn.Month(n.Month.Year(), n.Month.Month()))
		if err != nil {
			return nil, err
		}
		known = append(known, of...)
	}
	return known, nil
}

// brokenNilReturn: nobody says that there was nothing while there is something,
// twice, or before the month is over. What arrives afterwards is taken all the
// same, and the nil return then shows as contradicted.
func (k *desk) brokenNilReturn(n thn.NilReturn) (list rules) {
	list.add(k.today.Before(thn.Month(n.Month.Year(), n.Month.Month()).Last()), "month", "nil_early")
	for _, r := range k.reported {
		if r.Site == n.Site && r.Month == n.Month && r.About == n.About {
			list.add(r.Records > 0 || r.Totals > 0, "about", "nil_records")
			list.add(r.Nil != "", "about", "nil_twice")
		}
	}
	return list
}

// openFor tells whether the site was open on the day of a fact, or at some time
// in the month that it is about. What clears a shelf may come after the last day.
func openFor(f thn.Fact, site thn.Site) bool {
	day := f.Mentions().Day
	if m, moves := f.(thn.Movement); moves && m.Clears() {
		site.Closed = thn.Date{}
	}
	if thn.Monthly(f) || f.RecordKind() == thn.KindNilReturn {
		return site.OpenIn(thn.Month(day.Year(), day.Month()))
	}
	return site.OpenOn(day)
}
