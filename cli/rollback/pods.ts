import { rolloutSeconds } from "../../constructs/kubernetes/rollout";
import { cdktfWords, rolloutWords, undoWords } from "../../constructs/releases/commands";
import { podsBefore, readReplicaSets, type ReplicaSet } from "../../constructs/releases/replica-sets";
import { duration } from "../../constructs/releases/time-outs";
import { EXIT, type Exit, Refused } from "../command";
import { agreed } from "./agree";
import { reason } from "./programs";
import { complain, deploymentsOf, inContext, type Rollback, say, sayCommands, sayList, waitFor } from "./rollback";

/* The way back of single workloads, where Terraform releases: Kubernetes' own at once, and the environment's file for good. */

interface Workload {
  readonly name: string;
  readonly now: ReplicaSet;
  readonly before: ReplicaSet;
  readonly undo: readonly string[];
  readonly wait: readonly string[];
}

const imagesOf = ({ name, now, before: older }: Workload): string[] => {
  const changed = [...older.images].filter(([container, image]) => now.images.get(container) !== image);
  return changed.length === 0
    ? [`${name}: the same; its settings are others`]
    : changed.map(
        ([container, image]) => `${name}, ${container}: ${now.images.get(container) ?? "not there"} → ${image}`,
      );
};

/** Goes back, or says how. */
export async function goBackByPods(rollback: Rollback): Promise<Exit> {
  const { application } = rollback.rendered;
  if (rollback.to !== undefined)
    throw new Refused("--to: workloads go back to the pods that they had before; leave it out");
  // Two environments may have one namespace and one name in two clusters, and pods say nothing of theirs.
  if (rollback.consent.run && rollback.context === undefined) {
    throw new Refused(
      `--run: which cluster is meant is not to be seen on its pods; name the context of ${rollback.environment} with --context`,
    );
  }
  const found = await Promise.all(deploymentsOf(rollback).map((one) => before(rollback, one)));
  const wrong = found.flatMap((one) => (typeof one === "string" ? [one] : []));
  const workloads = found.flatMap((one) => (typeof one === "string" ? [] : [one]));
  if (wrong.length > 0) {
    complain("", ...wrong);
    return EXIT.wrong;
  }
  sayList("Images:", workloads.flatMap(imagesOf));
  sayCommands(workloads.flatMap(({ undo, wait }) => [undo, wait]));
  const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
  say(
    "",
    "The next deploy brings the release again. For good, say so in the environment's file, or revert the commit that released:",
    `  workloads: {`,
    ...workloads.map(
      ({ name, before: { images } }) => `    ${key(name)}: { image: ${JSON.stringify(images.get(name))} },`,
    ),
    `  },`,
    `and deploy it: ${cdktfWords("deploy", application.stackName).join(" ")}`,
  );
  if (!rollback.consent.run) return EXIT.done;
  const names = workloads.map(({ name }) => name).join(", ");
  if (
    !(await agreed(`Go back to the pods before of ${names}, in context ${rollback.context ?? ""}?`, rollback.consent))
  ) {
    complain("nothing was done");
    return EXIT.wrong;
  }
  const began = performance.now();
  for (const { undo } of workloads) {
    if ((await rollback.programs.show(undo)).code !== 0) {
      complain("", "kubectl did not go back; what is above it has begun to");
      return EXIT.wrong;
    }
  }
  return waitFor(
    rollback.programs,
    workloads.map(({ wait }) => wait),
    began,
  );
}

type Deployment = ReturnType<typeof deploymentsOf>[number];

/** Pods that a Deployment had before, or why it cannot go back to them. */
async function before(rollback: Rollback, deployment: Deployment): Promise<Workload | string> {
  const { programs, rendered, seconds } = rollback;
  const { application } = rendered;
  const { name: object } = deployment.metadata;
  const name = application.workloads.find(({ objectName }) => objectName === object)?.name ?? object;
  const kubectl = (...args: readonly string[]) =>
    programs.ask(inContext(rollback, ["kubectl", "-n", application.namespace, ...args]));
  const said = await kubectl("get", "replicasets", "-l", `app=${object}`, "--output", "json");
  if (said.code !== 0) return `${name}: kubectl does not say which pods it had: ${reason(said)}`;
  const found = podsBefore(readReplicaSets(said.stdout, object));
  if (found === undefined) {
    return `${name}: nothing to go back to: there are no pods of it that were made before those of now; give it an image in the environment's file`;
  }
  const missing = await missingOf(kubectl, found.before.reads);
  if (typeof missing === "string") return `${name}: ${missing}`;
  if (missing.length > 0) {
    return `${name}: its pods of before read ${missing.join(", ")}, which is gone; revert the commit that released, and deploy`;
  }
  return {
    name,
    ...found,
    undo: inContext(rollback, undoWords(application, object, found.before.revision)),
    wait: inContext(rollback, rolloutWords(application, object, duration(seconds ?? rolloutSeconds(deployment)))),
  };
}

async function missingOf(
  kubectl: (...args: readonly string[]) => ReturnType<Rollback["programs"]["ask"]>,
  reads: readonly string[],
): Promise<readonly string[] | string> {
  if (reads.length === 0) return [];
  const said = await kubectl("get", ...reads, "--ignore-not-found", "--output", "name");
  if (said.code !== 0) return `kubectl does not say what is there: ${reason(said)}`;
  const there = new Set(said.stdout.split("\n").map((one) => one.trim()));
  return reads.filter((one) => !there.has(one));
}
