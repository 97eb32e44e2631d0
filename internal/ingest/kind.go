package ingest

import (
	"slices"

	"thntracker/internal/sheet"
)

// Kind is what the rows of a file are. The words are part of the command line.
type Kind string

// The kinds.
const (
	Areas         Kind = "areas"
	Sites         Kind = "sites"
	Products      Kind = "products"
	Populations   Kind = "populations"
	Deaths        Kind = "deaths"
	Distributions Kind = "distributions"
	Uses          Kind = "uses"
	Totals        Kind = "totals"
	Stock         Kind = "stock"
	Trainings     Kind = "training"
	Releases      Kind = "releases"
	Carriages     Kind = "carriage"
	Surveys       Kind = "surveys"
)

// Kinds lists them in the order people need them.
var Kinds = []Kind{Areas, Sites, Products, Populations, Deaths, Distributions, Uses, Totals, Stock, Trainings, Releases, Carriages, Surveys}

// Field is one thing a row can say.
type Field string

// The fields. A period is said by period, by first_day and last_day, or by year
// with month or quarter. The value of a total is said by value with a measure,
// or by kits and people side by side.
const (
	FieldName       Field = "name"
	FieldCode       Field = "code"
	FieldParent     Field = "parent"
	FieldKind       Field = "kind"
	FieldFrom       Field = "from"
	FieldUntil      Field = "until" // the first day that no longer counts
	FieldArea       Field = "area"
	FieldSite       Field = "site"
	FieldProduct    Field = "product"
	FieldBatch      Field = "batch"
	FieldPeriod     Field = "period"
	FieldFirstDay   Field = "first_day"
	FieldLastDay    Field = "last_day"
	FieldYear       Field = "year"
	FieldMonth      Field = "month"
	FieldQuarter    Field = "quarter"
	FieldDay        Field = "day"
	FieldKey        Field = "key" // the author's own number of the record
	FieldMeasure    Field = "measure"
	FieldValue      Field = "value"
	FieldLow        Field = "low"
	FieldHigh       Field = "high"
	FieldKits       Field = "kits"
	FieldPeople     Field = "people"
	FieldChannel    Field = "channel"
	FieldRecipient  Field = "recipient"
	FieldSupply     Field = "supply"
	FieldReason     Field = "reason"
	FieldSetting    Field = "setting"
	FieldSupplier   Field = "supplier"
	FieldTraining   Field = "training"
	FieldPeerLed    Field = "peer_led"
	FieldRoute      Field = "route"
	FieldDose       Field = "dose_mg"
	FieldDoses      Field = "doses_per_unit"
	FieldUnits      Field = "units_per_kit"
	FieldEquivalent Field = "kit_equivalents"
	FieldGTIN       Field = "gtin"
	FieldDefinition Field = "definition"
	FieldSource     Field = "source"
	FieldURL        Field = "url"
	FieldAsAt       Field = "as_at"
	FieldEarly      Field = "provisional" // the figure will still change: yes or no
	FieldMovement   Field = "movement"
	FieldExpiry     Field = "expiry"
	FieldOther      Field = "other_site"
	FieldWhy        Field = "why"
	FieldReference  Field = "reference"
	FieldMethod     Field = "method"
	FieldTrainer    Field = "trainer"
	FieldAudience   Field = "audience"
	FieldIncident   Field = "incident"       // what joins the rows of one event
	FieldPerson     Field = "person"         // what tells the persons of an event apart
	FieldGiven      Field = "administration" // what tells apart what was given to a person
	FieldTold       Field = "reported"
	FieldReporter   Field = "reporter"
	FieldPlace      Field = "place"
	FieldAmbulance  Field = "ambulance"
	FieldBreathing  Field = "breathing"
	FieldHospital   Field = "hospital"
	FieldOutcome    Field = "outcome"
	FieldRelation   Field = "relation"
	FieldGiver      Field = "giver"
	FieldResponse   Field = "response"
	FieldUsedDoses  Field = "doses"     // given, a count
	FieldTotal      Field = "total"     // all releases of a month
	FieldUnplanned  Field = "unplanned" // of them
	FieldRisk       Field = "risk"      // how an establishment tells who is at risk
	FieldStep       Field = "step"      // in a long file: which count of a month a row gives
	FieldGrows      Field = "checked"   // somebody checked a step above the one before it
	FieldCarrier    Field = "carrier"   // the organisation's own random word for somebody
	FieldStatus     Field = "status"
	FieldAgeBand    Field = "age_band"
	FieldGender     Field = "gender"
	FieldCarriage   Field = "carriage" // where the last kit is
	FieldDue        Field = "due"      // when training has to be refreshed
	FieldQuestion   Field = "question"
	FieldYes        Field = "yes"
	FieldAsked      Field = "asked"
	FieldReturns    Field = "returns" // how often those who came back did so
)

var (
	periodFields = []Field{FieldPeriod, FieldFirstDay, FieldLastDay, FieldYear, FieldMonth, FieldQuarter}
	sourceFields = []Field{FieldSource, FieldURL, FieldAsAt}
)

// shape says what a kind of file holds.
type shape struct {
	fields  []Field
	needed  []Field  // each of these has to be mapped
	columns []Field  // shown in the preview
	called  []string // headers over the names of such things
	names   []Field  // a column "name" under one of these names a thing
	notes   bool     // notes beside the rows are about figures, not people
	aside   bool     // figures come with a source
	persons bool     // rows tell of persons: their numbers may join rows, their particulars have to be dropped
	build   func(*planner) builder
}

// shapeOf is the registry of kinds.
func shapeOf(k Kind) (shape, bool) {
	s, ok := map[Kind]shape{
		Areas: {fields: []Field{FieldName, FieldCode, FieldParent, FieldKind, FieldFrom, FieldUntil}, needed: []Field{FieldName},
			columns: []Field{FieldName, FieldKind, FieldCode, FieldParent}, names: []Field{FieldName, FieldParent}, called: []string{"area", "area name", "region", "county", "town", "district", "zone", "commune", "municipio"}, notes: true, build: newAreaBuilder},
		Sites: {fields: []Field{FieldName, FieldCode, FieldArea, FieldSetting, FieldChannel, FieldSupplier, FieldPeerLed, FieldFrom, FieldUntil}, needed: []Field{FieldName, FieldSetting},
			columns: []Field{FieldName, FieldArea, FieldSetting, FieldChannel}, names: []Field{FieldName, FieldArea}, called: []string{"site", "site name", "service", "service name", "outlet", "centre", "centro", "nom du site"}, notes: true, build: newSiteBuilder},
		Products: {fields: []Field{FieldName, FieldCode, FieldRoute, FieldDose, FieldDoses, FieldUnits, FieldEquivalent, FieldGTIN}, needed: []Field{FieldName, FieldCode, FieldRoute},
			columns: []Field{FieldCode, FieldName, FieldRoute}, names: []Field{FieldName}, called: []string{"product", "product name", "produit", "producto"}, notes: true, build: newProductBuilder},
		Populations:   denominators(FieldMeasure),
		Deaths:        denominators(FieldMeasure),
		Distributions: distributionShape,
		Stock:         movementShape,
		Trainings:     sessionShape,
		Uses:          useShape,
		Releases:      releaseShape,
		Carriages:     carriageShape,
		Surveys:       surveyShape,
		Totals: {fields: slices.Concat([]Field{FieldArea, FieldSite, FieldMeasure, FieldValue, FieldKits, FieldPeople, FieldChannel, FieldRecipient, FieldSupply, FieldReason}, periodFields, sourceFields),
			columns: []Field{FieldPeriod, FieldArea, FieldChannel, FieldMeasure, FieldRecipient, FieldSupply, FieldReason, FieldValue},
			names:   []Field{FieldArea, FieldSite}, notes: true, aside: true, build: newTotalBuilder},
	}[k]
	return s, ok
}

var distributionShape = shape{
	fields: []Field{FieldDay, FieldSite, FieldProduct, FieldBatch, FieldKits, FieldPeople, FieldRecipient, FieldSupply, FieldReason,
		FieldSetting, FieldSupplier, FieldChannel, FieldTraining, FieldKey, FieldAgeBand, FieldGender, FieldCarriage},
	needed:  []Field{FieldDay, FieldSite, FieldProduct, FieldKits},
	columns: []Field{FieldDay, FieldSite, FieldProduct, FieldKits, FieldRecipient, FieldSupply, FieldReason},
	names:   []Field{FieldSite, FieldProduct}, build: newDistributionBuilder,
}

func denominators(more ...Field) shape {
	return shape{fields: slices.Concat([]Field{FieldArea, FieldValue, FieldLow, FieldHigh, FieldDefinition, FieldEarly}, more, periodFields, sourceFields),
		needed: []Field{FieldValue}, columns: []Field{FieldPeriod, FieldArea, FieldMeasure, FieldValue, FieldDefinition},
		names: []Field{FieldArea}, notes: true, aside: true, build: newDenominatorBuilder}
}

// refuses tells why a column may not stand in a file of this kind.
func (s shape) refuses(header string, mapped []Field) (sheet.Why, bool) {
	why, found := sheet.Forbidden(header)
	if found && s.allows(why, mapped) {
		return "", false
	}
	if !found && s.persons && len(mapped) == 0 && sheet.Particular(header) {
		return sheet.Particulars, true
	}
	return why, found
}

// allows tells whether a header that would be refused is harmless here.
func (s shape) allows(why sheet.Why, mapped []Field) bool {
	switch why {
	case sheet.PersonNumber:
		return s.persons && slices.Contains(mapped, FieldPerson)
	case sheet.BareNote:
		return s.notes
	case sheet.BareName:
		return slices.ContainsFunc(mapped, func(f Field) bool { return slices.Contains(s.names, f) })
	}
	return false
}

// FieldsOf lists the fields that rows of a kind can say, those that are needed first.
func FieldsOf(k Kind) (fields, needed []Field) {
	s, _ := shapeOf(k)
	fields = slices.Clone(s.needed)
	for _, f := range s.fields {
		if !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
	}
	return fields, s.needed
}
