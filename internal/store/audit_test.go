package store_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/audit"
	"thntracker/internal/fault"
	"thntracker/internal/store"
	"thntracker/internal/store/storetest"
	"thntracker/internal/thn"
)

// verified verifies the place's audit and gives the findings in words.
func (p *place) verified(t *testing.T, noted ...audit.Head) (audit.Report, []string) {
	t.Helper()
	report, err := p.VerifyAudit(context.Background(), p.programme.ID, noted...)
	require.NoError(t, err)
	var list []string
	for _, f := range report.Findings {
		list = append(list, f.String())
	}
	return report, list
}

// tamper changes the database behind the program's back.
func (p *place) tamper(t *testing.T, statement string, args ...any) {
	t.Helper()
	require.NoError(t, p.Raw(context.Background(), statement, args...))
}

const ofEntry = " WHERE programme_id = ? AND seq = ?"

func TestVerifyAudit_holds(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		before, _ := p.verified(t)
		mine := p.given(1)
		p.append(t, p.sub(mine))
		p.append(t, p.correction(mine.ID, p.given(2)))
		require.NoError(t, p.CloseBatch(t.Context(), p.programme.ID, p.by, p.lot.ID))
		report, wrong := p.verified(t, before.Head)
		require.Empty(t, wrong)
		require.Equal(t, before.Entries+3, report.Entries)
		require.Equal(t, report.Entries, report.Head.Seq)
		require.Zero(t, report.Before)
		heads, err := p.AuditHeads(t.Context())
		require.NoError(t, err)
		require.Equal(t, map[thn.ID]audit.Head{p.programme.ID: report.Head}, heads)
	})
}

func TestVerifyAudit_namesWhatWasDone(t *testing.T) {
	cases := map[string]struct {
		tamper func(t *testing.T, p *place)
		want   []string
	}{
		"edited": {func(t *testing.T, p *place) {
			p.tamper(t, "UPDATE audit_entries SET account_id = 'x'"+ofEntry, p.programme.ID, 3)
		}, []string{"edited: entry 3"}},
		"removed": {func(t *testing.T, p *place) {
			p.tamper(t, "DELETE FROM audit_entries"+ofEntry, p.programme.ID, 4)
		}, []string{"removed: entry 4"}},
		"taken out of the count": {func(t *testing.T, p *place) {
			p.tamper(t, "UPDATE audit_entries SET seq = NULL"+ofEntry, p.programme.ID, 4)
		}, []string{"removed: entry 4"}},
		"truncated": {func(t *testing.T, p *place) {
			p.tamper(t, "DELETE FROM audit_entries WHERE programme_id = ? AND seq > 5", p.programme.ID)
		}, []string{"truncated: entries 6 to 8"}},
		"emptied": {func(t *testing.T, p *place) {
			p.tamper(t, "DELETE FROM audit_entries WHERE programme_id = ?", p.programme.ID)
			p.tamper(t, "DELETE FROM audit_heads WHERE programme_id = ?", p.programme.ID)
		}, []string{"truncated: entry 1"}},
		"head moved back": {func(t *testing.T, p *place) {
			p.tamper(t, "UPDATE audit_heads SET seq = 5 WHERE programme_id = ?", p.programme.ID)
		}, []string{"head: it was not sealed with this key"}},
		"a number twice": {func(t *testing.T, p *place) {
			p.tamper(t, "DROP INDEX audit_entries_seq")
			p.tamper(t, "INSERT INTO audit_entries SELECT programme_id, 'zz', account_id, action, object_kind, object_id, at_hour, seq, salt, content, link FROM audit_entries"+ofEntry, p.programme.ID, 2)
		}, []string{"added: entry 2"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, p *place) {
				report, wrong := p.verified(t)
				require.Empty(t, wrong)
				require.Equal(t, int64(8), report.Entries)
				c.tamper(t, p)
				_, wrong = p.verified(t)
				require.Equal(t, c.want, wrong)
				q := newPlace(t, p.Store)
				_, wrong = q.verified(t)
				require.Empty(t, wrong, "another programme's chain is its own")
			})
		})
	}
}

// The whole database put back to an older state holds by itself; a head that
// was noted elsewhere tells.
func TestVerifyAudit_anOlderStateNeedsANotedHead(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		old, _ := p.verified(t)
		require.Equal(t, thn.Stored, p.append(t, p.sub(p.given(1))))
		noted, _ := p.verified(t)
		p.tamper(t, "DELETE FROM audit_entries"+ofEntry, p.programme.ID, noted.Head.Seq)
		p.tamper(t, "UPDATE audit_heads SET seq = ?, link = ?, seal = ? WHERE programme_id = ?", old.Head.Seq, old.Head.Link, old.Head.Seal, p.programme.ID)
		_, wrong := p.verified(t)
		require.Empty(t, wrong)
		_, wrong = p.verified(t, noted.Head)
		require.Equal(t, []string{"truncated: entry 9"}, wrong)
		require.Equal(t, thn.Stored, p.append(t, p.sub(p.given(1))), "gone on from there")
		_, wrong = p.verified(t, noted.Head)
		require.Equal(t, []string{"rewritten: entry 9"}, wrong)
	})
}

func TestVerifyAudit_countsEntriesOfBeforeTheChain(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.tamper(t, `INSERT INTO audit_entries (programme_id, id, account_id, action, object_kind, object_id, at_hour) VALUES (?, 'old', 'a', 'add', 'site', 's', '2025-01-01T10')`, p.programme.ID)
		report, wrong := p.verified(t)
		require.Empty(t, wrong)
		require.Equal(t, []int64{1, 8}, []int64{report.Before, report.Entries})
	})
}

func TestOpen_refusesAnotherKey(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, storetest.Open(t, url))
		opts := store.Options{Now: func() time.Time { return storetest.Noon }, AuditKey: audit.NewKey()}
		_, err := store.Open(t.Context(), url, opts)
		require.True(t, fault.Is(err, fault.Unavailable))
		require.ErrorContains(t, err, "put the key file back that it was begun with")
		require.ErrorContains(t, err, string(p.programme.ID))

		opts.AnyHead = true
		s, err := store.Open(t.Context(), url, opts)
		require.NoError(t, err)
		defer s.Close()
		report, err := s.VerifyAudit(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.Equal(t, []audit.Finding{{Fault: audit.Rewritten, From: 1, To: 8}, {Fault: audit.BadHead, From: 8, To: 8}}, report.Findings)
		_, err = s.Append(t.Context(), []thn.Submission{p.sub(p.given(1))})
		require.ErrorContains(t, err, "another key", "nothing is written that the audit cannot hold")
	})

	opts := store.Options{Now: time.Now, AuditKey: make(audit.Key, 31)}
	_, err := store.Open(t.Context(), storetest.SQLiteURL(t), opts)
	require.ErrorContains(t, err, "the audit key has 31 bytes, it needs 32")
}

// Many writers, on two servers of one database, draw on one chain: no number is
// missing or there twice, nobody hears of a deadlock, and whoever verifies
// meanwhile sees one moment.
func TestChain_manyWritersOnTwoServers(t *testing.T) {
	t.Parallel()
	storetest.EachURL(t, func(t *testing.T, url string) {
		p := newPlace(t, storetest.Open(t, url))
		q := newPlace(t, p.Store)
		second := storetest.Open(t, url)
		shared := thn.Account{ID: thn.NewID(), Handle: "shared"}
		require.NoError(t, p.AddAccount(t.Context(), "", shared, thn.Grant{ID: thn.NewID(), Programme: p.programme.ID, Account: shared.ID, Role: thn.RoleWorker}))
		require.NoError(t, p.AddGrant(t.Context(), "", thn.Grant{ID: thn.NewID(), Programme: q.programme.ID, Account: shared.ID, Role: thn.RoleWorker}))
		const writers, each = 32, 4
		var wait sync.WaitGroup
		for i := range writers {
			s := []*store.Store{p.Store, second}[i%2]
			wait.Go(func() {
				for range each {
					record := func(x *place) {
						got, err := s.Append(context.Background(), []thn.Submission{x.sub(x.given(1))})
						if err != nil || got[0] != thn.Stored {
							t.Errorf("append: %v %v", got, err)
						}
					}
					record(p)
					record(q)
					batch := thn.Batch{ID: thn.NewID(), Product: p.spray.ID, Lot: string(thn.NewID()), Expiry: thn.MustDate(2028, 1, 31)}
					if err := s.AddBatches(context.Background(), p.programme.ID, p.by, batch); err != nil {
						t.Errorf("add batch: %v", err)
					}
				}
			})
		}
		// An account of two programmes takes hold of two heads at once.
		wait.Go(func() {
			for range each {
				if err := second.SetAccount(context.Background(), thn.AccountChange{Account: shared, Action: "change"}); err != nil {
					t.Errorf("set account: %v", err)
				}
			}
		})
		wait.Go(func() {
			for range each {
				for _, x := range []*place{p, q} {
					if report, err := second.VerifyAudit(context.Background(), x.programme.ID); err != nil || len(report.Findings) > 0 {
						t.Errorf("verify meanwhile: %v %v", report.Findings, err)
					}
				}
			}
		})
		wait.Wait()
		report, wrong := p.verified(t)
		require.Empty(t, wrong)
		require.Equal(t, int64(8+1+each+writers*each*2), report.Entries)
		report, wrong = q.verified(t)
		require.Empty(t, wrong)
		require.Equal(t, int64(8+1+each+writers*each), report.Entries)
		gaps, err := p.Texts(t.Context(), "SELECT CAST(COUNT(*) - MAX(seq) AS TEXT) FROM audit_entries GROUP BY programme_id")
		require.NoError(t, err)
		require.Equal(t, "0", strings.Join(gaps[:1], ""))
	})
}
