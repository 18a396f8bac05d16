import { ACTIONS } from "../../pipelines/actions";
import type { Permission, RunStep, Step, UseStep } from "./workflow";

/* Steps that several jobs have. */

/** The machine of GitHub's that jobs run on. By its release: `latest` is another one some day. */
export const RUNNER = "ubuntu-24.04";

/** Release of Helm. It has `--rollback-on-failure`, and its chart is tried with it by the tests of this program. */
export const HELM = "v4.3.1";

export const READ_CODE: Permission = { scope: "contents", access: "read", why: "to check out the code" };

export const SIGN_IN: Permission = {
  scope: "id-token",
  access: "write",
  why: "to sign in to the cloud with no key that is kept",
};

/** Checks out the commit that started the run, and keeps no token in the folder. */
export const checkout: UseStep = {
  name: "Check out",
  uses: ACTIONS.checkout,
  with: { "persist-credentials": false },
};

/** An expression of a step or a trigger, as a text that GitHub replaces. */
export const expression = (text: string): string => `\${{ ${text} }}`;

/** What the step `head` says: whether the commit of this run is still the branch's newest. */
export const IS_CURRENT = "steps.head.outputs.current == 'true'";

/**
 * Asks whether the branch has gone on since the run began, as one that waited for others, or for an approval, would put an old
 * commit over a newer one. Steps after it are for `IS_CURRENT`.
 */
export const head = (branch: string): RunStep => ({
  name: `See whether this is the newest commit of ${branch}`,
  id: "head",
  env: { GH_TOKEN: expression("github.token"), BRANCH: branch },
  run: [
    `newest=$(gh api "repos/$GITHUB_REPOSITORY/git/ref/heads/$BRANCH" --jq .object.sha)`,
    `if [ "$newest" = "$GITHUB_SHA" ]; then`,
    `  echo "current=true" >>"$GITHUB_OUTPUT"`,
    `else`,
    `  echo "::notice::$BRANCH is at $newest: its own run does this, and this one nothing"`,
    `  echo "current=false" >>"$GITHUB_OUTPUT"`,
    `fi`,
  ],
});

/** The steps, each only while the commit is the newest. */
export const whileCurrent = (steps: readonly Step[]): readonly Step[] =>
  steps.map((step) => ({ ...step, if: step.if === undefined ? IS_CURRENT : `${step.if} && ${IS_CURRENT}` }));
