package intake_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// join adds an account with a role to a programme and gives its id.
func (p *place) join(t *testing.T, handle string, a thn.Account, g thn.Grant) thn.ID {
	t.Helper()
	a.ID, a.Handle = thn.NewID(), handle
	g.ID, g.Account = thn.NewID(), a.ID
	require.NoError(t, p.store.AddAccount(context.Background(), "", a, g))
	return a.ID
}

// said lists what the audit holds about a record, oldest first.
func (p *place) said(t *testing.T, record thn.ID) (list []string) {
	t.Helper()
	acts, err := p.store.Activity(t.Context(), thn.ActQuery{Programme: p.programme.ID, Limit: 100})
	require.NoError(t, err)
	for _, a := range acts {
		if a.Object == record {
			list = append([]string{string(a.Account) + " " + a.Action + " " + string(a.Site)}, list...)
		}
	}
	return list
}

// TestRecordFor_namesBoth: the audit names whoever wrote the record down, then
// the colleague that they named, about the same record (UX-50).
func TestRecordFor_namesBoth(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		peer := p.join(t, "Mill-Peer", thn.Account{}, thn.Grant{Programme: p.programme.ID, Role: thn.RoleWorker, Site: p.mill.ID})
		d := p.given()
		d.Supplier, d.Recorder = "peer", "paid_worker"
		for _, outcome := range []thn.Outcome{thn.Stored, thn.Duplicate} { // sent twice it is said once
			got, err := p.RecordFor(t.Context(), p.manager, "mill-PEER", d)
			require.NoError(t, err)
			require.Equal(t, outcome, got.Outcome)
		}
		by := string(p.manager.Account.ID)
		require.Equal(t, []string{by + " record " + string(p.harbour.ID), string(peer) + " named " + string(p.harbour.ID)}, p.said(t, d.ID))
		_, e, err := p.store.Fact(t.Context(), p.programme.ID, d.ID)
		require.NoError(t, err)
		require.Equal(t, p.manager.Account.ID, e.By, "the record is still that of whoever wrote it: nobody else may undo it")
		found, err := p.store.VerifyAudit(t.Context(), p.programme.ID)
		require.NoError(t, err)
		require.Empty(t, found.Findings)

		own := p.given()
		_, err = p.RecordFor(t.Context(), p.manager, "", own)
		require.NoError(t, err)
		require.Equal(t, []string{by + " record " + string(p.harbour.ID)}, p.said(t, own.ID))
	})
}

func TestRecordFor_refusesWhoGivesOutNothing(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		here := thn.Grant{Programme: p.programme.ID, Role: thn.RoleWorker}
		elsewhere := thn.Programme{ID: thn.NewID(), Name: "Other", Country: "XD", Zone: "UTC", Fiscal: 1}
		require.NoError(t, p.store.Found(t.Context(), thn.Founding{Programme: elsewhere, Country: thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Name: "Other"}}))
		p.join(t, "gone", thn.Account{Disabled: true}, here)
		p.join(t, "advocate", thn.Account{}, thn.Grant{Programme: p.programme.ID, Role: thn.RoleAdvocate})
		p.join(t, "stranger", thn.Account{}, thn.Grant{Programme: elsewhere.ID, Role: thn.RoleWorker})
		p.join(t, "ended", thn.Account{}, thn.Grant{Programme: p.programme.ID, Role: thn.RoleWorker, Ended: true})
		self := p.worker
		self.Account.ID = p.join(t, "self", thn.Account{}, here)
		for _, handle := range []string{"gone", "advocate", "stranger", "ended", "self", "nobody"} {
			d := p.given()
			_, err := p.RecordFor(t.Context(), self, handle, d)
			require.Equal(t, []fault.Field{{Name: "account", Key: "several.no_account"}}, fault.FieldsOf(err), handle)
			require.Empty(t, p.said(t, d.ID), handle)
		}
		reader := p.worker
		reader.Grant.Role = thn.RoleAdvocate
		_, err := p.RecordFor(t.Context(), reader, "self", p.given())
		require.True(t, fault.Is(err, fault.Denied))
	})
}
