import { loadEnvironments } from "../../constructs/model/load";
import type { Edge, ResolvedApplication, ResolvedWorkload } from "../../constructs/model/resolved";
import { environments } from "../../environments";
import { podsOf, policiesOf } from "../support/policies";
import { type End, type Pod, reaches } from "../support/reachability";
import { stack, synthesizeReference } from "../support/reference";

/*
 * Who reaches whom in the reference environments: every pod with every pod and address, on every port that anything
 * listens on. On one side what the policies in the synthesized stacks let through, on the other what the edges of the
 * model say. Both must be the same set: nothing that works too much, nothing that does not work.
 */

const synthesis = synthesizeReference();

/** `from → to:port/protocol` */
type Line = string;

const PORTS = [
  ...[22, 25, 53, 80, 111, 443, 465, 587, 2049, 3000, 3306, 5432, 5671, 5672, 6379, 6380, 6443, 8000, 8080, 8089, 8443],
  ...[9000, 9001, 9090, 9100, 9153, 10250, 11211, 15671, 15672, 27017, 33060],
];
const PROTOCOLS = ["TCP", "UDP"] as const;

/** Where each kind of data service answers on AWS: workloads, and the Jobs that make and retire their users. */
const SERVICE_PORTS = {
  mysql: { workloads: 3306, users: 3306 },
  redis: { workloads: 6379, users: undefined },
  rabbitmq: { workloads: 5671, users: 443 },
  bucket: { workloads: 443, users: undefined },
} as const;

/** Addresses that are no pod's. */
const PUBLIC = {
  stripe: "203.0.113.10",
  mail: "198.51.100.25",
  s3: "52.219.170.1",
  "somebody outside": "93.184.216.34",
};
const LINK_LOCAL = { identity: "169.254.170.23", "node-local DNS": "169.254.20.10", metadata: "169.254.169.254" };
const API_SERVER = { "API server": "172.20.0.1" };
const PEERED = { "a peered network": "192.168.7.7" };

/** Pods of the controller's namespace, of DNS, and of others, as they are whatever the application. */
const TRAEFIK = { "app.kubernetes.io/name": "traefik", "app.kubernetes.io/instance": "traefik-traefik" };
const PLATFORM: Readonly<Record<string, Pod>> = {
  controller: { namespace: "traefik", labels: { ...TRAEFIK, "pod-template-hash": "5d8f" } },
  "beside the controller": { namespace: "traefik", labels: { app: "other" } },
  DNS: { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
  "beside DNS": { namespace: "kube-system", labels: { "k8s-app": "metrics-server" } },
};

describe.each(loadEnvironments(environments))("$name", ({ name, applications }) => {
  const [application] = applications;
  if (application === undefined) throw new Error(`no application in ${name}`);
  const json = stack(synthesis, name);
  const policies = [...policiesOf(json), ...policiesOf(stack(synthesis, `${name}-platform`))];
  const own = podsOf(json);
  const solver = { "acme.cert-manager.io/http01-solver": "true", "acme.cert-manager.io/http-domain": "1" };
  const backend = own["my-app-backend"]?.labels ?? {};
  const pods: Readonly<Record<string, Pod>> = {
    ...own,
    solver: { namespace: application.namespace, labels: solver },
    "nobody's pod": { namespace: application.namespace, labels: { app: "debug" } },
    "a backend elsewhere": { namespace: "other-app", labels: backend },
    "a solver elsewhere": { namespace: "other-app", labels: solver },
    ...PLATFORM,
  };
  const inside = (end: string): boolean => pods[end]?.namespace === application.namespace;
  const governed = (end: string): boolean => inside(end) || end === "controller";

  const subnets = Object.values(stack(synthesis, `${name}-cluster`).resource.aws_subnet ?? {});
  const tier = (wanted: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      subnets
        .filter(({ tags }) => (tags as Record<string, string>)["goldenpath:tier"] === wanted)
        .map(({ cidr_block }, index) => [`${wanted} ${index}`, String(cidr_block).replace(/\d+\/\d+$/, "9")]),
    );
  const data = tier("data");
  const networks = { ...tier("private"), ...tier("public") };
  const addresses: Readonly<Record<string, string>> = {
    ...data,
    ...networks,
    ...PUBLIC,
    ...LINK_LOCAL,
    ...API_SERVER,
    ...PEERED,
  };
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
    const open = (from: string, to: readonly string[], ports: readonly number[], protocols = ["TCP"]): void => {
      for (const end of to) {
        for (const port of ports) for (const protocol of protocols) lines.add(line(from, end, port, protocol));
      }
    };
    const all = Object.keys(pods);
    for (const from of all.filter(governed)) open(from, ["DNS", "node-local DNS"], [53], ["TCP", "UDP"]);
    for (const workload of application?.workloads ?? []) {
      for (const edge of workload.edges) {
        const [to, port] = other(edge);
        open(workload.objectName, to, [port]);
      }
      if (callsAws(workload)) open(workload.objectName, ["identity"], [80]);
    }
    for (const { name: service, service: kind } of application?.services ?? []) {
      const port = SERVICE_PORTS[kind.kind].users;
      if (port === undefined) continue;
      for (const job of ["users", "retire"]) open(`my-app-${service}-${job}`, Object.keys(data), [port]);
    }
    for (const { workload } of application?.routes ?? [])
      open("controller", [workload.objectName], [webPort(workload)]);
    open("controller", ["solver"], [8089]);
    // The API server answers on the Service's address and at its interfaces, wherever in the network those are. What
    // else answers there on its port, such as the management of the broker, is kept by its password alone.
    open("controller", [...Object.keys({ ...data, ...networks, ...API_SERVER, ...PEERED })], [443]);
    // Pods that have no policy of ours: on what they let in they decide themselves, and so they do on what they send.
    const others = all.filter((pod) => !governed(pod));
    open("controller", others, PORTS, [...PROTOCOLS]);
    for (const from of others) open(from, ["controller"], [8000, 8443, 9100]);
    return lines;
  }

  function other(edge: Edge): [to: readonly string[], port: number] {
    switch (edge.to) {
      case "service": {
        const { kind } = edge.service.service;
        return [Object.keys(kind === "bucket" ? PUBLIC : data), SERVICE_PORTS[kind].workloads];
      }
      case "workload":
        return [[`my-app-${edge.workload}`], webPort(workloadOf(application, edge.workload))];
      case "external":
        // No policy knows names: a host that gave no address blocks is everybody's address.
        return [edge.external.cidrs === undefined ? Object.keys(PUBLIC) : [], edge.external.port];
    }
  }

  test("nothing is open that no edge asks for, and nothing is closed that one does", () => {
    expect(letThrough().sort()).toEqual([...needed()].sort());
  });

  test("every pod that the stack makes is a workload of the model, or makes or retires users of one of its services", () => {
    const users = application.services.flatMap(({ name: service, service: { users: setup } }) =>
      setup === undefined ? [] : [`my-app-${service}-users`, `my-app-${service}-retire`],
    );
    expect(Object.keys(own).sort()).toEqual(
      [...application.workloads.map(({ objectName }) => objectName), ...users].sort(),
    );
  });

  test("the matrix has every kind of edge, and ends of every kind", () => {
    const kinds = application.workloads.flatMap(({ edges }) =>
      edges.map((edge) => (edge.to === "service" ? edge.service.service.kind : edge.to)),
    );
    expect(new Set(kinds)).toEqual(new Set(["mysql", "redis", "rabbitmq", "bucket", "external", "workload"]));
    expect([data, networks].map((found) => Object.keys(found).length)).toEqual([3, 6]);
    expect(needed().size).toBeGreaterThan(100);
  });

  test("nobody at all reaches the credentials of a node, PHP-FPM's own port, or a pod that nobody knows", () => {
    const forbidden = /→ (metadata:|nobody's pod:|my-app-[a-z-]+:900[01]\/)/;
    expect(letThrough().filter((open) => forbidden.test(open))).toEqual([]);
  });
});

const line = (from: string, to: string, port: number, protocol: string): Line => `${from} → ${to}:${port}/${protocol}`;

/** Edges to a bucket: everything else that AWS keeps is reached with a password. */
const callsAws = ({ edges }: ResolvedWorkload): boolean =>
  edges.some((edge) => edge.to === "service" && edge.service.service.kind === "bucket");

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
