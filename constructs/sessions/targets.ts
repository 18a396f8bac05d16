import type { PlatformEnvironment } from "../environment";
import { connectionsName } from "../kubernetes/connections";
import { secretName } from "../kubernetes/env";
import { applicationLabels, selector } from "../kubernetes/labels";
import { NGINX_IMAGE } from "../kubernetes/php-fpm";
import type { WiredEdge, WiredWorkload } from "../kubernetes/provided";
import { pullSecrets } from "../kubernetes/registries";
import type { ConnectionContract } from "../model/connection";
import { mirrored, withoutLogin } from "../model/registries";
import { SERVICE_HTTP_PORT } from "../model/resolve-workload";
import { httpPort, type ResolvedApplication, type ResolvedService } from "../model/resolved";
import type { Console } from "../observability/observability";
import type { RenderedApplication } from "../rendering/rendered-environment";
import type { SessionAddress, SessionTarget } from "./target";

/** Something by its name that nobody is led to, and what to do instead. */
export interface NoTarget {
  readonly name: string;
  readonly why: string;
  readonly fix: string;
}

export type Reached = SessionTarget | NoTarget;

export const isReached = (one: Reached): one is SessionTarget => "address" in one;

const fixed = (host: string, port: number): SessionAddress => ({
  variable: "GOLDENPATH_ADDRESS",
  env: [{ name: "GOLDENPATH_ADDRESS", value: `${host}:${port}` }],
});

/** What people may be led to in an application: its data services, and workloads that answer. */
export function applicationTargets({
  application,
  workloads,
}: Pick<RenderedApplication, "application" | "workloads">): readonly Reached[] {
  return [
    ...application.services.map((service) => serviceTarget(application, service, workloads)),
    ...workloads.map((wired) => workloadTarget(application, wired)),
  ];
}

const ofApplication = (application: ResolvedApplication) => ({
  namespace: application.namespace,
  prefix: application.name,
  labels: applicationLabels(application),
  image: mirrored(application.registries, NGINX_IMAGE),
  pullSecrets: pullSecrets(application).imagePullSecrets ?? [],
});

function workloadTarget(application: ResolvedApplication, { workload }: WiredWorkload): Reached {
  const { name } = workload;
  const port = httpPort(workload);
  if (port === undefined) {
    return { name, why: "it answers no requests", fix: `see what it says: kubectl logs -n ${application.namespace}` };
  }
  return {
    ...ofApplication(application),
    name,
    what: `${workload.kind} workload of ${application.name}`,
    isData: false,
    address: fixed(workload.objectName, SERVICE_HTTP_PORT),
    port: 8080,
    endpoints: [{ pods: { namespace: application.namespace, labels: selector(workload) }, port }],
  };
}

/** Variable of a contract that holds host and port, without an edge's prefix. */
const addressIn = ({ variables }: ConnectionContract): string | undefined =>
  Object.entries(variables).find(
    ([, spec]) =>
      "template" in spec &&
      spec.template.some((piece) => typeof piece !== "string" && "part" in piece && piece.part === "host"),
  )?.[0];

interface Way {
  readonly workload: WiredWorkload["workload"];
  readonly edge: WiredEdge & { readonly edge: Extract<WiredEdge["edge"], { readonly to: "service" }> };
}

const isWayTo = (wired: WiredEdge, service: string): wired is Way["edge"] =>
  wired.edge.to === "service" && wired.edge.service.name === service;

/** Edges to a service; those that may only read first, then the default workload's. */
function waysTo(service: string, workloads: readonly WiredWorkload[], first: string | undefined): readonly Way[] {
  const all = workloads.flatMap(({ workload, edges }) =>
    edges.flatMap((edge) => (isWayTo(edge, service) ? [{ workload, edge }] : [])),
  );
  const rank = ({ workload, edge }: Way): number => (edge.edge.access === "read" ? 0 : workload.name === first ? 1 : 2);
  return all.sort((one, other) => rank(one) - rank(other));
}

function serviceTarget(
  application: ResolvedApplication,
  { name, service }: ResolvedService,
  workloads: readonly WiredWorkload[],
): Reached {
  const { contract, kind } = service;
  const bare = addressIn(contract);
  if (bare === undefined) {
    return {
      name,
      why: `a ${kind} has no address that a connection leads to`,
      fix: "use the tool of its cloud, as whoever may read it there",
    };
  }
  const [way] = waysTo(name, workloads, application.defaultWorkload);
  const variable = way?.edge.variables.find((one) => one.name === way.edge.edge.prefix + bare);
  if (way === undefined || variable === undefined) {
    return {
      name,
      why: "no workload needs it, so nothing in the cluster knows the way",
      fix: "add it to the needs of one",
    };
  }
  const isSecret = "secretKey" in variable;
  const from = { name: secretName(application), key: isSecret ? variable.secretKey : "" };
  return {
    ...ofApplication(application),
    name,
    what: `${kind} of ${application.name}`,
    isData: true,
    address: isSecret
      ? { variable: variable.name, env: [{ name: variable.name, valueFrom: { secretKeyRef: from } }] }
      : { variable: variable.name, configMap: connectionsName(way.workload) },
    port: contract.defaultPort,
    endpoints: way.edge.connection?.endpoints ?? [],
    ...(isSecret && {
      signIn: {
        whose: `${way.edge.edge.access === "read" ? "only reads: " : ""}what ${way.workload.name} signs in with`,
        ...{ secret: from.name, keys: [from.key] },
      },
    }),
  };
}

const consoleTarget = ({ name, service, port, pods, podPort, signIn }: Console, image: string): SessionTarget => ({
  ...{ name, image, port: podPort, pullSecrets: [] },
  what: "page of what measures the environment",
  isData: false,
  namespace: pods.namespace,
  prefix: "goldenpath",
  labels: { "app.kubernetes.io/managed-by": "goldenpath" },
  address: fixed(service, port),
  endpoints: [{ pods, port: podPort }],
  ...(signIn !== undefined && { signIn: { whose: "its first user", ...signIn } }),
});

/** Pages of what measures an environment. */
export function consoleTargets(environment: PlatformEnvironment): readonly SessionTarget[] {
  const image = mirrored(withoutLogin(environment.registries), NGINX_IMAGE);
  return (environment.observability?.consoles ?? []).map((console) => consoleTarget(console, image));
}
