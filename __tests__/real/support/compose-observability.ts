import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { EXPORTER_PATH } from "../../../constructs/model/exporter";
import type { RuleGroup } from "../../../constructs/observability/rules";
import { localFiles } from "../../support/local-alerts";
import { inLessTime } from "./alerting";
import { commandOf, composeService, variablesOf } from "./compose-file";
import { type Container, type Image, type Mount, run, startContainer } from "./container";
import { mysqldExporterImage, redisExporterImage } from "./images";
import { inNetwork } from "./network";
import { waitUntil } from "./program";
import { composeNginxImage, METRICS_PORTS } from "./sample-images";
import type { Site } from "./site";

/*
 * The profile `observability` of compose.yaml, with Debian's programs and the rendered files. All containers have one address here:
 * so some ports are others. Times are divided, and nothing else of the rules is otherwise.
 */

const NOBODY = 65_534;
const POOL_PORT = { given: 9253, here: 9254 };
const PROMETHEUS_PORT = { given: 9090, here: 9096 };

export interface Observability {
  /** Series that Prometheus has of an expression now. */
  readonly query: (
    expr: string,
  ) => Promise<
    readonly { readonly metric: Readonly<Record<string, string>>; readonly value: readonly [number, string] }[]
  >;
  /** Names of the alerts that fire, of those about a service with its name. */
  readonly firing: () => Promise<string[]>;
  readonly logs: () => string;
}

const plain = (links: Image["links"]): Image => ({
  command: [],
  stopSignal: "SIGTERM",
  userland: "alpine",
  files: {},
  links,
});

export async function startObservability(site: Site, faster: number): Promise<Observability> {
  const root = join(site.folder, "repository");
  for (const [file, text] of Object.entries(localFiles())) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), rewritten(file, text, faster));
  }
  const hosts: Mount = { path: "/etc/hosts", source: join(site.folder, "compose-hosts"), readOnly: true };
  const folder = (path: string, name: string): Mount => {
    const source = join(root, "docker/observability", name);
    return { path, source, readOnly: true };
  };
  const data = (path: string): Mount => {
    const source = join(site.folder, `data${path.replaceAll("/", "-")}`);
    mkdirSync(source);
    chownSync(source, NOBODY, NOBODY);
    return { path, source, readOnly: false };
  };
  const containers: Container[] = [];
  const start = async (
    name: string,
    image: Image,
    command: readonly string[],
    mounts: readonly Mount[],
  ): Promise<void> => {
    const service = composeService(name);
    const [user = 0, group = 0] = (service.user ?? "").split(":").map(Number);
    const log = join(site.folder, `${name}.log`);
    const memory = (service.tmpfs ?? []).map((path) => ({ path, memory: 2 ** 26 }));
    const container = await startContainer({
      ...{ image, command, user, group, log },
      env: variablesOf(name),
      mounts: [hosts, ...memory, ...mounts],
      readOnlyRoot: service.read_only === true,
      network: site.network,
    });
    containers.push(site.add(container));
  };

  const maker = "orders-db-exporter-user";
  const words = Object.entries({ ...variablesOf(maker), HOST: "127.0.0.1" }).map(([key, value]) => `${key}=${value}`);
  const made = await run(inNetwork(site.network, ["env", ...words, ...commandOf(maker)]));
  if (made.code !== 0) throw new Error(made.output);
  // A second time changes nothing.
  const again = await run(inNetwork(site.network, ["env", ...words, ...commandOf(maker)]));
  if (again.code !== 0) throw new Error(again.output);

  const exporter = async (name: string, image: Image, mounts: readonly Mount[]): Promise<void> =>
    start(name, image, [...image.command, ...(composeService(name).command ?? [])], mounts);
  await exporter("orders-db-exporter", mysqldExporterImage, [folder(EXPORTER_PATH, "orders-db-exporter")]);
  await exporter("cache-exporter", redisExporterImage, []);
  await start("backend-fpm-metrics", composeNginxImage, commandOf("backend-fpm-metrics"), [
    folder("/etc/goldenpath/nginx", "backend-fpm-metrics"),
    { path: "/var/lib/nginx", memory: 2 ** 20 },
  ]);
  await start(
    "alertmanager",
    plain({ "/bin/alertmanager": "/usr/bin/prometheus-alertmanager" }),
    commandOf("alertmanager"),
    [folder("/etc/goldenpath", "alertmanager"), data("/alertmanager")],
  );
  // Debian's is older than the flag.
  const command = commandOf("prometheus").map((word) =>
    word.replace("--config.auto-reload", `--web.listen-address=127.0.0.1:${PROMETHEUS_PORT.here}`),
  );
  await start("prometheus", plain({ "/bin/prometheus": "/usr/bin/prometheus" }), command, [
    folder("/etc/goldenpath", "prometheus"),
    data("/prometheus"),
  ]);

  const logs = (): string => containers.map(({ log }) => log()).join("\n");
  const get = async (path: string, ...more: readonly string[]): Promise<unknown> => {
    const url = `http://127.0.0.1:${PROMETHEUS_PORT.here}${path}`;
    const { code, output } = await run(inNetwork(site.network, ["curl", "--silent", "--get", url, ...more]));
    return code === 0 ? (JSON.parse(output) as { readonly data?: unknown }).data : undefined;
  };
  await waitUntil(
    "Prometheus answers",
    async () => (await get("/api/v1/status/runtimeinfo").catch(() => undefined)) !== undefined,
    {
      seconds: 20,
      details: logs,
    },
  );
  return {
    logs,
    query: async (expr) => {
      const data = (await get("/api/v1/query", "--data-urlencode", `query=${expr}`)) as
        { readonly result: Awaited<ReturnType<Observability["query"]>> } | undefined;
      if (data === undefined) throw new Error(`not answered: ${expr}`);
      return data.result;
    },
    firing: async () => {
      const { alerts } = (await get("/api/v1/alerts")) as {
        readonly alerts: readonly { readonly state: string; readonly labels: Readonly<Record<string, string>> }[];
      };
      return alerts
        .filter(({ state }) => state === "firing")
        .map(({ labels }) => [labels["alertname"], labels["service"] ?? labels["workload"]].join(" "));
    },
  };
}

/** A file as it is where one container has the address of all, and less time passes. */
function rewritten(file: string, text: string, faster: number): string {
  switch (file) {
    case "docker/observability/backend-fpm-metrics/nginx.conf":
      return text.replace(`listen ${POOL_PORT.given};`, `listen ${POOL_PORT.here};`);
    case "docker/observability/prometheus/prometheus.yaml":
      return text
        .replaceAll(`backend:${POOL_PORT.given}`, `backend:${POOL_PORT.here}`)
        .replaceAll(/notifications:\d+/g, `notifications:${METRICS_PORTS.notifications}`)
        .replaceAll(/(interval|timeout): \w+/g, "$1: 1s");
    case "docker/observability/prometheus/rules.yaml": {
      const { groups } = parse(text) as { readonly groups: readonly RuleGroup[] };
      return stringify({ groups: inLessTime(groups, faster) });
    }
    default:
      return text;
  }
}
