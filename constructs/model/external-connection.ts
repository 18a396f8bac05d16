import type { Connection, ConnectionContract, PartSource, Piece, SecretPlace, TextVariable } from "./connection";
import type { ExternalServer, ResolvedExternalServer } from "./external-server";
import { outsideEndpoint } from "./outside-endpoint";
import type { ResolvedService } from "./resolved";
import type { Service } from "./service";
import { templateOf } from "./variables";

/** Whether it lets everybody in. */
const isOpen = (secrets: object): boolean => Object.keys(secrets).length === 0;

/** Applies every default. `place` is where the cloud's store has the secret of a name. */
export function resolveExternalServer(
  { contract, external: form }: Pick<Service, "contract" | "external">,
  { host, port, tls = true, parts, secrets = {}, caBundle, cidrs }: ExternalServer,
  place: (name: string) => Pick<ResolvedExternalServer["secrets"][string], "key" | "property">,
): ResolvedExternalServer {
  const asked = askedParts(contract, { tls, secrets });
  const values = Object.entries(form?.parts ?? {}).flatMap(([part, { value }]) => {
    const given = parts?.[part] ?? (asked.has(part) ? value : undefined);
    return given === undefined ? [] : [[part, given] as const];
  });
  return {
    host,
    port: port ?? form?.port?.(tls) ?? contract.defaultPort,
    tls,
    parts: Object.fromEntries(values),
    secrets: Object.fromEntries(Object.entries(secrets).map(([of, name]) => [of, { name, ...place(name) }])),
    ...(caBundle !== undefined && { caBundle }),
    ...(cidrs !== undefined && { cidrs }),
  };
}

/** Connection to a server that somebody else runs: the same for every workload. */
export function externalConnection({ name, service, sizing }: Omit<ResolvedService, "isDefault">): Connection {
  const server = sizing.external;
  if (server === undefined) throw new Error(`service ${name}: nobody said where it is`);
  const { host, port, tls, secrets, caBundle } = server;
  const plain = service.external?.connection?.(server) ?? { host, port: String(port), ...server.parts };
  const kept = Object.entries(secrets).map(([of, { key, property }]) => {
    const secret: SecretPlace = { key, ...(property !== undefined && { property }) };
    return [of, { secret }] as const;
  });
  const isPart = ([of]: readonly [string, PartSource]): boolean => service.contract.parts[of] !== undefined;
  const values = Object.entries(plain).map(([part, value]) => [part, { value }] as const);
  const whole: readonly (readonly [string, SecretPlace])[] = kept
    .filter((one) => !isPart(one))
    .map(([of, { secret }]) => [of, secret]);
  const parts: readonly (readonly [string, PartSource])[] = [...values, ...kept.filter(isPart)];
  return {
    parts: Object.fromEntries(parts),
    ...(whole.length > 0 && { whole: Object.fromEntries(whole) }),
    tls,
    ...(isOpen(secrets) && { open: true }),
    ...(caBundle !== undefined && { caBundle }),
    endpoints: [outsideEndpoint(server)],
  };
}

const textVariables = ({ variables }: ConnectionContract): [string, TextVariable][] =>
  Object.entries(variables).flatMap(([name, spec]): [string, TextVariable][] => ("file" in spec ? [] : [[name, spec]]));

const partsOf = (template: readonly Piece[]): string[] =>
  template.flatMap((piece) => (typeof piece === "string" || "file" in piece ? [] : [piece.part]));

/** Variables that have a secret part in them, so that a secret may be the whole text. */
export const secretVariables = ({ parts, ...contract }: ConnectionContract): string[] =>
  textVariables({ parts, ...contract })
    .filter(([, { template }]) => partsOf(template).some((part) => parts[part]?.secret === true))
    .map(([name]) => name);

/** Variables that a secret gives whole. */
export const wholeVariables = (
  contract: ConnectionContract,
  { secrets = {} }: Pick<ExternalServer, "secrets">,
): string[] => secretVariables(contract).filter((variable) => secrets[variable] !== undefined);

/** Parts of which the variables are made that are not given whole. */
export function askedParts(
  contract: ConnectionContract,
  { tls = true, secrets = {} }: Pick<ExternalServer, "secrets" | "tls">,
): ReadonlySet<string> {
  const whole = wholeVariables(contract, { secrets });
  const connection = { tls, open: isOpen(secrets) };
  const made = textVariables(contract).filter(([name]) => !whole.includes(name));
  return new Set(made.flatMap(([, variable]) => partsOf(templateOf(variable, connection))));
}
