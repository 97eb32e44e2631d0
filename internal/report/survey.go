package report

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"thntracker/internal/thn"
)

// Asking is where the answers of groups of people come from.
type Asking interface {
	// Surveys lists the current answers of surveys.
	Surveys(ctx context.Context, programme thn.ID) ([]thn.Survey, error)
}

// surveyed is what a group of people said to one question, wherever it was asked.
// Answers of different groups are never added and never share a row.
type surveyed struct {
	question            thn.Question
	area                thn.ID
	period              thn.Period
	yes, asked, returns int64
	sample              Label  // who was asked
	group               string // answers that share it are of the same people
	source              Citation
}

// surveyed gives what was asked about areas in view up to the end of the period,
// the newest first. Whoever asks about some sites or channels gets none: a survey
// speaks of an area and does not know who supplied the people it asked.
func (b *book) surveyed(ctx context.Context, questions ...thn.Question) (list []surveyed, err error) {
	if b.spec.Sites != nil || b.spec.Channels != nil {
		return nil, nil
	}
	surveys, err := b.source.Surveys(ctx, b.spec.Programme.ID)
	for _, s := range surveys {
		if slices.Contains(questions, s.Question) && !b.spec.Period.To.Before(s.Period.To) && b.wholly(s.Area) {
			list = append(list, surveyed{question: s.Question, area: s.Area, period: s.Period, yes: s.Yes, asked: s.Asked, returns: s.Returns,
				sample: Label{Code: "sample", Text: s.Sample}, group: s.Sampling(), source: Citation{Source: s.Source, URL: s.URL, AsAt: s.AsAt}})
		}
	}
	slices.SortFunc(list, func(x, y surveyed) int {
		return cmp.Or(cmp.Compare(y.period.To.String(), x.period.To.String()), cmp.Compare(y.period.From.String(), x.period.From.String()),
			cmp.Compare(b.tree.run(x.area).from, b.tree.run(y.area).from), cmp.Compare(x.group, y.group), cmp.Compare(slices.Index(questions, x.question), slices.Index(questions, y.question)))
	})
	return list, err
}

// here keeps the answers about the very area that the table is about: an answer
// about a part of it is not one about the whole.
func (b *book) here(list []surveyed) []surveyed {
	chain := b.tree.chain(b.spec.Areas)
	return slices.DeleteFunc(slices.Clone(list), func(a surveyed) bool { return !slices.Contains(chain, a.area) })
}

// recent keeps the answers that lie in the period and, of questions that nobody
// was asked in it, the newest before.
func (b *book) recent(list []surveyed) []surveyed {
	before := map[thn.Question]thn.Period{}
	for _, a := range slices.Backward(list) {
		before[a.question] = a.period
	}
	for _, a := range list {
		if !b.early(a) {
			delete(before, a.question)
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(a surveyed) bool { return b.early(a) && a.period != before[a.question] })
}

// early tells whether people were asked before the period began.
func (b *book) early(a surveyed) bool { return !b.spec.Period.Covers(a.period) }

// cells are how many said yes, how many were asked, and the share. A share of few
// people is hidden with them: the base beside it would give them away.
func (a surveyed) cells() []Cell {
	switch {
	case a.asked == 0:
		return []Cell{inside(a.yes), NotReported(), NoDenominator()}
	case few(a.yes) || few(a.asked):
		return []Cell{inside(a.yes), inside(a.asked), Masked()}
	case a.question.Counted():
		return []Cell{Number(a.yes), Number(a.asked), shareOf[Person](a.yes, a.asked)}
	}
	return []Cell{Number(a.yes), Number(a.asked), sampled(a.yes, a.asked)}
}

// cite adds an answer's source to a table and gives the marks of its row: who was
// asked and when, and where unless it is the very area. A table that shows what was
// asked before its period says so once.
func (b *book) cite(t *Table, a surveyed) []Label {
	if !slices.Contains(t.Sources, a.source) {
		t.Sources = append(t.Sources, a.source)
	}
	key := "report.mark.asked"
	if a.question.Counted() {
		key = "report.mark.counted"
	}
	before := Label{Code: "before", Key: "report.note.asked_before"}
	if b.early(a) && !slices.ContainsFunc(t.Notes, func(l Label) bool { return l.Code == before.Code }) {
		t.Notes = append(t.Notes, before)
	}
	marks := []Label{{Code: "sample", Key: key, Args: map[string]any{"Sample": a.sample, "Period": a.period, "Source": a.source.Source}}}
	if len(b.here([]surveyed{a})) == 0 {
		marks = append(marks, Label{Code: "area", Key: "report.mark.asked_in", Args: map[string]any{"Area": areaLabel(b.tree.area(a.area))}})
	}
	return marks
}

// elsewhere says how many answers to a table's questions it does not show.
func elsewhere(t *Table, n int) {
	if n > 0 {
		t.Notes = append(t.Notes, Label{Code: "other_answers", Key: "report.note.other_answers", Args: map[string]any{"N": n}})
	}
}

// unasked says that there is no answer at all, and where one could come from.
func (b *book) unasked(t *Table) {
	key := "report.missing.answers"
	if b.spec.Sites != nil || b.spec.Channels != nil {
		key = "report.missing.answers_of_sites"
	}
	t.Missing = append(t.Missing, Label{Code: "answers", Key: key})
}

var askedColumns = []Column{peopleNamed("said_yes"), peopleNamed("asked"), percentNamed[Person]("asked_share", 0)}

// answerRows makes a table of one row for each answer, newest first.
func (b *book) answerRows(ctx context.Context, t *Table, label func(surveyed) Label, cells func(surveyed) []Cell, questions ...thn.Question) error {
	list, err := b.surveyed(ctx, questions...)
	shown := b.recent(list)
	codes := map[string]int{}
	for _, a := range shown {
		l := label(a)
		if codes[l.Code]++; codes[l.Code] > 1 {
			l.Code += "-" + strconv.Itoa(codes[l.Code])
		}
		t.Rows = append(t.Rows, Row{Label: l, Cells: cells(a), Marks: b.cite(t, a)})
	}
	if len(shown) == 0 {
		t.Rows = []Row{{Label: Label{Code: "none", Key: "report.row.no_answer"}, Cells: make([]Cell, len(t.Columns))}}
		b.unasked(t)
	}
	return err
}

func asQuestion(a surveyed) Label { return codeLabel("question", string(a.question)) }

func asPeriod(a surveyed) Label { return Label{Code: a.period.String(), Period: a.period} }

// surveyAnswers lists everything that groups of people were asked.
func surveyAnswers(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead, t.Columns = Label{Code: "question", Key: "report.by.question"}, askedColumns
	return t, b.answerRows(ctx, &t, asQuestion, surveyed.cells, thn.Questions...)
}

// carriageAnswers is indicator B3: people who had naloxone on them on the day they
// were asked, of those supplied and asked. Having it close at hand is another
// question, so the S-O-S target of 90 is no line here.
func carriageAnswers(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead, t.Columns, t.Drawn = Label{Code: "survey", Key: "report.by.survey"}, askedColumns, "asked_share"
	return t, b.answerRows(ctx, &t, asPeriod, surveyed.cells, thn.CarryingNow)
}

// refillReturn is indicator B5: participants who came back for another kit at
// least once, and how often.
func refillReturn(ctx context.Context, b *book) (Table, error) {
	t := b.table()
	t.RowHead = Label{Code: "survey", Key: "report.by.survey"}
	t.Columns = []Column{peopleNamed("came_back"), peopleNamed("participants"), percentNamed[Person]("came_back_share", 0), columnOf[Record]("returns"),
		returnsPerPerson.column("per_returner", 1)}
	return t, b.answerRows(ctx, &t, asPeriod, func(a surveyed) []Cell {
		returns, each := NotReported(), NotReported()
		if a.returns > 0 && a.yes > 0 {
			returns, each = Number(a.returns), Divided(Interval{Value: times(a), Low: times(a), High: times(a), Valued: true})
		}
		if few(a.yes) {
			each = Masked()
		}
		return append(a.cells(), returns, each)
	}, thn.CameBack)
}

// times is how often each of those who came back did so.
func times(a surveyed) Ratio {
	return Ratio{Num: halvesOf(float64(a.returns)), Den: halvesOf(float64(a.yes)), Per: 1}
}
