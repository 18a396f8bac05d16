import {
  BACKUP_COMPONENT,
  COMPONENT_LABEL,
  EXPORTER_COMPONENT,
  NAME_LABEL,
  OBJECTS_COMPONENT,
  SERVER_COMPONENT,
} from "../kubernetes/labels";
import { RETIRED_USERS_COMPONENT, USERS_COMPONENT } from "../kubernetes/users-job";
import type { Element } from "../model/element";
import { exporterName } from "../model/exporter";
import { applicationScope, BACKUP_SUFFIXES, stackNames } from "../model/names";
import { usedSecrets } from "../model/out-of-band";
import type { Environment, ResolvedApplication, ResolvedService } from "../model/resolved";
import { USERS_JOBS } from "../model/service-users";
import { ROUTE_KINDS } from "../routing/routing";
import { kindOf, labelsOf, type Resource, resourcesOf, words } from "./synthesized-resource";

/*
 * From what a synthesis wrote back to what the program describes. Two things say it for sure: the path of the construct, which
 * is contract as the address is, and the labels that every Kubernetes object has.
 */

/** A resource, and what it is. */
export interface TerraformAddress {
  readonly stack: string;
  /** Address as plans write it: `aws_db_instance.my-app_Services_orders-db_174A5AA5`. */
  readonly address: string;
  readonly element: Element;
  /** Which part of the element it is, for people: `Deployment`, `parameter group`, `users: Job`. */
  readonly role: string;
}

const of = (
  stacks: Readonly<Record<string, unknown>>,
  stack: string,
  part: (resource: Resource) => Part,
): TerraformAddress[] =>
  resourcesOf(stacks[stack]).map((resource) => ({ stack, address: resource.address, ...part(resource) }));

/**
 * Every resource of an environment.
 *
 * @param stacks what a synthesis of this same environment wrote, by the names of the stacks: `cdk.tf.json`. Those of other
 *   environments, and what is no stack, are passed over
 * @throws Error for a resource that is of nothing in the environment: the two are not of one synthesis
 */
export function terraformAddresses(
  environment: Environment,
  stacks: Readonly<Record<string, unknown>>,
): TerraformAddress[] {
  const { name, applications } = environment;
  const shared = (["state", "cluster", "platform"] as const).flatMap((kind) =>
    of(stacks, stackNames[kind](name), (resource) => sharedPart(kind, resource)),
  );
  return [
    ...shared,
    ...applications.flatMap((application) =>
      of(stacks, application.stackName, (resource) => applicationPart(application, resource)),
    ),
  ];
}

type Part = Pick<TerraformAddress, "element" | "role">;

/** The first construct below the stack names it; those of the platform are below one construct more. */
function sharedPart(kind: "state" | "cluster" | "platform", { path, type }: Resource): Part {
  const [, ...below] = path;
  const [name = "", ...rest] = kind === "platform" && below[0] === "platform" ? below.slice(1) : below;
  return { element: { kind, name }, role: words(rest, type) };
}

/** Constructs below an application's own, whose children are named as the elements that they are of. */
const BY_ELEMENT: Readonly<Record<string, "workload" | "service" | "secret">> = {
  Services: "service",
  Identities: "workload",
  Accounts: "workload",
  Secrets: "secret",
};

function applicationPart(application: ResolvedApplication, resource: Resource): Part {
  const { path, type } = resource;
  const [, scope, group = "", name = "", ...rest] = path;
  const own: Element = { kind: "application", application: application.name };
  // Records of the stack itself.
  if (scope !== applicationScope(application.name)) return { element: own, role: words(path.slice(1), type) };
  const kind = BY_ELEMENT[group];
  if (kind !== undefined) {
    const service = kind === "secret" ? serverOf(application, name) : undefined;
    if (service !== undefined) return { element: service, role: words(["secret", ...rest], type) };
    const lead = kind === "workload" ? [group] : [];
    return { element: known(application, kind, name, resource), role: words([...lead, ...rest], type) };
  }
  const object = kindOf(resource);
  if (group !== "kubernetes" || object === undefined) return { element: own, role: words(path.slice(2), type) };
  return objectPart(application, object, resource);
}

/** The service that somebody else runs whose secret has the name. */
function serverOf({ name: application, services }: ResolvedApplication, secret: string): Element | undefined {
  const has = ({ sizing: { external } }: ResolvedService): boolean =>
    Object.values(external?.secrets ?? {}).some(({ name }) => name === secret);
  const found = services.find(has);
  return found && { kind: "service", application, name: found.name };
}

function objectPart(application: ResolvedApplication, kind: string, resource: Resource): Part {
  const labels = labelsOf(resource.block);
  const { [NAME_LABEL]: name, [COMPONENT_LABEL]: component } = labels;
  if (name === undefined || component === undefined) {
    const own = ROUTE_KINDS.includes(kind) ? "routes" : "application";
    return { element: { kind: own, application: application.name }, role: kind };
  }
  switch (component) {
    case SERVER_COMPONENT: {
      // The claim that copies are on is called as what copies.
      const service = copied(application, name);
      return {
        element: known(application, "service", service, resource),
        role: service === name ? kind : `copies: ${kind}`,
      };
    }
    case USERS_COMPONENT:
    case RETIRED_USERS_COMPONENT: {
      const service = application.services.find((one) => USERS_JOBS.make(one.name) === name)?.name ?? name;
      const whose = component === USERS_COMPONENT ? "users" : "retired users";
      return { element: known(application, "service", service, resource), role: `${whose}: ${kind}` };
    }
    case EXPORTER_COMPONENT: {
      const service = application.services.find((one) => exporterName(one.name) === name)?.name ?? name;
      return { element: known(application, "service", service, resource), role: `exporter: ${kind}` };
    }
    case BACKUP_COMPONENT:
      return { element: known(application, "service", copied(application, name), resource), role: `copies: ${kind}` };
    case OBJECTS_COMPONENT:
      return { element: known(application, "objects", name, resource), role: kind };
    default:
      return { element: known(application, "workload", name, resource), role: kind };
  }
}

/** The service that is copied by what has this name; the name where it is a service's own. */
function copied({ services }: ResolvedApplication, name: string): string {
  if (services.some((one) => one.name === name)) return name;
  const isOf = (one: ResolvedService): boolean =>
    Object.values(BACKUP_SUFFIXES).some((suffix) => name === `${one.name}-${suffix}`);
  return services.find(isOf)?.name ?? name;
}

function known(
  application: ResolvedApplication,
  kind: "workload" | "service" | "secret" | "objects",
  name: string,
  { address }: Resource,
): Element {
  const { workloads, services, objects } = application;
  const all = { workload: workloads, service: services, secret: usedSecrets(application), objects }[kind];
  if (all.some((one) => one.name === name)) return { kind, application: application.name, name };
  throw new Error(
    `${address}: is of a ${kind} ${name}, which ${application.name} in ${application.environment} has not`,
  );
}
