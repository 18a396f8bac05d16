module.exports = {
  testEnvironment: "node",
  // Not "constructs/": a folder of that name at the root must not shadow the npm package.
  testMatch: ["**/__tests__/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/cdktf.out/", "/dist/"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out/", "<rootDir>/dist/", "<rootDir>/.cache/"],
  transform: { "^.+\\.ts$": "<rootDir>/scripts/jest-esbuild.cjs" },
};
