package report

// Columns that several indicators share.
var (
	kitsColumn   = columnOf[Kit]("kits")
	deathsColumn = columnOf[Death]("deaths")
)

// columnOf is a column of counts of one unit.
func columnOf[U Unit](code string) Column {
	return Column{Label: Label{Code: code, Key: "report.column." + code}, Measure: MeasureOf[U]()}
}

func kitsNamed(code string) Column { return columnOf[Kit](code) }

func peopleNamed(code string) Column { return columnOf[Person](code) }

func sitesNamed(code string) Column { return columnOf[Place](code) }

// percentNamed is a column of shares: a part and a whole of one unit.
func percentNamed[U Unit](code string, places int) Column {
	return conversion[U, U]{percent, "report.unit.per_100"}.column(code, places)
}
