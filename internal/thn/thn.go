// Package thn is the vocabulary of a take-home naloxone programme: distributions,
// kits, areas, sites, products, days and periods, and the closed lists of codes
// that records use. It parses and keeps invariants; it knows no database, no web
// and no clock. Start at Distribution (a kit given out) and PeriodTotal (a
// published or reported sum), then code.go for the words.
//
// What is not here is a decision: no type of this package can hold a person's
// name, date of birth, address, exact age or time of contact.
package thn
