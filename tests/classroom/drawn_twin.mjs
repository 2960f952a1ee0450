// What the page's own JavaScript makes of drawings: node drawn_twin.mjs NORMALISE.JS < {drawings, layers}, prints JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

await import(pathToFileURL(process.argv[2]).href);
const { bitmap, recipe, normalise, asDrawn, probabilities, unpacked } = globalThis.nnDigits;
const { drawings, layers } = JSON.parse(readFileSync(0, "utf8"));
const network = layers.map(({ weight, bias }) => ({ weight: unpacked(weight), bias: unpacked(bias) }));
process.stdout.write(JSON.stringify(drawings.map(({ strokes, pen }) => {
  const ink = bitmap(strokes, pen), seen = normalise(ink);
  return { ink: ink.ink.join(""), recipe: recipe(ink).ink.join(""), seen: [...seen], shrunk: [...asDrawn(ink)], said: [...probabilities(network, seen)] };
})));
