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
  commit?: string,
): readonly Step[] => [
  ...setUpSteps(commit),
  engineStep(engine),
  {
    name: "Synthesize",
    env: { ENVIRONMENT: environment.name },
    run: [
      `npx --no-install goldenpath synth "$ENVIRONMENT"`,
      `if [ -d locks ]; then cp -r locks/. cdktf.out/stacks/; fi`,
    ],
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
  `status=0`,
  `"$ENGINE" -chdir="cdktf.out/stacks/$STACK" init -input=false`,
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

/** The same in a pull request, where a stack that the one before it has nothing to stand on for cannot be planned yet. */
export const tryPlanStep = (stack: string, before: string | undefined): RunStep => {
  const step = planStep(stack);
  if (before === undefined) return { ...step, id: `plan-${stack}` };
  const [first = "", ...others] = step.run;
  return {
    ...step,
    id: `plan-${stack}`,
    env: { ...step.env, BEFORE: before },
    run: [
      first,
      `"$ENGINE" -chdir="cdktf.out/stacks/$BEFORE" init -input=false`,
      `if [ "$("$ENGINE" -chdir="cdktf.out/stacks/$BEFORE" show -json | jq 'has("values")')" = false ]; then`,
      `  echo "::notice::$BEFORE was never applied: $STACK is planned once it was"`,
      `  exit 0`,
      `fi`,
      ...others,
    ],
  };
};

/** Says by which name what was reviewed is kept: that of what was synthesized, whatever commit it is of. */
export const nameStep = ({ environment, stacks }: DeployPlace): RunStep => ({
  name: "Name what was synthesized",
  id: "synthesized",
  env: { ENVIRONMENT: environment.name, STACKS: stacks.join(" ") },
  run: [
    `digest=$(for stack in $STACKS; do cat "cdktf.out/stacks/$stack/cdk.tf.json"; done | sha256sum | cut -c1-32)`,
    `echo "name=reviewed-$ENVIRONMENT-$digest" >>"$GITHUB_OUTPUT"`,
  ],
});
