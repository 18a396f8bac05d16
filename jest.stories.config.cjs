const isolated = require("./scripts/jest-isolated.cjs");

// What users live through, edit after edit, on a real engine: `npm run test:stories`.
module.exports = {
  ...isolated,
  maxWorkers: 2,
  testMatch: ["<rootDir>/__tests__/stories/**/*.story.ts"],
  testTimeout: 120_000,
};
