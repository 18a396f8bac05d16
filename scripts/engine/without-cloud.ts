import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { LocalBackend } from "cdktf";
import type { Cloud, CloudEnvironment, Cluster } from "../../constructs/clouds/cloud";
import type { EnvironmentSpec } from "../../constructs/environment";
import { secretPlace } from "../../constructs/model/resolve";
import { literals } from "./literals";

const cluster = (cloud: Cloud, environment: CloudEnvironment): Cluster => ({
  platform: () => undefined,
  allow: (_scope, _addon, { store }) => ({
    identity: { annotations: {} },
    values: {},
    ...(store !== undefined && { store: { interface: "s3", bucket: "objects", region: "eu-central-1" } }),
  }),
  secretStoreProvider: () => ({ fake: { data: [] } }),
  provide: (scope, application) => literals({ ...environment, cloud }, application, scope),
});

/**
 * The environment with literals where the cloud's references were: its platform and application stacks then need the
 * Kubernetes and Helm providers only. For machines where the cloud's provider is not to be had. Who runs a service is as
 * on the cloud, and so is where secrets are kept.
 */
export function withoutCloud(environment: EnvironmentSpec): EnvironmentSpec {
  const { cloud } = environment;
  const stripped: Cloud = {
    title: `${cloud.title}, without its provider`,
    guarantees: cloud.guarantees,
    placements: cloud.placements,
    notManaged: cloud.notManaged,
    profiles: cloud.profiles,
    clusterIssuers: cloud.clusterIssuers,
    secretProperty: cloud.secretProperty,
    secretPlace: (names) => secretPlace(cloud, names),
    problems: (path) => cloud.problems(path),
    applicationProblems: (application, path) => cloud.applicationProblems?.(application, path) ?? [],
    facts: (resolved) => cloud.facts(resolved),
    place: (resolved) => cloud.place(resolved),
    pipeline: (resolved) => cloud.pipeline(resolved),
    describe: (resolved) => cloud.describe(resolved),
    describeService: (application, service) => cloud.describeService(application, service),
    configure: (stack) => {
      new LocalBackend(stack, {});
    },
    connect: (scope, resolved) => {
      const host = "https://127.0.0.1:6443";
      new KubernetesProvider(scope, "kubernetes", { host });
      new HelmProvider(scope, "helm", { kubernetes: { host } });
      return cluster(cloud, resolved);
    },
  };
  return { ...environment, cloud: stripped };
}
