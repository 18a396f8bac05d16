import type { z } from "zod";
import type { ApplicationSpec } from "../model/application";
import type { EnvironmentInput, EnvironmentOption, ImagePolicy } from "../model/environment";
import type { WorkloadNaming } from "../model/names";
import { isPlain } from "../model/plain";
import { oneOf, type Path, type Problem } from "../model/problem";
import { resolveApplication } from "../model/resolve";
import type { ResolvedApplication } from "../model/resolved";
import { check } from "../model/schema";
import { checkApplication } from "../model/validate/application";
import { checkDigests } from "../model/validate/overlay";
import { checkZonalVolumes } from "../model/validate/replicas";
import { Report } from "../model/validate/report";
import type { Workload } from "../model/workload";
import { opaque } from "../terraform/opaque";
import { type ConnectedServices, connectionProblems, formProblems, soundServices } from "./connected-services";
import { referenceProblems } from "./props";
import { unservedProblems } from "./unserved";

/*
 * A workload by itself is an application of one workload, whose objects have its name alone: checks, defaults and objects are
 * those of applications.
 */

export interface SingleWorkload {
  readonly name: string;
  readonly namespace: string;
  readonly owner: string;
  readonly workload: Workload;
  readonly services?: ConnectedServices;
  readonly protect?: boolean;
  readonly images?: ImagePolicy;
}

const ownName: WorkloadNaming = (_, workload) => workload;

const KINDS = ["php-fpm", "http", "worker"];

function specOf({ name, owner, workload }: SingleWorkload, services: ConnectedServices): ApplicationSpec {
  return {
    name,
    owner,
    workloads: { [name]: workload },
    services: Object.fromEntries(Object.entries(services).map(([one, { service }]) => [one, service])),
  };
}

/** Path in the props of what has this path in the application. */
const within = ([group, name, ...rest]: Path): Path =>
  group === "workloads" ? ["workload", ...rest] : [group, name].flatMap((part) => part ?? []).concat(rest);

/** Every mistake in the props, the workload and the services. */
export function checkSingle(schema: z.ZodType, props: SingleWorkload, path: Path): Problem[] {
  const own = new Report();
  own.add(...check(schema, props, path, { elsewhere: ["namespace", "workload", "services"] }));
  if (!isPlain(props)) return [...own.problems];
  const kind: unknown = isPlain(props.workload) ? props.workload.kind : undefined;
  if (kind === "cron" || kind === "release") {
    const fix = `use a workload that is a Deployment: ${oneOf(KINDS)}`;
    own.add({ path: [...path, "workload", "kind"], got: kind, why: "ends by itself", fix });
  }
  const services = soundServices(props.services);
  own.add(...formProblems(props.services, [...path, "services"]));
  own.add(...connectionProblems(services, [...path, "services"]));
  const references = "give what is known after an apply as a service: { service: mysql(), connection: {...} }";
  own.add(...referenceProblems(props.workload, [...path, "workload"], references));
  own.add(...unservedProblems(props.workload, [...path, "workload"]));
  const name = own.sound([...path, "name"]) ? props.name : "workload";
  const owner = own.sound([...path, "owner"]) ? props.owner : "owner";
  const found = new Report();
  checkApplication(found, [], specOf({ ...props, name, owner }, services), ownName);
  const at = ["workloads", name];
  found.attempt(() => {
    checkZonalVolumes(found, { base: at, override: at }, props.workload);
    if (props.images === "digest") checkDigests(found, at, props.workload);
  });
  return [
    ...own.problems,
    ...found.problems.map((problem) => ({ ...problem, path: [...path, ...within(problem.path)] })),
  ];
}

const NONE: EnvironmentOption = { title: "none", problems: () => [] };

/** Applies every default to valid props. */
export function resolveSingle(props: SingleWorkload): ResolvedApplication {
  const { name, namespace, owner, services = {}, protect = true, images = "any" } = props;
  const application = specOf(props, services);
  const environment: EnvironmentInput = {
    ...{ name, cloud: NONE, routing: NONE, profile: "small", protect, images },
    ...{ contact: owner, costCenter: owner, applications: [{ application }] },
  };
  return { ...opaque(resolveApplication(environment, { application }, ownName)), namespace };
}
