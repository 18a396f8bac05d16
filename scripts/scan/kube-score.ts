import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { objectExceptions } from "../../constructs/kubernetes/check-exceptions";
import type { KubernetesObject } from "../../constructs/kubernetes/objects";
import { loadEnvironments } from "../../constructs/model/load";
import { environments } from "../../environments";
import { literalObjects } from "../engine/application-objects";
import { PLANTED } from "./kube-score-planted";
import { ANY_OBJECT, type Finding, type Scan, ScanError, type Subject } from "./scan";
import { run } from "./tools";

interface Scored {
  /** `Deployment/apps/v1/my-app-prod/my-app-backend` */
  readonly object_name: string;
  readonly checks: readonly {
    readonly check: { readonly id: string; readonly name: string };
    /** 10 is without fault. */
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** Kinds it has checks for. */
// prettier-ignore
const SCORED = new Set([
  "CronJob", "DaemonSet", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job", "NetworkPolicy", "Pod",
  "PodDisruptionBudget", "Service", "StatefulSet",
]);

/** Optional checks that ask for nothing we argue against; the others want requests and limits to be equal. */
const OPTIONAL = ["container-ports-check", "container-seccomp-profile"];

const comment = ({ path, summary }: { readonly path: string; readonly summary: string }): string =>
  path === "" ? summary : `${path}: ${summary}`;

const scoredName = ({ kind, apiVersion, metadata }: KubernetesObject): string =>
  [kind, apiVersion, metadata.namespace ?? "", metadata.name].join("/");

/** Each application's Kubernetes objects as the API server gets them, by kube-score. */
export async function kubeScore(work: string): Promise<Scan> {
  const root = join(work, "kube-score");
  mkdirSync(root);
  const applications = loadEnvironments(environments).flatMap((environment) =>
    environment.applications.map((application) => ({
      stack: application.stackName,
      kubernetes: environment.cloud.describe(environment).kubernetesVersion,
      objects: literalObjects(environment, application),
    })),
  );
  const subjects = new Map<string, Subject>();
  const results: Scored[] = [];
  // Environments on several clouds may give their applications one namespace: what is of which is told by the stack.
  const within = (stack: string, name: string): string => `${stack}: ${name}`;
  for (const { stack, objects, kubernetes } of applications) {
    for (const object of objects) {
      const { kind, metadata } = object;
      const subject = { title: `${stack}: ${kind} ${metadata.name}`, exceptions: objectExceptions(object) };
      if (SCORED.has(kind)) subjects.set(within(stack, scoredName(object)), subject);
    }
    for (const found of await score(root, stack, objects, kubernetes))
      results.push({ ...found, object_name: within(stack, found.object_name) });
  }
  // An autoscaler can only lose what it scales where there is one.
  const whole = applications.find(({ objects }) => objects.some(({ kind }) => kind === "HorizontalPodAutoscaler"));
  const missed = await missedPlanted(root, whole?.objects ?? [], whole?.kubernetes);
  const scored = new Set(results.map(({ object_name }) => object_name));
  const checks = results.flatMap(({ object_name, checks: all }) => all.map((check) => ({ object_name, ...check })));
  return {
    tool: await version(root),
    scope: `${scored.size} objects of ${applications.length} applications`,
    subjects: [...subjects.values(), ANY_OBJECT],
    owns: (check) => !/^(CKV|[a-z]+_)/.test(check),
    passed: checks.filter(({ grade, skipped }) => grade >= 10 && !skipped).length,
    findings: checks
      .filter(({ grade, skipped }) => grade < 10 && !skipped)
      .map(({ object_name, check, comments }): Finding => {
        const subject = subjects.get(object_name) ?? { title: object_name, exceptions: [] };
        return { subject, check: check.id, text: (comments ?? []).map(comment).join("; ") };
      }),
    planted: PLANTED.length,
    failures: [
      ...[...subjects].filter(([name]) => !scored.has(name)).map(([, { title }]) => `did not look at ${title}`),
      ...missed.map((check) => `did not find a planted violation: ${check}`),
    ],
  };
}

const failing = (results: readonly Scored[]): string[] =>
  results.flatMap(({ object_name, checks }) =>
    checks.filter(({ grade, skipped }) => grade < 10 && !skipped).map(({ check }) => `${object_name} ${check.id}`),
  );

/** A violation must be found where without it nothing was. */
async function missedPlanted(
  root: string,
  objects: readonly KubernetesObject[],
  kubernetes: string | undefined,
): Promise<string[]> {
  const before = new Set(failing(await score(root, "unchanged", objects, kubernetes)));
  const missed: string[] = [];
  for (const { check, change } of PLANTED) {
    const found = failing(await score(root, `planted-${check}`, change(objects), kubernetes)).filter(
      (one) => !before.has(one),
    );
    if (!found.some((one) => one.endsWith(` ${check}`))) missed.push(check);
  }
  return missed;
}

/** Scores as the cluster's version sees them, or the newest one that kube-score knows where the cluster is somebody else's. */
async function score(
  root: string,
  name: string,
  objects: readonly object[],
  kubernetes: string | undefined,
): Promise<Scored[]> {
  const file = `${name}.yaml`;
  const documents = objects.map((object) => stringify(object, { aliasDuplicateObjects: false }));
  writeFileSync(join(root, file), documents.join("---\n"));
  const { stdout, stderr } = await run(
    "kube-score",
    [
      "score",
      "--output-format=json",
      ...(kubernetes === undefined ? [] : [`--kubernetes-version=v${kubernetes}`]),
      "--disable-ignore-checks-annotations",
      ...OPTIONAL.map((check) => `--enable-optional-test=${check}`),
      file,
    ],
    root,
  );
  try {
    return JSON.parse(stdout) as Scored[];
  } catch {
    throw new ScanError(`kube-score answered with something else than a report on ${name}:\n${stdout}${stderr}`);
  }
}

/** `kube-score 1.20.0` */
async function version(root: string): Promise<string> {
  const { stdout } = await run("kube-score", ["version"], root);
  return `kube-score ${/version: v?([^,\s]+)/i.exec(stdout)?.[1] ?? "?"}`;
}
