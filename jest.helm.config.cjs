const { testEnvironment, transform, modulePathIgnorePatterns } = require("./jest.config.cjs");

// What both Helms make of charts and values: `npm run test:helm`. No cluster is needed for that.
module.exports = {
  testEnvironment,
  transform,
  modulePathIgnorePatterns,
  testMatch: ["<rootDir>/__tests__/helm/**/*.helm.ts"],
  testTimeout: 120_000,
};
