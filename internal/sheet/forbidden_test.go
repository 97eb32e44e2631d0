package sheet

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestForbidden_findsWhatNoRecordMayHold(t *testing.T) {
	t.Parallel()
	for why, headers := range map[Why][]string{
		PersonName: {"first name", "First_Name", "firstName", "surname", "Full name", "Client name", "Name of client", "patient_name", "victim name", "Site contact name", "user name", "Prénom", "Nom de famille", "Nom du patient",
			"Nombre y apellidos", "Nombre completo", "nombre del paciente", "apellido"},
		BareName:     {"name", "NAME", "Nom", "Nombre", "NAME_1"},
		Initials:     {"initials", "Client initials", "Initiales", "iniciales"},
		Birth:        {"DOB", "Date of birth", "birth date", "BirthYear", "D.O.B.", "date de naissance", "Fecha de nacimiento", "year of birth"},
		Address:      {"address", "Home address", "Adresse", "Dirección", "domicilio", "street", "rue", "street name"},
		Postcode:     {"postcode", "Post code", "ZIP", "zip_code", "ZIP3", "Code postal", "código postal", "Postal Code"},
		Phone:        {"phone", "Telephone number", "Tél", "mobile", "Mobile number", "teléfono", "Móvil", "cell phone number"},
		Email:        {"email", "E-mail", "e_mail address", "courriel", "Correo electrónico", "adresse mail"},
		Photo:        {"photo", "Photograph", "foto"},
		Coordinates:  {"GPS", "Latitude", "lat", "Incident County Latitude", "Incident County Latitude and Longitude", "lat_long", "coordinates", "coordonnées", "coordenadas", "Easting"},
		PersonNumber: {"NHS number", "CHI number", "health number", "health card number", "Prison number", "numéro d’écrou", "SSN", "Social Security Number", "numéro de sécurité sociale", "DNI", "client ID", "Victim ID", "patient_number", "clientCode", "numero de paciente", "passport"},
		Network:      {"IP address", "ip", "adresse IP", "device ID"},
		Signature:    {"signature", "firma"},
		History:      {"diagnosis", "current medication", "substance use history", "HIV status", "hiv"},
		Status:       {"immigration status", "visa", "criminal record", "offences"},
		PersonNote:   {"client notes", "Patient note", "free text", "narrative", "notes about the person", "notas del cliente"},
		BareNote:     {"Notes", "comments", "remarques", "Observaciones"},
	} {
		for _, h := range headers {
			t.Run(h, func(t *testing.T) {
				t.Parallel()
				got, found := Forbidden(h)
				require.True(t, found)
				require.Equal(t, why, got)
			})
		}
	}
}

func TestForbidden_letsThingsPass(t *testing.T) {
	t.Parallel()
	for _, h := range []string{
		"site name", "Site_Name", "siteName", "product name", "area name", "County name", "Incident County Name", "Victim County name", "STATE_NAME", "name of site", "Brand name", "programme name",
		"Nom du site", "Nom de la commune", "nom commercial du produit", "Nombre del municipio", "Nombre de trousses", "nombre de personnes", "nombre de kits", "nombre del producto",
		"kits", "channel", "setting", "Street outreach", "MailEvent", "mail", "hotel", "platform", "mobile unit", "number of patients", "patient numbers", "número de pacientes", "clients",
		"health board", "Health board code", "health region code", "prison", "prison code", "prison release", "national code", "Residence County Code", "STATE_FIPS", "neighbourhood_id", "incident_number",
		"period_label", "measure", "value_as_published", "source_url", "words_on_the_page", "Crude Rate", "Population", "Geographic area", "2016t", "age", "age_group", "race", "Administration ID", "Response Desc",
		"lot number", "batch number", "latest", "notebook", "denotes", "", "   ", "Central Falls",
	} {
		t.Run(h, func(t *testing.T) {
			t.Parallel()
			why, found := Forbidden(h)
			require.False(t, found, why)
		})
	}
}

// What the rule makes of headers that nobody here wrote.
func TestForbidden_realHeaders(t *testing.T) {
	t.Parallel()
	dir := realFolder(t)
	want := map[string]string{
		"winnipeg_naloxone_2023-12-01.csv": "patient_number",
		"pa_odin_2019-08.csv": "Victim ID,Incident County Latitude,Incident County Longitude,Victim County Latitude,Victim County Longitude," +
			"Incident County Latitude and Longitude,Victim County Latitude and Longitude",
		"uk_thn_published_figures.csv":                "",
		"cdc_wonder_ca_county_overdose_2018-2024.csv": "Notes",
		"cdc_state_naloxone_dispensing_2019-2023.csv": "",
		"samhsa_oud_state_2022-23.csv":                "",
		"census_state_pop_2010-2019.csv":              "",
	}
	for name, headers := range want {
		f, err := os.Open(filepath.Join(dir, name))
		require.NoError(t, err)
		first, err := csv.NewReader(f).Read()
		require.NoError(t, err)
		require.NoError(t, f.Close())
		var found []string
		for _, h := range first {
			if _, ok := Forbidden(h); ok {
				found = append(found, h)
			}
		}
		require.Equal(t, headers, strings.Join(found, ","), name)
	}
}
