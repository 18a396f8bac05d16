import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { LocalBackend } from "cdktf";
import type { Cloud, Cluster, ProvidedApplication } from "../../constructs/clouds/cloud";
import type { EnvironmentSpec } from "../../constructs/environment";
import type { ProvidedUsers } from "../../constructs/kubernetes/provided";
import type { Connection, PartSource } from "../../constructs/model/connection";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import { serviceUser } from "../../constructs/model/service-users";

/**
 * The environment with literals where the cloud's references were: its platform and application stacks then need the
 * Kubernetes and Helm providers only. For machines where the cloud's provider is not to be had.
 */
export function withoutCloud(environment: EnvironmentSpec): EnvironmentSpec {
  const { cloud } = environment;
  const stripped: Cloud = {
    title: `${cloud.title}, without its provider`,
    capabilities: cloud.capabilities,
    problems: (path) => cloud.problems(path),
    facts: (resolved) => cloud.facts(resolved),
    describe: (resolved) => cloud.describe(resolved),
    describeService: (application, service) => cloud.describeService(application, service),
    configure: (stack) => {
      new LocalBackend(stack, {});
    },
    connect: (scope) => {
      const host = "https://127.0.0.1:6443";
      new KubernetesProvider(scope, "kubernetes", { host });
      new HelmProvider(scope, "helm", { kubernetes: { host } });
      return CLUSTER;
    },
  };
  return { ...environment, cloud: stripped };
}

const CLUSTER: Cluster = {
  platform: () => undefined,
  allow: () => ({ annotations: {} }),
  secretStoreProvider: () => ({ fake: { data: [] } }),
  provide: (_scope, application) => literals(application),
};

/** An application's services as literals, for whoever wants its Kubernetes objects without Terraform. */
export const literals = (application: ResolvedApplication): ProvidedApplication => ({
  connection: (_workload, service) => literalConnection(application, service),
  users: (service) => literalUsers(application, service),
  objects: () => [],
  identity: () => undefined,
});

function literalConnection(application: ResolvedApplication, name: string): Connection {
  const found = application.services.find((service) => service.name === name);
  if (found === undefined) throw new Error(`application ${application.name} has no service ${name}`);
  const { parts, defaultPort } = found.service.contract;
  const filled = Object.entries(parts)
    .filter(([, { optional }]) => optional !== true)
    .map(([part, { secret }]): [string, PartSource] => [
      part,
      secret ? secretPart(`${application.environment}/${name}`, part) : { value: part },
    ]);
  return { parts: Object.fromEntries(filled), tls: true, endpoints: [{ cidrs: ["10.0.0.0/24"], port: defaultPort }] };
}

/** Of every service that has a way to make users: one for each workload with an edge. */
function literalUsers(application: ResolvedApplication, name: string): ProvidedUsers | undefined {
  const found = application.services.find((service) => service.name === name);
  if (found?.service.users === undefined) return undefined;
  const key = `${application.environment}/${name}`;
  const shared = literalConnection(application, name);
  const login = { username: secretPart(key, "username"), password: secretPart(key, "password") };
  const users = application.workloads.filter(({ edges }) =>
    edges.some((edge) => edge.to === "service" && edge.service.name === name),
  );
  return {
    administrator: { ...shared, parts: { ...shared.parts, ...login } },
    users: users.map((workload) => ({
      name: serviceUser(workload.name),
      password: secretPart(`${key}/${workload.name}`, "password"),
    })),
  };
}

const secretPart = (key: string, property: string): PartSource => ({ secret: { key, property } });
