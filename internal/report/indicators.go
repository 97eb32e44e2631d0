package report

import (
	"context"
	"slices"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/thn"
)

// Indicator is one thing that can be asked of the figures. Screens, files, the
// command line and the definitions page list the registry below; adding an
// indicator is one entry, its words in the catalogue, and a golden.
type Indicator struct {
	Key          string                // in addresses, files and catalogue keys; never changes
	Ref          string                // its number in the design's list of indicators
	Unit         string                // catalogue key
	Num, Den     Measure               // what it counts, and what that is set against; Den is empty for a plain count
	Versions     Versions              // nil: the first, for all days
	Source       Citation              // where the definition comes from
	Denominators []thn.DenominatorKind // the kinds it can be set against; others are refused
	Splits       []By                  // the rows it can have besides its usual ones
	Unrevised    bool                  // it cuts people into small parts: the difference of two readings would tell of a few
	Alone        bool                  // what is missing is its own subject, so nothing is added
	build        func(context.Context, *book) (Table, error)
}

// NameKey is the catalogue key of the indicator's name.
func (i Indicator) NameKey() string { return "indicator." + i.Key + ".name" }

// DefinitionKey is the catalogue key of what it counts.
func (i Indicator) DefinitionKey() string { return "indicator." + i.Key + ".definition" }

// TrapKey is the catalogue key of how it is easily misread.
func (i Indicator) TrapKey() string { return "indicator." + i.Key + ".trap" }

// FormulaKey is the catalogue key of how it is computed, in one line.
func (i Indicator) FormulaKey() string { return "indicator." + i.Key + ".formula" }

var (
	overTime        = []By{ByMonth, ByQuarter, ByYear, ByFiscal}
	scotlandPrisons = Citation{Source: "Bird, McAuley, Perry and Hunter 2016, Effectiveness of Scotland's National Naloxone Programme", URL: "https://pmc.ncbi.nlm.nih.gov/articles/PMC4982071"}
	scotlandPolice  = Citation{Source: "Police Scotland, naloxone papers to the Scottish Police Authority", URL: "https://www.spa.police.uk/"}
	policeUses      = Citation{Source: "Home Office, Police carriage of naloxone: monitoring data, May 2025",
		URL: "https://www.gov.uk/government/publications/police-carriage-of-naloxone-monitoring-data/police-carriage-of-naloxone-process-evaluation-monitoring-data"}
	howard   = Citation{Source: "Howard County Naloxone Leave Behind Program evaluation", URL: "https://www.opioid-resource-connector.org/index.php/program-model/howard-county-naloxone-leave-behind-program"}
	release  = Citation{Source: "Release, take-home naloxone in England, 2017/18", URL: "https://www.release.org.uk/naloxone-2017-18"}
	scotland = Citation{Source: "Public Health Scotland, National Naloxone Programme monitoring reports",
		URL: "https://www.publichealthscotland.scot/publications/national-naloxone-programme-scotland-annual/national-naloxone-programme-scotland-monitoring-report-201819/"}
)

// nesi asked people at needle exchanges in Scotland what they were given and what
// they had on them.
var nesi = Citation{Source: "McAuley et al., Needle Exchange Surveillance Initiative: naloxone supply and carriage", URL: "https://pmc.ncbi.nlm.nih.gov/articles/PMC5854250"}

// britishColumbia compared kits shipped, reported given out and reported used.
var britishColumbia = Citation{Source: "BC Centre for Disease Control, Take Home Naloxone: kits shipped, reported distributed and reported used to the end of 2018",
	URL: "https://doi.org/10.1186/s13011-022-00452-8"}

// columbiaKits divides its kits by gender, age band and region, with the unknown.
var columbiaKits = Citation{Source: "Lei et al. 2022, Subst Abuse Treat Prev Policy, Table 1", URL: "https://doi.org/10.1186/s13011-022-00452-8"}

// baltimore and skane asked groups of people; the addresses are those of whoever published it.
var (
	baltimore = Citation{Source: "Tobin et al. 2018, the naloxone cascade, Baltimore", URL: "https://pubmed.ncbi.nlm.nih.gov/"}
	skane     = Citation{Source: "Evaluation of take-home naloxone in Skåne", URL: "https://harmreductionjournal.biomedcentral.com/"}
)

// bennu estimates the use of kits that nobody reported, from what is reported.
var bennu = Citation{Source: "bennu: Bayesian Estimation of Naloxone Kit Number Under-Reporting", URL: "https://cran.r-project.org/package=bennu"}

var dataQuality = Citation{Source: "WHO, Data quality assurance, module 1: framework and metrics", URL: "https://iris.who.int/handle/10665/366086"}

// Indicators lists every indicator in the order people meet them.
var Indicators = []Indicator{
	{Key: "kits", Ref: "A1", Unit: "report.unit.kits", Num: MeasureKits, Source: scotland, Splits: Splits, build: kits},
	{Key: "kits-by-area", Ref: "A7", Unit: "report.unit.per_100_year", Num: MeasureKits, Den: MeasurePeople, Source: kitForEach,
		Denominators: []thn.DenominatorKind{thn.AtRisk}, Splits: []By{ByArea}, build: kitsByArea},
	{Key: "kits-per-residents", Ref: "A7", Unit: "report.unit.per_100000_year", Num: MeasureKits, Den: MeasurePeople, Source: norway,
		Denominators: []thn.DenominatorKind{thn.Residents}, Splits: []By{ByArea}, build: kitsPerResidents},
	{Key: "recipients", Ref: "A2", Unit: "report.unit.per_100", Num: MeasureKits, Den: MeasureKits, Source: scotland, Splits: []By{ByRecipient, ByProduct}, build: recipients},
	{Key: "first-repeat", Ref: "A3", Unit: "report.unit.per_100", Num: MeasureKits, Den: MeasureKits, Source: scotland,
		Splits: append([]By{BySupply, ByArea, ByChannel}, overTime...), build: firstRepeat},
	{Key: "repeat-used", Ref: "A4", Unit: "report.unit.per_100", Num: MeasureKits, Den: MeasureKits, Source: scotland, Splits: append([]By{ByReason, ByArea, ByChannel}, overTime...), build: repeatUsed},
	{Key: "reach", Ref: "A6", Unit: "report.unit.per_100", Num: MeasurePeople, Den: MeasurePeople, Source: scotland, Denominators: []thn.DenominatorKind{thn.AtRisk}, build: reachTable},
	{Key: "kits-per-death", Ref: "A8", Unit: "report.unit.per_death", Num: MeasureKits, Den: MeasureDeaths, Source: bird,
		Denominators: []thn.DenominatorKind{thn.OpioidDeaths}, Splits: append([]By{ByChannel, ByArea}, overTime...), build: kitsPerDeath},
	{Key: "first-supplies", Ref: "A5", Unit: "report.unit.people", Num: MeasurePeople, Source: scotland, Splits: append([]By{ByArea, ByChannel}, overTime...), build: firstSupplies},
	{Key: "peer-share", Ref: "A9", Unit: "report.unit.per_100", Num: MeasureKits, Den: MeasureKits, Source: scotland, Splits: append([]By{BySetting, ByArea, ByChannel}, overTime...), build: peerShare},
	{Key: "gap", Ref: "10", Unit: "report.unit.kits", Num: MeasureKits, Source: britishColumbia, Splits: append([]By{BySite, ByArea}, overTime...), build: gap},
	{Key: "outlets", Ref: "A10", Unit: "report.unit.per_100", Num: MeasureSites, Den: MeasureSites, Source: Citation{Source: "Evaluation of the Australian PBS-subsidised take-home naloxone pilot",
		URL: "https://www.health.gov.au/our-work/take-home-naloxone-program/about-the-take-home-naloxone-program"}, Splits: []By{ByChannel, ByArea}, build: outlets},
	{Key: "training", Ref: "B4", Unit: "report.unit.attendances", Num: MeasureAttendances, Den: MeasureAttendances, Source: Citation{Source: "Banjo et al. 2014, CMAJ Open 2(3):E153",
		URL: "http://cmajopen.ca/content/2/3/E153.full.txt"}, Splits: append([]By{ByAudience, ByArea, BySite}, overTime...), build: trainings},
	{Key: "sos-cascade", Ref: "B1", Alone: true, Unit: "report.unit.per_100", Num: MeasurePeople, Den: MeasurePeople, Source: sosTargets, build: sosCascade},
	{Key: "naloxone-cascade", Ref: "B2", Alone: true, Unit: "report.unit.per_100", Num: MeasurePeople, Den: MeasurePeople, Source: baltimore, build: naloxoneCascade},
	{Key: "carriage-answers", Ref: "B3", Alone: true, Unit: "report.unit.per_100", Num: MeasurePeople, Den: MeasurePeople, Source: nesi, build: carriageAnswers},
	{Key: "refill-return", Ref: "B5", Alone: true, Unit: "report.unit.per_100", Num: MeasurePeople, Den: MeasurePeople, Source: skane, build: refillReturn},
	{Key: "survey-answers", Ref: "B1, B2, B3, B5", Alone: true, Unit: "report.unit.per_100", Num: MeasurePeople, Den: MeasurePeople, Source: nesi, build: surveyAnswers},
	{Key: "reporting", Ref: "9.5", Alone: true, Unit: "report.unit.per_100", Num: MeasureSites, Den: MeasureSites, Source: dataQuality, Splits: []By{ByMonth}, build: reporting},
	{Key: "stock", Ref: "G1", Unit: "report.unit.kits", Num: MeasureStock, Den: MeasureKits, Source: Proposed, Splits: []By{BySite, ByProduct}, build: stockTable},
	{Key: "wastage", Ref: "G4", Unit: "report.unit.per_100", Num: MeasureStock, Den: MeasureStock, Source: Proposed, Splits: []By{BySite}, build: wastageTable},
	{Key: "expiry", Ref: "G2", Unit: "report.unit.kits", Num: MeasureStock, Source: Proposed, build: expiryTable},
	{Key: "expired-in-community", Ref: "G3", Unit: "report.unit.kits", Num: MeasureKits, Source: Proposed, Splits: []By{ByArea, BySite}, build: expiredOutside},
	{Key: "uses", Ref: "C1", Unit: "report.unit.uses_per_100", Num: MeasureUses, Den: MeasureKits, Source: who, Splits: useSplits, build: uses},
	{Key: "survival", Ref: "C2", Unit: "report.unit.per_100", Num: MeasurePeople, Den: MeasurePeople, Source: who, Splits: useSplits, build: survival},
	{Key: "response", Ref: "C3", Unit: "report.unit.per_100", Num: MeasureAnswers, Den: MeasureAnswers, Source: who, Splits: useSplits, build: response},
	{Key: "use-model-export", Ref: "C4", Unit: "report.unit.series", Num: MeasureKits, Source: bennu, build: useModel},
	{Key: "releases", Ref: "E3", Alone: true, Unit: "report.unit.releases", Num: MeasureReleases, Den: MeasureReleases, Source: scotlandPrisons, Splits: append([]By{BySite, ByArea}, overTime...), build: releases},
	{Key: "release-drop-outs", Ref: "E3", Alone: true, Unit: "report.unit.releases", Num: MeasureReleases, Den: MeasureReleases, Source: scotlandPrisons, build: dropOuts},
	{Key: "prison-kits", Ref: "E1, E2", Unit: "report.unit.per_1000_releases", Num: MeasureKits, Den: MeasureReleases, Source: scotlandPrisons,
		Denominators: []thn.DenominatorKind{thn.Releases}, build: prisonKits},
	{Key: "release-deaths", Ref: "E4", Unit: "report.unit.per_100", Num: MeasureDeaths, Den: MeasureDeaths, Source: scotlandPrisons,
		Denominators: []thn.DenominatorKind{thn.ReleaseDeaths, thn.OpioidDeaths}, build: releaseDeaths},
	{Key: "carriage", Ref: "F1", Alone: true, Unit: "report.unit.per_100", Num: MeasurePeople, Den: MeasurePeople, Source: scotlandPolice, Denominators: []thn.DenominatorKind{thn.Officers},
		Splits: []By{BySite, ByArea}, build: carriage},
	{Key: "responder-uses", Ref: "F2", Unit: "report.unit.per_100_officers", Num: MeasureUses, Den: MeasurePeople, Source: policeUses,
		Splits: append([]By{ByGiver, ByArea}, overTime...), build: responderUses},
	{Key: "leave-behind", Ref: "F3", Alone: true, Unit: "report.unit.per_100", Num: MeasureCalls, Den: MeasureCalls, Source: howard, Splits: append([]By{BySite, ByArea}, overTime...), build: leaveBehind},
	{Key: "need", Ref: "D1", Unit: "report.unit.modelled", Num: MeasureModelled, Source: irvine, Denominators: []thn.DenominatorKind{thn.Residents}, Splits: []By{ByArea}, build: needTable},
	{Key: "saturation", Ref: "D2", Unit: "report.unit.modelled", Num: MeasureModelled, Source: profound, Denominators: []thn.DenominatorKind{thn.AtRisk}, Splits: []By{ByArea}, build: saturation},
	{Key: "deaths-averted", Ref: "C5, D3", Unit: "report.unit.modelled", Num: MeasureModelled, Source: profound,
		Denominators: []thn.DenominatorKind{thn.Residents, thn.OpioidDeaths}, Splits: []By{ByArea}, build: deathsAverted},
	{Key: "carriage-asked", Unrevised: true, Ref: "B3", Alone: true, Unit: "report.unit.per_100", Num: MeasurePeople, Den: MeasurePeople, Source: sosTargets, build: carriageAsked},
	{Key: "equity", Unrevised: true, Ref: "H", Alone: true, Unit: "report.unit.per_100", Num: MeasurePeople, Den: MeasurePeople, Source: columbiaKits, Splits: []By{ByGender, ByAgeBand, ByRecipient, BySetting, ByArea}, build: equity},
	{Key: "traceability", Ref: "G5", Unit: "report.unit.per_100", Num: MeasureKits, Den: MeasureKits, Source: release, Splits: append([]By{ByArea, BySite, ByChannel}, overTime...), build: traceability},
	{Key: "completeness", Ref: "9.1", Unit: "report.unit.per_100", Num: MeasureAnswers, Den: MeasureAnswers, Source: dataQuality, Splits: []By{BySite}, build: completeness},
	{Key: "residual", Ref: "9.2", Unit: "report.unit.kits", Num: MeasureKits, Den: MeasureKits, Source: Proposed, build: residualTable},
	{Key: "timeliness", Ref: "9.4", Unit: "report.unit.days", Num: MeasureRecords, Den: MeasureRecords, Source: dataQuality,
		Splits: append([]By{BySite, ByArea, ByChannel}, overTime...), build: timeliness},
}

// Keys lists the indicators by key.
func Keys() (keys []string) {
	for _, i := range Indicators {
		keys = append(keys, i.Key)
	}
	return keys
}

// Find gives an indicator by key.
func Find(key string) (Indicator, error) {
	for _, i := range Indicators {
		if i.Key == key {
			return i, nil
		}
	}
	return Indicator{}, fault.Say(fault.NotFound, "find indicator "+key, "report.error.indicator",
		map[string]any{"Name": key, "Names": strings.Join(Keys(), ", ")})
}

// Build answers one question with one table.
func Build(ctx context.Context, source Source, key string, spec Spec) (Table, error) {
	i, err := Find(key)
	if err != nil {
		return Table{}, err
	}
	b, err := open(ctx, source, spec)
	if err != nil {
		return Table{}, fault.Wrap("report "+key, err)
	}
	return b.build(ctx, i)
}

// build computes an indicator and signs the table with it.
func (b *book) build(ctx context.Context, i Indicator) (Table, error) {
	by := b.spec.By
	if by != ByNone && !slices.Contains(i.Splits, by) {
		return Table{}, fault.Say(fault.Invalid, "report "+i.Key, "report.error.split", map[string]any{"Split": string(by)})
	}
	t, err := i.build(ctx, b)
	b.measure(&t, i.Key)
	t.Name, t.Title = i.Key, i.NameKey()
	t.Definitions = append(t.Definitions, i.Key)
	t.seam(i.Versions, b.spec.Period)
	if err == nil && !i.Alone {
		err = b.lacking(ctx, &t)
	}
	if err == nil {
		err = b.markBegan(ctx, &t, i)
	}
	return t, fault.Wrap("report "+i.Key, err)
}

// as is the book asked with another split.
func (b *book) as(by By) *book {
	c := *b
	c.spec.By = by
	return &c
}
