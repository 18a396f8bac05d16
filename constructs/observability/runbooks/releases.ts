import { rollbackWords } from "../../releases/commands";
import { line } from "../../releases/shell";
import { helmBack as back, deploy, helm, helmRelease, kubectl, rolledOut, undo } from "./commands";
import { code } from "./in-words";
import type { Operated, Running } from "./operated";
import type { Step } from "./page";

/* What a release has changed, how to go back, and what becomes of a change that somebody makes by hand. */

/** What was released last. */
export const history = (operated: Operated, { deployment: { metadata } }: Running): Step => ({
  say: "Did it begin with a release?",
  run: [
    kubectl(operated, "rollout", "history", `deployment/${metadata.name}`),
    ...(operated.release === "helm" ? [helm(operated, "history")] : []),
  ],
});

/** The way back to the release before. */
export const rollBack = (operated: Operated, one: Running): Step[] =>
  operated.release === "helm" ? helmBack(operated, one) : terraformBack(operated, one);

/** Says what cannot go back, and the commands that do. */
export const plan = ({ application: { environment, name } }: Operated): string =>
  line(rollbackWords(environment, name));

const MIGRATIONS = "A migration that has run is not taken back.";

function helmBack(operated: Operated, one: Running): Step[] {
  return [
    {
      say: `Roll back, all workloads of the application at once. The first command says to which revision, and with ${code("--run")} it goes there; those after it go to the one before the newest, which is another one where an upgrade has failed. ${MIGRATIONS}`,
      run: [plan(operated), helm(operated, "history"), back(operated), rolledOut(operated, one)],
    },
  ];
}

function terraformBack(operated: Operated, one: Running): Step[] {
  const { workload } = one;
  return [
    {
      say: `Roll back: give the workload the image of the release before in the environment's file, or revert the commit that released, and deploy. ${MIGRATIONS}`,
      write: `workloads: { ${key(workload.name)}: { image: "the image of the release before" } },`,
      run: [deploy(operated), rolledOut(operated, one)],
    },
    {
      say: `Faster, for the time until then: Kubernetes' own way back. It helps where the image alone has changed, for the ConfigMap of older pods may be gone; the next deploy of ${code(operated.application.stackName)} takes it back.`,
      run: [undo(operated, one), rolledOut(operated, one)],
    },
  ];
}

/** A key of an object literal. */
export function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** What becomes of a field that somebody changed by hand, as a sentence. */
export const takenBack = ({ release, application: { stackName } }: Operated): string =>
  release === "helm"
    ? "The next upgrade takes it back with Helm 3; Helm 4 refuses the upgrade, as the field is somebody else's, until it is told `--force-conflicts`."
    : `The next deploy of ${code(stackName)} takes it back.`;

/** How what was written into the environment's file comes to the cluster. */
export const release = (operated: Operated): string[] => [
  deploy(operated),
  ...(operated.release === "helm" ? ["npx goldenpath render", helmRelease(operated, "--reuse-values")] : []),
];
