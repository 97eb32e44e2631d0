package form

// Edition is the form that closes a period for an audience.
type Edition struct {
	Period string `form:"period" label:"edition.period" validate:"required,max=30"`
	For    string `form:"for" label:"edition.audience" validate:"required,oneof=public national programme"`
	Kind   string `form:"kind" label:"edition.kind" validate:"required,oneof=final provisional"`
	Alone  string `form:"alone" label:"edition.alone" validate:"omitempty,oneof=yes"`
}

// Announce is the form that says when a release will appear: no day takes what was
// said back.
type Announce struct {
	Period string `form:"period" label:"edition.period" validate:"required,max=30"`
	For    string `form:"for" label:"edition.audience" validate:"required,oneof=public national programme"`
	Day    string `form:"appears-day"`
	Month  string `form:"appears-month"`
	Year   string `form:"appears-year"`
	Reason string `form:"reason" label:"calendar.reason" validate:"max=300"`
}

// Appears is the day on which it appears, as answered.
func (f Announce) Appears() Day { return Day{f.Day, f.Month, f.Year} }

// Publish is the form that opens a release to its audience: at once when day and
// hour are empty.
type Publish struct {
	Day   string `form:"open-day"`
	Month string `form:"open-month"`
	Year  string `form:"open-year"`
	Hour  string `form:"hour" label:"edition.publish_hour" validate:"omitempty,number,max=2"`

	Readers []string `form:"reader"` // accounts that may read it before
}

// Opens is the day on which it opens, as answered.
func (f Publish) Opens() Day { return Day{f.Day, f.Month, f.Year} }

// Revise is the form that closes a release in the place of another.
type Revise struct {
	Reason string `form:"reason" label:"edition.reason" validate:"required,max=300"`
}
