import { ACTIONS } from "../../pipelines/actions";
import type { PipelineIdentity } from "../../pipelines/pipeline";
import type { DeployPlace } from "./deploy-place";
import type { Engine } from "./options";
import { setUpSteps } from "./own-program";
import type { RunStep, Step } from "./workflow";

/*
 * Steps about stacks. A plan's JSON holds secrets in clear: it is in the runner's own folder for what is temporary, which the runner empties,
 * and nothing uploads it. What is kept of a plan is what `goldenpath reviewed` writes, which holds none.
 */

/** The engine that tests of this program run. */
const OPENTOFU: Engine = { name: "opentofu", version: "1.12.6" };

export const engineOf = (engine = OPENTOFU): Engine => engine;

/** Its program. */
export const programOf = ({ name }: Engine): string => (name === "opentofu" ? "tofu" : "terraform");

/** Variables of a job about stacks. */
export const envOf = (
  { access }: DeployPlace,
  engine: Engine,
  identity: "apply" | "plan" | "preview",
): Readonly<Record<string, string>> => ({
  ENGINE: programOf(engine),
  ...access.env(identity),
});

/** Synthesizes `ENVIRONMENT`, with hashes of providers where the repository keeps them. */
export const SYNTHESIZE = [
  `npx --no-install goldenpath synth "$ENVIRONMENT"`,
  `if [ -d locks ]; then cp -r locks/. cdktf.out/stacks/; fi`,
];

/** Providers by the hashes that are kept, if some are: others are refused. */
const init = (folder: string): readonly string[] => [
  `keep=()`,
  `if [ -f "${folder}/.terraform.lock.hcl" ]; then keep=(-lockfile=readonly); fi`,
  `"$ENGINE" -chdir="${folder}" init -input=false "\${keep[@]}"`,
];

const FOLDER = "cdktf.out/stacks/$STACK";

export const engineStep = ({ name, version }: Engine): Step =>
  name === "opentofu"
    ? {
        name: `Set up OpenTofu ${version}`,
        uses: ACTIONS.setupOpentofu,
        with: { tofu_version: version, tofu_wrapper: false },
      }
    : {
        name: `Set up Terraform ${version}`,
        uses: ACTIONS.setupTerraform,
        with: { terraform_version: version, terraform_wrapper: false },
      };

/** The environment's stacks, synthesized, with hashes of providers where the repository keeps them; and the job as who it is to be. */
export const readySteps = (
  { environment, access }: DeployPlace,
  engine: Engine,
  identity: PipelineIdentity,
  code: Parameters<typeof setUpSteps>[0] = {},
): readonly Step[] => [
  ...setUpSteps(code),
  engineStep(engine),
  {
    name: "Synthesize",
    env: { ENVIRONMENT: environment.name },
    run: SYNTHESIZE,
  },
  ...access.signIn(identity),
];

/** Writes what a plan does, without its values, where people look at a run. */
const SUMMARY = [
  `{`,
  `  echo "### $STACK"`,
  `  jq --raw-output '[.resource_changes[]? | select(.change.actions | IN(["no-op"], ["read"]) | not)`,
  `    | "- " + (.change.actions | join(", ")) + " \`" + .address + "\`"]`,
  `    | if length == 0 then "nothing changes" else .[:200][], (if length > 200 then "- and \\(length - 200) more" else empty end) end' "$PLAN.json"`,
  `} >>"$GITHUB_STEP_SUMMARY"`,
];

/** Exit code 2 of a plan: there are changes. Anything else but 0 is a failure, and the step's. */
export const initAndPlan = (lock: boolean, folder = FOLDER): readonly string[] => [
  ...init(folder),
  `status=0`,
  `"$ENGINE" -chdir="${folder}" plan -input=false${lock ? "" : " -lock=false"} -detailed-exitcode -out="$PLAN.bin" || status=$?`,
  `if [ "$status" != 0 ] && [ "$status" != 2 ]; then exit "$status"; fi`,
  `"$ENGINE" -chdir="${folder}" show -json "$PLAN.bin" >"$PLAN.json"`,
];

/** Plans a stack and keeps what it does. `lock`: whether nobody else may change the state meanwhile. */
export const planStep = (stack: string, { lock = false }: { readonly lock?: boolean } = {}): RunStep =>
  stepOf(stack, initAndPlan(lock));

function stepOf(stack: string, plan: readonly string[]): RunStep {
  return {
    name: `Plan ${stack}`,
    id: "plan",
    env: { STACK: stack },
    run: [
      `PLAN="$RUNNER_TEMP/$STACK"`,
      ...plan,
      ...SUMMARY,
      `mkdir -p "$RUNNER_TEMP/reviewed"`,
      `npx --no-install goldenpath reviewed "$PLAN.json" --write "$RUNNER_TEMP/reviewed/$STACK.json"`,
      `if [ "$status" = 2 ]; then changes=true; else changes=false; fi`,
      `echo "changes=$changes" >>"$GITHUB_OUTPUT"`,
    ],
  };
}

/** Whether a state has something that was made, as `true` or `false`. */
const IS_APPLIED = `[.. | objects | select(.mode? == "managed")] | length > 0`;

/** Sets `FOLDER` to that of the stack, or to what can be planned of it before those that it stands on were applied. */
const FIRST = [
  `missing=()`,
  `for stack in $BEFORE; do`,
  ...init("cdktf.out/stacks/$stack").map((line) => `  ${line}`),
  `  is=$("$ENGINE" -chdir="cdktf.out/stacks/$stack" show -json | jq '${IS_APPLIED}')`,
  `  if [ "$is" = true ]; then break; fi`,
  `  missing=("$stack" "\${missing[@]}")`,
  `done`,
  `FOLDER="cdktf.out/stacks/$STACK"`,
  `if [ "\${#missing[@]}" != 0 ]; then`,
  ...init("$FOLDER").map((line) => `  ${line}`),
  `  is=$("$ENGINE" -chdir="$FOLDER" show -json | jq '${IS_APPLIED}')`,
  `  if [ "$is" = true ]; then`,
  `    echo "::error::$STACK was applied, and what it stands on was not: \${missing[*]}. Look at their states"`,
  `    exit 1`,
  `  fi`,
  `  echo "::notice::never applied: \${missing[*]}. $STACK is planned as it can be before, and the report says what that takes for true"`,
  `  npx --no-install goldenpath first-plan "$STACK" "\${missing[@]}"`,
  `  FOLDER="cdktf.out/first/$STACK"`,
  `fi`,
];

/**
 * The same in a pull request: of a stack that is another than the branch's. Before those that it stands on are there it is planned as it can be
 * then. What is changed by hand and not by the pull request is told by drift.
 */
export const tryPlanStep = (stack: string, before: readonly string[]): RunStep => {
  const stands = before.length > 0;
  const step = stepOf(stack, [
    `old="$RUNNER_TEMP/base/cdktf.out/stacks/$STACK"`,
    // Other providers may plan something else of the same stack.
    `lock="locks/$STACK/.terraform.lock.hcl"`,
    `hashes() { if [ -f "$1" ]; then cat "$1"; fi; }`,
    `if [ -d "$old" ] && [ "$(hashes "$RUNNER_TEMP/base/$lock")" = "$(hashes "$lock")" ] && \\`,
    `  diff --recursive --brief --exclude .terraform --exclude .terraform.lock.hcl "$old" "cdktf.out/stacks/$STACK"; then`,
    `  echo "$STACK is what it was"`,
    `  exit 0`,
    `fi`,
    ...(stands ? FIRST : []),
    ...initAndPlan(false, stands ? "$FOLDER" : FOLDER),
  ]);
  return {
    ...step,
    id: `plan-${stack}`,
    // From the nearest on.
    env: { ...step.env, ...(stands && { BEFORE: [...before].reverse().join(" ") }) },
  };
};
