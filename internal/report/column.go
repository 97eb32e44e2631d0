package report

// Columns that several indicators share.
var (
	kitsColumn   = Column{Label: Label{Code: "kits", Key: "report.column.kits"}, Measure: MeasureKits}
	deathsColumn = Column{Label: Label{Code: "deaths", Key: "report.column.deaths"}, Measure: MeasureDeaths}
)

func ratioColumn(code, key, unit string, places int) Column {
	return Column{Label: Label{Code: code, Key: key}, Measure: MeasureRatio, Unit: unit, Places: places}
}

func kitsNamed(code string) Column {
	return Column{Label: Label{Code: code, Key: "report.column." + code}, Measure: MeasureKits}
}

func peopleNamed(code string) Column {
	return Column{Label: Label{Code: code, Key: "report.column." + code}, Measure: MeasurePeople}
}

func percentNamed(code string, places int) Column {
	return ratioColumn(code, "report.column."+code, "report.unit.per_100", places)
}

func sitesNamed(code string) Column {
	return Column{Label: Label{Code: code, Key: "report.column." + code}, Measure: MeasureSites}
}

func eventsNamed(code string) Column {
	return Column{Label: Label{Code: code, Key: "report.column." + code}, Measure: MeasureEvents}
}
