import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import type { Api, Found } from "./api";
import type { Identity } from "./pki";
import { quantity } from "./quantities";

/*
 * metrics.k8s.io as a metrics server has it, by the aggregation of the API server, of which the autoscaler knows no
 * difference. What is measured is said by whoever tests: a ConfigMap for each workload says for how many processors it has
 * work. Its pods share the work, so that more of them have less to do each and the autoscaler comes to rest, as it should.
 */

const GROUP = "metrics.k8s.io";
const VERSION = "v1beta1";
const LIST = `/apis/${GROUP}/${VERSION}`;

/** Where the work is said: `data.cores = "2500m"` in `work-<namespace>.<label app>`. Without, pods idle. */
export const WORK = { namespace: "kube-system", name: "work" } as const;

/** Of what a pod asks for: what it uses of memory always, and of processors when it has no work. */
const MEMORY = 0.4;
const IDLE = 0.05;

export interface MetricsServer {
  readonly port: number;
  readonly close: () => void;
}

/** Answers the API server alone: by the certificate it shows as an aggregator. */
export function serveMetrics(api: Api, server: Identity, aggregator: Identity): Promise<MetricsServer> {
  const options = {
    cert: readFileSync(server.certificate),
    key: readFileSync(server.key),
    ca: readFileSync(aggregator.certificate),
    requestCert: true,
    rejectUnauthorized: true,
  };
  const listening = createServer(options, (asked, response) => {
    answer(api, asked)
      .then((body) => ({ status: body === undefined ? 404 : 200, body: body ?? { kind: "Status", status: "Failure" } }))
      .catch((error: unknown) => ({ status: 500, body: { kind: "Status", status: "Failure", message: String(error) } }))
      .then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      })
      .catch(() => asked.socket.destroy());
  });
  return new Promise((resolve, reject) => {
    listening.once("error", reject);
    listening.listen(0, "127.0.0.1", () => {
      const address = listening.address();
      if (address === null || typeof address === "string") {
        reject(new Error("the metrics API has no port"));
        return;
      }
      resolve({
        port: address.port,
        close: () => {
          listening.closeAllConnections();
          listening.close();
        },
      });
    });
  });
}

/** A Service by the name of which the API server finds a port of this machine, and the API that it is of. */
export const registration = (port: number, authority: Identity): readonly [path: string, body: object][] => [
  [
    "/api/v1/namespaces/kube-system/services/metrics",
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "metrics", namespace: "kube-system" },
      spec: { type: "ExternalName", externalName: "127.0.0.1", ports: [{ port }] },
    },
  ],
  [
    `/apis/apiregistration.k8s.io/v1/apiservices/${VERSION}.${GROUP}`,
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: `${VERSION}.${GROUP}` },
      spec: {
        ...{ group: GROUP, version: VERSION, groupPriorityMinimum: 100, versionPriority: 100 },
        service: { namespace: "kube-system", name: "metrics", port },
        caBundle: readFileSync(authority.certificate).toString("base64"),
      },
    },
  ],
];

async function answer(api: Api, { url = "" }: IncomingMessage): Promise<object | undefined> {
  const { pathname, searchParams } = new URL(url, "https://localhost");
  if (pathname === LIST) return discovery();
  const [, namespace] = /^\/namespaces\/([^/]+)\/pods$/.exec(pathname.slice(LIST.length)) ?? [];
  if (!pathname.startsWith(LIST) || namespace === undefined) return undefined;
  const selector = searchParams.get("labelSelector") ?? "";
  const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(selector)}`;
  const pods = (await api.list(path)).filter(({ status }) => status.phase === "Running");
  const said = await api.list(`/api/v1/namespaces/${WORK.namespace}/configmaps`);
  const work = new Map(said.map(({ metadata, data }) => [String(metadata.name), data?.cores as string | undefined]));
  return { kind: "PodMetricsList", apiVersion: `${GROUP}/${VERSION}`, metadata: {}, items: measure(pods, work) };
}

function measure(pods: readonly Found[], work: ReadonlyMap<string, string | undefined>): object[] {
  const key = ({ metadata }: Found): string =>
    `${WORK.name}-${String(metadata.namespace)}.${String(metadata.labels?.app)}`;
  const asked = (container: Found, resource: "cpu" | "memory"): number =>
    quantity((container.resources?.requests?.[resource] ?? "0") as string);
  return pods.map((pod) => {
    const containers = pod.spec.containers as Found[];
    const total = containers.reduce((sum: number, container) => sum + asked(container, "cpu"), 0);
    const sharing = pods.filter((other) => key(other) === key(pod)).length;
    const said = work.get(key(pod));
    const cores = said === undefined ? total * IDLE : quantity(said) / sharing;
    return {
      metadata: { name: pod.metadata.name, namespace: pod.metadata.namespace, labels: pod.metadata.labels },
      timestamp: new Date().toISOString(),
      window: "1s",
      containers: containers.map((container) => ({
        name: container.name,
        usage: {
          cpu: `${Math.round((1e9 * cores * asked(container, "cpu")) / (total || 1))}n`,
          memory: String(Math.round(asked(container, "memory") * MEMORY)),
        },
      })),
    };
  });
}

const discovery = (): object => ({
  kind: "APIResourceList",
  apiVersion: "v1",
  groupVersion: `${GROUP}/${VERSION}`,
  resources: [{ name: "pods", singularName: "", namespaced: true, kind: "PodMetrics", verbs: ["get", "list"] }],
});
