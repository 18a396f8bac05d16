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
  identity: "apply" | "plan",
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
const init = (stack: string): readonly string[] => [
  `keep=()`,
  `if [ -f "cdktf.out/stacks/${stack}/.terraform.lock.hcl" ]; then keep=(-lockfile=readonly); fi`,
  `"$ENGINE" -chdir="cdktf.out/stacks/${stack}" init -input=false "\${keep[@]}"`,
];

const engineStep = ({ name, version }: Engine): Step =>
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
export const initAndPlan = (lock: boolean): readonly string[] => [
  ...init("$STACK"),
  `status=0`,
  `"$ENGINE" -chdir="cdktf.out/stacks/$STACK" plan -input=false${lock ? "" : " -lock=false"} -detailed-exitcode -out="$PLAN.bin" || status=$?`,
  `if [ "$status" != 0 ] && [ "$status" != 2 ]; then exit "$status"; fi`,
  `"$ENGINE" -chdir="cdktf.out/stacks/$STACK" show -json "$PLAN.bin" >"$PLAN.json"`,
];

/** Plans a stack and keeps what it does. `lock`: whether nobody else may change the state meanwhile. */
export const planStep = (stack: string, { lock = false }: { readonly lock?: boolean } = {}): RunStep => ({
  name: `Plan ${stack}`,
  id: "plan",
  env: { STACK: stack },
  run: [
    `PLAN="$RUNNER_TEMP/$STACK"`,
    ...initAndPlan(lock),
    ...SUMMARY,
    `mkdir -p "$RUNNER_TEMP/reviewed"`,
    `npx --no-install goldenpath reviewed "$PLAN.json" --write "$RUNNER_TEMP/reviewed/$STACK.json"`,
    `if [ "$status" = 2 ]; then changes=true; else changes=false; fi`,
    `echo "changes=$changes" >>"$GITHUB_OUTPUT"`,
  ],
});

/**
 * The same in a pull request: of a stack that is another than the branch's, once the one before it is there for it to stand on. What is changed
 * by hand and not by the pull request is told by drift.
 */
export const tryPlanStep = (stack: string, before: string | undefined): RunStep => {
  const step = planStep(stack);
  const [first = "", ...others] = step.run;
  return {
    ...step,
    id: `plan-${stack}`,
    env: { ...step.env, ...(before !== undefined && { BEFORE: before }) },
    run: [
      first,
      `old="$RUNNER_TEMP/base/cdktf.out/stacks/$STACK"`,
      `if [ -d "$old" ] && diff --recursive --brief --exclude .terraform --exclude .terraform.lock.hcl "$old" "cdktf.out/stacks/$STACK"; then`,
      `  echo "$STACK is what it was"`,
      `  exit 0`,
      `fi`,
      ...(before === undefined
        ? []
        : [
            ...init("$BEFORE"),
            `if [ "$("$ENGINE" -chdir="cdktf.out/stacks/$BEFORE" show -json | jq 'has("values")')" = false ]; then`,
            `  echo "::notice::$BEFORE was never applied: $STACK is planned once it was"`,
            `  exit 0`,
            `fi`,
          ]),
      ...others,
    ],
  };
};
