import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { EnvironmentSpec } from "../../constructs/environment";
import { MIRRORED } from "../../constructs/model/registries";
import { amazonManagedPrometheus } from "../../constructs/observability/amazon/amazon-managed-prometheus";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import { ingressNginx, traefik } from "../../constructs/routing/controllers";
import { gatewayApi } from "../../constructs/routing/gateway-api";
import { ingress } from "../../constructs/routing/ingress";
import { environments } from "../../environments";
import { stack, synthesizeEnvironments } from "../support/reference";

/*
 * The page's table of images against what stacks give their charts where every registry has a mirror, with everything that an
 * environment can say: a chart whose images move has a row, and the row's values are those that moved.
 */

const MIRROR = "mirror.example.com";

/** Row of the table, by the release. */
const ROWS: Readonly<Record<string, string>> = {
  alloy: "Alloy, and what takes spans",
  "aws-load-balancer-controller": "AWS Load Balancer Controller",
  "cert-manager": "cert-manager",
  "envoy-gateway": "Envoy Gateway",
  "external-dns": "external-dns",
  "external-secrets": "External Secrets",
  "ingress-nginx": "ingress-nginx",
  karpenter: "Karpenter",
  keda: "KEDA",
  "kube-prometheus-stack": "Prometheus, and what is with it",
  "prometheus-node-exporter": "node-exporter",
  loki: "Loki",
  "measures-reader": "what asks Amazon's Prometheus",
  "metrics-server": "metrics-server",
  otlp: "Alloy, and what takes spans",
  // Proxies of Envoy Gateway are an object of the platform's.
  "platform-objects": "Envoy Gateway",
  "rabbitmq-cluster-operator": "RabbitMQ's operator",
  reloader: "Reloader",
  "sealed-secrets": "Sealed Secrets",
  tempo: "Tempo",
  traefik: "Traefik",
  velero: "Velero",
};

type Observability = Exclude<EnvironmentSpec["observability"], "off" | undefined>;

const runbooks = "https://git.example.com/runbooks/";
const inCluster = prometheus({ runbooks, slack: { channel: "#my-app-alerts" }, logs: {}, traces: {} });
const inAws = amazonManagedPrometheus({ runbooks, slack: { workspace: "Example", channelId: "C0123456789" } });

const everything = (
  spec: EnvironmentSpec,
  routing: EnvironmentSpec["routing"],
  observability: Observability,
): EnvironmentSpec => ({
  ...spec,
  ...{ routing, observability },
  ...{ sealedSecrets: true, eventScaling: "keda" },
  // A cluster on one machine keeps no objects.
  ...(spec.name !== "local" && { clusterBackups: {} }),
  registries: { mirrors: Object.fromEntries(MIRRORED.map((host) => [host, `${MIRROR}/${host}`])) },
});

const ROUTINGS: readonly (readonly [string, EnvironmentSpec["routing"], Observability?])[] = [
  ["staging", ingress({ controller: traefik() })],
  ["local", ingress({ controller: ingressNginx() })],
  ["gke-staging", gatewayApi()],
  ["aks-staging", ingress({ controller: traefik() })],
  ["production", ingress({ controller: traefik() }), inAws],
];

/** Names of values that hold an image of the mirror, without places in lists. */
function moved(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === "string") {
    try {
      // Objects are values of a chart too, each a text.
      if (value.startsWith("{")) return moved(JSON.parse(value), path);
    } catch {
      return [];
    }
    return value.startsWith(MIRROR) ? [path.join(".")] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item) => moved(item, path));
  if (typeof value !== "object" || value === null) return [];
  const found = Object.entries(value).flatMap(([key, inner]) => moved(inner, [...path, key]));
  // Some charts have the registry apart from the rest, which is given with it.
  const apart = found.includes([...path, "registry"].join(".")) && "repository" in value;
  return apart ? [...found, [...path, "repository"].join(".")] : found;
}

const found = new Map<string, Set<string>>();
for (const [name, routing, observability = inCluster] of ROUTINGS) {
  const specs = environments.filter((one) => one.name === name).map((spec) => everything(spec, routing, observability));
  const releases = Object.values(
    stack(synthesizeEnvironments(specs), `${name}-platform`).resource["helm_release"] ?? {},
  );
  for (const { name: release, values } of releases) {
    const paths = ((values ?? []) as string[]).flatMap((text) => moved(parse(text)));
    if (paths.length === 0) continue;
    const row = ROWS[String(release)] ?? `no row is known of ${String(release)}`;
    found.set(row, new Set([...(found.get(row) ?? []), ...paths]));
  }
}

const page = readFileSync(join(__dirname, "../../docs/guide/private-registries.md"), "utf8");
const table = new Map(
  page
    .slice(page.indexOf("| add-on "))
    .split("\n\n", 1)[0]
    ?.split("\n")
    .slice(2)
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map(([, title = "", values = ""]) => [title, [...values.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name)]),
);

test("every add-on whose images come from a mirror has a row, and no row is of none", () => {
  expect([...table.keys()].sort()).toEqual([...found.keys()].sort());
});

test.each([...found].sort())("%s: the row says the values that move, and no others", (title, paths) => {
  const names = table.get(title) ?? [];
  const said = (path: string): boolean => names.some((name) => `.${path}`.endsWith(`.${name}`));
  expect([...paths].filter((path) => !said(path))).toEqual([]);
  expect(names.filter((name) => ![...paths].some((path) => `.${path}.`.includes(`.${name}.`)))).toEqual([]);
});
