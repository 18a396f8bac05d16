// Lets Jest read TypeScript with the bundler the program is run with. Types are checked before, by `npm test`.
const { transformSync } = require("esbuild");

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
};
