/** What every project ignores: copies of the tree, and what was built of it. */
const modulePathIgnorePatterns = [
  "<rootDir>/templates/",
  "<rootDir>/cdktf\\.out[./]",
  "<rootDir>/dist/",
  "<rootDir>/.cache/",
];

/**
 * In bare Node: a context for each file loaded the provider bindings once for each of 148 files, which was most of the
 * time. In processes: threads have no working directory, signals and exit code of their own.
 */
const inProcess = (displayName, testMatch) => ({
  displayName,
  testMatch,
  runner: ["<rootDir>/scripts/jest-runner.mjs", { runtime: "child_process" }],
  setupFiles: ["<rootDir>/scripts/jest-typescript.mjs"],
  transform: {},
  modulePathIgnorePatterns,
  // Not "constructs/": a folder of that name at the root must not shadow the npm package.
  testPathIgnorePatterns: ["/node_modules/", "/cdktf\\.out[./]", "/dist/"],
});

/** For tests that wait for programs: each file in a context of its own, with a time-out in milliseconds for each test. */
const isolated = (displayName, testMatch, timeout, more = {}) => ({
  displayName,
  testMatch,
  testEnvironment: "node",
  transform: { "^.+\\.ts$": "<rootDir>/scripts/jest-esbuild.cjs" },
  modulePathIgnorePatterns,
  globals: { TEST_TIMEOUT: timeout },
  setupFilesAfterEnv: ["<rootDir>/scripts/jest-time-out.cjs"],
  ...more,
});

// How many files run at a time is for the whole of Jest, so the scripts of package.json say it: on all cores, as the tests are
// what the person at the machine is waiting for, and fewer where tests start programs that take a core themselves.
module.exports = {
  reporters: ["default", "<rootDir>/scripts/jest-failures-last.cjs"],
  projects: [
    inProcess("unit", ["**/__tests__/**/*.test.ts"]),
    // Wrong and odd input, by the thousand and from a seed.
    inProcess("fuzz", ["<rootDir>/__tests__/fuzz/**/*.fuzz.ts"]),
    // Programs of other teams, in folders of their own, with the packed package.
    isolated("package", ["<rootDir>/__tests__/package/**/*.package.ts"], 180_000, {
      globalSetup: "<rootDir>/__tests__/package/support/set-up.ts",
      globalTeardown: "<rootDir>/__tests__/package/support/tear-down.ts",
    }),
    // Repositories that templates make, by the packed package.
    isolated("templates", ["<rootDir>/__tests__/templates/**/*.templates.ts"], 300_000, {
      globalSetup: "<rootDir>/__tests__/templates/support/set-up.ts",
      globalTeardown: "<rootDir>/__tests__/templates/support/tear-down.ts",
    }),
    // Programs without cdktf: by CDK Terrain, and as plain Terraform.
    isolated("exits", ["<rootDir>/__tests__/exits/**/*.exits.ts"], 300_000),
    // What users live through, edit after edit, on a real engine.
    isolated("stories", ["<rootDir>/__tests__/stories/**/*.story.ts"], 120_000),
    // What Docker Compose itself makes of compose.yaml.
    isolated("compose", ["<rootDir>/__tests__/compose/**/*.compose.ts"], 5_000),
    // What both Helms make of charts and values. No cluster is needed for that.
    isolated("helm", ["<rootDir>/__tests__/helm/**/*.helm.ts"], 120_000),
    // What was rendered, under the programs it is for.
    isolated("real", ["<rootDir>/__tests__/real/**/*.real.ts"], 60_000, {
      globalSetup: "<rootDir>/__tests__/real/support/set-up.ts",
    }),
    // Faults that are made for real, at the true speed of rules. Too long for CI.
    isolated("faults", ["<rootDir>/__tests__/faults/**/*.faults.ts"], 5_400_000, {
      globalSetup: "<rootDir>/__tests__/faults/support/set-up.ts",
      globalTeardown: "<rootDir>/__tests__/faults/support/tear-down.ts",
    }),
    // What was rendered, on a real control plane.
    isolated("cluster", ["<rootDir>/__tests__/cluster/**/*.cluster.ts"], 180_000, {
      globalSetup: "<rootDir>/__tests__/cluster/support/set-up.ts",
      globalTeardown: "<rootDir>/__tests__/cluster/support/tear-down.ts",
    }),
    // Machines that run jobs, by their playbook: a copy of this machine that systemd boots in.
    isolated("machine", ["<rootDir>/__tests__/machine/**/*.machine.ts"], 180_000),
    // What is copied of it and comes back, by Velero.
    isolated("velero", ["<rootDir>/__tests__/velero/**/*.velero.ts"], 180_000, {
      globalSetup: "<rootDir>/__tests__/cluster/support/set-up.ts",
      globalTeardown: "<rootDir>/__tests__/cluster/support/tear-down.ts",
    }),
    // The same with KEDA, which takes long to build.
    isolated("keda", ["<rootDir>/__tests__/cluster/keda/**/*.keda.ts"], 180_000, {
      globalSetup: "<rootDir>/__tests__/cluster/support/set-up.ts",
      globalTeardown: "<rootDir>/__tests__/cluster/support/tear-down.ts",
    }),
  ],
};
