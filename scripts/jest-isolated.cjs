// For tests that wait for programs: each file in a context of its own, with time-outs.
module.exports = {
  testEnvironment: "node",
  modulePathIgnorePatterns: ["<rootDir>/cdktf\\.out[./]", "<rootDir>/dist/", "<rootDir>/.cache/"],
  reporters: ["default", "<rootDir>/scripts/jest-failures-last.cjs"],
  transform: { "^.+\\.ts$": "<rootDir>/scripts/jest-esbuild.cjs" },
};
