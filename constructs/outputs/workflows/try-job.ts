import { stackNames } from "../../model/names";
import { ACTIONS } from "../../pipelines/actions";
import { KEEP_COMMENT } from "./comment";
import { baseStep, OUTPUTS } from "./compared";
import { type DeployPlace, runnerOf } from "./deploy-place";
import type { WorkflowsOptions } from "./options";
import { engineOf, envOf, readySteps, tryPlanStep } from "./stack-steps";
import { checkout, expression, READ_CODE, RUNNER, SIGN_IN } from "./steps";
import type { Job, RunStep, UseStep } from "./workflow";

/* What a pull request gets: plans of the stacks that it changes, and a report of them in a comment. */

/** Artifacts of a run, by environment. */
export const reviewedName = ({ environment }: DeployPlace): string => `reviewed-${environment.name}`;
const reportName = ({ environment }: DeployPlace): string => `report-${environment.name}`;

/** Name of the check that has the digest of what was reviewed. */
export const checkName = ({ environment }: DeployPlace): string => `Plan of ${environment.name}`;

/**
 * Plans each stack that a pull request of this repository's own changes; one of a fork gets no identity, as its code would have it. What was
 * planned is kept once the report has let it pass.
 */
export function tryJob(place: DeployPlace, { engine: given, acknowledged }: WorkflowsOptions): Job {
  const engine = engineOf(given);
  const { deploy, environment, stacks } = place;
  // No application stands on another one.
  const others = [stackNames.cluster(environment.name), stackNames.platform(environment.name)];
  return {
    name: `Plan ${deploy.environment}`,
    needs: ["check"],
    if:
      `github.event_name == 'pull_request' && github.base_ref == '${deploy.branch}' && ` +
      `github.event.pull_request.head.repo.full_name == github.repository && ` +
      // GitHub gives its bot as little as a fork.
      `github.event.pull_request.user.login != 'dependabot[bot]'`,
    runsOn: runnerOf(deploy, "plan"),
    timeoutMinutes: 60,
    permissions: [READ_CODE, SIGN_IN],
    env: envOf(place, engine, "plan"),
    steps: [
      // The commit that a merge would make, and what it is compared with: its first parent.
      ...readySteps(place, engine, "plan", { checkout: { ...checkout, with: { ...checkout.with, "fetch-depth": 2 } } }),
      baseStep(place),
      ...stacks.map((stack, index) =>
        tryPlanStep(
          stack,
          stacks.slice(0, index).filter((one) => others.includes(one)),
        ),
      ),
      reportStep(place, acknowledged),
      {
        name: "Keep the report",
        if: "!cancelled() && steps.report.outcome != 'skipped'",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: reportName(place),
          path: expression("format('{0}/report', runner.temp)"),
          overwrite: true,
          "retention-days": 30,
        },
      },
      {
        name: "Keep what was planned",
        uses: ACTIONS.uploadArtifact,
        with: {
          name: reviewedName(place),
          path: expression("format('{0}/reviewed', runner.temp)"),
          "if-no-files-found": "ignore",
          overwrite: true,
          "retention-days": 90,
        },
      },
    ],
  };
}

/** Sets `gone` to a line for each stack that the branch has and this has not: nothing plans it any more, so that no plan tells. */
const GONE: readonly string[] = [
  `gone=""`,
  `for old in "$RUNNER_TEMP"/base/cdktf.out/stacks/*/; do`,
  `  stack=$(basename "$old")`,
  `  if [ -d "$old" ] && [ ! -d "cdktf.out/stacks/$stack" ]; then`,
  `    says="The program has no stack $stack any more: nothing plans it, and what it made stays as it is until somebody destroys it."`,
  `    echo "::warning::$says"`,
  `    gone+="**$says**"$'\\n\\n'`,
  `  fi`,
  `done`,
];

/** What the plans would do, in the model's words, for people. Stops at a risk that nobody has answered for. */
function reportStep({ environment, stacks }: DeployPlace, acknowledged: string | undefined): RunStep {
  return {
    name: "Report what would happen",
    id: "report",
    env: {
      ENVIRONMENT: environment.name,
      STACKS: stacks.join(" "),
      SOURCE: `${expression("github.server_url")}/${expression("github.repository")}/blob/${expression("github.sha")}`,
      ...(acknowledged !== undefined && { ACKNOWLEDGED: acknowledged }),
    },
    run: [
      `plans=()`,
      `for stack in $STACKS; do`,
      `  if [ -f "$RUNNER_TEMP/$stack.json" ]; then plans+=("$RUNNER_TEMP/$stack.json"); fi`,
      `done`,
      `mkdir -p "$RUNNER_TEMP/report" "$RUNNER_TEMP/reviewed"`,
      ...GONE,
      ...OUTPUTS,
      `if [ "\${#plans[@]}" = 0 ] && [ "\${#outputs[@]}" = 0 ]; then`,
      `  printf '<!-- goldenpath report -->\\n%s' "$gone" >"$RUNNER_TEMP/report/report.md"`,
      `  printf 'No stack of %s is another than before.\\n' "$ENVIRONMENT" >>"$RUNNER_TEMP/report/report.md"`,
      `  exit 0`,
      `fi`,
      `base=()`,
      `if [ -f "$RUNNER_TEMP/base/cdktf.out/model.json" ]; then base=(--base "$RUNNER_TEMP/base/cdktf.out/model.json"); fi`,
      `status=0`,
      `npx --no-install goldenpath report "\${plans[@]}" "\${base[@]}" "\${outputs[@]}" --source "$SOURCE" --markdown "$RUNNER_TEMP/report/report.md" \\`,
      `  --html "$RUNNER_TEMP/report/report.html"${acknowledged === undefined ? "" : ` --acknowledged "$ACKNOWLEDGED"`} || status=$?`,
      // Before all else, as a long report is cut.
      `if [ -n "$gone" ] && [ -f "$RUNNER_TEMP/report/report.md" ]; then`,
      `  mv "$RUNNER_TEMP/report/report.md" "$RUNNER_TEMP/report.md"`,
      `  { head -n 1 "$RUNNER_TEMP/report.md"; printf '%s' "$gone"; tail -n +2 "$RUNNER_TEMP/report.md"; } >"$RUNNER_TEMP/report/report.md"`,
      `fi`,
      `if [ -f "$RUNNER_TEMP/report/report.md" ]; then cat "$RUNNER_TEMP/report/report.md" >>"$GITHUB_STEP_SUMMARY"; fi`,
      `exit "$status"`,
    ],
  };
}

/** Fetches what a pull request's plans do, into `reviewed`. */
export const fetchPlanned = (place: DeployPlace): UseStep => ({
  name: "Fetch what was planned",
  uses: ACTIONS.downloadArtifact,
  with: {
    pattern: reviewedName(place),
    "merge-multiple": true,
    path: expression("format('{0}/reviewed', runner.temp)"),
  },
});

/** Sets `digest` to that of all plans in a folder: what `goldenpath reviewed` has written there, by the names of stacks. `lines`: file for what it is of. */
export const digestOfFolder = (folder: string, lines?: string): readonly string[] => [
  `digest=$(cd ${folder} && find . -name '*.json' | sort | while read -r file; do echo "$file $(jq --raw-output .digest "$file")"; done |${lines === undefined ? "" : ` tee ${lines} |`} sha256sum | cut -c1-64)`,
];

/**
 * Puts the report into one comment of the pull request, again and again the same, and the digest of what was reviewed into a check, which nobody
 * edits. It runs nothing of the pull request: what it reads is the text of the report, and digests.
 */
export function commentJob(place: DeployPlace): Job {
  const { environment } = place;
  const tried = `try-${environment.name}`;
  const into = (what: string) => expression(`format('{0}/${what}', runner.temp)`);
  return {
    name: `Comment on the plan of ${environment.name}`,
    needs: [tried],
    if: `!cancelled() && (needs.${tried}.result == 'success' || needs.${tried}.result == 'failure')`,
    runsOn: RUNNER,
    timeoutMinutes: 10,
    permissions: [
      { scope: "pull-requests", access: "write", why: "to keep the comment" },
      { scope: "checks", access: "write", why: "to say the digest of what was reviewed" },
    ],
    steps: [
      {
        name: "Fetch the report",
        uses: ACTIONS.downloadArtifact,
        with: { pattern: reportName(place), "merge-multiple": true, path: into("report") },
      },
      fetchPlanned(place),
      {
        name: "Say the digest",
        env: {
          GH_TOKEN: expression("github.token"),
          HEAD: expression("github.event.pull_request.head.sha"),
          CHECK: checkName(place),
        },
        run: [
          `if [ ! -d "$RUNNER_TEMP/reviewed" ]; then exit 0; fi`,
          ...digestOfFolder(`"$RUNNER_TEMP/reviewed"`),
          `gh api --method POST "repos/$GITHUB_REPOSITORY/check-runs" --silent --raw-field name="$CHECK" --raw-field head_sha="$HEAD" \\`,
          `  --raw-field conclusion=neutral --raw-field "output[title]=$digest" \\`,
          `  --raw-field "output[summary]=Digest of what was planned and reported. What is applied does nothing else."`,
        ],
      },
      {
        name: "Keep the comment",
        env: {
          GH_TOKEN: expression("github.token"),
          NUMBER: expression("github.event.number"),
          MARK: `<!-- goldenpath ${environment.name} -->`,
        },
        run: [
          `if [ ! -f "$RUNNER_TEMP/report/report.md" ]; then`,
          `  echo "::notice::there is no report: the run says why"`,
          `  exit 0`,
          `fi`,
          // In place of the report's own first line: a branch may be of several environments.
          // And no longer than GitHub takes, whatever the mark is longer than that line.
          `{ echo "$MARK"; tail -n +2 "$RUNNER_TEMP/report/report.md"; } | head -c 65500 | iconv -c -f utf-8 -t utf-8 >"$RUNNER_TEMP/comment.md"`,
          ...KEEP_COMMENT,
        ],
      },
    ],
  };
}
