import type { ServiceTraits, SignIn } from "../../constructs/clouds/traits";
import type { ProvidedApplication } from "../../constructs/kubernetes/provided";
import type { Connection } from "../../constructs/model/connection";
import type { ResolvedApplication, ResolvedService } from "../../constructs/model/resolved";

/** Holds what a cloud says of each service against the connections that workloads get. References are resolved. */
export function expectTraitsOfConnections(
  application: ResolvedApplication,
  provided: ProvidedApplication,
  describe: (service: ResolvedService) => ServiceTraits,
  resolve: (value: unknown) => unknown,
): void {
  for (const service of application.services) {
    const workloads = application.workloads
      .filter(({ edges }) => edges.some((edge) => edge.to === "service" && edge.service.name === service.name))
      .map(({ name }) => name);
    const connections = workloads.map((name) => resolve(provided.connection(name, service.name)) as Connection);
    const traits = describe(service);
    expect({ service: service.name, ...seen(service, connections) }).toEqual({
      service: service.name,
      ports: [traits.port],
      tls: traits.tls,
      signIn: traits.signIn,
      optionalParts: [...traits.optionalParts].sort(),
    });
    expect(provided.users(service.name) !== undefined).toBe(traits.signIn === "user");
  }
}

/** The same facts, from the connections of all workloads. */
function seen({ service: { contract } }: ResolvedService, connections: readonly Connection[]) {
  const parts = connections.map((connection) => connection.parts);
  const ports = [
    // Pods are behind a Service, whose port may be another.
    ...connections.flatMap(({ endpoints }) => endpoints.flatMap((to) => ("pods" in to ? [] : [to.port]))),
    ...parts.flatMap(({ port }) => (port !== undefined && "value" in port ? [Number(port.value)] : [])),
    ...parts.flatMap(({ endpoint }) =>
      endpoint !== undefined && "value" in endpoint ? [httpsPort(endpoint.value)] : [],
    ),
  ];
  const optional = Object.keys(parts[0] ?? {}).filter((part) => contract.parts[part]?.optional === true);
  return {
    ports: [...new Set(ports)],
    tls: tlsOf(connections),
    signIn: signInOf(parts),
    optionalParts: optional.sort(),
  };
}

/** Of `https://name` or `https://name:8443`. */
const httpsPort = (url: string): number => Number(/^https:\/\/[^/]*:(\d+)(?:\/|$)/.exec(url)?.[1] ?? 443);

function tlsOf(connections: readonly Connection[]): ServiceTraits["tls"] {
  if (!connections.every(({ tls }) => tls)) return "none";
  return connections.every(({ caBundle }) => caBundle === undefined) ? "system" : "bundle";
}

function signInOf(parts: readonly Connection["parts"][]): SignIn {
  const distinct = (part: string): number => new Set(parts.map((each) => JSON.stringify(each[part]))).size;
  if (parts.every(({ password }) => password === undefined)) {
    if (parts.every(({ accessKeyId }) => accessKeyId === undefined)) return "identity";
    // One workload alone cannot tell.
    return distinct("secretAccessKey") === parts.length ? "key" : "shared-key";
  }
  const own = parts.every(
    ({ username }) => username !== undefined && "value" in username && /^app\./.test(username.value),
  );
  return own && distinct("password") === parts.length ? "user" : "shared";
}
