import ipaddr from "ipaddr.js";
import type { Connection, ConnectionContract, TextVariable } from "./connection";
import { isPort, PORT_RULE } from "./contract-problems";
import { DOMAIN } from "./names";
import { isPlain } from "./plain";
import { didYouMean, oneOf, type Path, type Problem } from "./problem";
import { isCidr } from "./validate/cidr";
import { templateOf } from "./variables";

/** A value that Terraform alone knows, as cdktf carries it: a text in braces, or a number that is no other. */
const isReference = (value: unknown): boolean =>
  typeof value === "string" ? /[$#]\{/.test(value) : typeof value === "number" && value < -1e280;

/**
 * Mistakes in how a place has filled the contract of a kind, all of them. Of a part no value is shown: it may be a password.
 *
 * @param path the connection's own
 */
export function filledProblems(contract: ConnectionContract, connection: unknown, path: Path): Problem[] {
  if (!isPlain(connection)) return [{ path, got: connection, fix: "give an object of parts, tls and endpoints" }];
  const { parts, tls, endpoints } = connection;
  return [
    ...(isPlain(parts)
      ? partsProblems(contract, connection as unknown as Connection, [...path, "parts"])
      : [{ path: [...path, "parts"], got: parts, fix: "give the parts of the contract by their names" }]),
    ...(typeof tls === "boolean" ? [] : [{ path: [...path, "tls"], got: tls, fix: "use true or false" }]),
    ...(Array.isArray(endpoints)
      ? endpoints.flatMap((one: unknown, index) => endpointProblems(one, [...path, "endpoints", index]))
      : [{ path: [...path, "endpoints"], got: endpoints, fix: "give a list of where its packets go, [] for nowhere" }]),
  ];
}

function partsProblems(contract: ConnectionContract, connection: Connection, path: Path): Problem[] {
  const { parts } = connection;
  const [declared, asked] = [Object.keys(contract.parts), askedOf(contract, connection)];
  const missing = [...asked.keys()].filter(
    (part) => parts[part] === undefined && contract.parts[part] !== undefined && contract.parts[part].optional !== true,
  );
  return [
    ...missing.map((part): Problem => {
      const why = "left out, and variables are made of it";
      return { path: [...path, part], why, fix: "give it, or declare it optional in the contract" };
    }),
    ...Object.entries<unknown>(parts).flatMap(([part, source]): Problem[] => {
      const [spec, at] = [contract.parts[part], [...path, part]];
      if (source === undefined) return [];
      if (spec === undefined) {
        const fix = `declare it in the contract, or give ${oneOf(declared)}${didYouMean(part, declared)}`;
        return [{ path: at, why: "no part of the contract", fix }];
      }
      if (isPlain(source) && "secret" in source) return secretProblems(source["secret"], [...at, "secret"]);
      if (spec.secret) {
        const why = "secret, but given as a value";
        return [{ path: at, why, fix: "give its place in the secret store: { secret: { key } }" }];
      }
      const value = isPlain(source) ? source["value"] : source;
      if (!isPlain(source) || typeof value !== "string") {
        return [{ path: at, why: `no text, but ${kindOf(value)}`, fix: "give { value } with a text" }];
      }
      if (asked.get(part) !== "encoded" || !isReference(value)) return [];
      const why = "percent-encoded in a variable, but given as a reference, whose text nobody has yet";
      return [{ path: at, why, fix: "give a literal, or say raw: true of it in the contract" }];
    }),
  ];
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function secretProblems(place: unknown, path: Path): Problem[] {
  const key = isPlain(place) ? place["key"] : undefined;
  if (typeof key === "string" && key !== "") return [];
  return [{ path: [...path, "key"], why: "missing", fix: "give the name that the secret has in the secret store" }];
}

/** Parts of which the variables of this connection are made, and whether one of them has it percent-encoded. */
function askedOf(contract: ConnectionContract, connection: Connection): ReadonlyMap<string, "encoded" | "raw"> {
  const asked = new Map<string, "encoded" | "raw">();
  const made = Object.entries(contract.variables).flatMap(([name, spec]): TextVariable[] =>
    "file" in spec || connection.whole?.[name] !== undefined ? [] : [spec],
  );
  for (const piece of made.flatMap((spec) => templateOf(spec, connection))) {
    if (typeof piece === "string" || "file" in piece) continue;
    if (piece.raw !== true) asked.set(piece.part, "encoded");
    else if (!asked.has(piece.part)) asked.set(piece.part, "raw");
  }
  return asked;
}

function endpointProblems(endpoint: unknown, path: Path): Problem[] {
  if (!isPlain(endpoint))
    return [{ path, got: endpoint, fix: "give an object of cidrs and port, or of pods and port" }];
  const { port, cidrs, hosts, pods } = endpoint;
  return [
    ...(isPort(port) || isReference(port) ? [] : [{ path: [...path, "port"], got: port, fix: PORT_RULE }]),
    ...(pods === undefined ? cidrsProblems(cidrs, [...path, "cidrs"]) : podsProblems(pods, [...path, "pods"])),
    ...(hosts === undefined ? [] : hostsProblems(hosts, [...path, "hosts"])),
  ];
}

function cidrsProblems(cidrs: unknown, path: Path): Problem[] {
  const fix = 'use blocks whose host bits are zero, e.g. "10.10.0.0/16"';
  if (!Array.isArray(cidrs)) return [{ path, got: cidrs, fix: `give a list: ${fix}` }];
  return cidrs.flatMap((one: unknown, index): Problem[] => {
    const isBlock = typeof one === "string" && (isCidr(one) || ipaddr.IPv6.isValidCIDR(one) || isReference(one));
    return isBlock ? [] : [{ path: [...path, index], got: one, fix }];
  });
}

function hostsProblems(hosts: unknown, path: Path): Problem[] {
  if (!Array.isArray(hosts)) return [{ path, got: hosts, fix: "give a list of names" }];
  return hosts.flatMap((one: unknown, index): Problem[] => {
    if (typeof one === "string" && (DOMAIN.test(one) || isReference(one))) return [];
    const fix = 'use a full domain name in lower case, without a wildcard: "api.example.com"';
    return [{ path: [...path, index], got: one, fix }];
  });
}

function podsProblems(pods: unknown, path: Path): Problem[] {
  if (isPlain(pods) && typeof pods["namespace"] === "string" && isPlain(pods["labels"])) return [];
  return [{ path, got: pods, fix: "give the namespace that they are in, and their labels" }];
}
