module.exports = {
  testEnvironment: "node",
  // Jest leaves one core to the person at the machine; here the tests are what it is waiting for.
  maxWorkers: "100%",
  // Not "constructs/": a folder of that name at the root must not shadow the npm package.
  testMatch: ["**/__tests__/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/cdktf\\.out[./]", "/dist/"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf\\.out[./]", "<rootDir>/dist/", "<rootDir>/.cache/"],
  transform: { "^.+\\.ts$": "<rootDir>/scripts/jest-esbuild.cjs" },
};
