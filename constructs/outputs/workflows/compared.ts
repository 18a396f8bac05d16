import type { DeployPlace } from "./deploy-place";
import { INSTALL } from "./own-program";
import type { RunStep } from "./workflow";

/* What a pull request is compared with: the branch as it is, synthesized and rendered beside it, without a history of anything. */

/** Takes down what is rendered beside the stacks. Where that fails, as with a branch whose program knows no such thing, nothing is said of it. */
const record = (file: string): string => `npx --no-install goldenpath render --check --quiet --record ${file} || true`;

/** Synthesizes what the branch has now, so that only what is another is planned, and told by what it was. */
export function baseStep({ environment }: DeployPlace): RunStep {
  return {
    name: "Synthesize what it is compared with",
    env: { ENVIRONMENT: environment.name },
    run: [
      // A machine that is not new may know one that is gone.
      `git worktree prune`,
      `git worktree add --quiet --detach "$RUNNER_TEMP/base" 'HEAD^1'`,
      `cd "$RUNNER_TEMP/base"`,
      `if ! { ${INSTALL} && npx --no-install goldenpath synth "$ENVIRONMENT"; }; then`,
      `  echo "::notice::what the branch has cannot be synthesized: nothing is said of what it was"`,
      `  rm -rf "$RUNNER_TEMP/base/cdktf.out"`,
      `else`,
      `  ${record(`"$RUNNER_TEMP/base-outputs.json"`)}`,
      `fi`,
    ],
  };
}

/** Sets `outputs` to the options by which a report tells what else is rendered and changes: to none where one side is not known. */
export const OUTPUTS: readonly string[] = [
  `outputs=()`,
  `if [ -f "$RUNNER_TEMP/base-outputs.json" ]; then`,
  `  ${record(`"$RUNNER_TEMP/head-outputs.json"`)}`,
  `fi`,
  `if [ -f "$RUNNER_TEMP/head-outputs.json" ]; then`,
  `  outputs=(--base-outputs "$RUNNER_TEMP/base-outputs.json" --head-outputs "$RUNNER_TEMP/head-outputs.json")`,
  `else`,
  `  echo "::notice::nothing is said of what else is rendered: what the branch renders is not known"`,
  `fi`,
];
