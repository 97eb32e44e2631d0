package release

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Calendar is where it is kept what was announced; the store is one.
type Calendar interface {
	// AddAnnouncement adds an announcement under the next number.
	AddAnnouncement(ctx context.Context, by thn.ID, a thn.Announcement) error
	// Announcements lists what a programme has announced, the oldest first.
	Announcements(ctx context.Context, programme thn.ID) ([]thn.Announcement, error)
}

// Due is an edition about a period as readers may expect it: what was said of it
// beforehand, and what came.
type Due struct {
	Programme thn.ID
	Country   string
	Audience  thn.Readership
	Period    thn.Period
	Said      []thn.Announcement // the oldest first; empty: it came without a word
	Edition   thn.Edition        // the first one, once its audience may read it; number 0: none has come
}

// Standing says how an edition that was announced stands, or came.
type Standing string

// The standings.
const (
	Awaited   Standing = "awaited"   // its day has not passed
	Overdue   Standing = "overdue"   // its day has passed without it
	Withdrawn Standing = "withdrawn" // it will not appear
	OnDay     Standing = "on_day"    // came on the day that was said last
	Early     Standing = "early"     // came before that day
	Late      Standing = "late"      // came after it
	Unsaid    Standing = "unsaid"    // came, and no day had been said
)

// Appears is the day that was said last; zero: none, or it was withdrawn.
func (d Due) Appears() (day thn.Date) {
	if len(d.Said) > 0 {
		day = d.Said[len(d.Said)-1].Appears
	}
	return day
}

// Notice is the day on which it was first said when it would appear; zero: it was not.
func (d Due) Notice() thn.Date {
	if len(d.Said) > 0 {
		return d.Said[0].Announced
	}
	return d.Edition.Notice
}

// Came is the day on which its readers could first read it; zero: not yet.
func (d Due) Came() thn.Date {
	if d.Edition.Number == 0 {
		return thn.Date{}
	}
	return thn.DateOf(d.Edition.From, time.UTC)
}

// Standing tells how it stands on a day, measured against the day that was said last.
func (d Due) Standing(today thn.Date) Standing {
	said, came := d.Appears(), d.Came()
	switch {
	case came.IsZero() && said.IsZero():
		return Withdrawn
	case came.IsZero() && said.Before(today):
		return Overdue
	case came.IsZero():
		return Awaited
	case said.IsZero():
		return Unsaid
	case came.Before(said):
		return Early
	case said.Before(came):
		return Late
	}
	return OnDay
}

// Expected sets what was announced beside the editions that readers may read, both
// of one programme or of many: what is still to come first, the next day first;
// then what came, the newest first.
func Expected(said []thn.Announcement, open []thn.Edition) (list []Due) {
	find := func(d Due) *Due {
		i := slices.IndexFunc(list, func(x Due) bool {
			return x.Programme == d.Programme && x.Audience == d.Audience && x.Period == d.Period
		})
		if i < 0 {
			list = append(list, d)
			i = len(list) - 1
		}
		return &list[i]
	}
	for _, a := range said {
		d := find(Due{Programme: a.Programme, Country: a.Country, Audience: a.Audience, Period: a.Period})
		d.Said = append(d.Said, a)
	}
	for _, e := range open {
		d := find(Due{Programme: e.Programme, Country: e.Country, Audience: e.Audience, Period: e.Period})
		if d.Edition.Number == 0 || e.Number < d.Edition.Number {
			e.Body = nil
			d.Edition = e
		}
	}
	slices.SortStableFunc(list, func(a, b Due) int {
		came, other := a.Came(), b.Came()
		switch {
		case came.IsZero() != other.IsZero():
			return cmp.Compare(came.String(), other.String()) // a day that is none goes first
		case came.IsZero():
			return cmp.Or(cmp.Compare(a.Appears().String(), b.Appears().String()), cmp.Compare(a.Country, b.Country))
		}
		return cmp.Or(cmp.Compare(other.String(), came.String()), cmp.Compare(a.Country, b.Country))
	})
	return list
}

// Notice is what somebody wants to announce.
type Notice struct {
	Programme thn.Programme
	Audience  thn.Readership
	Period    thn.Period
	Appears   thn.Date // zero: what was announced will not appear
	Reason    string   // why another day than was said before; not needed for the first
	By        thn.ID
}

// Announce says on which day the edition about a period will appear, or moves that
// day, or takes it back; the last two need a reason, which is published. A day that
// is over, or on which the period is not, is refused; so is a period whose edition
// is published already. Saying the same again changes nothing.
func (r Releases) Announce(ctx context.Context, n Notice) error {
	const op = "announce release"
	list, err := r.Ledger.Announcements(ctx, n.Programme.ID)
	if err != nil {
		return fault.Wrap(op, err)
	}
	today := thn.DateOf(r.Now(), time.UTC)
	a := thn.Announcement{Programme: n.Programme.ID, ID: thn.NewID(), Country: strings.ToUpper(n.Programme.Country), Audience: n.Audience, Period: n.Period, Appears: n.Appears,
		Reason: strings.TrimSpace(n.Reason), Announced: today}
	said := about(list, a)
	if len(said) > 0 && said[len(said)-1].Appears == n.Appears {
		return nil
	}
	if err := mayAnnounce(op, a, said); err != nil {
		return err
	}
	if err := r.mayAppear(ctx, op, a); err != nil {
		return err
	}
	if d := meets(a, Expected(list, nil)); d != nil {
		return fault.Say(fault.Conflict, op, "calendar.error.overlap", map[string]any{"Day": d.Appears()})
	}
	return fault.Wrap(op, r.Ledger.AddAnnouncement(ctx, n.By, a))
}

// about is what was said of the same edition before.
func about(list []thn.Announcement, a thn.Announcement) []thn.Announcement {
	return slices.DeleteFunc(slices.Clone(list), func(x thn.Announcement) bool { return !x.About(a) })
}

// meets finds another period with days in common that the same readers were told
// of: no two such editions can be closed.
func meets(a thn.Announcement, list []Due) *Due {
	for _, d := range list {
		if !a.Appears.IsZero() && d.Audience == a.Audience && d.Period != a.Period && d.Period.Overlaps(a.Period) && !d.Appears().IsZero() {
			return &d
		}
	}
	return nil
}

// mayAnnounce refuses what contradicts the calendar or what was said before.
func mayAnnounce(op string, a thn.Announcement, said []thn.Announcement) error {
	first := len(said) == 0
	switch {
	case len([]rune(a.Reason)) > thn.LongestReason || !first && a.Reason == "":
		return fault.Say(fault.Invalid, op, "calendar.error.reason", map[string]any{"Most": thn.LongestReason})
	case first && a.Reason != "":
		return fault.Say(fault.Invalid, op, "calendar.error.first", nil)
	case first && a.Appears.IsZero():
		return fault.Say(fault.Invalid, op, "calendar.error.nothing", nil)
	case !a.Appears.IsZero() && a.Appears.Before(a.Announced):
		return fault.Say(fault.Invalid, op, "calendar.error.past", nil)
	case !a.Appears.IsZero() && a.Appears.Before(a.Period.To):
		return fault.Say(fault.Invalid, op, "calendar.error.open_period", map[string]any{"Day": a.Period.Last()})
	}
	return nil
}

// mayAppear refuses what the editions there are leave no place for.
func (r Releases) mayAppear(ctx context.Context, op string, a thn.Announcement) error {
	list, err := r.Ledger.Editions(ctx, a.Programme)
	if err != nil {
		return fault.Wrap(op, err)
	}
	for _, e := range list {
		switch {
		case e.Audience != a.Audience || !e.Period.Overlaps(a.Period):
		case e.Period != a.Period:
			return fault.Say(fault.Conflict, op, "edition.error.overlap", map[string]any{"Number": e.Number})
		case e.State == thn.EditionPublished:
			return fault.Say(fault.Conflict, op, "calendar.error.published", map[string]any{"Number": e.Number})
		}
	}
	return nil
}

// notice is the day on which an edition was announced: as the calendar has it, or
// else as the order says, for what was announced elsewhere.
func (r Releases) notice(ctx context.Context, o Order) (thn.Date, error) {
	list, err := r.Ledger.Announcements(ctx, o.Programme.ID)
	if said := about(list, thn.Announcement{Programme: o.Programme.ID, Audience: o.Audience, Period: o.Period}); len(said) > 0 {
		return said[0].Announced, err
	}
	return o.Notice, err
}

// keepsItsDay refuses to open an edition on another day than readers were told,
// as long as that day has not passed: moving it is to be said first, with the
// reason. A revision has no day of its own.
func (r Releases) keepsItsDay(ctx context.Context, e thn.Edition, from time.Time) error {
	list, err := r.Ledger.Announcements(ctx, e.Programme)
	said := about(list, thn.Announcement{Programme: e.Programme, Audience: e.Audience, Period: e.Period})
	if err != nil || len(said) == 0 || e.Revises > 0 {
		return err
	}
	told := said[len(said)-1].Appears
	if told.IsZero() || told.Before(thn.DateOf(r.Now(), time.UTC)) || told == thn.DateOf(from, time.UTC) {
		return nil
	}
	return fault.Say(fault.Invalid, "publish release", "calendar.error.other_day", map[string]any{"Day": told})
}
