import type { ProvidedApplication } from "../../constructs/kubernetes/provided";
import type { Connection } from "../../constructs/model/connection";
import type { ResolvedApplication, ResolvedService } from "../../constructs/model/resolved";
import type { ServiceTraits, SignIn } from "../../constructs/services/traits";

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
    // Pods stand behind a Service, which may have another port.
    ...connections.flatMap(({ endpoints }) => endpoints.flatMap((to) => ("cidrs" in to ? [to.port] : []))),
    ...parts.flatMap(({ port }) => (port !== undefined && "value" in port ? [Number(port.value)] : [])),
    ...parts.flatMap(({ endpoint }) => (endpoint !== undefined && "value" in endpoint ? [portOf(endpoint.value)] : [])),
  ];
  const optional = Object.keys(parts[0] ?? {}).filter((part) => contract.parts[part]?.optional === true);
  return {
    ports: [...new Set(ports)],
    tls: tlsOf(connections),
    signIn: signInOf(parts),
    optionalParts: optional.sort(),
  };
}

function portOf(url: string): number {
  const { port } = new URL(url);
  return port === "" ? 443 : Number(port);
}

function tlsOf(connections: readonly Connection[]): ServiceTraits["tls"] {
  if (!connections.every(({ tls }) => tls)) return "none";
  return connections.every(({ caBundle }) => caBundle === undefined) ? "system" : "bundle";
}

function signInOf(parts: readonly Connection["parts"][]): SignIn {
  if (parts.every(({ password }) => password === undefined)) {
    if (parts.every(({ accessKeyId }) => accessKeyId === undefined)) return "identity";
    // Told apart where two workloads have an edge.
    const keys = new Set(parts.map(({ secretAccessKey }) => JSON.stringify(secretAccessKey)));
    return keys.size === parts.length ? "key" : "shared-key";
  }
  const own = parts.every(
    ({ username }) => username !== undefined && "value" in username && /^app\./.test(username.value),
  );
  const passwords = new Set(parts.map(({ password }) => JSON.stringify(password)));
  return own && passwords.size === parts.length ? "user" : "shared";
}
