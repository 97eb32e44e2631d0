// Country codes from CLDR's tables. CLDR keeps codes of countries that no longer
// exist and mixes currencies in between; both are dropped here, once.

import { readFileSync } from "node:fs";

const former = new Set(["AN", "BU", "CS", "DD", "FX", "NT", "SU", "TP", "YD", "YU", "ZR"]);
const read = (path) => JSON.parse(readFileSync(`node_modules/${path}`, "utf8"));
const mappings = read("cldr-core/supplemental/codeMappings.json").supplemental.codeMappings;

// Kosovo has no code in ISO 3166-1; XK is the one in common use, and the baseline
// counts it. Other codes from 900 up are private and left out.
const assigned = (code, m) => m._numeric < 900 || code === "XK";

// countries lists the codes of ISO 3166-1, and XK: alpha-2, alpha-3, numeric.
export const countries = Object.entries(mappings)
  .filter(([code, m]) => /^[A-Z]{2}$/.test(code) && !former.has(code) && m._alpha3 && assigned(code, m))
  .map(([alpha2, m]) => ({ alpha2, alpha3: m._alpha3, numeric: m._numeric.padStart(3, "0") }))
  // The code that health statistics use for Kosovo; CLDR has another.
  .map((c) => (c.alpha2 === "XK" ? { ...c, alpha3: "XKX" } : c));

export const alpha2ByNumeric = new Map(countries.map((c) => [c.numeric, c.alpha2]));

// Where CLDR's first name is an administrative title, its short form is the name
// people look for in a list. Two names have a variant that reads as a name too.
const short = ["HK", "MM", "MO", "PS"];
const variant = ["CD", "CG"];

// names gives the names of territories in one language.
export function names(language) {
  const all = read(`cldr-localenames-full/main/${language}/territories.json`).main[language].localeDisplayNames.territories;
  short.forEach((code) => (all[code] = all[`${code}-alt-short`] ?? all[code]));
  variant.forEach((code) => (all[code] = all[`${code}-alt-variant`] ?? all[code]));
  return all;
}
