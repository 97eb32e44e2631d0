package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// nowhere is a database that cannot be opened: the command must not try.
const nowhere = "sqlite:/nowhere/at/all.db"

func TestNeed_washington(t *testing.T) {
	t.Parallel()
	args := []string{"need", "--community", "3075.7514", "--pharmacy", "178", "--prescriber", "5428", "--rate", "91.10e-6"}
	out := must(t, nowhere, args...)
	for _, want := range []string{"32.65 %, modelled", "4,339.4", "17,667", "13,327", "Irvine et al. 2022", "US-calibrated, 2017", "as given; no interval"} {
		require.Contains(t, out, want)
	}
	var got neededJSON
	require.NoError(t, json.Unmarshal([]byte(must(t, nowhere, append(args, "--json")...)), &got))
	require.InDelta(t, 32.65, got.Covered.Value, 0.005)
	require.InDelta(t, 17_666.7, got.Needed.Value, 1)
	require.Nil(t, got.Covered.Low, "a rate alone has no interval")
	require.Nil(t, got.Per, "nor is anything told of residents that were not given")
	require.True(t, got.Modelled)
	require.Equal(t, "US-calibrated", got.Calibration)
}

func TestNeed_byKindOfEpidemic(t *testing.T) {
	t.Parallel()
	out := must(t, nowhere, "need", "--community", "5000", "--population", "1000000", "--type", "fentanyl")
	for _, want := range []string{"78.78 (53.17–91.14) %, modelled", "519", "rho 0.00310 (0.00295–0.00321 over 18 states)", "interval 0.00152–0.00485", "New York"} {
		require.Contains(t, out, want)
	}
	require.Equal(t, out, must(t, nowhere, "need", "--community", "5000", "--population", "1000000"), "fentanyl is assumed, and said")
	require.Contains(t, must(t, nowhere, "need", "--population", "1000000", "--type", "fentanyl-heroin"), "no interval was published")
	require.Contains(t, must(t, nowhere, "need", "--population", "1000000", "--rho", "0.005"), "322\n")
}

func TestNeed_impossibleNumbersAreNamed(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"say how kits work here: --rate R, or --population N with --type KIND or --rho RHO": {"--community", "10"},
		"--community must be 0 or more, not -3":                                             {"--community=-3", "--rate", "1e-5"},
		"--rate must be more than 0, not -1e-05":                                            {"--rate=-1e-5"},
		"--rate must be more than 0, not 0":                                                 {"--rate", "0"},
		"--rho must be more than 0, not 0":                                                  {"--rho", "0", "--population", "1000"},
		"--target must be more than 0 and less than 1, not 80":                              {"--rate", "1e-5", "--target", "80"},
		"--pharmacy must be 0 or more, not NaN":                                             {"--rate", "1e-5", "--pharmacy", "NaN"},
		"--population must be more than 0, not -5":                                          {"--population=-5"},
		"--type flu is not one of fentanyl, fentanyl-prescription, fentanyl-heroin, heroin-prescription, prescription": {"--type", "flu", "--population", "1000"},
	} {
		code, _, errOut := command(t, nowhere, append([]string{"need"}, args...)...)
		require.Equal(t, 1, code, args)
		require.Equal(t, "thn: "+want+"\n", errOut)
	}
	code, _, errOut := command(t, nowhere, "need", "--rate", "1e-5", "--rho", "0.003")
	require.Equal(t, 2, code)
	require.Contains(t, errOut, "--rate and --rho")
}
