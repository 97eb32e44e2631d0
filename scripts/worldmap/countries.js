// Writes internal/baseline/countries.tsv: the codes of ISO 3166-1 with names in
// every language of the program, from CLDR (Unicode-3.0 licence).

import { writeFileSync } from "node:fs";
import { countries, names } from "./codes.js";

const languages = ["en", "fr", "es"];
const tables = languages.map(names);
const lines = countries
  .filter((c) => tables.every((t) => t[c.alpha2]))
  .sort((a, b) => (a.alpha2 < b.alpha2 ? -1 : 1))
  .map((c) => [c.alpha2, c.alpha3, ...tables.map((t) => t[c.alpha2])].join("\t"));

writeFileSync("../../internal/baseline/countries.tsv", lines.join("\n") + "\n");
console.log(`${lines.length} countries in ${languages.join(", ")}`);
