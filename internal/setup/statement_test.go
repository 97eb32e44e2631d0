package setup_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

func statement() thn.Statement {
	return thn.Statement{ID: thn.NewID(), Service: "thn", Exists: thn.AnswerYes, Source: "National plan", URL: "https://example.org/plan", Dated: today}
}

func TestAddStatement_refusals(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := b.t.Context(), b.as(thn.RoleManager)
		x := statement()
		require.NoError(b.t, b.AddStatement(ctx, manager, x))
		require.NoError(b.t, b.AddStatement(ctx, manager, x), "the button pressed twice")
		for name, c := range map[string]struct {
			change     func(*thn.Statement)
			field, key string
		}{
			"an unknown service":    {func(x *thn.Statement) { x.Service = "safe_supply" }, "service", "setup.choose_list"},
			"an answer of no kind":  {func(x *thn.Statement) { x.Exists = thn.AnswerNotAsked }, "exists", "setup.choose_list"},
			"no source":             {func(x *thn.Statement) { x.Source = " " }, "source", "statements.source_missing"},
			"no address":            {func(x *thn.Statement) { x.URL = "" }, "url", "statements.address"},
			"an address in clear":   {func(x *thn.Statement) { x.URL = "http://example.org/plan" }, "url", "statements.address"},
			"a script for a link":   {func(x *thn.Statement) { x.URL = "javascript:alert(1)" }, "url", "statements.address"},
			"an address of nowhere": {func(x *thn.Statement) { x.URL = "https://" }, "url", "setup.address"},
			"no day":                {func(x *thn.Statement) { x.Dated = thn.Date{} }, "dated", "setup.day_missing"},
			"a day ahead":           {func(x *thn.Statement) { x.Dated = today.AddDays(1) }, "dated", "intake.day_ahead"},
		} {
			b.t.Run(name, func(t *testing.T) {
				x := statement()
				c.change(&x)
				refused(t, b.AddStatement(ctx, manager, x), c.field, c.key)
			})
		}
		list, err := b.Statements(ctx, manager)
		require.NoError(b.t, err)
		require.Len(b.t, list, 1, "what was refused left nothing")
		require.Equal(b.t, thn.RoleManager, list[0].Role)
	})
}

// A country has one voice: who answers for a part of the programme reads only.
func TestStatements_areForTheWholeProgramme(t *testing.T) {
	each(t, func(b *bench) {
		ctx, part := b.t.Context(), b.as(thn.RoleManager, b.north.ID)
		kind(b.t, b.AddStatement(ctx, part, statement()), fault.Denied)
		_, err := b.Statements(ctx, part)
		require.NoError(b.t, err)
		_, err = b.Statements(ctx, b.as(thn.RoleWorker))
		kind(b.t, err, fault.Denied)
	})
}
