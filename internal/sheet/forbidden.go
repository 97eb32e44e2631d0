package sheet

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Why says what a forbidden column holds. Each has a sentence in the catalogue
// under import.error.forbidden.
type Why string

// What no record may hold (dataset notes, section 3). BareName and BareNote
// depend on the table: a column "name" in a list of areas names areas, and
// notes beside totals are about figures. The importer allows them there.
const (
	PersonName   Why = "name"
	BareName     Why = "bare_name"
	Initials     Why = "initials"
	Birth        Why = "birth"
	Address      Why = "address"
	Postcode     Why = "postcode"
	Phone        Why = "phone"
	Email        Why = "email"
	Photo        Why = "photo"
	Coordinates  Why = "coordinates"
	PersonNumber Why = "number"
	Network      Why = "network"
	Signature    Why = "signature"
	History      Why = "history"
	Status       Why = "status"
	PersonNote   Why = "note"
	BareNote     Why = "bare_note"
	Particulars  Why = "particulars" // of one person or one moment: see Particular
)

// Forbidden tells whether a header names something about a person that this
// program does not hold, in English, French or Spanish. Words are compared
// whole, so that "latitude" is found in "Incident County Latitude" and nothing
// is found in "hotel". A file with such a column is refused rather than read
// past it: whoever sends it has to know that it should not have been sent.
func Forbidden(header string) (Why, bool) {
	words := headerWords(header)
	for _, rule := range forbidden {
		if rule.matches(words) {
			return rule.why, true
		}
	}
	return aboutNames(words)
}

// Particular tells whether a header names something that tables of figures may
// well be divided by, but that beside one event would point to a person: age,
// sex, origin, drugs, the time of day, a place finer than the area.
func Particular(header string) bool { return hasAny(headerWords(header), particulars) }

var particulars = words("age ages edad gender sex sexe sexo genre genero race ethnicity ethnic ethnicite etnia raza drug drugs drogue drogues droga drogas substance " +
	"time hour heure hora ward neighbourhood neighborhood block quartier barrio intersection")

// headerWords cuts a header into lower-case words without accents, at signs, at
// digits and where camelCase turns.
func headerWords(header string) []string {
	var b strings.Builder
	var last rune
	for _, r := range norm.NFD.String(Clean(header)) {
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r),
			unicode.IsUpper(r) && unicode.IsLower(last),
			unicode.IsDigit(r) != unicode.IsDigit(last):
			b.WriteRune(' ')
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
		last = r
	}
	return strings.Fields(b.String())
}

// rule finds any of some words, any of some runs of words, or words that only
// mean a person when they stand alone: "street" is an address, but "street
// outreach" is a place to give out kits. Small words such as "de" between the
// words of a run are passed over.
type rule struct {
	why   Why
	any   []string
	alone []string
	runs  []string
}

func (r rule) matches(words []string) bool {
	if hasAny(words, r.any) || len(words) == 1 && hasAny(words, r.alone) {
		return true
	}
	content := contentWords(words)
	for _, run := range r.runs {
		if run := strings.Fields(run); hasRun(content, run) || hasRun(words, run) {
			return true
		}
	}
	return false
}

func contentWords(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(small, w) })
}

func hasRun(words, run []string) bool {
	for i := 0; i+len(run) <= len(words); i++ {
		if slices.Equal(words[i:i+len(run)], run) {
			return true
		}
	}
	return false
}

var small = []string{"of", "the", "de", "du", "des", "d", "la", "le", "l", "los", "las", "del", "el", "en", "y", "et", "and", "s"}

// forbidden is ordered: the first rule that finds something gives the reason.
var forbidden = []rule{
	{why: Email, any: words("email emails courriel courriels"), alone: words("mel"),
		runs: runs("e mail", "mail address", "adresse mail", "correo electronico", "correo e")},
	{why: Network, runs: runs("ip address", "adresse ip", "direccion ip", "ip addr", "mac address", "device id", "imei"), alone: words("ip")},
	{why: Initials, any: words("initials initiales iniciales"), runs: runs("initial name", "first letter name")},
	{why: Birth, any: words("dob birthdate birthday birthdates dateofbirth naissance nacimiento ddn"),
		runs: runs("date birth", "birth date", "year birth", "birth year", "month birth", "d o b", "born on")},
	{why: Postcode, any: words("postcode postcodes postalcode zipcode zip plz"),
		runs: runs("post code", "postal code", "code postal", "codigo postal")},
	{why: Phone, any: words("phone phones telephone telefono telefonos cellphone celular movil tel fax whatsapp"), alone: words("mobile portable"),
		runs: runs("mobile number", "cell number", "contact number", "numero portable")},
	{why: Photo, any: words("photo photos photograph picture selfie foto fotos photographie fotografia")},
	{why: Coordinates, any: words("gps latitude longitude lat lon lng latlong latlng coordinate coordinates coords coordonnees coordenadas latitud longitud geolocation geopoint geocode easting northing")},
	{why: Signature, any: words("signature signatures firma")},
	{why: PersonNumber, any: words("ssn dni nie curp cedula passport passeport pasaporte nhi hcn mrn"), alone: words("nin nir ipp chi nhs"),
		runs: runs("nhs number", "nhs no", "nhs id", "chi number", "health number", "health card", "health id", "health insurance number", "healthcare number", "health care number",
			"medicare number", "medical record", "hospital number", "social security", "securite sociale", "seguridad social", "insurance number", "national id", "national identity",
			"id card", "identity number", "identity card", "carte identite", "prison number", "prison no", "prisoner number", "prisoner id", "prisoner no", "inmate number", "inmate id",
			"offender id", "offender number", "booking number", "numero ecrou", "numero recluso", "numero preso", "numero interno", "collar number",
			"patient number", "patient id", "patient no", "numero patient", "numero paciente", "identifiant patient", "id paciente", "codigo paciente",
			"client number", "client id", "client no", "client code", "client identifier", "code client", "numero client", "numero cliente", "identifiant client", "id cliente", "codigo cliente",
			"person id", "person number", "participant id", "victim id", "user id", "recipient id", "beneficiary id",
			"driver licence", "driver license", "driving licence", "licence plate", "license plate", "permis conduire")},
	{why: Address, any: words("address addresses addr adresse adresses direccion direcciones domicilio domicile"), alone: words("street rue calle"),
		runs: runs("house number", "street name", "nom rue", "nombre calle")},
	{why: History, any: words("diagnosis diagnoses diagnostico medication medications medicacion"), alone: words("hiv vih"),
		runs: runs("substance use history", "drug use history", "drug history", "medical history", "antecedents medicaux", "historia clinica", "hiv status", "hepatitis status", "statut vih", "estado vih")},
	{why: Status, any: words("immigration offence offences offense offenses conviction convictions delit delits delito delitos"), alone: words("visa"),
		runs: runs("visa status", "residence permit", "titre sejour", "residency status", "criminal record", "casier judiciaire")},
	{why: PersonNote, any: words("narrative"),
		runs: runs("client notes", "client note", "patient notes", "patient note", "person notes", "case notes", "case note", "notes client", "notes person", "notes about person", "notes personne",
			"notas cliente", "notas paciente", "notas persona", "client comments", "clinical notes", "free text", "texte libre", "texto libre")},
}

func words(s string) []string   { return strings.Fields(s) }
func runs(s ...string) []string { return s }

var (
	nameWords = words("name names nom noms nombre nombres")
	// A name of one of these is the name of a thing.
	things = words("site sites service services outlet outlets product products produit produits producto productos brand trade generic area areas county counties state states region regions province town towns city cities municipality municipio commune communes district ward wards neighbourhood neighborhood borough country countries nation pays pais estado ciudad zona barrio departamento departement departamento ville quartier lieu lugar place places location facility establishment etablissement establecimiento organisation organization organisme organizacion programme program programa pharmacy pharmacie farmacia hospital prison agency agence agencia centre center centro board authority publisher source sheet file column channel measure indicator drug medicine medicament supplier manufacturer st cty geo geographic label variable field kit kits lot batch")
	people = words("first last full family given middle maiden nick sur person people client clients patient patients victim participant recipient contact worker staff member officer responder beneficiary user father mother famille personne persona personas paciente pacientes cliente clientes usuario usuaria usager participante completo apellido apellidos trabajador trabajadora madre padre trainer attendee witness nurse doctor pharmacist")
	always = words("surname surnames forename forenames firstname lastname fullname middlename nickname patientname clientname username prenom prenoms apellido apellidos")
	// French "nombre de trousses" counts.
	counted = words("kits trousses doses personnes total deces habitants distributions remises supplies unites flacons sprays patients clients usagers sites formations")
)

// aboutNames judges what is left: names and notes, which are often of things.
func aboutNames(words []string) (Why, bool) {
	words = contentWords(words)
	switch {
	case hasAny(words, always):
		return PersonName, true
	case hasAny(words, nameWords) && !hasAny(words, counted):
		return whoseName(words)
	case hasAny(words, noteWords):
		return BareNote, true
	}
	return "", false
}

// whoseName asks the word beside "name" first: "victim county name" names a
// county, "site contact name" a person.
func whoseName(words []string) (Why, bool) {
	i := slices.IndexFunc(words, func(w string) bool { return slices.Contains(nameWords, w) })
	beside := slices.Concat(words[max(0, i-1):i], words[i+1:min(len(words), i+2)])
	switch {
	case hasAny(beside, people):
		return PersonName, true
	case hasAny(beside, things):
		return "", false
	case hasAny(words, people):
		return PersonName, true
	case hasAny(words, things):
		return "", false
	}
	return BareName, true
}

var noteWords = words("note notes comment comments remark remarks observations remarque remarques commentaire commentaires nota notas comentario comentarios observaciones")

func hasAny(words, list []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
}
