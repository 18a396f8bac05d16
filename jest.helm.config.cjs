const isolated = require("./scripts/jest-isolated.cjs");

// What both Helms make of charts and values: `npm run test:helm`. No cluster is needed for that.
module.exports = {
  ...isolated,
  testMatch: ["<rootDir>/__tests__/helm/**/*.helm.ts"],
  testTimeout: 120_000,
};
