package demo

import (
	"time"

	"thntracker/internal/thn"
)

const invented = "Invented for the demonstration"

// newCountry draws the fictional country. Delmere has no population at risk, so
// that "no denominator" can be seen; one site has been silent for a while.
func newCountry(products []thn.Product, today thn.Date) *world {
	root := thn.Area{ID: thn.NewID(), Kind: thn.AreaCountry, Code: "XD", Name: "Demonstration country"}
	w := &world{founding: thn.Founding{
		Programme: thn.Programme{ID: thn.NewID(), Name: "Lantern programme (demonstration)", Country: "XD", Zone: "Etc/UTC", Fiscal: 4, Demo: true, Note: invented},
		Country:   root, Products: products,
	}}
	regions := map[string]thn.ID{}
	for _, region := range [][]string{{"Arvenn", "Arvenn Quay", "Arvenn Hill"}, {"Belmora", "Belmora East", "Belmora West"}, {"Corvath", "Corvath Centre", "Corvath Lakes"}, {"Delmere", "Delmere Port", "Delmere Woods"}} {
		regions[region[0]] = w.area(root.ID, "region", region[0])
		for _, district := range region[1:] {
			regions[district] = w.area(regions[region[0]], "district", district)
		}
	}
	w.addSites(regions, today)
	w.addBatches(today)
	w.addDenominators(root.ID, regions, today)
	w.addSurveys(root.ID, today)
	w.addOfficers(root.ID, today)
	return w
}

func (w *world) area(parent thn.ID, kind thn.AreaKind, name string) thn.ID {
	a := thn.Area{ID: thn.NewID(), Parent: parent, Kind: kind, Name: name}
	w.areas = append(w.areas, a)
	return a.ID
}

// pace is how a site gives out kits: so many records a day, and who gives them.
type pace struct {
	district, name string
	setting        thn.Setting
	supplier       thn.Supplier
	aDay           float64
}

// silent is the site that stops reporting a hundred days before today.
const silent = "Woods Family Centre"

var paces = []pace{
	{"Arvenn Quay", "Lantern Outreach, Quay", "street_outreach", "paid_worker", 1.5},
	{"Arvenn Quay", "Quay Needle and Syringe Service", "needle_exchange", "paid_worker", 1.3},
	{"Arvenn Hill", "Hill Treatment Service", "drug_treatment", "nurse", 0.8},
	{"Belmora East", "Belmora Peer Network", "peer_network", thn.SupplierPeer, 1.2},
	{"Belmora East", "East Road Pharmacy", "pharmacy_direct", "pharmacist", 0.5},
	{"Belmora West", "West Gate Shelter", "homelessness", "paid_worker", 0.5},
	{"Corvath Centre", "Corvath Prison, release desk", "prison", "prison_staff", 0.6},
	{"Corvath Centre", "Station Pharmacy", "pharmacy_prescription", "pharmacist", 0.4},
	{"Corvath Lakes", "Lakes Community Clinic", "gp", "doctor", 0.3},
	{"Delmere Port", "Port Ambulance Station", "ambulance", "ambulance", 0.4},
	{"Delmere Port", "Port Police, custody", "police", "police", 0.2},
	{"Delmere Port", "Port Fire Station", "fire", "fire", 0.1},
	{"Delmere Woods", "Naloxone by Post", "postal", "volunteer", 0.4},
	{"Delmere Woods", silent, "non_drug_treatment", "volunteer", 0.3},
}

func (w *world) addSites(areas map[string]thn.ID, today thn.Date) {
	opened := today.AddMonths(-30)
	for _, p := range paces {
		channel := thn.ChannelOf(p.setting)
		if p.setting == "street_outreach" {
			channel = thn.ChannelCommunity
		}
		w.sites = append(w.sites, thn.Site{ID: thn.NewID(), Area: areas[p.district], Name: p.name, Setting: p.setting, Channel: channel,
			Supplier: p.supplier, PeerLed: p.supplier == thn.SupplierPeer, Opened: opened})
	}
}

func (w *world) product(code string) thn.ID {
	for _, p := range w.founding.Products {
		if p.Code == code {
			return p.ID
		}
	}
	return w.founding.Products[0].ID
}

func (w *world) addBatches(today thn.Date) {
	nasal, muscle := w.product("nyxoid"), w.product("prenoxad")
	for _, b := range []struct {
		product thn.ID
		lot     string
		months  int
	}{{nasal, "LN2411", 4}, {nasal, "LN2506", 11}, {muscle, "PX0917", 2}, {muscle, "PX1032", 14}} {
		w.batches = append(w.batches, thn.Batch{ID: thn.NewID(), Product: b.product, Lot: b.lot, Expiry: today.AddMonths(b.months + 1).AddDays(-1), MonthOnly: true})
	}
}

func (w *world) addDenominators(root thn.ID, areas map[string]thn.ID, today thn.Date) {
	last := thn.YearFrom(today.Year()-1, time.January)
	add := func(kind thn.DenominatorKind, area thn.ID, p thn.Period, value, low, high int64, definition string, provisional bool) {
		w.denominators = append(w.denominators, thn.Denominator{ID: thn.NewID(), Kind: kind, Area: area, Period: p, Value: value, Low: low, High: high,
			Definition: definition, Source: invented, AsAt: today.FirstOfMonth(), Provisional: provisional})
	}
	const risk, deaths = "People at risk of opioid overdose", "Opioid-related deaths, by year of registration"
	add(thn.AtRisk, root, last, 5200, 4600, 5900, risk, false)
	add(thn.AtRisk, root, thn.YearFrom(today.Year()-2, time.January), 6100, 5200, 7300, "People with opioid dependence, by capture and recapture", false)
	add(thn.AtRisk, areas["Arvenn"], last, 1750, 1500, 2050, risk, false)
	add(thn.AtRisk, areas["Belmora"], last, 1200, 1000, 1450, risk, false)
	add(thn.AtRisk, areas["Corvath"], last, 1350, 1150, 1600, risk, false)
	add(thn.Residents, root, last, 842_000, 842_000, 842_000, "Residents, mid-year", false)
	for name, n := range map[string]int64{"Arvenn": 288_000, "Belmora": 214_000, "Corvath": 226_000} {
		add(thn.Residents, areas[name], last, n, n, n, "Residents, mid-year", false)
	}
	for back, n := range []int64{141, 168, 187} {
		p := thn.YearFrom(today.Year()-back, time.January)
		add(thn.OpioidDeaths, root, p, n, n, n, deaths, back == 0)
	}
	for name, n := range map[string]int64{"Arvenn": 61, "Belmora": 38, "Corvath": 47, "Delmere": 22} {
		add(thn.OpioidDeaths, areas[name], last, n, n, n, deaths, false)
	}
	add(thn.ReleaseDeaths, root, last, 13, 13, 13, "Opioid-related deaths within four weeks of release", false)
	add(thn.Releases, areas["Corvath"], last, 610, 610, 610, "Releases of people in opioid treatment", false)
}
