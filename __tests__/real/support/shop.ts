import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { wire, type WiredWorkload } from "../../../constructs/kubernetes/provided";
import { application } from "../../../constructs/model/application";
import { loadEnvironments } from "../../../constructs/model/load";
import type { ResolvedApplication } from "../../../constructs/model/resolved";
import { type Need as Edge, http, phpFpm, release, worker } from "../../../constructs/model/workload";
import { prometheus } from "../../../constructs/observability/prometheus/prometheus";
import { applicationObjects } from "../../../constructs/rendering/application-objects";
import { environmentOption } from "../../support/input";
import { facts, routing } from "../../support/resolved";
import { assembleSecrets } from "./external-secrets";
import type { Secrets } from "./pod-files";
import { type Placed, provide } from "./test-cloud";

type Need = string | Edge;

const OBSERVABILITY = prometheus({
  runbooks: "https://git.example.com/runbooks",
  slack: { channel: "#shop-alerts" },
});

const IMAGE = "registry.example.com/shop:v1";

const WORKLOADS = {
  api: (needs: Need[]) => phpFpm({ image: IMAGE, needs }),
  web: (needs: Need[]) => http({ image: IMAGE, needs }),
  queue: (needs: Need[]) => worker({ image: IMAGE, needs, command: ["php", "/app/rabbitmq.php"] }),
  migrate: (needs: Need[]) => release({ image: IMAGE, needs, command: ["php", "/app/mysql.php"] }),
};

export type WorkloadName = keyof typeof WORKLOADS;

const ALL: readonly WorkloadName[] = ["api", "web", "queue", "migrate"];

export interface Shop {
  /** Each workload needs all of them. */
  readonly services: Readonly<Record<string, Placed>>;
  /** @default - all of them */
  readonly workloads?: readonly WorkloadName[];
  /** Those of them that may only read. @default - none */
  readonly readers?: readonly WorkloadName[];
  /** Generation of every password. @default 1 */
  readonly passwords?: number;
  /** Whether it is measured. @default false */
  readonly measured?: boolean;
}

export interface Deployed {
  readonly application: ResolvedApplication;
  readonly workloads: readonly WiredWorkload[];
  readonly objects: readonly KubernetesObject[];
  readonly secrets: Secrets;
}

/** Renders an application as it is written, and assembles its Secrets from the cloud's secret store. */
export function deploy({ services, workloads = ALL, readers = [], passwords = 1, measured = false }: Shop): Deployed {
  const { provided, store } = provide({ services, workloads, readers, passwords, measured });
  const resolved = shop({ services, workloads, readers, passwords });
  const observability = measured ? OBSERVABILITY : undefined;
  const objects = applicationObjects({ application: resolved, facts, routing, observability, provided });
  return {
    ...{ application: resolved, workloads: wire(resolved, provided) },
    ...{ objects, secrets: assembleSecrets(objects, store) },
  };
}

function shop({ services, workloads, readers, passwords }: Required<Omit<Shop, "measured">>): ResolvedApplication {
  const names = Object.keys(services);
  const needs = (workload: WorkloadName) =>
    names.map((to) => (readers.includes(workload) ? { to, access: "read" as const } : to));
  const written = application({
    name: "shop",
    owner: "team-shop",
    services: Object.fromEntries(Object.entries(services).map(([name, { service }]) => [name, service])),
    workloads: Object.fromEntries(workloads.map((name) => [name, WORKLOADS[name](needs(name))])),
  });
  const sizing = Object.fromEntries(
    Object.entries(services).map(([name, { imported }]) => [name, { passwords, ...(imported && { imported }) }]),
  );
  const environments = loadEnvironments([
    {
      name: "test",
      cloud: environmentOption(),
      routing: environmentOption(),
      profile: "small",
      contact: "ops@example.com",
      costCenter: "shop",
      applications: [{ application: written, services: sizing }],
    },
  ]);
  const [only] = environments.flatMap(({ applications }) => applications);
  if (only === undefined) throw new Error("no application");
  return only;
}
