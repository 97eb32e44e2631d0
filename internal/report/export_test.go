package report

import "context"

// BuildAs builds a table by an entry that is not in the registry.
func BuildAs(ctx context.Context, source Source, i Indicator, spec Spec) (Table, error) {
	b, err := open(ctx, source, spec)
	if err != nil {
		return Table{}, err
	}
	return b.build(ctx, i)
}

// Alarming is whether a residual is above one in a hundred.
func Alarming(rest, whole int64) bool { return alarming(numberOf[Kit](rest), numberOf[Kit](whole)) }
