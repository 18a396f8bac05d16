import { type ITerraformDependable, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { GroupService } from "../model/object-group";
import { portsOf } from "../model/ports";
import { type Edge, httpPort, type ResolvedApplication } from "../model/resolved";
import { code, expression } from "../terraform/expression";
import { list } from "../terraform/expressions";
import { StateRecord } from "../terraform/state-record";
import { bucketMap, bucketOf, leftAlone } from "./entries";
import { servingRefusals } from "./serving-refusals";

/**
 * A workload, or as `service/<name>` a service, or as `objects/<name>:<Service>:<port>` a group of objects, and what goes by
 * it: `https://api.example.com/`, `workload/frontend`.
 */
interface Serving {
  readonly name: string;
  readonly by: readonly string[];
}

/** Begins the name of a service in the record. No workload's name has a slash. */
const SERVICE = "service/";

/** Begins the name of a group of objects in the record, as what answers and as what calls. */
const OBJECTS = "objects/";

const EXACTLY = "exactly:";

/**
 * The name of a workload's port in the record: `backend:metrics:9090`. Another number is another port to its callers: the
 * Service has it before they are told.
 */
const portName = (workload: string, port: string, number: number): string => `${workload}:${port}:${number}`;

const groupName = (group: string, { name, port }: Pick<GroupService, "name" | "port">): string =>
  `${OBJECTS}${group}:${name}:${port}`;

/**
 * Workloads that answer HTTP, their ports by name, and all services. A workload that is a worker now, or has a port no more,
 * is as good as gone to its callers.
 */
function namesOf({ workloads, services, objects }: ResolvedApplication): string[] {
  return [
    ...workloads.filter((workload) => httpPort(workload) !== undefined).map(({ name }) => name),
    ...workloads.flatMap((workload) =>
      "ports" in workload ? portsOf(workload).map(({ name, port }) => portName(workload.name, name, port)) : [],
    ),
    ...services.map(({ name }) => `${SERVICE}${name}`),
    ...objects.flatMap(({ name, pods }) => (pods?.service === undefined ? [] : [groupName(name, pods.service)])),
  ].sort();
}

/** The name that an edge has in the record. */
function targetOf(edge: Edge): string | undefined {
  if (edge.to === "workload")
    return edge.portName === undefined ? edge.workload : portName(edge.workload, edge.portName, edge.port);
  if (edge.to === "service") return `${SERVICE}${edge.service.name}`;
  return edge.external.kind === "objects" ? groupName(edge.name, edge.external) : undefined;
}

/** What calls others while a release is made, by its name in the record. What the release before ran once has ended. */
const callersOf = ({ workloads, objects }: ResolvedApplication) => [
  ...workloads.filter(({ kind }) => kind !== "release").map(({ name, edges }) => ({ name: `workload/${name}`, edges })),
  ...objects.filter(({ pods }) => pods !== undefined).map(({ name, edges }) => ({ name: `${OBJECTS}${name}`, edges })),
];

function servingOf(application: ResolvedApplication): Serving[] {
  return namesOf(application)
    .map((name) => ({
      name,
      by: [
        ...application.routes
          .filter((route) => route.workload.name === name)
          .map(({ host, path, pathType }) => `${pathType === "Exact" ? EXACTLY : ""}https://${host}${path}`),
        ...callersOf(application)
          .filter(({ edges }) => edges.some((edge) => targetOf(edge) === name))
          .map((caller) => caller.name),
      ].sort(),
    }))
    .filter(({ by }) => by.length > 0);
}

/**
 * Remembers in the state which workload answers which routes and callers, and which service is used by whom. Terraform
 * deletes what is gone from the program before it changes what went by it, also where the edge or the route leaves in the
 * same release: pods of the release before would call what is not there until they are replaced. The plan of such a release
 * stops and says how to do it in two. What leaves together with all that went by it needs no more than one.
 *
 * The record changes when all of a release has (`after`), and by the same 256 buckets as the ledger: what is gone from the
 * model is nobody's name any more. Where a name that is there shares the bucket of the one that is gone, about once in 256
 * for each, the plan does not stop.
 */
export function recordServing(scope: Construct, application: ResolvedApplication, after: ITerraformDependable): void {
  const stack = TerraformStack.of(scope);
  const names = namesOf(application);
  const taken = new Set(names.map(bucketOf));
  const buckets = new Map<string, string[]>();
  for (const { name, by } of servingOf(application)) {
    const bucket = bucketOf(name);
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), [name, ...by].join(" ")]);
  }
  const written = Object.fromEntries([...buckets].sort().map(([bucket, texts]) => [bucket, texts.sort().join(", ")]));
  const left = `!contains(${list(names)}, split(" ", entry)[0]) && ${staysIn(application, 'split(" ", entry)')}`;
  const postcondition = servingRefusals(application, stack.node.id).map(({ among, refusal }) => {
    const lost = (value: string): string =>
      `[for entry in flatten([for bucket in values(self.input) : split(", ", bucket)]) : ${value} if ${among} && ${left}]`;
    return { condition: expression`length(${code(lost("entry"))}) == 0`, errorMessage: refusal(lost) };
  });
  const lifecycle = { ignoreChanges: leftAlone((bucket) => taken.has(bucket)), postcondition };
  new StateRecord(stack, "Serving", { input: bucketMap(written), lifecycle, dependsOn: [after] });
}

/**
 * Expression: whether anything among `words` is still to be answered: a caller that stays, or a route of which all is
 * another one's now.
 */
function staysIn(application: ResolvedApplication, words: string): string {
  const { routes } = application;
  const same = [
    ...callersOf(application).map(({ name }) => name),
    ...routes
      .filter(({ pathType }) => pathType === "Exact")
      .map(({ host, path }) => `${EXACTLY}https://${host}${path}`),
  ];
  const above = routes
    .filter(({ pathType }) => pathType === "Prefix")
    .map(({ host, path }) => `https://${host}${path.replace(/\/$/, "")}/`);
  const beginning = (word: string): string =>
    `anytrue([for route in ${list([...new Set(above)].sort())} : ` +
    `startswith(format("%s/", trimprefix(${word}, "${EXACTLY}")), route)])`;
  return `anytrue([for word in ${words} : contains(${list([...new Set(same)].sort())}, word) || ${beginning("word")}])`;
}
