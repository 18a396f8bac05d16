const unit = require("./jest.config.cjs");

// Wrong and odd input, by the thousand and from a seed: `npm run test:fuzz`.
module.exports = { ...unit, testMatch: ["<rootDir>/__tests__/fuzz/**/*.fuzz.ts"] };
