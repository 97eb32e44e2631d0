package ingest

import (
	"regexp"
	"slices"
	"strings"

	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// Sample is the beginning of a file, for a person to see beside a mapping.
type Sample struct {
	HeaderRow int
	Headers   []string // with their letters where blank or repeated, as a mapping names them
	Rows      [][]string
}

// sampleRows is how many rows below the header are looked at.
const sampleRows = 30

// Propose reads the beginning of a file and guesses by its headers what the
// columns are. It is a start for a person: what it does not know it leaves out,
// and Mapping.Check then says what is missing.
func (i *Importer) Propose(book *sheet.Book, kind Kind) (Mapping, Sample, error) {
	s, ok := shapeOf(kind)
	if !ok {
		return Mapping{}, Sample{}, mappingError("kind", map[string]any{"Value": string(kind), "Choices": joined(Kinds)})
	}
	head, err := firstRows(book)
	if err != nil {
		return Mapping{}, Sample{}, err
	}
	at := likeliestHeader(head, s)
	sample := sampleOf(head, at)
	m := Mapping{Kind: kind, Sheet: book.Sheet, Encoding: book.Encoding, Fields: map[Field]Column{}}
	if sample.HeaderRow > 1 {
		m.Header = sample.HeaderRow
	}
	for f, column := range matched(sample.Headers, s) {
		m.Fields[f] = Column{Column: sample.Headers[column]}
	}
	for f, asks := range askedFields(i.programme.Asks) {
		if !asks {
			delete(m.Fields, f)
		}
	}
	proposeWide(&m, sample)
	proposeStyles(&m, sample)
	if i.programme.Fiscal > 1 {
		m.Dates.FinancialYear = i.programme.Fiscal
	}
	return m, sample, nil
}

func firstRows(book *sheet.Book) ([]sheet.Row, error) {
	var head []sheet.Row
	for row, err := range book.Rows() {
		if err != nil {
			return nil, err
		}
		if head = append(head, row.Clone()); len(head) == headerSearch+sampleRows {
			break
		}
	}
	if len(head) == 0 {
		return nil, book.At(0).Refuse("file.empty", nil)
	}
	return head, nil
}

// likeliestHeader finds the row whose cells name most fields; without any, the
// first row with several cells.
func likeliestHeader(head []sheet.Row, s shape) int {
	best, most, wide := 0, 0, -1
	for i, row := range head[:min(len(head), headerSearch)] {
		headers := headersOf(row)
		if n := len(matched(headers, s)); n > most {
			best, most = i, n
		}
		if wide < 0 && len(headers) > 1 {
			wide = i
		}
	}
	if most == 0 && wide > 0 {
		return wide
	}
	return best
}

func sampleOf(head []sheet.Row, at int) Sample {
	written := headersOf(head[at])
	s := Sample{HeaderRow: head[at].Number, Headers: slices.Clone(written)}
	for i, h := range written {
		if h == "" || len(columnsNamed(written, h)) > 1 {
			s.Headers[i] = "column " + sheet.ColumnName(i)
		}
	}
	for _, row := range head[at+1 : min(len(head), at+1+sampleRows)] {
		texts := make([]string, len(s.Headers))
		for i := range texts {
			texts[i] = sheet.Clean(row.Cell(i).Text)
		}
		s.Rows = append(s.Rows, texts)
	}
	return s
}

// matched gives each field the column whose header fits it best: one that is
// the field's name before one that only holds it.
func matched(headers []string, s shape) map[Field]int {
	found := map[Field]int{}
	var taken []int
	for _, exact := range []bool{true, false} {
		for _, f := range s.fields {
			if _, ok := found[f]; ok {
				continue
			}
			for i, h := range headers {
				if !slices.Contains(taken, i) && (means(h, synonyms[f], exact) || f == FieldName && means(h, s.called, true)) {
					found[f] = i
					taken = append(taken, i)
					break
				}
			}
		}
	}
	return found
}

var notWord = regexp.MustCompile(`[^\pL\pN]+`)

func means(header string, words []string, exact bool) bool {
	header = " " + strings.TrimSpace(notWord.ReplaceAllString(thn.Fold(header), " ")) + " "
	for _, word := range words {
		if exact && header == " "+word+" " || !exact && strings.Contains(header, " "+word+" ") {
			return true
		}
	}
	return false
}

// synonyms are headers seen in files, in English, French and Spanish, folded.
var synonyms = map[Field][]string{
	FieldName:       {"name", "nom", "nombre"},
	FieldCode:       {"code", "codigo", "fips", "gss", "site code", "area code", "product code"},
	FieldParent:     {"parent", "within", "belongs to", "dans", "pertenece a"},
	FieldKind:       {"kind", "type", "tipo", "level", "niveau", "nivel"},
	FieldFrom:       {"from", "opened", "valid from", "ouverture", "apertura", "desde"},
	FieldUntil:      {"until", "closed", "valid to", "fermeture", "cierre", "hasta"},
	FieldArea:       {"area", "town", "county", "municipality", "region", "district", "health board", "state", "state name", "place", "zone", "commune", "departement", "provincia", "municipio", "comunidad", "geographic area", "residence county", "lieu", "lugar", "zona", "area name", "county name", "region name"},
	FieldSite:       {"site", "establishment", "station", "prison", "service", "outlet", "centre", "center", "centro", "servicio", "structure", "lieu de remise"},
	FieldProduct:    {"product", "produit", "producto", "kit type", "type de trousse", "tipo de kit"},
	FieldBatch:      {"lot", "batch", "lote", "lot number", "batch number"},
	FieldPeriod:     {"period", "periode", "periodo", "period label", "financial year"},
	FieldFirstDay:   {"period start", "first day", "start date", "start", "debut", "inicio", "date de debut", "fecha de inicio"},
	FieldLastDay:    {"period end", "last day", "end date", "end", "fin", "date de fin", "fecha de fin"},
	FieldYear:       {"year", "annee", "ano", "any"},
	FieldMonth:      {"month", "mois", "mes"},
	FieldQuarter:    {"quarter", "trimestre", "qtr"},
	FieldDay:        {"incident date", "dispatch date", "event date", "date", "day", "jour", "fecha", "dia", "date given", "date de remise", "fecha de entrega"},
	FieldKey:        {"record", "record number", "supply id", "distribution id", "numero de fiche"},
	FieldMeasure:    {"measure", "mesure", "medida", "indicator", "indicateur", "indicador"},
	FieldValue:      {"value", "valeur", "valor", "count", "number", "total", "nombre de trousses", "kits", "trousses", "deaths", "deces", "muertes", "defunciones", "population", "poblacion", "pe", "value as published", "estimate"},
	FieldLow:        {"low", "lower", "bas", "inferior", "ci lower", "borne inferieure", "limite inferior"},
	FieldHigh:       {"high", "upper", "haut", "superior", "ci upper", "borne superieure", "limite superior"},
	FieldKits:       {"kits", "kits given", "number of kits", "trousses", "nombre de trousses", "numero de kits", "quantity", "quantite", "cantidad"},
	FieldPeople:     {"people", "persons", "personnes", "personas", "number of people", "attendees", "attended", "participants", "participantes", "number trained", "trained", "asistentes"},
	FieldChannel:    {"channel", "canal", "source of supply", "supply route"},
	FieldRecipient:  {"recipient", "given to", "recipient type", "beneficiaire", "remis a", "destinatario", "entregado a"},
	FieldSupply:     {"supply", "first or repeat", "supply kind", "premiere ou nouvelle", "primera o repetida", "supply type"},
	FieldReason:     {"reason", "motif", "motivo", "why replaced", "resupply reason", "reason for resupply"},
	FieldAgeBand:    {"age band", "age group", "tranche d age", "grupo de edad"},
	FieldGender:     {"gender", "genre", "genero"},
	FieldCarriage:   {"carriage answer", "carrying"},
	FieldSetting:    {"setting", "cadre", "service type", "type de service", "tipo de servicio"},
	FieldSupplier:   {"supplier", "given by", "supplier role", "remis par", "entregado por"},
	FieldTraining:   {"training", "formation", "formacion", "capacitacion"},
	FieldPeerLed:    {"peer led", "pairs", "pares"},
	FieldRoute:      {"route", "voie", "via"},
	FieldDose:       {"dose mg", "strength", "mg", "mg per dose", "dosage", "dosis mg"},
	FieldDoses:      {"doses per unit", "doses", "doses par unite", "dosis por unidad"},
	FieldUnits:      {"units per kit", "units", "unites par trousse", "unidades por kit"},
	FieldEquivalent: {"kit equivalents", "equivalents"},
	FieldGTIN:       {"gtin", "ean", "barcode"},
	FieldDefinition: {"definition", "definicion", "sample", "who was asked", "echantillon", "muestra"},
	FieldSource:     {"source", "fuente", "publisher", "editeur"},
	FieldURL:        {"url", "link", "source url", "lien", "enlace"},
	FieldMovement:   {"movement", "mouvement", "movimiento", "transaction", "transaction type", "what happened"},
	FieldExpiry:     {"expiry", "expiry date", "expires", "kit expires", "use by", "peremption", "date de peremption", "caducidad", "fecha de caducidad"},
	FieldOther:      {"other site", "from or to", "to site", "from site", "autre site", "otro centro"},
	FieldWhy:        {"why", "pourquoi", "por que", "reason of difference"},
	FieldReference:  {"reference", "order", "delivery note", "bon de livraison", "albaran"},
	FieldMethod:     {"method", "methode", "metodo", "format", "mode of training"},
	FieldTrainer:    {"trainer", "trainer role", "trained by", "formateur", "formacion por", "formador"},
	FieldAudience:   {"audience", "public", "publico", "who was there", "type of participant", "group trained"},
	FieldIncident:   {"incident", "incident id", "incident number", "event id", "numero d incident", "incidente", "numero de incidente"},
	FieldPerson:     {"patient number", "victim id", "person number", "personne numero", "persona numero"},
	FieldGiven:      {"administration id", "administration number"},
	FieldTold:       {"report date", "reported on", "date reported", "date du signalement", "fecha del aviso"},
	FieldReporter:   {"reported by", "reporter", "signale par", "avisado por"},
	FieldPlace:      {"place type", "location type", "type de lieu", "tipo de lugar"},
	FieldAmbulance:  {"ambulance called", "ambulance", "999 called", "911 called", "ambulance appelee", "ambulancia"},
	FieldBreathing:  {"rescue breathing", "cpr", "rescue breathing or cpr", "bouche a bouche", "rcp", "respiracion boca a boca"},
	FieldHospital:   {"hospital", "taken to hospital", "hopital"},
	FieldOutcome:    {"outcome", "survive", "survived", "survival", "issue", "resultado"},
	FieldRelation:   {"relation", "relationship", "lien avec la personne", "relacion"},
	FieldGiver:      {"given by", "administered by", "third party admin desc", "administre par", "administrado por"},
	FieldResponse:   {"response desc", "response", "reponse", "respuesta"},
	FieldUsedDoses:  {"doses", "dose count", "number of doses", "narcan administrations", "nombre de doses", "numero de dosis"},
	FieldTotal:      {"all releases", "total releases", "liberations", "sorties", "salidas"},
	FieldUnplanned:  {"unplanned", "imprevues", "imprevistas"},
	FieldRisk:       {"at risk means", "definition of risk", "definition du risque", "definicion de riesgo"},
	FieldStep:       {"step", "stage", "etape", "paso"},
	FieldGrows:      {"checked", "verifie", "revisado"},
	FieldCarrier:    {"carrier", "porteur", "portador"},
	FieldStatus:     {"status", "event", "statut", "estado", "what happened"},
	FieldDue:        {"refresher due", "training due", "due", "a refaire", "repetir"},
	"at_risk":       {"at risk", "a risque", "en riesgo"},
	"offered":       {"offered", "proposee", "ofrecido"},
	"trained":       {"trained", "formees", "formadas"},
	"accepted":      {"accepted", "acceptee", "aceptado"},
	"in_property":   {"in property", "placed in property", "aux effets", "pertenencias"},
	"handed_over":   {"handed over", "kits handed over", "remise", "entregado"},
	"declined":      {"declined", "refus", "no quiso"},
	"court_release": {"from court", "court release", "tribunal", "juzgado"},
	"short_notice":  {"short notice", "bref delai", "poco aviso"},
	"no_stock":      {"no stock", "no kits", "sans stock", "sin reserva"},
	"transferred":   {"transferred", "transfert", "traslado"},
	FieldEarly:      {"provisional", "preliminary", "provisoire", "preliminar"},
	FieldQuestion:   {"question", "pregunta"},
	FieldYes:        {"yes", "said yes", "oui", "si"},
	FieldAsked:      {"asked", "interroges", "preguntadas"},
	FieldReturns:    {"returns", "times back", "retours", "vueltas"},
	FieldAsAt:       {"as at", "vintage", "published on", "date de publication", "fecha de publicacion"},
}

var yearHeader = regexp.MustCompile(`^(?:19|20)\d{2}$`)

// proposeWide sees a table with a year over each column, or with a year in each
// row and a place over each column.
func proposeWide(m *Mapping, sample Sample) {
	if m.Kind != Totals && m.Kind != Populations && m.Kind != Deaths {
		return
	}
	var years []string
	for _, h := range sample.Headers {
		if yearHeader.MatchString(h) {
			years = append(years, h)
		}
	}
	_, hasValue := m.Fields[FieldValue]
	_, hasKits := m.Fields[FieldKits]
	_, hasArea := m.Fields[FieldArea]
	_, hasYear := m.Fields[FieldYear]
	switch {
	case len(years) >= 3:
		m.Fields[FieldPeriod] = Column{Headers: years}
		m.Fields[FieldValue] = Column{Cells: true}
	case hasYear && !hasValue && !hasKits && !hasArea && len(sample.Headers) > 5:
		m.Fields[FieldArea] = Column{Headers: []string{"*"}}
		m.Fields[FieldValue] = Column{Cells: true}
	}
}

// proposeStyles tells the order of day and month, and the decimal sign, only
// when every sample fits one way and some sample fits no other.
func proposeStyles(m *Mapping, sample Sample) {
	for _, f := range []Field{FieldDay, FieldFirstDay, FieldPeriod} {
		texts := sample.column(m.Fields[f].Column)
		dmy, mdy := readable(texts, sheet.DMY), readable(texts, sheet.MDY)
		if dmy != mdy {
			m.Dates.Order = map[bool]sheet.Order{true: sheet.DMY, false: sheet.MDY}[dmy]
		}
	}
	for _, f := range []Field{FieldValue, FieldKits} {
		texts := sample.column(m.Fields[f].Column)
		if !figures(texts, sheet.NumberStyle{}) && figures(texts, sheet.NumberStyle{DecimalComma: true}) {
			m.Numbers.Decimal = "comma"
		}
	}
}

func (s Sample) column(header string) []string {
	i := slices.Index(s.Headers, header)
	var texts []string
	for _, row := range s.Rows {
		if i >= 0 && row[i] != "" {
			texts = append(texts, row[i])
		}
	}
	return texts
}

func readable(texts []string, order sheet.Order) bool {
	return !slices.ContainsFunc(texts, func(t string) bool {
		_, err := sheet.DateStyle{Order: order}.Parse(t)
		return err != nil
	})
}

func figures(texts []string, style sheet.NumberStyle) bool {
	return !slices.ContainsFunc(texts, func(t string) bool {
		_, err := style.Parse(t)
		return err != nil
	})
}
