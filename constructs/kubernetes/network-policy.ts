import type { Endpoint, PodPeer } from "../model/connection";
import { portsOf, type ResolvedPort } from "../model/ports";
import { type Edge, httpPort, type ResolvedApplication, type ResolvedWorkload } from "../model/resolved";
import type { SpanCollector } from "../model/tracing";
import type { CloudFacts } from "./facts";
import { applicationMetadata, selector, workloadMetadata } from "./labels";
import type { Labels, NetworkPolicy, PolicyByName, PolicyPeer, PolicyPort } from "./objects";
import { byAddress, policyByName } from "./policies-by-name";
import { dnsRule, endpointRules, isListed, podPeer, reachedBy } from "./policy-endpoints";
import type { WiredWorkload } from "./provided";

type Rules<D extends "ingress" | "egress"> = NonNullable<NetworkPolicy["spec"][D]>;

/** Port on which cert-manager's solver pods answer the ACME server. */
const SOLVER_PORT = 8089;

/** Policy that lets nothing in and nothing out, unless another policy says so. */
export function defaultDeny(application: ResolvedApplication): NetworkPolicy {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: applicationMetadata(application, "default-deny"),
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  };
}

/** Policy that lets every pod of the application. */
export function allowDns(application: ResolvedApplication, facts: CloudFacts): NetworkPolicy {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: applicationMetadata(application, "allow-dns"),
    spec: {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [dnsRule(facts)],
    },
  };
}

/** cert-manager proves a host is ours by a pod in this namespace, reached through the route controller. */
export function allowSolver(application: ResolvedApplication, controller: PodPeer): NetworkPolicy | undefined {
  if (application.routes.length === 0) return undefined;
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: applicationMetadata(application, "allow-acme-solver"),
    spec: {
      podSelector: { matchLabels: { "acme.cert-manager.io/http01-solver": "true" } },
      policyTypes: ["Ingress"],
      ingress: [{ from: [podPeer(controller)], ports: [{ port: SOLVER_PORT, protocol: "TCP" }] }],
    },
  };
}

/** `backend`, or `backend:metrics` of a port by name: no workload's name has a colon. */
const targetOf = (workload: string, port?: string): string => (port === undefined ? workload : `${workload}:${port}`);

/** Who may open connections to each workload: the other end of every edge. */
export interface Callers {
  readonly routed: ReadonlySet<string>;
  /** Labels of the pods that call a workload, by the workload and by each of its ports that has a name. */
  readonly workloads: ReadonlyMap<string, readonly Labels[]>;
  readonly byName: ReadonlyMap<string, ResolvedWorkload>;
}

/** Everything in the application that calls something, with what selects its pods. */
export const podsWithEdges = ({
  workloads,
  objects,
}: Pick<ResolvedApplication, "objects" | "workloads">): {
  readonly labels: Labels;
  readonly edges: readonly Edge[];
}[] => [
  ...workloads.map((workload) => ({ labels: selector(workload), edges: workload.edges })),
  ...objects.flatMap(({ pods, edges }) => (pods === undefined ? [] : [{ labels: pods.labels, edges }])),
];

export function callers(application: ResolvedApplication): Callers {
  const workloads = new Map<string, Labels[]>();
  for (const { labels, edges } of podsWithEdges(application)) {
    const called = edges.flatMap((edge) => (edge.to === "workload" ? [targetOf(edge.workload, edge.portName)] : []));
    for (const key of new Set(called)) workloads.set(key, [...(workloads.get(key) ?? []), labels]);
  }
  return {
    routed: new Set(application.routes.map(({ workload }) => workload.name)),
    workloads,
    byName: new Map(application.workloads.map((workload) => [workload.name, workload])),
  };
}

/** Who asks pods what they measure, and at which ports. */
export interface Scrape {
  readonly scraper: PodPeer;
  readonly portsOf: (workload: ResolvedWorkload) => readonly number[];
}

function scrapeRules({ scraper, portsOf: scraped }: Scrape, workload: ResolvedWorkload): Rules<"ingress"> {
  const ports = [...new Set(scraped(workload))].map((port) => ({ port, protocol: "TCP" as const }));
  return ports.length === 0 ? [] : [{ from: [podPeer(scraper)], ports }];
}

const spanRule = ({ pods, ports }: Pick<SpanCollector, "pods" | "ports">): Rules<"egress">[number] => ({
  to: [podPeer(pods)],
  ports: ports.map((port) => ({ port, protocol: "TCP" })),
});

const addressesOf = (wired: WiredWorkload, facts: CloudFacts): Endpoint[] => byAddress(reachedBy(wired, facts), facts);

export function workloadPolicy(
  application: ResolvedApplication,
  wired: WiredWorkload,
  around: {
    readonly callers: Callers;
    readonly facts: CloudFacts;
    readonly controller: PodPeer;
    readonly scrape: Scrape | undefined;
    /** Who takes spans. */
    readonly spans: Pick<SpanCollector, "pods" | "ports"> | undefined;
  },
): NetworkPolicy {
  const { workload } = wired;
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: workloadMetadata(application, workload),
    spec: {
      podSelector: { matchLabels: selector(workload) },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        ...ingressRules(workload, around.callers, around.controller),
        ...(around.scrape === undefined ? [] : scrapeRules(around.scrape, workload)),
      ],
      egress: [
        ...workloadRules(workload.edges, around.callers),
        ...(around.spans === undefined || workload.tracing === undefined ? [] : [spanRule(around.spans)]),
        ...endpointRules(
          addressesOf(wired, around.facts).filter((endpoint) => !isListed(endpoint)),
          around.facts,
        ),
      ],
    },
  };
}

/** Suffix of the name of a policy whose blocks Terraform looks up. */
export const LISTED = ".listed";

/**
 * The workload's way to blocks that Terraform looks up: a policy of its own, which changes in place when the list does. The
 * other one has a name for each content, which such a list would take from it.
 */
export function workloadPolicyByList(
  application: ResolvedApplication,
  wired: WiredWorkload,
  facts: CloudFacts,
): NetworkPolicy | undefined {
  const listed = addressesOf(wired, facts).filter(isListed);
  if (listed.length === 0) return undefined;
  const metadata = workloadMetadata(application, wired.workload);
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { ...metadata, name: `${metadata.name}${LISTED}` },
    spec: {
      podSelector: { matchLabels: selector(wired.workload) },
      policyTypes: ["Egress"],
      egress: endpointRules(listed, facts),
    },
  };
}

/** The workload's way to hosts by their names, where the cluster knows them. */
export const workloadPolicyByName = (
  application: ResolvedApplication,
  wired: WiredWorkload,
  facts: CloudFacts,
): PolicyByName | undefined =>
  policyByName(workloadMetadata(application, wired.workload), selector(wired.workload), reachedBy(wired, facts), facts);

const ownPeer = (matchLabels: Labels): PolicyPeer => ({ podSelector: { matchLabels } });

const namedPorts = (workload: ResolvedWorkload): readonly ResolvedPort[] =>
  "ports" in workload ? portsOf(workload) : [];

/**
 * Rules that open the HTTP port, and each port by name to those that name it. PHP-FPM's own port is for the nginx beside it:
 * who can speak FastCGI can run code.
 */
function ingressRules(workload: ResolvedWorkload, callers: Callers, controller: PodPeer): Rules<"ingress"> {
  const port = httpPort(workload);
  const from: PolicyPeer[] = [
    ...(callers.routed.has(workload.name) ? [podPeer(controller)] : []),
    ...(callers.workloads.get(targetOf(workload.name)) ?? []).map(ownPeer),
  ];
  return [
    ...(port === undefined || from.length === 0 ? [] : [{ from, ports: [{ port, protocol: "TCP" as const }] }]),
    ...namedPorts(workload).flatMap(({ name, port: number, protocol }) => {
      const calling = callers.workloads.get(targetOf(workload.name, name)) ?? [];
      return calling.length === 0 ? [] : [{ from: calling.map(ownPeer), ports: [{ port: number, protocol }] }];
    }),
  ];
}

/** The policy sees a connection after the Service translated it, so it names the pods' port. */
export function workloadRules(edges: readonly Edge[], { byName }: Pick<Callers, "byName">): Rules<"egress"> {
  const calls = edges.filter((edge) => edge.to === "workload");
  return [...new Set(calls.map((edge) => edge.workload))].flatMap((name) => {
    const target = byName.get(name);
    if (target === undefined) return [];
    const called = calls.filter((edge) => edge.workload === name).map(({ portName }) => portName);
    const port = called.includes(undefined) ? httpPort(target) : undefined;
    const ports: PolicyPort[] = [
      ...(port === undefined ? [] : [{ port, protocol: "TCP" as const }]),
      ...namedPorts(target).flatMap((one) =>
        called.includes(one.name) ? [{ port: one.port, protocol: one.protocol }] : [],
      ),
    ];
    return ports.length === 0 ? [] : [{ to: [ownPeer(selector(target))], ports }];
  });
}
