const isolated = require("./scripts/jest-isolated.cjs");

// What Docker Compose itself makes of compose.yaml: `npm run test:compose`.
module.exports = {
  ...isolated,
  testMatch: ["<rootDir>/__tests__/compose/**/*.compose.ts"],
};
