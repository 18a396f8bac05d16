import { DataGoogleLoggingProjectCmekSettings } from "@cdktf/provider-google/lib/data-google-logging-project-cmek-settings";
import { LoggingProjectBucketConfig } from "@cdktf/provider-google/lib/logging-project-bucket-config";
import { LoggingProjectExclusion } from "@cdktf/provider-google/lib/logging-project-exclusion";
import { LoggingProjectSink } from "@cdktf/provider-google/lib/logging-project-sink";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import type { ResolvedService } from "../../model/resolved";
import { EncryptionKey } from "./encryption-key";
import { GOOGLE_NAMES, KEYS, networkNames } from "./names";
import { GOOGLE_PROVISIONERS } from "./services/provisioners";
import type { Settings } from "./settings";

export interface LogsProps {
  readonly settings: Settings;
  readonly keyRingId: string;
  /** A deleted log bucket keeps its name for a week. */
  readonly suffix: string;
  /** Cloud Logging's, switched on. */
  readonly api: readonly ITerraformDependable[];
  /** Those of the environment's applications: kinds of other programs write logs too. */
  readonly services: readonly Given[];
}

type Given = Pick<ResolvedService, "service" | "sizing">;

/**
 * A log bucket for the cluster, its network and data services, kept as long as the environment says and encrypted with its key. The
 * project's own keeps thirty days and gets none of it. Audit logs of administration stay in the project's for 400 days
 * beside it, which nobody can change.
 */
export class Logs extends Construct {
  constructor(scope: Construct, id: string, { settings, keyRingId, suffix, api, services }: LogsProps) {
    super(scope, id);
    const { project, region, clusterName } = settings;
    const agent = new DataGoogleLoggingProjectCmekSettings(this, "Agent", { project, dependsOn: [...api] });
    const key = new EncryptionKey(this, "Key", {
      keyRingId,
      name: KEYS.logs,
      protect: settings.protect,
      users: { Logging: `serviceAccount:${agent.serviceAccountId}` },
    });
    const bucket = new LoggingProjectBucketConfig(this, "Default", {
      project,
      location: region,
      bucketId: fitName([clusterName, suffix], GOOGLE_NAMES.logBucket),
      description: `Cluster, network and data services of ${settings.environment}`,
      retentionDays: settings.logRetentionDays,
      cmekSettings: { kmsKeyName: key.id },
      dependsOn: [...key.granted],
      lifecycle: { preventDestroy: settings.protect },
    });
    const name = fitName([clusterName, "logs"], GOOGLE_NAMES.logBucket);
    const filter = logFilter(settings, services);
    const sink = new LoggingProjectSink(this, "Sink", {
      project,
      name,
      description: `Logs of ${clusterName} into its own bucket`,
      destination: `logging.googleapis.com/${bucket.id}`,
      filter,
      uniqueWriterIdentity: true,
    });
    // Only when they arrive elsewhere.
    new LoggingProjectExclusion(this, "Exclusion", {
      project,
      name,
      description: `Logs of ${clusterName} are in its own bucket`,
      filter,
      dependsOn: [sink],
    });
  }
}

/** Conditions of what services of each kind write. */
const ofServices = (settings: Settings, services: readonly Given[]): readonly string[][] =>
  GOOGLE_PROVISIONERS.all(services.map(({ service }) => service)).flatMap((one) => {
    const imported = services.flatMap(({ service, sizing }) =>
      sizing.imported !== undefined && GOOGLE_PROVISIONERS.find(service) === one ? [sizing.imported.id] : [],
    );
    return one.facts?.logFilters?.({ ...settings, imported: imported.sort() }) ?? [];
  });

/**
 * What cluster and network write under their names, and data services under names that begin with the environment's, or that they had
 * before.
 */
function logFilter(settings: Settings, services: readonly Given[]): string {
  const { clusterName, region } = settings;
  const { nodes } = networkNames(clusterName);
  const nat = fitName([clusterName, "nat"], GOOGLE_NAMES.compute);
  const cluster = [
    `resource.type=("k8s_cluster" OR "k8s_node" OR "k8s_pod" OR "k8s_container" OR "k8s_control_plane_component")`,
    `resource.labels.cluster_name="${clusterName}"`,
    `resource.labels.location="${region}"`,
  ];
  const others = [
    // Of somebody else's network they are its owner's.
    ...(settings.network.made === undefined
      ? []
      : [
          [`resource.type="gce_subnetwork"`, `resource.labels.subnetwork_name="${nodes}"`],
          [`resource.type="nat_gateway"`, `resource.labels.gateway_name="${nat}"`],
        ]),
    ...ofServices(settings, services),
  ];
  return [cluster, ...others].map((terms) => `(${terms.join(" AND ")})`).join(" OR ");
}
