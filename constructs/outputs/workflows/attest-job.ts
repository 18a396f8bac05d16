import { ACTIONS } from "../../pipelines/actions";
import type { DeployPlace } from "./deploy-place";
import { expression, RUNNER } from "./steps";
import { digestOfFolder, fetchPlanned } from "./try-job";
import type { Job } from "./workflow";

/* A signature of what was reviewed, by GitHub for the workflow that made it: a check can be made by whoever may write checks. */

/** What the signature is of. It is no provenance: nothing was built. */
export const PREDICATE = "urn:goldenpath:reviewed-plan:1";

/** Signs the digest of what a pull request's plans do. It runs nothing of the pull request. */
export function attestJob(place: DeployPlace): Job {
  const { environment } = place;
  const tried = `try-${environment.name}`;
  return {
    name: `Attest the plan of ${environment.name}`,
    needs: [tried],
    if: `!cancelled() && needs.${tried}.result == 'success'`,
    runsOn: RUNNER,
    timeoutMinutes: 10,
    permissions: [
      { scope: "id-token", access: "write", why: "to sign as this workflow" },
      { scope: "attestations", access: "write", why: "to keep the signature" },
    ],
    steps: [
      fetchPlanned(place),
      {
        name: "Make the digest",
        id: "digest",
        run: [
          `if [ ! -d "$RUNNER_TEMP/reviewed" ]; then exit 0; fi`,
          ...digestOfFolder(`"$RUNNER_TEMP/reviewed"`),
          `echo "digest=$digest" >>"$GITHUB_OUTPUT"`,
        ],
      },
      {
        name: "Attest it",
        if: "steps.digest.outputs.digest != ''",
        uses: ACTIONS.attest,
        with: {
          "subject-name": `plan-of-${environment.name}`,
          "subject-digest": expression("format('sha256:{0}', steps.digest.outputs.digest)"),
          "predicate-type": PREDICATE,
          predicate: expression("toJSON(github.event.pull_request.head.sha)"),
        },
      },
    ],
  };
}

/**
 * Lines that end with an error where what was reviewed was signed by no run of this workflow. `digests`: file with the lines that the
 * digest is of.
 */
export const isAttested = (digests: string): string =>
  `gh attestation verify "${digests}" --repo "$GITHUB_REPOSITORY" --predicate-type "${PREDICATE}" \\\n` +
  `    --signer-workflow "$GITHUB_REPOSITORY/.github/workflows/$WORKFLOW"`;
