const isolated = require("./scripts/jest-isolated.cjs");

// What was rendered, under the programs it is for: `npm run test:real`.
module.exports = {
  ...isolated,
  maxWorkers: 2,
  testMatch: ["<rootDir>/__tests__/real/**/*.real.ts"],
  globalSetup: "<rootDir>/__tests__/real/support/set-up.ts",
  testTimeout: 60_000,
};
