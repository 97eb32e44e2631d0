package server

import (
	"encoding/json"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// shellPage is the phone's screen in a language: the site's own forms, drawn at an
// empty bench. It knows no programme, no person and no day, so that its bytes are
// the same for everybody and a phone may keep them.
func (s *Server) shellPage(l *lang.Locale) (*page.Phone, error) {
	everything := thn.Asks{AgeBand: true, Gender: true, Carriage: true} // the script takes out what a programme does not ask
	r := &request{locale: l, actor: thn.Actor{Programme: thn.Programme{Asks: everything}}}
	b := &bench{}
	p := &page.Phone{Base: page.Base{Lang: l.Code, Heading: l.T("give.title")}, Name: l.T("phone.face.notes"), Words: shellWords(l), Rules: map[string]string{}}
	p.Give = *s.giveOutPage(r, b, form.Distribution{Day: "today", Kits: "1", Training: "brief"}, nil)
	p.Give.From = fromPhone(r)
	p.Several = *s.severalPage(r, b, form.Several{Day: "today"}, nil)
	p.Several.From = p.Give.From
	p.Used = *s.usedPage(r, b, form.Use{UseWhen: form.UseWhen{When: "this"}}, nil)
	for i, word := range []string{"phone.this_month", "phone.last_month"} { // named by the script: the shell knows no day
		p.Used.When.Options[i].Label = l.T(word)
	}
	p.Training = *s.trainingFields(r, b, form.Training{Day: "today", Method: string(thn.Methods[0])}, nil)
	p.Count = page.Field{Kind: page.FieldRadio, Name: "site", Label: l.T("phone.count_place")}
	for _, code := range lang.Codes {
		p.Languages = append(p.Languages, page.Language{Code: code, Name: l.T("language." + code), Here: code == l.Code})
	}
	for kind, rules := range phoneRules() {
		text, err := json.Marshal(rules)
		if err != nil {
			return nil, fault.Wrap("phone rules", err)
		}
		p.Rules[kind] = string(text)
	}
	return p, nil
}

// fromPhone asks where kits came out of; the script takes it out where there is no bag.
func fromPhone(r *request) *page.Field {
	return &page.Field{Kind: page.FieldRadio, Name: "from", Label: r.locale.T("give.from_field"), Options: []page.Option{
		{Value: "bag", Label: r.locale.T("stock.bag.mine"), Chosen: true}, {Value: form.OnShelf, Label: r.locale.T("give.from_shelf_chosen")}}}
}

// phoneRules is what each form asks before a phone may seal it.
func phoneRules() map[string][]form.Rule {
	tallies := form.Rule{Ask: "some", Most: thn.MaxKits, Say: "several.none"}
	for _, row := range form.Tallies {
		tallies.Names = append(tallies.Names, row.Name)
	}
	people := form.Rule{Ask: "some", Most: thn.MaxAttendance, Say: "training.none"}
	for _, a := range thn.Audiences {
		people.Names = append(people.Names, string(a))
	}
	return map[string][]form.Rule{
		"give_out": form.Rules(form.Distribution{}),
		"several":  append(form.Rules(form.Several{}), tallies),
		"used":     append(form.Rules(form.Use{}), form.Rule{Name: "doses_number", Ask: "count", Least: 1, Most: thn.MaxDoses, When: "doses=more"}),
		"training": append(form.Rules(form.Training{}), people),
		"count":    {{Name: "site", Ask: "choose"}, {Ask: "lines", Most: thn.MaxMoved, Say: "phone.count_none"}},
	}
}

// shellBlanks are the blanks that the script fills in the words it says.
var shellBlanks = []string{"Field", "Min", "Max", "Handle", "Programme", "Kits", "Kit", "Recipient", "Supply"}

// shellWords are the texts that the script says, blanks as {Name}.
func shellWords(l *lang.Locale) (words []page.Word) {
	var pairs []any
	for _, name := range shellBlanks {
		pairs = append(pairs, name, "{"+name+"}")
	}
	for _, w := range [][2]string{{"choose_for", "form.choose_for"}, {"missing", "form.missing"}, {"range", "form.range"}, {"date", "form.date"},
		{"ahead", "intake.day_ahead"}, {"error_prefix", "site.error_prefix"}, {"own_bag", "stock.bag.mine"}} {
		words = append(words, page.Word{Key: w[0], Text: l.T(w[1], pairs...)})
	}
	for _, key := range []string{"several.none", "training.none", "phone.count_none"} {
		words = append(words, page.Word{Key: key, Text: l.T(key)})
	}
	for _, key := range []string{"fix_title", "again_words", "nothing_waits", "portal", "silent", "trouble", "signed_in", "nobody",
		"install_first", "kept_safe", "kept_best", "no_rescue_file", "not_kept"} {
		words = append(words, page.Word{Key: key, Text: l.T("phone."+key, pairs...)})
	}
	for _, key := range []string{"waits", "oldest", "taken_in", "out", "lost"} {
		for _, f := range l.Forms("phone." + key) {
			words = append(words, page.Word{Key: key, N: f.N, Text: f.Text})
		}
	}
	return words
}
