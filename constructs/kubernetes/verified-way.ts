import type { Connection, PartSource } from "../model/connection";
import { mirrored } from "../model/registries";
import type { ResolvedApplication } from "../model/resolved";
import type { Container } from "./objects";
import { RESTRICTED_CONTAINER } from "./pod";

/*
 * The way to a server whose certificate has no name. Such a server has an authority of its own, so whoever verifies that its
 * certificate is of it knows which server it is; programs that compare names as well cannot be told to do that alone, or do
 * without both. HAProxy can: it is in the pod of such a program, which speaks to it without TLS and nobody else reaches it.
 */

/** @see https://docs.haproxy.org/3.2/configuration.html#5.2-verify */
const IMAGE = "docker.io/library/haproxy:3.2.18-alpine";

const HOST = "127.0.0.1";
const PORT = 6399;

/** Where it says that it runs: at the pod's address, for the kubelet. */
const HEALTH = { name: "way", port: 8404, path: "/health" } as const;

/** Its file, in the ConfigMap with the authority. */
const FILE = "haproxy.cfg";

/** The same connection as the program in the pod has it. */
export const besideIt = (connection: Connection): Connection => ({
  ...connection,
  parts: { ...connection.parts, host: { value: HOST }, port: { value: String(PORT) } },
  tls: false,
});

/**
 * Its file. It compares no name, as it is told none, and verifies the chain all the same.
 *
 * @param authority path of the file with the server's authority
 */
export function verifiedWay({ parts }: Connection, authority: string): Readonly<Record<string, string>> {
  const lines = [
    "global",
    "  maxconn 20",
    "  log stdout format raw local0 info",
    "defaults",
    "  log global",
    // What went well is said by nobody: a line for each failure, without what was sent.
    "  option dontlog-normal",
    "  timeout connect 5s",
    "  timeout client 30s",
    "  timeout server 30s",
    "frontend beside",
    "  mode tcp",
    "  option tcplog",
    `  bind ${HOST}:${PORT}`,
    "  default_backend server",
    "backend server",
    "  mode tcp",
    `  server server ${plain(parts.host)}:${plain(parts.port)} ssl verify required ca-file ${authority} ssl-min-ver TLSv1.2`,
    "frontend health",
    "  mode http",
    `  bind :${HEALTH.port}`,
    `  monitor-uri ${HEALTH.path}`,
  ];
  return { [FILE]: `${lines.join("\n")}\n` };
}

function plain(source: PartSource | undefined): string {
  if (source === undefined || !("value" in source)) throw new Error("the way to a server has no host and port");
  return source.value;
}

const probe: NonNullable<Container["readinessProbe"]> = {
  httpGet: { path: HEALTH.path, port: HEALTH.name },
  initialDelaySeconds: 2,
  periodSeconds: 10,
  timeoutSeconds: 5,
  failureThreshold: 3,
};

/** @param folder where its file and the authority are mounted, by `mount` */
export const wayContainer = (
  { registries }: Pick<ResolvedApplication, "registries">,
  folder: string,
  mount: NonNullable<Container["volumeMounts"]>[number],
): Container => ({
  name: "way",
  image: mirrored(registries, IMAGE),
  imagePullPolicy: "IfNotPresent",
  ports: [{ name: HEALTH.name, containerPort: HEALTH.port, protocol: "TCP" }],
  command: ["haproxy", "-db", "-f", `${folder}/${FILE}`],
  resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { cpu: "100m", memory: "96Mi" } },
  livenessProbe: probe,
  readinessProbe: probe,
  securityContext: RESTRICTED_CONTAINER,
  volumeMounts: [mount],
});
