import { exporterName } from "../../constructs/model/exporter";
import { loadEnvironments } from "../../constructs/model/load";
import type { Edge, ResolvedApplication, ResolvedService, ResolvedWorkload } from "../../constructs/model/resolved";
import { environments } from "../../environments";
import { gkeStaging } from "../../environments/gke-staging";
import { podsOf, policiesOf } from "../support/policies";
import { type End, type Pod, reaches } from "../support/reachability";
import { stack, type StackJson, synthesizeEnvironments, synthesizeReference } from "../support/reference";
import { surroundingsOf } from "../support/surroundings";
import { hidesNodes } from "../support/surroundings/google";
import { IN_CLUSTER, OPERATOR_PODS } from "../support/surroundings/in-cluster";
import type { Door, ServiceDoors } from "../support/surroundings/surroundings";

/*
 * Who reaches whom in the reference environments: every pod with every pod and address, on every port that anything
 * listens on. On one side what the policies in the synthesized stacks let through, on the other what the edges of the
 * model say, and what each cloud's surroundings need. Both must be the same set: nothing that works too much, nothing
 * that does not work.
 */

/** An environment with every service in the cluster, which no shipped one has. */
const ALL_INSIDE = {
  ...gkeStaging,
  applications: gkeStaging.applications.map((deployed) => ({
    ...deployed,
    services: Object.fromEntries(
      ["orders-db", "cache", "events", "uploads"].map((name) => [name, { placement: "in-cluster" as const }]),
    ),
  })),
};

const reference = synthesizeReference();
const allInside = synthesizeEnvironments([ALL_INSIDE]);

const WORLDS = [
  ...loadEnvironments(environments).map((environment) => [environment.name, environment, reference] as const),
  ...loadEnvironments([ALL_INSIDE]).map(
    (environment) => [`${environment.name}, all in the cluster`, environment, allInside] as const,
  ),
];

/** `from → to:port/protocol` */
type Line = string;

const PORTS = [
  ...[22, 25, 53, 80, 111, 443, 465, 587, 2049, 3000, 3306, 4369, 4443, 5432, 5671, 5672, 6378, 6379, 6380, 6443, 8000],
  ...[8080, 8089, 8443, 9000, 9001, 9090, 9100, 9153, 10000, 10250, 11211, 15671, 15672, 15691, 15692, 25672, 27017],
  ...[32526, 33060],
];
const PROTOCOLS = ["TCP", "UDP"] as const;

/** Pods of the controller's namespace, of DNS, and of others, as they are whatever the application. */
const TRAEFIK = { "app.kubernetes.io/name": "traefik", "app.kubernetes.io/instance": "traefik-traefik" };
const PLATFORM: Readonly<Record<string, Pod>> = {
  controller: { namespace: "traefik", labels: { ...TRAEFIK, "pod-template-hash": "5d8f" } },
  "beside the controller": { namespace: "traefik", labels: { app: "other" } },
  DNS: { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
  "beside DNS": { namespace: "kube-system", labels: { "k8s-app": "metrics-server" } },
  ...OPERATOR_PODS,
};

describe.each(WORLDS)("%s", (_title, { name, applications }, synthesis) => {
  const [application] = applications;
  if (application === undefined) throw new Error(`no application in ${name}`);
  const json = stack(synthesis, name);
  const around = surroundingsOf(synthesis.stacks[`${name}-cluster`]);
  const policies = [...policiesOf(json), ...policiesOf(stack(synthesis, `${name}-platform`))];
  const own = podsOf(json);
  const solver = { "acme.cert-manager.io/http01-solver": "true", "acme.cert-manager.io/http-domain": "1" };
  const elsewhere = (pod: string): Pod => ({ namespace: "other-app", labels: own[pod]?.labels ?? {} });
  const pods: Readonly<Record<string, Pod>> = {
    ...own,
    solver: { namespace: application.namespace, labels: solver },
    "nobody's pod": { namespace: application.namespace, labels: { app: "debug" } },
    "a backend elsewhere": elsewhere("my-app-backend"),
    "a Job elsewhere": elsewhere("my-app-events-users"),
    "a solver elsewhere": { namespace: "other-app", labels: solver },
    ...PLATFORM,
    ...around.pods,
  };
  const inside = (end: string): boolean => pods[end]?.namespace === application.namespace;
  const governed = (end: string): boolean => inside(end) || end === "controller";
  const everybody = Object.keys(around.publicAddresses);
  const addresses: Readonly<Record<string, string>> = { ...around.publicAddresses, ...around.addresses };
  const ends: Readonly<Record<string, End>> = {
    ...pods,
    ...Object.fromEntries(Object.entries(addresses).map(([end, address]) => [end, { address }])),
  };

  function letThrough(): Line[] {
    return Object.entries(pods).flatMap(([from, pod]) =>
      Object.entries(ends).flatMap(([to, end]) =>
        from === to || (!governed(from) && !governed(to))
          ? []
          : PORTS.flatMap((port) =>
              PROTOCOLS.filter((protocol) => reaches(policies, { from: pod, to: end, port, protocol })).map(
                (protocol) => line(from, to, port, protocol),
              ),
            ),
      ),
    );
  }

  function needed(): Set<Line> {
    const lines = new Set<Line>();
    const open = (from: string, { to, ports }: Door, protocols: readonly string[] = ["TCP"]): void => {
      for (const end of to.flatMap((named) => (named === "public" ? everybody : [named]))) {
        for (const port of ports) for (const protocol of protocols) lines.add(line(from, end, port, protocol));
      }
    };
    const all = Object.keys(pods);
    for (const from of all.filter(governed)) open(from, { to: around.dns, ports: [53] }, PROTOCOLS);
    for (const workload of application?.workloads ?? []) {
      for (const edge of workload.edges) open(workload.objectName, other(edge));
      if (hasIdentity(workload)) open(workload.objectName, around.identity);
    }
    for (const service of application?.services ?? []) {
      const { users, pods: servers = {}, others = [] } = doors(service);
      for (const job of users === undefined ? [] : usersJobs(service)) if (users !== undefined) open(job, users);
      for (const [pod, reached] of Object.entries(servers)) for (const door of reached) open(pod, door);
      for (const [from, door] of others) open(from, door);
      // What measures it comes to where workloads do, and to nothing else.
      const exporter = `my-app-${exporterName(service.name)}`;
      if (exporter in own) open(exporter, doors(service).workloads);
    }
    for (const { workload } of application?.routes ?? [])
      open("controller", { to: [workload.objectName], ports: [webPort(workload)] });
    open("controller", { to: ["solver"], ports: [8089] });
    // The API server answers on the Service's address and at its interfaces, wherever in the network those are. What
    // else answers there on its ports, such as the management of the broker, is kept by its password alone.
    const private_ = Object.keys(around.addresses).filter((end) => isPrivate(addresses[end] ?? ""));
    open("controller", { to: private_, ports: around.apiServer });
    // Pods that have no policy of ours: on what they let in they decide themselves, and so they do on what they send.
    const others = all.filter((pod) => !governed(pod));
    open("controller", { to: others, ports: PORTS }, PROTOCOLS);
    for (const from of others) open(from, { to: ["controller"], ports: [8000, 8443, 9100] });
    return lines;
  }

  function doors({ name: service, service: { kind }, sizing }: ResolvedService): ServiceDoors {
    const known: Readonly<Record<string, ((name: string) => ServiceDoors) | undefined>> =
      sizing.placement === "in-cluster" ? IN_CLUSTER : around.managed;
    const make = known[kind];
    if (make === undefined) throw new Error(`nobody runs ${kind} here`);
    return make(`my-app-${service}`);
  }

  function other(edge: Edge): Door {
    switch (edge.to) {
      case "service":
        return doors(edge.service).workloads;
      case "workload":
        return { to: [`my-app-${edge.workload}`], ports: [webPort(workloadOf(application, edge.workload))] };
      case "external":
        if (edge.external.kind === "peer" || edge.external.kind === "objects")
          throw new Error("the reference application has no peers and no objects of its own");
        // No policy knows names: a host that gave no address blocks is everybody's address.
        return { to: edge.external.cidrs === undefined ? ["public"] : [], ports: [edge.external.port] };
    }
  }

  /** Edges to what knows callers by the cloud's identities: everything else is reached with a password. */
  const hasIdentity = ({ edges }: ResolvedWorkload): boolean =>
    edges.some((edge) => edge.to === "service" && doors(edge.service).byIdentity === true);

  test("nothing is open that no edge asks for, and nothing is closed that one does", () => {
    expect(letThrough().sort()).toEqual([...needed()].sort());
  });

  test("every pod that the stack makes is a workload's, makes or retires users, measures a service, or is a service's own", () => {
    const { services, workloads } = application;
    const users = services.filter((service) => doors(service).users !== undefined).flatMap(usersJobs);
    const servers = services.flatMap((service) => Object.keys(doors(service).pods ?? {}));
    const exporters = Object.keys(own).filter((pod) =>
      services.some(({ name: service }) => pod === `my-app-${exporterName(service)}`),
    );
    expect(Object.keys(own).sort()).toEqual(
      [...workloads.map(({ objectName }) => objectName), ...users, ...servers, ...exporters].sort(),
    );
  });

  test("the matrix has every kind of edge, and ends of every kind", () => {
    const kinds = application.workloads.flatMap(({ edges }) =>
      edges.map((edge) => (edge.to === "service" ? edge.service.service.kind : edge.to)),
    );
    expect(new Set(kinds)).toEqual(new Set(["mysql", "redis", "rabbitmq", "bucket", "external", "workload"]));
    // A door to an end that is none would be a line on neither side.
    const named = application.services
      .map(doors)
      .flatMap(({ workloads, users, pods: servers = {}, others = [] }) => [
        workloads,
        ...(users === undefined ? [] : [users]),
        ...Object.values(servers).flat(),
        ...others.map(([, door]) => door),
      ]);
    for (const { to, ports } of [...named, around.identity, { to: around.dns, ports: [53] }]) {
      for (const end of to) expect(end === "public" || end in ends).toBe(true);
      for (const port of ports) expect(PORTS).toContain(port);
    }
    for (const address of Object.values(addresses)) expect(address).toMatch(/^(\d{1,3}\.){3}\d{1,3}$/);
    expect(Object.keys(addresses).filter((end) => isPrivate(addresses[end] ?? "")).length).toBeGreaterThan(4);
    expect(needed().size).toBeGreaterThan(100);
  });

  test("nobody at all reaches the credentials of a node, PHP-FPM's own port, or a pod that nobody knows", () => {
    const closed = [...around.nodeCredentials, "nobody's pod"];
    const found = letThrough().filter(
      (open) => /→ my-app-[a-z-]+:900[01]\//.test(open) || closed.some((end) => open.includes(`→ ${end}:`)),
    );
    expect(found).toEqual([]);
  });
});

test("a machine of GKE's without its metadata server is taken for what hands out the node's credentials", () => {
  const cluster = stack(reference, "gke-staging-cluster");
  expect(Object.keys(cluster.resource.google_container_node_pool ?? {})).toHaveLength(2);
  expect([hidesNodes(cluster), surroundingsOf(cluster).nodeCredentials]).toEqual([true, []]);
  const text = JSON.stringify(cluster);
  for (const found of text.matchAll(/"mode":"GKE_METADATA"/g)) {
    const bare = JSON.parse(
      `${text.slice(0, found.index)}"mode":"GCE_METADATA"${text.slice(found.index + found[0].length)}`,
    ) as StackJson;
    expect(surroundingsOf(bare).nodeCredentials).toEqual(["metadata"]);
  }
});

const line = (from: string, to: string, port: number, protocol: string): Line => `${from} → ${to}:${port}/${protocol}`;

const isPrivate = (address: string): boolean => /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(address);

const usersJobs = ({ name }: ResolvedService): string[] => ["users", "retire"].map((job) => `my-app-${name}-${job}`);

/** Where a workload answers HTTP; of PHP-FPM, its nginx. */
function webPort(workload: ResolvedWorkload): number {
  if (workload.kind === "php-fpm") return workload.httpPort;
  if (workload.kind === "http") return workload.port;
  throw new Error(`${workload.name} answers no requests`);
}

function workloadOf(application: ResolvedApplication | undefined, name: string): ResolvedWorkload {
  const found = application?.workloads.find((workload) => workload.name === name);
  if (found === undefined) throw new Error(`no workload ${name}`);
  return found;
}
