import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Addon } from "../../../constructs/addons/addon";
import { withImages } from "../../../constructs/addons/images";
import { keda } from "../../../constructs/addons/keda";
import { isJsonObject, type JsonObject } from "../../../constructs/kubernetes/json";
import { MIRRORED } from "../../../constructs/model/registries";
import { amazonManagedPrometheus } from "../../../constructs/observability/amazon/amazon-managed-prometheus";
import { DEFINITIONS } from "../../../constructs/observability/prometheus/charts";
import { prometheus } from "../../../constructs/observability/prometheus/prometheus";
import { facts, resolvedEnvironment, routing } from "../../support/resolved";

/* The charts have no schema: a key that they do not know is passed over without a word. So each has a list of what it knows. */

interface Recorded {
  readonly version: string;
  readonly templates: Readonly<Record<string, string>>;
  readonly free: readonly string[];
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

const recorded = (chart: string): Recorded =>
  JSON.parse(readFileSync(join(__dirname, "charts", `${chart}.json`), "utf8")) as Recorded;

/** Keys of values that the chart does not know. */
function unknown({ keys, templates, free }: Recorded, values: JsonObject, path: readonly string[] = []): string[] {
  const at = path.join("/");
  if (free.includes(at)) return [];
  const known = keys[at];
  if (known === undefined) return [`${at}: not recorded`];
  return Object.entries(values).flatMap(([key, value]) => {
    const below = [...path, key];
    if (below.join("/") in templates) return [];
    if (!known.includes(key)) return [below.join("/")];
    return isJsonObject(value) ? unknown({ keys, templates, free } as Recorded, value, below) : [];
  });
}

const ALL = { mirrors: Object.fromEntries(MIRRORED.map((host) => [host, `mirror.example.com/${host}`])) };
const identity = { annotations: {}, podLabels: { "azure.workload.identity/use": "true" } };
/** What each cloud adds: a store of objects, or none. */
const CONTEXTS = (
  [
    { interface: "s3", bucket: "logs", region: "eu-central-1" },
    { interface: "gcs", bucket: "logs" },
    { interface: "azure-blob", account: "logs", container: "objects" },
    { interface: "volume" },
  ] as const
).map((store) => ({
  ...{ identity, store, loadBalancerAnnotations: {} },
  measures: { host: "measures.example.com", path: "/workspaces/ws-1", region: "eu-central-1" },
}));
const runbooks = "https://git.example.com/runbooks";
const OPTIONS = {
  "": prometheus({ runbooks, slack: { channel: "#my-app-alerts" }, logs: {}, traces: {} }),
  ", measures kept by AWS": amazonManagedPrometheus({
    runbooks,
    slack: { workspace: "Example", channelId: "C0123456789" },
  }),
} as const;

/** Every add-on with a chart that is pulled: in both profiles, with and without sight of nodes, and with its images from mirrors. */
const addons = Object.entries(OPTIONS).flatMap(([called, option]) =>
  (["production", "small"] as const).flatMap((profile) =>
    [true, false].flatMap((hostAccess) =>
      option
        .addons({ ...resolvedEnvironment(profile), routing }, { ...facts, hostAccess })
        .flatMap((addon): [string, string, Addon][] =>
          "repository" in addon.chart
            ? [[`${addon.name} in ${profile}${hostAccess ? "" : ", without nodes"}${called}`, addon.chart.name, addon]]
            : [],
        ),
    ),
  ),
);

test.each(addons)("%s gives the chart %s only what it knows, at its pinned version", (_, chart, addon) => {
  const list = recorded(chart);
  expect(addon.chart.version).toBe(list.version);
  for (const context of CONTEXTS) expect(unknown(list, withImages(addon.values(context), addon, ALL))).toEqual([]);
});

test.each(["production", "small"] as const)(
  "KEDA in %s gives its chart only what it knows, at its pinned version",
  (profile) => {
    const list = recorded("keda");
    const addon = keda(resolvedEnvironment(profile));
    expect(addon.chart.version).toBe(list.version);
    for (const context of CONTEXTS) expect(unknown(list, withImages(addon.values(context), addon, ALL))).toEqual([]);
  },
);

test("the definitions too", () => {
  const { chart } = DEFINITIONS;
  const list = recorded("prometheus-operator-crds");
  expect(chart?.version).toBe(list.version);
  expect(unknown(list, chart?.values ?? { nothing: true })).toEqual([]);
});

test("a key that the chart does not know is found, however deep", () => {
  const list = recorded("kube-prometheus-stack");
  expect(unknown(list, { prometheus: { prometheusSpec: { retain: "10d", retention: "10d" }, enable: true } })).toEqual([
    "prometheus/prometheusSpec/retain",
    "prometheus/enable",
  ]);
  expect(unknown(list, { prometheus: { ingress: { enabled: true } } })).toEqual(["prometheus/ingress: not recorded"]);
  expect(unknown(list, { alertmanager: { alertmanagerSpec: { storage: { anything: {} } } } })).toEqual([]);
});
