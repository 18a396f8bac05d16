const isolated = require("./scripts/jest-isolated.cjs");

// What was rendered, on a real control plane: `npm run test:cluster`.
module.exports = {
  ...isolated,
  // They wait more than they work.
  maxWorkers: 4,
  verbose: true,
  testMatch: ["<rootDir>/__tests__/cluster/**/*.cluster.ts"],
  globalSetup: "<rootDir>/__tests__/cluster/support/set-up.ts",
  globalTeardown: "<rootDir>/__tests__/cluster/support/tear-down.ts",
  testTimeout: 180_000,
};
