import { ACTIONS } from "../../pipelines/actions";
import { builtDigest, builtName, COMMIT_TAG } from "./build";
import { type BuiltImage, variableOf } from "./code";
import { type DeployPlace, runnerOf } from "./deploy-place";
import { guardStep } from "./guard-step";
import { smokeStep } from "./smoke";
import { checkout, head, HELM, READ_CODE, SIGN_IN, whileCurrent } from "./steps";
import type { Job, Step } from "./workflow";

/* A deploy by Helm. The same job, run again, ends where it was meant to, wherever the one before it was cut off. */

/**
 * Label of what Helm keeps of a release: its pages answered. Helm gives the labels of a release to the next one, so that it says the revision which
 * answered, and counts on that alone.
 */
const WORKS = "goldenpath/works";

/** Whether all workloads are of one image, so that the chart's `image.tag` is its tag. */
const isOnly = (place: DeployPlace): boolean =>
  place.images.length === 1 && place.images[0]?.workloads.length === place.application.workloads.length;

/**
 * Takes away what a run that was cut off has left, as Helm goes on with no release that is on its way to another; and keeps which release to
 * go back to. Nobody else is at work: deploys of an environment wait for each other.
 */
const settleStep = ({ timeouts }: DeployPlace): Step => ({
  name: "Settle what was cut off",
  id: "before",
  run: [
    `labelled=$(kubectl get secrets --namespace "$NAMESPACE" --selector "owner=helm,name=$RELEASE,${WORKS}" --output json)`,
    // A list is empty where there is no release, and an error where nobody knows.
    `status=$(helm list --namespace "$NAMESPACE" --filter "^$RELEASE\\$" --output json | jq --raw-output '.[0].status // empty')`,
    `good=$(jq --raw-output '[.items[].metadata.labels | select(.["${WORKS}"] == .version) | .version | tonumber] | max // empty' <<<"$labelled")`,
    `if [ -n "$status" ] && [ -z "$good" ]; then`,
    `  good=$(helm history "$RELEASE" --namespace "$NAMESPACE" --output json |`,
    `    jq --raw-output '[.[] | select(.status == "deployed")] | last | .revision // empty')`,
    `  if [ -n "$good" ]; then echo "::notice::no release is known to have answered; the last that rolled out is $good"; fi`,
    `fi`,
    `case "$status" in`,
    `  pending-install) helm uninstall "$RELEASE" --namespace "$NAMESPACE" --wait ;;`,
    `  pending-*)`,
    `    if [ -z "$good" ]; then`,
    `      echo "::error::$RELEASE is $status, and no revision before it rolled out; look at helm history, and uninstall it if nothing is in it"`,
    `      exit 1`,
    `    fi`,
    `    helm rollback "$RELEASE" "$good" --namespace "$NAMESPACE" --wait --timeout ${timeouts.rollback} ;;`,
    `esac`,
    `echo "revision=$good" >>"$GITHUB_OUTPUT"`,
  ],
});

/** Keeps on the release that it answered, as Helm knows no more than that it rolled out. */
const worksStep = (name: string, condition?: string): Step => ({
  name,
  ...(condition !== undefined && { if: condition }),
  run: [
    `revision=$(helm list --namespace "$NAMESPACE" --filter "^$RELEASE\\$" --output json | jq --raw-output '.[0].revision')`,
    `kubectl label secret "sh.helm.release.v1.$RELEASE.v$revision" --namespace "$NAMESPACE" --overwrite "${WORKS}=$revision"`,
  ],
});

/** Goes back to the release before where the new one rolled out and does not work, which Helm does not see. */
const rollBackStep = ({ timeouts }: DeployPlace): Step => ({
  name: "Roll back",
  id: "back",
  if: "always() && steps.deploy.outcome == 'success' && steps.smoke.outcome != 'success' && steps.smoke.outcome != 'skipped'",
  env: { BEFORE: "${{ steps.before.outputs.revision }}" },
  run: [
    `if [ -z "$BEFORE" ]; then`,
    `  echo "::error::the first release does not work, and there is none to go back to"`,
    `  exit 1`,
    `fi`,
    `helm rollback "$RELEASE" "$BEFORE" --namespace "$NAMESPACE" --wait --timeout ${timeouts.rollback}`,
    `echo "::error::rolled back to revision $BEFORE; migrations that have run stay"`,
  ],
});

export function helmJob(place: DeployPlace, needs: readonly string[]): Job {
  const { application, deploy, images, access, credentials } = place;
  const { environment, branch, url } = deploy;
  const smoke = smokeStep(deploy);
  const steps: readonly Step[] = [
    { name: "Set up Helm", uses: ACTIONS.setupHelm, with: { version: HELM } },
    ...access.signIn("deploy"),
    { name: "Find the cluster", run: credentials },
    settleStep(place),
    upgradeStep(place),
    smoke,
    worksStep("Say that it works"),
    rollBackStep(place),
    {
      ...smoke,
      name: "Smoke test of what it went back to",
      id: "again",
      if: "always() && steps.back.outcome == 'success'",
    },
    worksStep("Say that what it went back to works", "always() && steps.again.outcome == 'success'"),
  ];
  return {
    name: `Deploy to ${environment}`,
    needs,
    if: `github.event_name == 'push' && github.ref == 'refs/heads/${branch}'`,
    runsOn: runnerOf(deploy, "apply"),
    timeoutMinutes: 90,
    environment: { name: environment, url },
    // One after the other, and none is ended half-way.
    concurrency: { group: `deploy-${application.name}-${environment}`, "cancel-in-progress": false },
    permissions: [
      READ_CODE,
      SIGN_IN,
      { scope: "actions", access: "read", why: "to read the rules of the environment" },
    ],
    env: {
      ...access.env("deploy"),
      RELEASE: application.name,
      NAMESPACE: application.namespace,
      ...Object.assign({}, ...images.map((image) => imageEnv(image, images))),
    } as Readonly<Record<string, string>>,
    steps: [guardStep(deploy), head(branch), ...whileCurrent([checkout, ...steps])],
  };
}

function imageEnv(image: BuiltImage, images: readonly BuiltImage[]): Readonly<Record<string, string>> {
  return {
    [variableOf(image.name, "IMAGE")]: builtName(image, images),
    [variableOf(image.name, "TAG")]: `${COMMIT_TAG}@${builtDigest(image, images)}`,
  };
}

function upgradeStep(place: DeployPlace): Step {
  const { chart, deploy } = place;
  const { environment, helm = [] } = deploy;
  const values = place.images.flatMap(({ name, workloads }) => [
    ...(isOnly(place) ? [`image.tag=$${variableOf(name, "TAG")}`] : []),
    ...workloads.flatMap((workload) => [
      `workloads.${workload}.image.repository=$${variableOf(name, "IMAGE")}`,
      ...(isOnly(place) ? [] : [`workloads.${workload}.image.tag=$${variableOf(name, "TAG")}`]),
    ]),
  ]);
  const lines = [
    `helm upgrade --install "$RELEASE" "$CHART" --namespace "$NAMESPACE" --create-namespace`,
    `--set environment="$ENVIRONMENT"`,
    ...values.map((value) => `--set-string "${value}"`),
    ...helm,
    // The flag takes back a release that fails; `--wait` alone would leave it standing.
    `--wait --rollback-on-failure --timeout ${place.timeouts.upgrade}`,
  ];
  return {
    name: "Deploy",
    id: "deploy",
    env: { CHART: `./${chart}`, ENVIRONMENT: environment },
    run: lines.map((line, index) => `${index === 0 ? "" : "  "}${line}${index === lines.length - 1 ? "" : " \\"}`),
  };
}
