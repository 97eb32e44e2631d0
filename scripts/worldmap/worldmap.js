// Writes internal/chart/world.tsv: the outline of every country, projected once,
// so that the server only has to choose classes. Run it by hand after changing a
// version in package.json; the result is committed and no build needs Node.
//
//   npm ci --ignore-scripts && npm run make
//
// Shapes: Natural Earth 1:50m, public domain, packed by world-atlas (ISC).
// Projection: Equal Earth, turned so that the easternmost part of Russia stays
// with the rest of it. Antarctica is left out.

import { readFileSync, writeFileSync } from "node:fs";
import { geoEqualEarth, geoPath, geoArea, geoCentroid } from "d3-geo";
import { feature } from "topojson-client";
import { presimplify, simplify, sphericalTriangleArea } from "topojson-simplify";
import { alpha2ByNumeric } from "./codes.js";

const WIDTH = 1920; // grid units; a page draws two to a CSS pixel
const DETAIL = 1.4e-6; // steradians: triangles smaller than this are cut
const ISLET = 5; // square units: smaller islands go, unless they are all there is
const DOT = 14; // square units: smaller countries become dots

const atlas = JSON.parse(readFileSync("node_modules/world-atlas/countries-50m.json", "utf8"));
const exact = feature(atlas, atlas.objects.countries).features;
const small = simplify(presimplify(atlas, sphericalTriangleArea), DETAIL);
const shapes = feature(small, small.objects.countries).features;

const dropped = new Set(["010"]);
// Shapes without a code of their own are drawn, in no colour, so that the map
// has no holes. It takes no position on whose they are.
// Kosovo is keyed as codes.js does, because the baseline has a row for it.
const neutral = "-";
const codeOf = (s) => alpha2ByNumeric.get(s.id) ?? (s.properties.name === "Kosovo" ? "XK" : neutral);

const projection = geoEqualEarth().rotate([-11, 0]);
const drawn = { type: "FeatureCollection", features: shapes.filter((s) => !dropped.has(s.id)) };
projection.fitWidth(WIDTH, drawn);
const bounds = geoPath(projection).bounds(drawn);
const height = Math.ceil(bounds[1][1]);

const rows = new Map();
shapes.forEach((shape, i) => {
  if (dropped.has(shape.id)) return;
  const code = codeOf(shape);
  const rings = ringsOf(shape);
  if (rings.length === 0 && code === neutral) return;
  const total = rings.reduce((sum, r) => sum + area(r), 0);
  if (total < DOT && code !== neutral) return addDot(code, exact[i]);
  const largest = Math.max(...rings.map(area));
  const kept = rings.filter((r) => area(r) >= ISLET || area(r) === largest);
  add(code, "path", kept.map(encode).join(""), box(kept.find((r) => area(r) === largest)));
});

const lines = [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row.join("\t"));
writeFileSync("../../internal/chart/world.tsv", [`# ${WIDTH} ${height}`, ...lines].join("\n") + "\n");
console.log(`${lines.length} shapes, ${WIDTH} by ${height}, ${lines.join("\n").length} bytes`);

// ringsOf projects a shape and returns its rings on the integer grid, without
// the points that rounding made equal or straight.
function ringsOf(shape) {
  const rings = [];
  let ring = [];
  const context = {
    moveTo: (x, y) => rings.push((ring = [[Math.round(x), Math.round(y)]])),
    lineTo: (x, y) => ring.push([Math.round(x), Math.round(y)]),
    arc() {},
    closePath() {},
  };
  geoPath(projection, context)(shape);
  return rings.map(thin).filter((r) => r.length > 2);
}

function thin(ring) {
  const out = [];
  for (const p of ring) {
    const last = out[out.length - 1];
    if (last && last[0] === p[0] && last[1] === p[1]) continue;
    const before = out[out.length - 2];
    if (before && (last[0] - before[0]) * (p[1] - last[1]) === (last[1] - before[1]) * (p[0] - last[0])) out.pop();
    out.push(p);
  }
  const [first, last] = [out[0], out[out.length - 1]];
  if (out.length > 1 && first[0] === last[0] && first[1] === last[1]) out.pop();
  return out;
}

function area(ring) {
  let sum = 0;
  ring.forEach(([x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length];
    sum += x * ny - nx * y;
  });
  return Math.abs(sum) / 2;
}

// box frames the largest part of a country, so that a small one can be ringed.
function box(ring) {
  const xs = ring.map((p) => p[0]);
  const ys = ring.map((p) => p[1]);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return `${x} ${y} ${Math.max(...xs) - x} ${Math.max(...ys) - y}`;
}

// encode writes a ring with steps relative to the point before: a third of the
// bytes of absolute positions.
function encode(ring) {
  let text = "M" + pair(ring[0]) + "l";
  for (let i = 1; i < ring.length; i++) {
    const step = pair([ring[i][0] - ring[i - 1][0], ring[i][1] - ring[i - 1][1]]);
    text += (i > 1 && !step.startsWith("-") ? " " : "") + step;
  }
  return text + "z";
}

function pair([x, y]) {
  return `${x}${y < 0 ? "" : " "}${y}`;
}

// addDot marks a state too small to see, at the middle of its largest island.
function addDot(code, shape) {
  const parts = shape.geometry.type === "Polygon" ? [shape.geometry.coordinates] : shape.geometry.coordinates;
  const polygons = parts.map((coordinates) => ({ type: "Polygon", coordinates }));
  polygons.sort((a, b) => geoArea(b) - geoArea(a));
  const [x, y] = projection(geoCentroid(polygons[0])).map(Math.round);
  add(code, "dot", `${x} ${y}`, `${x} ${y} 0 0`);
}

// add keeps one row a country and kind; some codes have more than one shape,
// and a dot is of no use beside a shape that is already there.
function add(code, kind, data, frame) {
  const path = rows.get(code + " path");
  if (kind === "dot" && path) return;
  if (kind === "path") rows.delete(code + " dot");
  if (kind === "path" && path) path[2] += data;
  else rows.set(`${code} ${kind}`, [code, kind, data, frame]);
}
