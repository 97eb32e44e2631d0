package form

import (
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Distribution is the "give out" form. Product holds product and batch joined
// by a colon; the batch may be empty.
type Distribution struct {
	ID        string `form:"id" label:"give.day" validate:"required,id"`
	Corrects  string `form:"corrects" label:"give.day" validate:"omitempty,id"`
	Site      string `form:"site" label:"give.site" validate:"required,id"`
	Product   string `form:"product" label:"give.product" validate:"required"`
	Day       string `form:"day" label:"give.day" validate:"required,oneof=today yesterday other"`
	DayDay    string `form:"day-day"`
	DayMonth  string `form:"day-month"`
	DayYear   string `form:"day-year"`
	Recipient string `form:"recipient" label:"give.recipient" validate:"required,recipient"`
	Supply    string `form:"supply" label:"give.supply" validate:"required,supply"`
	Reason    string `form:"reason" label:"give.reason" validate:"required_if=Supply repeat,omitempty,reason"`
	Kits      string `form:"kits" label:"report.column.kits" validate:"required,count"`
	Training  string `form:"training" label:"give.training_field" validate:"omitempty,training"`
	Setting   string `form:"setting" label:"give.setting" validate:"omitempty,setting"`
	Supplier  string `form:"supplier" label:"give.supplier" validate:"omitempty,supplier"`
	Channel   string `form:"channel" label:"give.channel" validate:"omitempty,channel"`
	From      string `form:"from" label:"give.from_field" validate:"omitempty,from"`
	Colleague string `form:"colleague" label:"give.colleague" validate:"omitempty,supplier"`
	Recorder  string `form:"recorder" label:"give.recorder" validate:"omitempty,supplier"`
	AgeBand   string `form:"age_band" label:"asked.age_band" validate:"omitempty,ageband"`
	Gender    string `form:"gender" label:"asked.gender" validate:"omitempty,gender"`
	Carriage  string `form:"carriage" label:"asked.carriage" validate:"omitempty,carriageanswer"`
	Do        string `form:"do"`
	Step      string `form:"step"`
}

// ToDomain makes the record; today is the programme's current day. A reason left
// from an earlier choice is dropped when the supply is not a repeat, and where
// the last kit is when there was none.
func (f Distribution) ToDomain(today thn.Date) (thn.Distribution, error) {
	day, err := f.day(today)
	if err != nil {
		return thn.Distribution{}, err
	}
	product, batch, err := splitProduct(f.Product)
	if err != nil {
		return thn.Distribution{}, err
	}
	kits, err := Count(f.Kits)
	if err != nil {
		return thn.Distribution{}, fault.Fields("distribution", fault.Field{Name: "kits", Key: "form.range", Args: map[string]any{"Field": fault.Label("report.column.kits"), "Min": "1", "Max": "99"}})
	}
	line := thn.Line{Recipient: thn.Recipient(f.Recipient), Supply: thn.Supply(f.Supply), People: 1, Kits: thn.Kits(kits),
		AgeBand: thn.AgeBand(f.AgeBand), Gender: thn.Gender(f.Gender)}
	if line.Supply == thn.SupplyRepeat {
		line.Reason = thn.Reason(f.Reason)
	}
	if line.Supply.Again() {
		line.Carriage = thn.CarriageAnswer(f.Carriage)
	}
	d := thn.Distribution{ID: thn.ID(f.ID), Day: day, Site: thn.ID(f.Site), Product: product, Batch: batch,
		Setting: thn.Setting(f.Setting), Supplier: thn.Supplier(f.Supplier), Channel: thn.Channel(f.Channel),
		Training: orDefault(thn.Training(f.Training), "not_asked"), Lines: []thn.Line{line}, Bag: bagOf(f.From)}
	if f.Colleague != "" { // written down for somebody else: both roles are kept
		d.Supplier, d.Recorder = thn.Supplier(f.Colleague), orDefault(thn.Supplier(f.Recorder), "unknown")
	}
	return d, nil
}

// bagOf reads where kits came out of: a bag by its id, or the shelf.
func bagOf(from string) thn.ID {
	if from == OnShelf {
		return ""
	}
	return thn.ID(from)
}

func orDefault[C ~string](c, otherwise C) C {
	if c == "" {
		return otherwise
	}
	return c
}

func (f Distribution) day(today thn.Date) (thn.Date, error) {
	return chosenDay(f.Day, Day{f.DayDay, f.DayMonth, f.DayYear}, today)
}

func chosenDay(choice string, other Day, today thn.Date) (thn.Date, error) {
	switch choice {
	case "yesterday":
		return today.AddDays(-1), nil
	case "other":
		d, err := other.Date()
		if err != nil {
			return thn.Date{}, fault.Fields("day", fault.Field{Name: "day", Key: "form.date", Args: map[string]any{"Field": fault.Label("give.day")}})
		}
		return d, nil
	}
	return today, nil
}

func splitProduct(s string) (product, batch thn.ID, err error) {
	p, b, _ := strings.Cut(s, ":")
	if product, err = thn.ParseID(p); err == nil && b != "" {
		batch, err = thn.ParseID(b)
	}
	if err != nil {
		err = fault.Fields("product", fault.Field{Name: "product", Key: "form.choose_for", Args: map[string]any{"Field": fault.Label("give.product")}})
	}
	return product, batch, err
}

// Tally is one row of the group form: a name for the control and the answer it counts.
type Tally struct {
	Name string
	Line thn.Line
}

// Tallies lists the rows of the group form in the order of the paper sheet.
var Tallies = []Tally{
	{"risk_first", thn.Line{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyFirst}},
	{"risk_again", thn.Line{Recipient: thn.RecipientAtRisk, Supply: thn.SupplyRepeat, Reason: thn.ReasonNotAsked}},
	{"family_first", thn.Line{Recipient: thn.RecipientFamily, Supply: thn.SupplyFirst}},
	{"family_again", thn.Line{Recipient: thn.RecipientFamily, Supply: thn.SupplyRepeat, Reason: thn.ReasonNotAsked}},
	{"worker", thn.Line{Recipient: thn.RecipientWorker, Supply: thn.SupplyNotAsked}},
	{"not_asked", thn.Line{Recipient: thn.RecipientNotAsked, Supply: thn.SupplyNotAsked}},
}

// Several is the group form: one kit each, counted by kind. It asks nothing that
// only some programmes ask: of a group, such answers would be somebody's guess.
type Several struct {
	ID          string `form:"id" label:"give.day" validate:"required,id"`
	Site        string `form:"site" label:"give.site" validate:"required,id"`
	Product     string `form:"product" label:"give.product" validate:"required"`
	Day         string `form:"day" label:"give.day" validate:"required,oneof=today yesterday other"`
	DayDay      string `form:"day-day"`
	DayMonth    string `form:"day-month"`
	DayYear     string `form:"day-year"`
	RiskFirst   string `form:"risk_first"`
	RiskAgain   string `form:"risk_again"`
	FamilyFirst string `form:"family_first"`
	FamilyAgain string `form:"family_again"`
	Worker      string `form:"worker"`
	NotAsked    string `form:"not_asked"`
	Colleague   string `form:"colleague" label:"several.colleague" validate:"omitempty,supplier"`
	Account     string `form:"account" label:"several.account" validate:"max=80"`
	Recorder    string `form:"recorder" label:"give.recorder" validate:"omitempty,supplier"`
	From        string `form:"from" label:"give.from_field" validate:"omitempty,from"`
	Do          string `form:"do"`
	Step        string `form:"step"`
}

// Counts gives the answers by row name, as typed.
func (f *Several) Counts() map[string]*string {
	return map[string]*string{"risk_first": &f.RiskFirst, "risk_again": &f.RiskAgain, "family_first": &f.FamilyFirst,
		"family_again": &f.FamilyAgain, "worker": &f.Worker, "not_asked": &f.NotAsked}
}

// ToDomain makes one record with a line for each row that counts anybody.
func (f Several) ToDomain(today thn.Date) (thn.Distribution, error) {
	day, err := chosenDay(f.Day, Day{f.DayDay, f.DayMonth, f.DayYear}, today)
	if err != nil {
		return thn.Distribution{}, err
	}
	product, batch, err := splitProduct(f.Product)
	if err != nil {
		return thn.Distribution{}, err
	}
	d := thn.Distribution{ID: thn.ID(f.ID), Day: day, Site: thn.ID(f.Site), Product: product, Batch: batch, Training: "not_asked", Bag: bagOf(f.From)}
	if f.Colleague != "" || f.Account != "" { // the role of a colleague may be left to the site, that of whoever writes may not
		d.Supplier, d.Recorder = thn.Supplier(f.Colleague), orDefault(thn.Supplier(f.Recorder), "unknown")
	}
	var wrong []fault.Field
	for _, row := range Tallies {
		text := *f.Counts()[row.Name]
		if text == "" || text == "0" {
			continue
		}
		n, err := Count(text)
		if err != nil || n > thn.MaxKits {
			wrong = append(wrong, fault.Field{Name: row.Name, Key: "form.range", Args: map[string]any{"Field": fault.Label("several." + row.Name), "Min": "0", "Max": "99"}})
			continue
		}
		line := row.Line
		line.People, line.Kits = n, thn.Kits(n)
		d.Lines = append(d.Lines, line)
	}
	if len(d.Lines) == 0 && len(wrong) == 0 {
		wrong = append(wrong, fault.Field{Name: "risk_first", Key: "several.none"})
	}
	return d, fault.Fields("several", wrong...)
}
