const { testEnvironment, transform, modulePathIgnorePatterns } = require("./jest.config.cjs");

// What Docker Compose itself makes of compose.yaml: `npm run test:compose`.
module.exports = {
  testEnvironment,
  transform,
  modulePathIgnorePatterns,
  testMatch: ["<rootDir>/__tests__/compose/**/*.compose.ts"],
};
