/** Something wrong in a workflow, and which check must say so. */
export interface PlantedWorkflow {
  /** Kind of actionlint's error, or audit of zizmor. */
  readonly check: string;
  readonly change: (workflow: string) => string;
}

/** What actionlint must find in the workflow of the application, each changed in one thing that is right in it. */
export const PLANTED_FOR_ACTIONLINT: readonly PlantedWorkflow[] = [
  { check: "syntax-check", change: (text) => text.replace("timeout-minutes: 30", "timeout-minute: 30") },
  { check: "job-needs", change: (text) => text.replace("      - build-backend\n", "      - build-backends\n") },
  { check: "expression", change: (text) => text.replace("steps.push.outputs.digest", "steps.pushed.outputs.digest") },
  { check: "runner-label", change: (text) => text.replace("runs-on: ubuntu-24.04", "runs-on: ubuntu-24.4") },
  { check: "permissions", change: (text) => text.replace("packages: write", "package: write") },
  // By shellcheck: a word that is split.
  { check: "shellcheck", change: (text) => text.replace('>>"$GITHUB_OUTPUT"', ">>$GITHUB_OUTPUT") },
];

/** What zizmor must find in it. */
export const PLANTED_FOR_ZIZMOR: readonly PlantedWorkflow[] = [
  {
    check: "unpinned-uses",
    change: (text) => text.replace(/actions\/checkout@[0-9a-f]{40} #/, "actions/checkout@v7 #"),
  },
  { check: "artipacked", change: (text) => text.replace("persist-credentials: false", "fetch-depth: 1") },
  {
    check: "template-injection",
    change: (text) => text.replace("run: npm test", "run: echo ${{ github.event.pull_request.title }}"),
  },
  {
    check: "excessive-permissions",
    change: (text) => text.replace("\npermissions: {}\n", "\npermissions: write-all\n"),
  },
  {
    check: "undocumented-permissions",
    change: (text) => text.replace("packages: write # to push the image", "packages: write"),
  },
  { check: "dangerous-triggers", change: (text) => text.replace("\n  pull_request:\n", "\n  pull_request_target:\n") },
];
