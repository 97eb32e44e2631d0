package archtest

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// attacks are those that somebody makes on what leaves a programme (DX), and what is
// asked of releases (PV), each with the tests that show what comes of it. TestAttacks
// keeps this list and their comments the same.
//
// Three of them are about things that this program does not have. There are no cards
// of people (DX-17, DX-23): the tests hold that there is no place for one. Nothing is
// erased but answers about people and keys of phones, by their age (DX-22): a record
// that is taken out stays in the ledger as it was. And no table is of a site (DX-20):
// an area with one site is told as the area.
const attacks = `
	DX-01  disclosure.TestAttacks, disclosure.TestProtect_randomCubes
	DX-02  disclosure.TestAttacks, disclosure.TestProtect_randomCubes
	DX-03  disclosure.TestAttacks
	DX-04  disclosure.TestAttacks
	DX-05  server.TestReaders_haveNoFilters
	DX-06  disclosure.TestAttack_DX06_aSmallCountBesideOneProgramme, disclosure.TestAttack_DX06_twoAudiencesCollude, release.TestTogether_contributorSubtracts
	DX-07  disclosure.TestCheckRevision_findsWhatTheDifferenceTells, disclosure.TestRevise_everyEarlierReleaseCounts, disclosure.TestRevise_randomCubes, release.TestRevise
	DX-08  server.TestPublic_fromClosedToReplaced, server.TestReaders_pollingTellsNothing
	DX-09  disclosure.TestAttack_DX09_kitsForEachContact
	DX-10  server.TestHidden_changesNoByte
	DX-11  server.TestHidden_changesNoByte
	DX-12  chart.TestTheScaleDoesNotRevealAMaskedNumber, chart.TestTheScaleOfRowsDoesNotRevealAMaskedNumber, export.TestMasked_makesNoDifference, server.TestHidden_changesNoByte
	DX-13  export.TestMasked_isInNoByteOfAnyFile, export.TestXLSX_hasNothingHidden, server.TestHidden_changesNoByte
	DX-14  app.TestNumbers_areTheSameInEveryFormat
	DX-15  phonetest.TestKeepsTheShellOnly, server.TestHeaders_onEveryRoute, server.TestHidden_changesNoByte, server.TestKept_onlyWhatIsPublic
	DX-16  report.TestCell_hiddenHoldsNothing, server.TestHidden_changesNoByte, store.TestShelf_holdsReleasesOnly
	DX-17  server.TestDay_atASiteIsForItsOwn, store.TestSchema_hasNoForbiddenColumn
	DX-18  server.TestIDs_cannotBeTried, thn.TestID
	DX-19  disclosure.TestAttack_DX19_everybodySaidTheSame
	DX-20  report.TestReports_nameNobody, server.TestDay_atASiteIsForItsOwn, server.TestRelease_poolsSites
	DX-21  server.TestLog_holdsNoCount, server.TestPanic_saysANumberAndNothingElse
	DX-22  app.TestServe_erasesOnceMoreWhatABackupBrings, store.TestErased_answersCannotBeGuessed
	DX-23  store.TestErased_answersCannotBeGuessed, store.TestSchema_aRecordStandsAlone, store.TestSchema_hasNoForbiddenColumn
	DX-24  phone.TestDeliver_forgetsTheOrder, store.TestSchema_aRecordStandsAlone
	PV-09  phone.TestKeys_rotateAndDestroy
	PV-22  store.TestShelf_holdsReleasesOnly
	PV-23  disclosure.TestCheck_findsEveryKindOfLeak
	PV-24  app.TestNumbers_areTheSameInEveryFormat, export.TestPackage_hasTheNumbersOfTheList, export.TestXLSX_hasTheNumbersOfCSV
	PV-25  export.TestMasked_isInNoByteOfAnyFile
	PV-26  server.TestRelease_poolsSites
	PV-27  disclosure.TestCheckRevision_findsWhatTheDifferenceTells, release.TestCheck_theSameBytes, server.TestPublic_fromClosedToReplaced, store.TestEditions_areNumberedAndPublishedOnce
	PV-29  server.TestRelease_poolsSites
	PV-29a  server.TestReaders_haveNoFilters
`

// demanded are the numbers that must have a test.
func demanded() (all []string) {
	for n := 1; n <= 24; n++ {
		all = append(all, fmt.Sprintf("DX-%02d", n))
	}
	for _, n := range []int{22, 23, 24, 25, 26, 27, 29} {
		all = append(all, fmt.Sprintf("PV-%02d", n))
	}
	return all
}

var attack = regexp.MustCompile(`\b(?:DX|PV)-?\d\d[a-z]?\b`)

// said lists the numbers that tests say of themselves, in their comments or names.
func said(files []*file) map[string][]string {
	found := map[string][]string{}
	for _, f := range files {
		if f.tree == nil || !strings.HasSuffix(f.path, "_test.go") || f.pkg() == "internal/archtest" {
			continue
		}
		for _, d := range f.tree.Decls {
			fn, is := d.(*ast.FuncDecl)
			if !is || !strings.HasPrefix(fn.Name.Name, "Test") {
				continue
			}
			for _, n := range attack.FindAllString(fn.Doc.Text(), -1) {
				name := strings.TrimPrefix(f.pkg(), "internal/") + "." + fn.Name.Name
				if !slices.Contains(found[n], name) {
					found[n] = append(found[n], name)
				}
			}
		}
	}
	for _, list := range found {
		slices.Sort(list)
	}
	return found
}

// TestAttacks compares the list with what the tests say of themselves, so that
// neither names a test or an attack in vain.
func TestAttacks(t *testing.T) {
	t.Parallel()
	listed := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(attacks), "\n") {
		number, names, _ := strings.Cut(strings.TrimSpace(line), "  ")
		listed[number] = strings.Split(names, ", ")
	}
	require.Equal(t, said(load(t)), listed)
	for _, n := range demanded() {
		require.NotEmpty(t, listed[n], n)
	}
}
