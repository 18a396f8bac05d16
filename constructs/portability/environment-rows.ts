import type { Cloud } from "../clouds/cloud";
import { type GuaranteeName, GUARANTEES } from "../clouds/guarantees";
import type { CloudFacts, ExternalDnsProvider } from "../kubernetes/facts";
import { platformSecrets } from "../model/out-of-band";
import type { Environment } from "../model/resolved";

/**
 * Guarantees that every profile has, and each cloud in its own way. What `production` adds is in
 * `docs/operations/guarantees.md`.
 */
const MECHANISMS: readonly GuaranteeName[] = [
  "closed-api",
  "required-secrets",
  "workload-identity",
  "network-policies",
  "shared-volumes",
  "zonal-volumes",
  "client-address",
  "lossless-rollout",
  "node-autoscaling",
  "system-nodes",
];

/** What an environment is made of, by what it is called in the report. */
export function environmentWords(environment: Environment<Cloud>): Readonly<Record<string, string>> {
  const { cloud } = environment;
  const traits = cloud.describe(environment);
  const facts = cloud.facts(environment);
  return {
    place: traits.place,
    cluster: `${traits.cluster} ${traits.kubernetesVersion ?? "of another program"}, ${traits.clusterName}`,
    network: traits.network ?? (cloud.networkCidrs ?? ["of another program"]).join(", "),
    nodes: traits.nodes,
    "Terraform state": traits.state,
    "signs in by": traits.credentials,
    "secret store": traits.secretStore,
    ...Object.fromEntries(
      (environment.registries?.logins ?? []).map(({ name, remoteKey }) => [
        `password of registry "${name}"`,
        remoteKey,
      ]),
    ),
    ...Object.fromEntries(platformSecrets(environment).map(({ name, remoteKey }) => [`secret "${name}"`, remoteKey])),
    ...(environment.observability !== undefined && {
      "measures of nodes": facts.hostAccess === false ? "none: nothing in the cluster sees them" : "of each",
    }),
    ...(environment.clusterBackups !== undefined && {
      "copies of disks": `snapshots by ${facts.diskSnapshots?.driver ?? "nobody"}, of the cloud it is on`,
    }),
    ...(environment.backups !== undefined && { "copies in": environment.backups.region }),
    "storage class, shared": facts.storageClasses.ReadWriteMany,
    "storage class, zonal": facts.storageClasses.ReadWriteOnce,
    "load balancer": loadBalancer(facts),
    "DNS records": dns(facts.externalDns),
    "metrics server": facts.hasMetricsServer === true ? "the cloud's" : "installed as a chart",
    ...Object.fromEntries(MECHANISMS.map((name) => [GUARANTEES[name], mechanism(cloud, name)])),
  };
}

function mechanism({ guarantees }: Cloud, name: GuaranteeName): string {
  const how = guarantees[name];
  return "by" in how ? how.by : `missing: ${how.missing}`;
}

function loadBalancer({ loadBalancerClass, loadBalancerAnnotations = {}, nodePorts }: CloudFacts): string {
  if (nodePorts !== undefined) return `none: ports ${nodePorts.http} and ${nodePorts.https} of each node`;
  const annotations = Object.entries(loadBalancerAnnotations).map(([name, value]) => `${name}=${value}`);
  return [`class ${loadBalancerClass ?? "of the cluster"}`, ...annotations].join(", ");
}

function dns(provider: ExternalDnsProvider | undefined): string {
  return provider === undefined ? "nobody makes them" : `external-dns, provider ${provider.name}`;
}
