const { testEnvironment, transform, modulePathIgnorePatterns } = require("./jest.config.cjs");

// What was rendered, under the programs it is for: `npm run test:real`.
module.exports = {
  testEnvironment,
  transform,
  modulePathIgnorePatterns,
  maxWorkers: 2,
  testMatch: ["<rootDir>/__tests__/real/**/*.real.ts"],
  globalSetup: "<rootDir>/__tests__/real/support/set-up.ts",
  testTimeout: 60_000,
};
