// Package phonetest tests the phone's screen as it is used: in Chromium with
// touch, behind a network that cuts, repeats and lies, killed at the worst
// moment, against the whole program on a real database. What cannot be shown here
// (an iPhone) is a checklist in the README.
//
// Builds that are broken on purpose belong to the suite: a test that does not
// find what is wrong with them would find nothing. Everything is in tests.
//
// The numbers are those of the requirements (UX) and of the faults (F), each with
// the tests that show it; TestTable keeps this list and their comments the same.
//
//	UX-01  TestTaps
//	UX-02  TestTaps
//	UX-03  TestTaps_twelvePeople
//	UX-04  TestColdStart
//	UX-05  TestSavedIsOnTheDisk, TestSavingIsOneWrite, TestSavingIsQuick
//	UX-07  TestUndoAndCorrect
//	UX-08  TestAgainNeverRepeatsWhatIsSensitive
//	UX-10  TestInterrupted, TestKilledBeforeSaved
//	UX-11  TestScreens
//	UX-13  TestSignals
//	UX-15  TestKilledAtSaved, TestKilledBeforeSaved, TestSavedIsOnTheDisk
//	UX-16  TestNotSaved
//	UX-17  TestPauses, TestTries, TestWorkerSendsInTheBackground, TestWorkerSendsWhenStarted
//	UX-18  TestTries
//	UX-19  TestPortals
//	UX-20  TestChaos_postgres, TestChaos_sqlite, TestReplyLost
//	UX-21  TestPoison
//	UX-22  TestBadge
//	UX-23  TestPersist
//	UX-24  TestEmptyPhone
//	UX-25  TestRescueFile
//	UX-26  TestServerPutBack
//	UX-27  TestLongQueue
//	UX-28  TestClock, TestDays
//	UX-29  TestTwoTabs, TestTwoTabs_withoutLocks
//	UX-30  TestBytes
//	UX-31  TestBytes
//	UX-32  TestIdleIsSilent, TestUpdateBetweenForms
//	UX-33  TestWithoutScript
//	UX-34  TestUpdateAllOrNothing, TestUpdateWaits
//	UX-35  TestUpdateBetweenForms, TestUpdateTakesOverLate, TestUpdateWaits
//	UX-36  TestOlderQueues
//	UX-37  TestTakenBack
//	UX-38  TestBytes, TestKeepsTheShellOnly
//	UX-39  TestOldTabLetsGo
//	UX-40  TestSeized
//	UX-41  TestSignOut
//	UX-42  TestKeepsTheShellOnly
//	UX-43  TestSessionOver
//	UX-44  TestRevoked
//	UX-45  TestHide, TestManifestIsNeutral
//	UX-46  TestNeverNotifies
//	F-06   TestReplyLost
//	F-07   TestReplyLost
//	F-09   TestPortals
//	F-27   TestServerPutBack
//	F-31   TestKilledAtSaved
//	F-32   TestNotSaved
//	F-33   TestEmptyPhone
//	F-34   TestUpdateAllOrNothing
//	F-35   TestOlderQueues
//	F-36   TestAsleepWhileSending, TestTwoTabs
//	F-37   TestRevoked, TestSessionOver
//	F-38   TestPoison
//	F-39   TestPortals, TestTooLargeForABox
//	F-40   TestKeyRotated
package phonetest
