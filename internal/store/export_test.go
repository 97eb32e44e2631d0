package store

import (
	"context"
	"reflect"
	"time"

	"gorm.io/gorm"

	"thntracker/internal/thn"
)

// What tests outside the package may see of it.

// Raw runs a statement of the test's own in a write transaction.
func (s *Store) Raw(ctx context.Context, statement string, args ...any) error {
	return s.write(ctx, "test", func(tx *writing) error { return tx.Exec(statement, args...).Error })
}

// RawInRead runs it where only reading is meant.
func (s *Store) RawInRead(ctx context.Context, statement string, args ...any) error {
	return s.read(ctx, "test", func(tx *gorm.DB) error { return tx.Exec(statement, args...).Error })
}

// Texts reads one column of text.
func (s *Store) Texts(ctx context.Context, query string, args ...any) (list []string, err error) {
	err = s.read(ctx, "test", func(tx *gorm.DB) error { return tx.Raw(query, args...).Scan(&list).Error })
	return list, err
}

// DigestOf is what tells the content of a submission from another's.
func DigestOf(sub thn.Submission) string { return (&Store{now: time.Now}).envelopeOf(sub).Digest }

// CheckSQLite is the refusal of engines that are too old.
var CheckSQLite = checkSQLite

// Crossing is one pair of a domain type and its row.
type Crossing struct {
	Table  string
	Row    reflect.Type
	Domain reflect.Type
	Round  func(programme thn.ID, domain any) any // to the row and back
}

func crossing[R interface{ TableName() string }, D any](to func(thn.ID, D) R, from func(R) D) Crossing {
	var r R
	return Crossing{Table: r.TableName(), Row: reflect.TypeFor[R](), Domain: reflect.TypeFor[D](),
		Round: func(programme thn.ID, d any) any { return from(to(programme, d.(D))) }}
}

// Crossings lists every pair that has a way there and back.
func Crossings() []Crossing {
	return []Crossing{
		crossing(func(_ thn.ID, p thn.Programme) programmeRow { return toProgramme(p) }, fromProgramme),
		crossing(func(_ thn.ID, a thn.Account) accountRow { return toAccount(a) }, fromAccount),
		crossing(func(_ thn.ID, g thn.Grant) grantRow { return toGrant(g) }, fromGrant),
		crossing(toArea, fromArea),
		crossing(toSite, fromSite),
		crossing(toProduct, fromProduct),
		crossing(toBatch, fromBatch),
		crossing(toTotal, fromTotal),
		crossing(toDenominator, fromDenominator),
		crossing(toSurvey, fromSurvey),
		crossing(toMovement, fromMovement),
		crossing(toBag, fromBag),
		crossing(toStaffTraining, fromStaffTraining),
		crossing(toNilReturn, fromNilReturn),
		crossing(func(_ thn.ID, p thn.AidPost) aidPostRow { return toAidPost(p) }, fromAidPost),
		crossing(func(_ thn.ID, h thn.HandOver) handOverRow { return toHandOver(h) }, fromHandOver),
		crossing(toCarriage, fromCarriage),
		crossing(toLeaveBehind, fromLeaveBehind),
		crossing(toRevision, fromRevision),
		crossing(toAsking, fromAsking),
		crossing(toTarget, fromTarget),
		crossing(toStatement, fromStatement),
		crossing(toAnnouncement, fromAnnouncement),
		crossing(toSealingKey, fromSealingKey),
		crossing(toSubmissionGrant, fromSubmissionGrant),
		crossing(toRecall, func(r recallRow) thn.Recall {
			return fromRecall(r, []recallBatchRow{{RecallID: r.ID, BatchID: "lot"}})
		}),
	}
}

// Rows lists every table's row.
func Rows() map[string]reflect.Type {
	rows := map[string]reflect.Type{}
	for _, c := range Crossings() {
		rows[c.Table] = c.Row
	}
	for _, r := range []interface{ TableName() string }{recordRow{}, lineRow{}, heldRow{}, decisionRow{}, auditRow{}, sessionRow{}, mappingRow{}, entryRow{}, headRow{}, choiceRow{}, trainingRow{}, attendanceRow{}, useRow{}, usePersonRow{}, administrationRow{}, journalRow{}, cellRow{}, stockMonthRow{}, stockDayRow{}, recountRow{}, releaseRow{}, dropOutRow{}, recallBatchRow{}, epochRow{}, editionRow{}, editionReaderRow{}, editionCountsRow{}, contributionRow{}, editionContributorRow{}} {
		rows[r.TableName()] = reflect.TypeOf(r)
	}
	return rows
}

// ReleaseRound takes a month of releases to its rows and back.
func ReleaseRound(programme thn.ID, r thn.Release) thn.Release {
	return fromRelease(toRelease(programme, r))
}

// LinesRound takes a distribution to its lines and back.
func LinesRound(programme thn.ID, d thn.Distribution) thn.Distribution {
	return fromLines(toLines(programme, d))
}

// TrainingRound takes a session to its rows and back.
func TrainingRound(programme thn.ID, s thn.Session) thn.Session {
	return fromTraining(toTraining(programme, s))
}

// UseRound takes a use to its rows and back.
func UseRound(programme thn.ID, u thn.Use) thn.Use {
	var rows useRows
	rows.add(programme, u)
	return rows.uses()[u.ID]
}

// Raw runs a statement of the test's own through the shelf.
func (s *Shelf) Raw(ctx context.Context, statement string) error {
	return s.reads.WithContext(ctx).Exec(statement).Error
}
