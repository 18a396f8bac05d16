const { modulePathIgnorePatterns, reporters } = require("./scripts/jest-isolated.cjs");

module.exports = {
  // In bare Node: a context for each file loaded the provider bindings once for each of 148 files, which was most of the
  // time. In processes: threads have no working directory, signals and exit code of their own.
  runner: ["<rootDir>/scripts/jest-runner.mjs", { runtime: "child_process" }],
  setupFiles: ["<rootDir>/scripts/jest-typescript.mjs"],
  transform: {},
  reporters,
  modulePathIgnorePatterns,
  // Jest leaves one core to the person at the machine; here the tests are what it is waiting for.
  maxWorkers: "100%",
  // Not "constructs/": a folder of that name at the root must not shadow the npm package.
  testMatch: ["**/__tests__/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/cdktf\\.out[./]", "/dist/"],
};
