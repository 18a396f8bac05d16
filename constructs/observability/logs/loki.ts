import type { Addon, AddonContext } from "../../addons/addon";
import { split } from "../../addons/images";
import type { GrantedStore } from "../../addons/permissions";
import { ON_SYSTEM_NODES, overZones, resources } from "../../addons/scheduling";
import type { CloudFacts } from "../../kubernetes/facts";
import type { JsonObject } from "../../kubernetes/json";
import type { PodPeer } from "../../model/connection";
import type { Environment } from "../../model/resolved";
import { LOKI_CHART } from "./charts";
import { lokiLimits } from "./limits";
import { LOKI, LOKI_NAMESPACE, LOKI_PORT } from "./names";
import type { LogsProps } from "./props";
import { BESIDE_A_STORE, expireDays, INSTEAD_OF_A_STORE, logSizesOf } from "./sizes";

const NO_PART = { replicas: 0 } as const;
const OFF = { enabled: false } as const;

/** Parts of the chart that this Loki does without: one program does all. */
const WITHOUT = {
  ...{ read: NO_PART, write: NO_PART, backend: NO_PART },
  ...{ gateway: OFF, ruler: OFF, chunksCache: OFF, resultsCache: OFF, lokiCanary: OFF, test: OFF },
  sidecar: { rules: OFF },
} satisfies JsonObject;

interface Stored {
  /** What the schema of the index calls the store. It can never change for what is there. */
  readonly called: "azure" | "filesystem" | "gcs" | "s3";
  readonly values: JsonObject;
}

function stored(store: GrantedStore): Stored {
  switch (store.interface) {
    case "s3":
      return { called: "s3", values: { bucketNames: { chunks: store.bucket }, s3: { region: store.region } } };
    case "gcs":
      return { called: "gcs", values: { bucketNames: { chunks: store.bucket } } };
    case "azure-blob": {
      const azure = { accountName: store.account, useFederatedToken: true };
      return { called: "azure", values: { bucketNames: { chunks: store.container }, azure } };
    }
    case "volume":
      return { called: "filesystem", values: {} };
  }
}

/** How lines and their index are kept: it can never change for what is there. */
export const lokiSchema = (store: Stored["called"]): JsonObject => ({
  configs: [
    {
      from: "2024-04-01",
      store: "tsdb",
      object_store: store,
      schema: "v13",
      index: { prefix: "index_", period: "24h" },
    },
  ],
});

/** What the file says of where lines are, and for how long. */
function configuration(environment: Environment, store: GrantedStore, retentionDays: number, servers: number) {
  const { called, values } = stored(store);
  return {
    // Every request names a tenant. Nobody is asked for a login: policies say who comes.
    auth_enabled: true,
    commonConfig: { replication_factor: servers },
    storage: { type: called, ...values },
    schemaConfig: lokiSchema(called),
    // Without these two nothing is ever deleted, whatever the limits say.
    compactor: { retention_enabled: true, delete_request_store: called },
    limits_config: lokiLimits(logSizesOf(environment), retentionDays),
    analytics: { reporting_enabled: false },
  } satisfies JsonObject;
}

/** Who may come to Loki: by namespace and labels. */
export interface Peers {
  readonly collector: PodPeer;
  readonly grafana: PodPeer;
  readonly scraper: PodPeer;
}

const from = ({ namespace, labels }: PodPeer): JsonObject => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  podSelector: { matchLabels: labels },
});

/** Who writes, who reads and who measures; and its own pods, at every port. */
const policy = ({ collector, grafana, scraper }: Peers): JsonObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "loki-callers", namespace: LOKI_NAMESPACE },
  spec: {
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: [
      { from: [{ podSelector: {} }] },
      {
        from: [collector, grafana, scraper].map(from),
        ports: [{ port: LOKI_PORT, protocol: "TCP" }],
      },
    ],
  },
});

export interface LokiProps {
  readonly logs: LogsProps;
  /** Whether the store may be deleted with all that is in it, though the environment is protected. */
  readonly dropped: boolean;
  readonly peers: Peers;
  /** Objects of the kinds of Prometheus' operator: what is measured of it, and who is called. */
  readonly objects: readonly JsonObject[];
  /** Releases that are there first. */
  readonly after: readonly string[];
}

/** Keeps lines in the cloud's store of objects, or on a volume where there is none. */
export function loki(environment: Environment, facts: CloudFacts, props: LokiProps): Addon {
  const sizes = logSizesOf(environment);
  const { retentionDays = sizes.retentionDays } = props.logs;
  return {
    name: LOKI,
    namespace: LOKI_NAMESPACE,
    chart: LOKI_CHART,
    after: props.after,
    needs: {
      permissions: [],
      serviceAccount: LOKI,
      store: {
        expireDays: expireDays(retentionDays),
        protect: environment.protect && !props.dropped,
        stays: true,
      },
    },
    images: (placeOf) => ({ loki: { image: split(placeOf("docker.io/grafana/loki")) } }),
    values: (context) => values(environment, facts, props, context, retentionDays),
    objects: props.objects,
  };
}

function values(
  environment: Environment,
  { storageClasses }: CloudFacts,
  { peers }: LokiProps,
  { identity, store = { interface: "volume" } }: AddonContext,
  retentionDays: number,
): JsonObject {
  const sizes = logSizesOf(environment);
  const shared = store.interface !== "volume";
  const servers = shared ? sizes.servers : 1;
  return {
    deploymentMode: "Monolithic",
    ...WITHOUT,
    serviceAccount: { name: LOKI, annotations: identity.annotations, automountServiceAccountToken: false },
    defaults: { automountServiceAccountToken: false },
    loki: {
      ...configuration(environment, store, retentionDays, servers),
      ...(identity.podLabels !== undefined && { podLabels: identity.podLabels }),
    },
    singleBinary: {
      replicas: servers,
      resources: resources(sizes.cpu, sizes.memory, "2"),
      // Templates of claims never change, so these say the same for ever.
      persistence: {
        size: shared ? BESIDE_A_STORE : INSTEAD_OF_A_STORE,
        storageClass: storageClasses.ReadWriteOnce,
      },
      ...(servers > 1 && {
        topologySpreadConstraints: overZones({ "app.kubernetes.io/name": LOKI }),
        podDisruptionBudget: { maxUnavailable: 1 },
      }),
      // Long enough to hand over to the store what is in memory.
      terminationGracePeriodSeconds: 300,
      ...ON_SYSTEM_NODES,
    },
    extraObjects: [policy(peers)],
  };
}
