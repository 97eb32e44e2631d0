// Package stock answers what is where and what to do about it: what a site's
// balances mean against the pace at which kits leave and the dates on them, what
// needs doing first, and what programmes can do for each other. Balances are sums
// of the ledger's entries and are kept nowhere else; recording itself is package
// intake's. It knows neither pages nor tables. Start at Plan; alerts are in
// alert.go, mutual aid in aid.go.
package stock
