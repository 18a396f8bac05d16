import { askedParts, secretVariables, wholeVariables } from "../external-connection";
import type { ExternalForm, ExternalServer } from "../external-server";
import { didYouMean, oneOf, type Path, type Problem } from "../problem";
import type { Service, ServiceSizing } from "../service";
import { clusterNameProblems, outsideCidrProblems } from "./externals";
import { isObject, type UsableApplication } from "./usable";

/*
 * What an environment says of a server that somebody else runs. Nobody can look there, so it has to say all of it: what is
 * missing would be found by the first pod that starts.
 */

export interface GivenServer {
  /** Name of the service. */
  readonly name: string;
  readonly service: Service;
  readonly sizing: ServiceSizing;
}

/** @param path where the service's sizing stands */
export function externalProblems(
  { name, service, sizing }: GivenServer,
  { declared }: Pick<UsableApplication, "declared">,
  path: Path,
): Problem[] {
  const form = service.external;
  const at = [...path, "external"];
  const server = sizing.external;
  if (form === undefined) return [];
  if (server === undefined) {
    return [{ path: at, why: "missing", fix: "say where it is: external: { host, parts, secrets, ... }" }];
  }
  return [
    ...clusterNameProblems(
      server.host,
      [...at, "host"],
      () => 'let it have an address outside, or use placement "in-cluster"',
    ),
    ...outsideCidrProblems(server.cidrs ?? [], [...at, "cidrs"]),
    ...partProblems(service, form, server, at),
    ...secretProblems(name, service, server, [...at, "secrets"]),
    ...nameProblems(server, declared, [...at, "secrets"]),
    ...bundleProblems(server, [...at, "caBundle"]),
  ];
}

/** Why a part is in no variable. */
const unasked = ({ contract }: Service, server: ExternalServer): string => {
  const whole = wholeVariables(contract, server);
  return whole.length === 0 ? "without a secret nobody signs in" : `${oneOf(whole)} has it`;
};

function partProblems(service: Service, form: ExternalForm, server: ExternalServer, path: Path): Problem[] {
  const { contract, kind } = service;
  const given = isObject(server.parts) ? server.parts : {};
  const known = Object.keys(form.parts);
  const asked = askedParts(contract, server);
  const unknown = Object.keys(given)
    .filter((part) => !known.includes(part))
    .map((part): Problem => {
      const secret = contract.parts[part]?.secret === true;
      const why = secret ? "a secret is in no file" : `a ${kind} of somebody else has no such part`;
      const fix = secret
        ? `name the secret that has it: secrets: { ${part}: "..." }`
        : `use ${oneOf(known)}${didYouMean(part, known)}`;
      return { path: [...path, "parts", part], why, fix };
    });
  const others = Object.entries(form.parts).flatMap(([part, { value, ...external }]): Problem[] => {
    const at = [...path, "parts", part];
    const got = given[part];
    if (got === undefined) {
      return value === undefined && asked.has(part) ? [{ path: at, why: "missing", fix: "give it" }] : [];
    }
    if (!asked.has(part)) return [{ path: at, got, why: unasked(service, server), fix: "remove it" }];
    return external.problems(got, at);
  });
  return [...unknown, ...others];
}

function secretProblems(name: string, service: Service, server: ExternalServer, path: Path): Problem[] {
  const { contract } = service;
  const { secrets = {} } = server;
  const parts = Object.entries(contract.parts).flatMap(([part, { secret }]) => (secret ? [part] : []));
  const variables = secretVariables(contract);
  const known = [...parts, ...variables];
  const asked = askedParts(contract, server);
  const unknown = Object.keys(secrets)
    .filter((of) => !known.includes(of))
    .map((of): Problem => {
      const why = `${name} has no secret of this name`;
      return { path: [...path, of], why, fix: `use ${oneOf(known)}${didYouMean(of, known)}` };
    });
  const twice = parts
    .filter((part) => secrets[part] !== undefined && !asked.has(part))
    .map((part): Problem => ({
      path: [...path, part],
      got: secrets[part],
      why: unasked(service, server),
      fix: "remove it",
    }));
  const missing = parts
    .filter((part) => secrets[part] === undefined && asked.has(part))
    .map((part): Problem => {
      const fix = `name the secret that has it: { ${part}: "${name}-${part.toLowerCase()}" }`;
      return { path: [...path, part], why: "missing", fix };
    });
  return [...unknown, ...twice, ...missing];
}

/** A name stands for one secret in the cloud's store. */
function nameProblems(
  { secrets = {} }: ExternalServer,
  { secrets: own, services }: UsableApplication["declared"],
  path: Path,
): Problem[] {
  return Object.entries(secrets).flatMap(([of, got]): Problem[] => {
    const other = own.includes(got) ? "a secret of the application" : services.includes(got) ? "a service" : undefined;
    if (other === undefined) return [];
    return [
      { path: [...path, of], got, why: `${other} has this name in the secret store`, fix: "give it another name" },
    ];
  });
}

function bundleProblems({ caBundle, tls = true }: ExternalServer, path: Path): Problem[] {
  if (caBundle === undefined || tls) return [];
  return [{ path, why: "without TLS nobody shows a certificate", fix: "remove it, or tls: false" }];
}
