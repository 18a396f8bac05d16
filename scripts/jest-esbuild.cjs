// Lets Jest read TypeScript with the bundler the program is run with. Types are checked before, by `npm test`.
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { transformSync, version } = require("esbuild");

const SELF = readFileSync(__filename);

module.exports = {
  process(source, filename) {
    return transformSync(source, {
      loader: "ts",
      format: "cjs",
      target: "node20",
      sourcefile: filename,
      sourcemap: "inline",
    });
  },
  // Jest's own key is of the source and of Jest's configuration: with it, neither another release of the bundler nor an
  // edit of this file would be noticed.
  getCacheKey(source, filename, { configString, instrument }) {
    const hash = createHash("sha256").update(SELF);
    for (const part of [version, process.version, configString, String(instrument), filename, source]) {
      hash.update(part).update("\0");
    }
    return hash.digest("hex").slice(0, 32);
  },
};
