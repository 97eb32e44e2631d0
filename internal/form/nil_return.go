package form

import (
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// NilReturn is the form by which a site says that a month held nothing. Each
// kind of record is a nil return of its own, and so each has an id of its own.
type NilReturn struct {
	Site           string   `form:"site" label:"returns.site" validate:"required,id"`
	Month          string   `form:"month" label:"returns.month" validate:"required"`
	About          []string `form:"about" label:"returns.about"`
	DistributionID string   `form:"id-distribution" label:"returns.about" validate:"required,id"`
	UseID          string   `form:"id-use" label:"returns.about" validate:"required,id"`
	TrainingID     string   `form:"id-training" label:"returns.about" validate:"required,id"`
}

// IDs gives the id of each kind.
func (f *NilReturn) IDs() map[thn.RecordKind]*string {
	return map[thn.RecordKind]*string{thn.KindDistribution: &f.DistributionID, thn.KindUse: &f.UseID, thn.KindSession: &f.TrainingID}
}

// ToDomain makes a nil return for each kind that was ticked.
func (f NilReturn) ToDomain() (list []thn.NilReturn, err error) {
	month, err := ParseMonth(f.Month)
	if err != nil {
		return nil, fault.Fields("nil return", fault.Field{Name: "month", Key: "form.choose_for", Args: map[string]any{"Field": fault.Label("returns.month")}})
	}
	for _, about := range thn.ReportedKinds {
		if slices.Contains(f.About, string(about)) {
			list = append(list, thn.NilReturn{ID: thn.ID(*f.IDs()[about]), Site: thn.ID(f.Site), Month: month, About: about})
		}
	}
	if len(list) == 0 {
		return nil, fault.Fields("nil return", fault.Field{Name: "about", Key: "returns.about_missing"})
	}
	return list, nil
}

// ParseMonth reads a month as addresses and forms hold it, 2026-03, and gives
// its first day.
func ParseMonth(s string) (thn.Date, error) { return thn.ParseDate(s + "-01") }
