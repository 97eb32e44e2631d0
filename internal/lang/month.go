package lang

import "time"

// MonthName is the name of a month as it stands alone in a list: November.
func (l *Locale) MonthName(m time.Month) string { return l.format.MonthWide(m) }
