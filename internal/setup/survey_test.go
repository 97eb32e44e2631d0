package setup_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// answer is what people in the north said, yet to be added.
func (b *bench) answer() thn.Survey {
	return thn.Survey{ID: thn.NewID(), Question: thn.CarryingNow, Area: b.north.ID, Period: thn.YearFrom(2025, time.January), Yes: 27, Asked: 169,
		Sample: "People supplied in the past year", Source: "Survey of needle exchanges", URL: "https://example.org/survey"}
}

func TestAddSurvey_refusals(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		standing := b.answer()
		require.NoError(b.t, b.AddSurvey(ctx, manager, standing))
		require.NoError(b.t, b.AddSurvey(ctx, manager, standing), "the button pressed twice")
		for name, c := range map[string]struct {
			change     func(*thn.Survey)
			field, key string
		}{
			"one that stands":                {func(x *thn.Survey) { x.Yes = 28 }, "question", "survey.taken"},
			"a question of one's own":        {func(x *thn.Survey) { x.Question = "police" }, "question", "setup.choose_list"},
			"an unknown area":                {func(x *thn.Survey) { x.Area = thn.NewID() }, "area", "setup.area_unknown"},
			"nobody in particular":           {func(x *thn.Survey) { x.Sample = " " }, "sample", "survey.sample_missing"},
			"no source":                      {func(x *thn.Survey) { x.Source = "" }, "source", "setup.source_missing"},
			"fewer asked than said yes":      {func(x *thn.Survey) { x.Asked = 26 }, "asked", "survey.asked_below"},
			"less than nobody":               {func(x *thn.Survey) { x.Yes = -1 }, "yes", "setup.value_missing"},
			"coming back while carrying":     {func(x *thn.Survey) { x.Returns = 30 }, "returns", "survey.returns_alone"},
			"coming back less than once":     {func(x *thn.Survey) { x.Question, x.Returns = thn.CameBack, 26 }, "returns", "survey.returns_below"},
			"no first day":                   {func(x *thn.Survey) { x.Period.From = thn.Date{} }, "from", "setup.day_missing"},
			"a period backward":              {func(x *thn.Survey) { x.Period.To = x.Period.From }, "to", "setup.period_order"},
			"people who are yet to be asked": {func(x *thn.Survey) { x.Period = thn.Period{From: today.AddDays(1), To: today.AddDays(2)} }, "from", "survey.ahead"},
			"a date ahead":                   {func(x *thn.Survey) { x.AsAt = today.AddDays(1) }, "asat", "setup.as_at_ahead"},
			"a script for a link":            {func(x *thn.Survey) { x.URL = "javascript:alert(1)" }, "url", "setup.address"},
		} {
			b.t.Run(name, func(t *testing.T) {
				x := b.answer()
				c.change(&x)
				refused(t, b.AddSurvey(ctx, manager, x), c.field, c.key)
			})
		}
		kind(b.t, b.AddSurvey(ctx, b.as(thn.RoleWorker), b.answer()), fault.Denied)
	})
}

// A correction is a new version: the list shows it alone, and the old one can be
// neither corrected nor withdrawn again.
func TestCorrectSurvey_isANewVersion(t *testing.T) {
	each(t, func(b *bench) {
		ctx, manager := context.Background(), b.as(thn.RoleManager)
		old, fresh := b.answer(), b.answer()
		require.NoError(b.t, b.AddSurvey(ctx, manager, old))
		fresh.Yes = 28
		require.NoError(b.t, b.CorrectSurvey(ctx, manager, old.ID, fresh))
		require.Equal(b.t, []int64{28}, b.yes(manager))
		kind(b.t, b.CorrectSurvey(ctx, manager, old.ID, b.answer()), fault.NotFound)
		kind(b.t, b.VoidSurvey(ctx, manager, old.ID, thn.NewID()), fault.NotFound)
		require.NoError(b.t, b.VoidSurvey(ctx, manager, fresh.ID, thn.NewID()))
		require.Empty(b.t, b.yes(manager))
		require.NoError(b.t, b.AddSurvey(ctx, manager, b.answer()), "what was withdrawn may be entered anew")
	})
}

func (b *bench) yes(actor thn.Actor) (list []int64) {
	b.t.Helper()
	answers, err := b.Surveys(context.Background(), actor)
	require.NoError(b.t, err)
	for _, x := range answers {
		list = append(list, x.Yes)
	}
	return list
}

func TestSurveys_stayWithinReach(t *testing.T) {
	each(t, func(b *bench) {
		ctx := context.Background()
		x := b.answer()
		require.NoError(b.t, b.AddSurvey(ctx, b.as(thn.RoleManager), x))
		require.Equal(b.t, []int64{27}, b.yes(b.as(thn.RoleManager, b.north.ID)))
		for name, actor := range map[string]thn.Actor{"the south": b.as(thn.RoleManager, b.south.ID), "another programme": b.stranger(thn.RoleAdministrator)} {
			b.t.Run(name, func(t *testing.T) {
				require.Empty(t, b.yes(actor))
				kind(t, b.CorrectSurvey(ctx, actor, x.ID, b.answer()), fault.NotFound)
				kind(t, b.VoidSurvey(ctx, actor, x.ID, thn.NewID()), fault.NotFound)
				refused(t, b.AddSurvey(ctx, actor, b.answer()), "area", "setup.area_unknown")
			})
		}
	})
}
