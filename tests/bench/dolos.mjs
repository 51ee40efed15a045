// The same folded syllables through @dodona/dolos-core: node dolos.mjs FOLDER-OF-NODE_MODULES FOLDED.json
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [, , folder, folded] = process.argv;
const dolos = await import(pathToFileURL(join(folder, "node_modules/@dodona/dolos-core/dist/index.js")));
const texts = JSON.parse(readFileSync(folded, "utf8"));
const started = process.cpuUsage(), clock = performance.now();
const files = texts.map((text, i) => {
  const tokens = text.split(" ");
  const places = tokens.map((_, k) => new dolos.Region(0, k, 0, k + 1));
  return new dolos.TokenizedFile(new dolos.File(`${i}`, text), tokens, places);
});
const index = new dolos.FingerprintIndex(6, 8, false, 40);
const shared = index.addFiles(files);
// Pairs with at least three shared fingerprints, as the index gives them (allPairs() is quadratic).
const pairs = new Map();
for (const fingerprint of shared.values()) {
  const ids = [...fingerprint.files()].map((file) => Number(file.path)).sort((a, b) => a - b);
  if (ids.length < 2 || ids.length > 40) continue;
  for (let i = 0; i < ids.length; i++)
    for (let k = i + 1; k < ids.length; k++) {
      const pair = ids[i] * texts.length + ids[k];
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
}
const kept = [...pairs.values()].filter((n) => n >= 3).length;
const cpu = process.cpuUsage(started);
console.log(
  `  @dodona/dolos-core, ${texts.length} texts: ${((performance.now() - clock) / 1000).toFixed(2)} s, ` +
    `${((cpu.user + cpu.system) / 1e6).toFixed(2)} CPU-s, ${kept} pairs of three shared fingerprints or more`,
);
