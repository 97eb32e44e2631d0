// Package phonetest tests the phone's screen as it is used: in Chromium with
// touch, behind a network that cuts, repeats and lies, killed at the worst
// moment, against the whole program on a real database. The numbers UX-… and
// F-… are those of the requirements and faults. What cannot be shown here (an
// iPhone) is a checklist in the README.
//
// Builds that are broken on purpose belong to the suite: a test that does not
// find what is wrong with them would find nothing. Everything is in tests.
package phonetest
