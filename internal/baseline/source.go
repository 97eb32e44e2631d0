package baseline

// Source is where a mark was read.
type Source struct {
	Title string
	URL   string
	Year  int // of the source, not of the mark
}

// The sources of the rows. Most of HRI's 2024 table could be read only at second
// hand, and the titles say so.
var (
	australia = Source{
		Title: "Australian Government Department of Health: About the Take Home Naloxone program",
		URL:   "https://www.health.gov.au/our-work/take-home-naloxone-program/about-the-take-home-naloxone-program",
		Year:  2022,
	}
	ehra = Source{
		Title: "EHRA / Alliance for Public Health: overdose research in Estonia, Lithuania, Poland, Ukraine",
		URL:   "https://sos.aph.org.ua/international-overdose-awareness-day/",
		Year:  2024,
	}
	emcdda2012 = Source{
		Title: "EMCDDA Annual report 2012 (Drug Policy Facts node 2748)",
		URL:   "https://www.drugpolicyfacts.org/node/2748",
		Year:  2012,
	}
	emcddaTwelve = Source{
		Title: "EMCDDA Take-home naloxone topic overview, 12-country list (quoted by SOLID-EXCEED)",
		URL:   "https://learn.solid-exceed.org/solid-exceed-training-content/overdose-prevention/module-3-take-home-naloxone-programs/the-barriers-to-implementing-thn-programs-worldwide/",
		Year:  2020,
	}
	hriAsia2020 = Source{
		Title: "HRI GSHR 2020, Regional Overview 2.1 Asia, Table 2.1.1",
		URL:   "https://docslib.org/doc/3286772/global-state-hri-2020-2-1-asia",
		Year:  2020,
	}
	hriEurasia2020 = Source{
		Title: "HRI GSHR 2020, Regional Overview 2.2 Eurasia, Table 2.2.1",
		URL:   "https://docslib.org/doc/49625/2-2-eurasia-81-2-2-eurasia",
		Year:  2020,
	}
	hriEurasiaText2020 = Source{
		Title: "HRI GSHR 2020, Eurasia text (Drug Policy Facts node 4173)",
		URL:   "https://drugpolicyfacts.org/node/4173",
		Year:  2020,
	}
	hriLatin2020 = Source{
		Title: "HRI GSHR 2020, Regional Overview 2.3 Latin America & the Caribbean, Table 2.3.1",
		URL:   "https://docslib.org/doc/5612090/2-3-latin-america-the-caribbean",
		Year:  2020,
	}
	hriMENA2020 = Source{
		Title: "HRI GSHR 2020, MENA findings (IDPC event page)",
		URL:   "https://idpc.net/events/2020/11/global-state-of-harm-reduction",
		Year:  2020,
	}
	hriSummary2022 = Source{
		Title: "HRI Global State of Harm Reduction 2022 summary (Hepcoalition copy)",
		URL:   "https://hepcoalition.org/en/advocate/advocacy-tools/article/global-state-of-harm-reduction-2022",
		Year:  2022,
	}
	hriTable2024 = Source{
		Title: "HRI Global State of Harm Reduction 2024, Table 1 (read through the TRACE project's 20-country fixture)",
		URL:   "https://github.com/WillieTheWhale/CDC_2026/blob/f36fdcc84191275b43e134a39cb250977e0de13d/backend/tests/data/api_sample/harm_reduction.json",
		Year:  2024,
	}
	hriUpdate2019 = Source{
		Title: "HRI Global State of Harm Reduction: 2019 updates",
		URL:   "https://www.hri.global/global-state-of-harm-reduction-2019",
		Year:  2019,
	}
	hriUpdate2023 = Source{
		Title: "HRI Global State of Harm Reduction: 2023 Update to Key Data",
		URL:   "https://hri.global/publications/global-state-of-harm-reduction-2023-update-to-key-data/",
		Year:  2023,
	}
	hriWeb2024 = Source{
		Title: "HRI Global State of Harm Reduction 2024, web summary",
		URL:   "https://hri.global/flagship-research/the-global-state-of-harm-reduction/the-global-state-of-harm-reduction-2024",
		Year:  2024,
	}
	hriWestern2018 = Source{
		Title: "HRI GSHR 2018, Regional Overview 2.3 Western Europe, Table 2.3.1",
		URL:   "https://info.5y1.org/western-region-of-europe_1_775530.html",
		Year:  2018,
	}
	solidRelease = Source{
		Title: "SOLID-EXCEED training, Module 3: Take-home naloxone on release",
		URL:   "https://learn.solid-exceed.org/solid-exceed-training-content/overdose-prevention/module-3-take-home-naloxone-programs/take-home-naloxone-on-release/",
		Year:  2024,
	}
	solidWorldwide = Source{
		Title: "SOLID-EXCEED training, Module 3: THN programmes worldwide (citing HRI 2023)",
		URL:   "https://learn.solid-exceed.org/solid-exceed-training-content/overdose-prevention/module-3-take-home-naloxone-programs/the-barriers-to-implementing-thn-programs-worldwide/",
		Year:  2023,
	}
)
