import { DataGoogleProject } from "@cdktf/provider-google/lib/data-google-project";
import { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic";
import { Id } from "@cdktf/provider-random/lib/id";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { exceptChecks } from "../../terraform/check-exceptions";
import type { CloudEnvironment } from "../cloud";
import { ensureRandomProvider } from "../shared/providers";
import { Access } from "./access";
import { Apis, environmentApis } from "./apis";
import { ControlPlane } from "./cluster";
import { EncryptionKey, KeyRing } from "./encryption-key";
import { ExistingNetwork } from "./existing-network";
import { Logs } from "./logs";
import { GOOGLE_NAMES, KEYS } from "./names";
import { Network } from "./network";
import { NodeAccount, StandardNodePool } from "./nodes";
import type { GoogleProps } from "./props";
import { serviceAgents } from "./service-agents";
import { type Settings, settingsOf } from "./settings";

/** Room for the suffix. */
const KEY_RING = { max: GOOGLE_NAMES.keyRing.max - 9 };

/** Everything of `<env>-cluster`, in the order it comes into being. */
export function createCluster(scope: Construct, environment: CloudEnvironment, props: GoogleProps): void {
  const settings = settingsOf(props, environment);
  const { project, region, clusterName } = settings;
  const apis = new Apis(scope, "Apis", { names: environmentApis(environment) });
  const { enabled } = apis;
  const suffix = createSuffix(scope);
  const ring = new KeyRing(scope, "KeyRing", {
    name: `${fitName([clusterName], KEY_RING)}-${suffix}`,
    region,
    dependsOn: enabled,
  });
  const keys = createKeys(scope, settings, ring.id);
  new Logs(scope, "Logs", {
    settings,
    keyRingId: ring.id,
    suffix,
    api: apis.one("logging"),
    services: environment.applications.flatMap(({ services }) => services),
  });
  const { made, existing } = settings.network;
  const network =
    made === undefined
      ? new ExistingNetwork(scope, "Network", { settings, existing })
      : new Network(scope, "Network", { settings, made, dependsOn: enabled });
  const account = new NodeAccount(scope, "NodeAccount", {
    settings,
    apis: enabled,
    registries: environment.registries,
  });
  const granted = Object.values(keys).flatMap((key) => key.granted);
  const cluster = new ControlPlane(scope, "Cluster", {
    settings,
    network,
    endpoint: props.endpoint,
    secretsKeyId: keys.secrets.id,
    diskKeyId: keys.disks.id,
    nodeAccountEmail: account.email,
    topicId: createTopic(scope, settings, enabled),
    dependsOn: [...granted, ...account.permissions, ...network.egress],
  });
  new Access(scope, "Access", { project, access: props.access, environment });
  for (const [name, pool] of Object.entries(settings.pools ?? {})) {
    new StandardNodePool(scope, `Nodes-${name}`, {
      name,
      pool,
      settings,
      clusterId: cluster.clusterId,
      accountEmail: account.email,
      diskKeyId: keys.disks.id,
      dependsOn: [...granted, ...account.permissions, ...network.egress],
    });
  }
}

/**
 * Suffix for what keeps its name after it is gone: key rings for ever, log buckets for a week. An environment that is made again
 * under its old name needs new ones.
 */
function createSuffix(scope: Construct): string {
  ensureRandomProvider(scope);
  return new Id(scope, "Suffix", { byteLength: 4 }).hex;
}

/** Service agents are there when their APIs are on, which the ring waits for and its keys after it. */
function createKeys(scope: Construct, settings: Settings, keyRingId: string) {
  const here = new Construct(scope, "Keys");
  const { project, protect } = settings;
  const { number } = new DataGoogleProject(here, "Project", { projectId: project });
  const agents = serviceAgents(number);
  const key = (name: keyof typeof KEYS, users: Readonly<Record<string, string>>): EncryptionKey =>
    new EncryptionKey(here, name, { keyRingId, name: KEYS[name], protect, users });
  return {
    /** Kubernetes Secrets in the control plane. */
    secrets: key("secrets", { Kubernetes: agents.kubernetes }),
    /** Boot disks and volumes of one pod. */
    disks: key("disks", { Compute: agents.compute }),
    /** Volumes of many pods. */
    files: key("files", { Filestore: agents.filestore }),
  };
}

/** Upgrades that start, versions that are there, security bulletins: for whoever subscribes. Nobody has to. */
function createTopic(scope: Construct, { clusterName }: Settings, enabled: readonly ITerraformDependable[]): string {
  const topic = new PubsubTopic(scope, "Notifications", {
    name: fitName([clusterName, "notifications"], GOOGLE_NAMES.topic),
    dependsOn: [...enabled],
  });
  exceptChecks(topic, {
    checks: ["CKV_GCP_83"],
    reason: "its messages name versions and bulletins of GKE, which are public",
  });
  return topic.id;
}
