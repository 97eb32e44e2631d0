package ingest

import (
	"context"
	"fmt"
	"slices"

	"thntracker/internal/thn"
)

// sessionShape is a list of training sessions. Rows with one key are one session
// with several audiences; a column for who was there by name is refused.
var sessionShape = shape{
	fields:  []Field{FieldDay, FieldSite, FieldMethod, FieldTrainer, FieldAudience, FieldPeople, FieldSetting, FieldKey},
	needed:  []Field{FieldDay, FieldSite, FieldPeople},
	columns: []Field{FieldDay, FieldSite, FieldMethod, FieldAudience, FieldPeople},
	names:   []Field{FieldSite}, build: newSessionBuilder,
}

// sessionBuilder makes training sessions. Rows that share the author's own number
// are one session, a row for each audience.
type sessionBuilder struct {
	*records
	order  []*joinedSession
	joined map[string]*joinedSession // by the author's number
}

// joinedSession is what the rows of one number say so far.
type joinedSession struct {
	key    string
	record thn.Session
	entry  entry // of the first row, with what the others add
}

func newSessionBuilder(p *planner) builder {
	return &sessionBuilder{joined: map[string]*joinedSession{}, records: newRecords(p, thn.KindSession,
		func(f thn.Fact) string { return sessionContent(f.(thn.Session)) },
		func(f thn.Fact) {
			s := f.(thn.Session)
			for _, a := range s.Attendance {
				p.sum(string(thn.MeasurePeople), thn.Month(s.Day.Year(), s.Day.Month()), string(a.Audience), thn.ExactKits(int64(a.People)))
			}
		},
		func(f thn.Fact) string {
			s, _ := f.(thn.Session) // another kind under this number trained nobody
			return fmt.Sprint(s.People())
		})}
}

func (b *sessionBuilder) add(e entry) error {
	s, err := b.record(e)
	if err != nil {
		return err
	}
	key := e.get(FieldKey).text
	if key == "" {
		return b.keep(e, s, "")
	}
	b.held++
	j := b.joined[key]
	if j == nil {
		j = &joinedSession{key: key, record: s, entry: slim(e, b.plan.Columns)}
		b.joined[key], b.order = j, append(b.order, j)
		return nil
	}
	return j.join(s, e)
}

// join adds an audience; the rows of one session say the same of it, and each
// audience once.
func (j *joinedSession) join(s thn.Session, e entry) error {
	alone := j.record
	alone.Attendance = s.Attendance
	twice := slices.ContainsFunc(j.record.Attendance, func(a thn.Attendance) bool { return a.Audience == s.Attendance[0].Audience })
	if twice || sessionContent(alone) != sessionContent(s) {
		return e.where.Refuse("row.same_key", map[string]any{"Value": j.key, "First": j.entry.where.Row})
	}
	j.record.Attendance = append(j.record.Attendance, s.Attendance...)
	for _, f := range []Field{FieldAudience, FieldPeople} {
		v := j.entry.values[f]
		v.text += " + " + e.get(f).text
		j.entry.values[f] = v
	}
	return nil
}

func (b *sessionBuilder) finish(ctx context.Context) error {
	for _, j := range b.order {
		if err := b.keep(j.entry, j.record, j.key); err != nil {
			return err
		}
	}
	slices.SortStableFunc(b.rows, func(x, y seenRecord) int { return x.entry.where.Row - y.entry.where.Row })
	return b.records.finish(ctx)
}

// sessionContent writes what a session says, without its id and its area.
func sessionContent(s thn.Session) string {
	return fmt.Sprint(s.Day, s.Site, s.Setting, s.Method, s.Trainer, s.Attendance)
}

func (b *sessionBuilder) record(e entry) (s thn.Session, err error) {
	site, err := b.site(e)
	if err != nil {
		return s, err
	}
	s.Site, s.Area = site.ID, site.Area
	if s.Day, err = b.siteDay(e, site); err != nil {
		return s, err
	}
	there := thn.Attendance{}
	for _, w := range []struct {
		field Field
		blank string
		set   func(code string)
	}{
		{FieldSetting, string(site.Setting), func(c string) { s.Setting = thn.Setting(c) }},
		{FieldMethod, string(thn.Methods[0]), func(c string) { s.Method = thn.Method(c) }},
		{FieldTrainer, string(site.Supplier), func(c string) { s.Trainer = thn.Supplier(c) }},
		{FieldAudience, "mixed", func(c string) { there.Audience = thn.Audience(c) }},
	} {
		code, err := b.code(e, w.field, w.blank)
		if err != nil {
			return s, err
		}
		w.set(code)
	}
	there.People, err = b.between(e, FieldPeople, 1, thn.MaxAttendance, "people_range")
	s.Attendance = []thn.Attendance{there}
	return s, err
}
