package store

import (
	"context"
	"fmt"

	"thntracker/internal/thn"
)

type surveyRow struct {
	ProgrammeID string `gorm:"primaryKey"`
	RecordID    string `gorm:"primaryKey"`
	Scope       string
	Question    string
	AreaID      string
	FromDay     day
	ToDay       day
	Yes         int64
	Asked       int64
	Returns     int64
	Sample      string
	Source      string
	URL         string `gorm:"column:url"`
	AsAt        day
}

// TableName is the table of surveys.
func (surveyRow) TableName() string { return "surveys" }

func toSurvey(programme thn.ID, s thn.Survey) surveyRow {
	return surveyRow{ProgrammeID: string(programme), RecordID: string(s.ID), Scope: s.Scope(), Question: string(s.Question), AreaID: string(s.Area),
		FromDay: day{s.Period.From}, ToDay: day{s.Period.To}, Yes: s.Yes, Asked: s.Asked, Returns: s.Returns, Sample: s.Sample, Source: s.Source, URL: s.URL, AsAt: day{s.AsAt}}
}

func fromSurvey(r surveyRow) thn.Survey {
	return thn.Survey{ID: thn.ID(r.RecordID), Question: thn.Question(r.Question), Area: thn.ID(r.AreaID), Period: thn.Period{From: r.FromDay.Date, To: r.ToDay.Date},
		Yes: r.Yes, Asked: r.Asked, Returns: r.Returns, Sample: r.Sample, Source: r.Source, URL: r.URL, AsAt: r.AsAt.Date}
}

// Surveys lists the current answers of a programme's surveys, by scope.
func (s *Store) Surveys(ctx context.Context, programme thn.ID) ([]thn.Survey, error) {
	return current(ctx, s, "list surveys", programme, fromSurvey)
}

// AddSurveys adds answers of surveys and new versions of them, all or nothing.
func (s *Store) AddSurveys(ctx context.Context, programme, by thn.ID, list ...thn.Survey) error {
	return s.write(ctx, "add surveys", func(tx *writing) error { return s.addSurveys(tx, programme, by, list) })
}

func (s *Store) addSurveys(tx *writing, programme, by thn.ID, list []thn.Survey) error {
	f := facts{programme: programme, by: by, kind: thn.KindSurvey}
	var rows []surveyRow
	for i, x := range list {
		if err := x.Check(); err != nil && !x.Void {
			return invalid(fmt.Sprintf("survey %d", i+1), err)
		}
		f.add(x.ID, x.Corrects, x.Void, x)
		if !x.Void {
			rows = append(rows, toSurvey(programme, x))
		}
	}
	return insertFacts(s, tx, f, rows)
}
