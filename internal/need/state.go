package need

// State is one of the 12 US states that the first model was calibrated to, as its
// site data have it.
type State struct {
	Name       string
	Epidemic   string
	Population float64 // 2017
	Kits       Kits    // of the baseline year; 1 stands for none in the source
	Intercept  float64 // p of the community curve at no community kits, in per cent
	Rate       float64 // r_C for each community kit a year; fitted by us to its curve
}

// States lists the 12. Populations, kits and intercepts are published, rates are
// derived from the published curves; each is constant along its curve within 0.3 %.
// Source: naloxoneneededtosave.org, all_states.json.
var States = []State{
	{"Arizona", "heroin-prescription", 7_044_008, Kits{35_268, 1_194, 13_400}, 55.20, 206.7e-6},
	{"California", "prescription", 39_358_497, Kits{35_669, 2_558, 12_951}, 3.06, 6.036e-6},
	{"Idaho", "prescription", 1_717_715, Kits{1, 87, 638}, 2.84, 134.2e-6},
	{"Illinois", "fentanyl-heroin", 12_778_828, Kits{37_900, 1_032, 2_666}, 1.56, 10.06e-6},
	{"Iowa", "fentanyl-prescription", 3_141_550, Kits{1_380, 233, 195}, 5.35, 202.2e-6},
	{"Massachusetts", "fentanyl", 6_859_789, Kits{29_153, 11_980, 19_627}, 32.19, 24.41e-6},
	{"North Carolina", "fentanyl", 10_268_233, Kits{30_237, 80, 20_486}, 16.59, 43.43e-6},
	{"Oklahoma", "prescription", 3_931_316, Kits{1_514, 1_043, 7_288}, 14.50, 62.68e-6},
	{"Oregon", "heroin-prescription", 4_143_625, Kits{4_362, 1, 3_660}, 4.80, 67.39e-6},
	{"Rhode Island", "fentanyl", 1_055_673, Kits{6_330, 1_322, 1_602}, 39.96, 311.7e-6},
	{"South Carolina", "fentanyl-prescription", 5_021_268, Kits{1, 117, 2_342}, 2.58, 44.72e-6},
	{"Washington", "heroin-prescription", 7_423_362, Kits{5_009, 178, 5_428}, 10.93, 91.10e-6},
}
