import { ACTIONS } from "../../../pipelines/actions";
import { previewEnvironment } from "../../../pipelines/subjects";
import { type BuiltImage, variableOf } from "../code";
import { KEEP_COMMENT } from "../comment";
import { type DeployPlace, runnerOf } from "../deploy-place";
import type { Engine } from "../options";
import { setUpSteps } from "../own-program";
import { engineOf, engineStep, envOf } from "../stack-steps";
import { expression, READ_CODE, RUNNER, SIGN_IN, whileCurrent } from "../steps";
import type { Job, RunStep } from "../workflow";
import { type Asked, NAMED } from "./of";

/* A deploy of one preview, and the comment that says where it is. */

/** Longest that one apply may take, in minutes. */
const APPLY_MINUTES = 30;

interface PreviewJob {
  readonly place: DeployPlace;
  readonly engine: Engine | undefined;
  readonly asked: Asked;
  /** Whose program decides what is applied: an expression of a commit, or a branch. */
  readonly program: string;
  readonly condition: string;
  readonly needs: readonly string[];
  /** Expression of each image, with its digest. */
  readonly pushed: (image: BuiltImage) => string;
}

/** First line of the comment, which tells it from others. */
const mark = ({ environment }: DeployPlace): string => `<!-- goldenpath preview ${environment.name} -->`;

const statementName = ({ environment }: DeployPlace): string => `statement-${environment.name}`;

/** Asks whether the pull request is open and has this commit still, as a run that waited, or that is run again, may be of an old one. */
export const openStep = ({ number, commit }: Asked): RunStep => ({
  name: "See whether the pull request is at this commit",
  id: "head",
  env: { GH_TOKEN: expression("github.token"), NUMBER: number, COMMIT: commit },
  run: [
    `is=$(gh api "repos/$GITHUB_REPOSITORY/pulls/$NUMBER" --jq '.state + " " + .head.sha')`,
    `if [ "$is" = "open $COMMIT" ]; then`,
    `  echo "current=true" >>"$GITHUB_OUTPUT"`,
    `else`,
    `  echo "::notice::the pull request is $is: another run does this, or none, and this one nothing"`,
    `  echo "current=false" >>"$GITHUB_OUTPUT"`,
    `fi`,
  ],
});

/** Writes the stacks of the preview, the statement for the comment, and the first address for GitHub's page. */
const writeStep = (place: DeployPlace, { number, commit }: Asked): RunStep => ({
  name: "Write the preview",
  id: "preview",
  env: { ENVIRONMENT: place.environment.name, NUMBER: number, COMMIT: commit },
  run: [
    `asked=("$ENVIRONMENT" "$NUMBER" --repository "$GITHUB_REPOSITORY" --commit "$COMMIT" --images "$RUNNER_TEMP/images.json" --at "$(date --utc +%Y-%m-%dT%H:%M:%SZ)")`,
    `mkdir -p "$RUNNER_TEMP/statement"`,
    `npx --no-install goldenpath preview "\${asked[@]}" --json >"$RUNNER_TEMP/preview.json"`,
    `npx --no-install goldenpath preview "\${asked[@]}" --format markdown >"$RUNNER_TEMP/said.md"`,
    `{`,
    `  printf 'Commit %s, until %s and for as long again with each deploy.\\n\\n' "$COMMIT" "$(jq --raw-output .expires "$RUNNER_TEMP/preview.json")"`,
    `  cat "$RUNNER_TEMP/said.md"`,
    `} >"$RUNNER_TEMP/statement/statement.md"`,
    `cat "$RUNNER_TEMP/statement/statement.md" >>"$GITHUB_STEP_SUMMARY"`,
    `echo "url=$(jq --raw-output '[.statement.applications[].addresses[]] | first // empty' "$RUNNER_TEMP/preview.json")" >>"$GITHUB_OUTPUT"`,
  ],
});

const APPLY: RunStep = {
  name: "Apply the preview",
  run: [
    `jq --raw-output '.stacks[]' "$RUNNER_TEMP/preview.json" >"$RUNNER_TEMP/stacks"`,
    `while read -r stack <&3; do`,
    `  folder="cdktf.out/previews/stacks/$stack"`,
    `  "$ENGINE" -chdir="$folder" init -input=false`,
    // In the foreground, as the engine takes a second interrupt, of its group, for an order to leave everything as it is.
    `  timeout --foreground --signal INT --kill-after 5m ${APPLY_MINUTES}m "$ENGINE" -chdir="$folder" apply -input=false -auto-approve`,
    `done 3<"$RUNNER_TEMP/stacks"`,
  ],
};

/** Deploys a preview by the identity of previews. The program runs before it signs in; what it has written is applied after. */
export function previewJob({ place, engine: given, asked, program, condition, needs, pushed }: PreviewJob): Job {
  const engine = engineOf(given);
  const { environment, deploy, images, access } = place;
  const variables = Object.fromEntries(images.map((image) => [variableOf(image.name, "IMAGE"), pushed(image)]));
  const words = images.map(({ name }) => `--arg ${name} "$${variableOf(name, "IMAGE")}"`);
  return {
    name: `Preview in ${environment.name}`,
    needs,
    if: condition,
    // What plans runs the code of pull requests, and what applies never does.
    runsOn: runnerOf(deploy, "plan"),
    timeoutMinutes: 90,
    // One deploy of a preview at a time, and none is ended half-way; of those that wait GitHub keeps the newest.
    concurrency: { group: `preview-${environment.name}-${asked.number}`, "cancel-in-progress": false },
    environment: { name: previewEnvironment(environment.name), url: expression("steps.preview.outputs.url") },
    permissions: [
      READ_CODE,
      SIGN_IN,
      { scope: "pull-requests", access: "read", why: "to see whether it is open, and at this commit" },
    ],
    env: envOf(place, engine, "preview"),
    steps: [
      openStep(asked),
      ...whileCurrent([
        ...setUpSteps({ commit: program }),
        engineStep(engine),
        {
          name: "Write what was built",
          env: variables,
          run: [`jq --null-input '$ARGS.named' ${words.join(" ")} >"$RUNNER_TEMP/images.json"`],
        },
        writeStep(place, asked),
        ...access.signIn("preview"),
        APPLY,
        {
          name: "Keep the statement",
          uses: ACTIONS.uploadArtifact,
          with: {
            name: statementName(place),
            path: expression("format('{0}/statement', runner.temp)"),
            overwrite: true,
            "retention-days": 7,
          },
        },
      ]),
    ],
  };
}

/** Puts addresses and statement into one comment of the pull request, again and again the same. It runs nothing of the pull request. */
export function previewCommentJob(place: DeployPlace, { number }: Asked, previewed: string): Job {
  const { environment } = place;
  return {
    name: `Comment on the preview in ${environment.name}`,
    needs: [previewed],
    runsOn: RUNNER,
    timeoutMinutes: 10,
    permissions: [{ scope: "pull-requests", access: "write", why: "to keep the comment" }],
    steps: [
      {
        name: "Fetch the statement",
        uses: ACTIONS.downloadArtifact,
        with: {
          pattern: statementName(place),
          "merge-multiple": true,
          path: expression("format('{0}/statement', runner.temp)"),
        },
      },
      {
        name: "Keep the comment",
        env: { GH_TOKEN: expression("github.token"), NUMBER: number, MARK: mark(place) },
        run: [
          `if [ ! -f "$RUNNER_TEMP/statement/statement.md" ]; then`,
          `  echo "::notice::nothing was deployed: the run says why"`,
          `  exit 0`,
          `fi`,
          // GitHub takes 65,536 characters.
          `{ echo "$MARK"; cat "$RUNNER_TEMP/statement/statement.md"; } | head -c 65500 | iconv -c -f utf-8 -t utf-8 >"$RUNNER_TEMP/comment.md"`,
          ...KEEP_COMMENT,
        ],
      },
    ],
  };
}

/** Looks at what somebody has named before anything of it is built. */
export const lookJob = (places: readonly DeployPlace[]): Job => ({
  name: "Look at what was named",
  if: "github.event_name == 'workflow_dispatch'",
  runsOn: RUNNER,
  timeoutMinutes: 5,
  permissions: [{ scope: "pull-requests", access: "read", why: "to see whose it is, and at which commit" }],
  steps: [
    {
      name: "See whether it can be previewed",
      env: {
        GH_TOKEN: expression("github.token"),
        NUMBER: NAMED.number,
        COMMIT: NAMED.commit,
        ENVIRONMENT: expression("inputs.environment"),
        BRANCHES: places.map(({ environment, deploy }) => `${environment.name}=${deploy.branch}`).join(" "),
      },
      run: [
        `wrong=0`,
        `wrong() { echo "::error::$1"; wrong=1; }`,
        `if ! [[ "$NUMBER" =~ ^[1-9][0-9]{0,6}$ ]]; then wrong "number: got '$NUMBER'; give that of a pull request: 123"; fi`,
        `if ! [[ "$COMMIT" =~ ^[0-9a-f]{40}$ ]]; then wrong "commit: got '$COMMIT'; give the 40 digits of what you have read, in lower case"; fi`,
        `if [ "$wrong" != 0 ]; then exit 1; fi`,
        `gh api "repos/$GITHUB_REPOSITORY/pulls/$NUMBER" >"$RUNNER_TEMP/pull.json"`,
        `said() { jq --raw-output "$1" "$RUNNER_TEMP/pull.json"; }`,
        `if [ "$(said .state)" != open ]; then wrong "#$NUMBER is $(said .state)"; fi`,
        `if [ "$(said .head.sha)" != "$COMMIT" ]; then wrong "#$NUMBER is at $(said .head.sha) and not at $COMMIT any more: read what came since"; fi`,
        `if [ "$(said .head.repo.full_name)" = "$GITHUB_REPOSITORY" ] && [ "$(said .user.login)" != "dependabot[bot]" ]; then`,
        `  wrong "#$NUMBER is of this repository's own: each push to it deploys its preview"`,
        `fi`,
        `for one in $BRANCHES; do`,
        `  if [ "\${one%%=*}" = "$ENVIRONMENT" ] && [ "\${one#*=}" != "$(said .base.ref)" ]; then`,
        `    wrong "#$NUMBER is against $(said .base.ref), and $ENVIRONMENT is of \${one#*=}"`,
        `  fi`,
        `done`,
        `exit "$wrong"`,
      ],
    },
  ],
});
