import type { External } from "./application";
import { caBundlePath } from "./ca-bundle";
import type { Connection, ConnectionContract, PartSource, Piece, SecretPlace, TextVariable } from "./connection";
import type { OwnPods } from "./object-group";
import type { Edge, ServiceEdge } from "./resolved";

/** One environment variable that an edge injects. */
export type Variable =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly template: readonly ResolvedPiece[]; readonly secretKey: string };

/** A piece of a secret variable: text, or a part to be read from the secret store when it is assembled. */
export type ResolvedPiece =
  { readonly text: string } | ({ readonly part: string; readonly raw: boolean } & SecretPlace);

/** Name as every pod of the cluster finds it, whatever the cluster's domain is. */
function hostOf(external: External | OwnPods): string {
  // In its own namespace the name does, and so it does in Compose.
  if (external.kind === "objects") return external.name;
  return external.kind === "peer" ? `${external.service}.${external.namespace}.svc` : external.host;
}

/**
 * The variables of an edge. Those made of plain parts alone come as values; those with a secret part as a template
 * that the cluster (or Compose) assembles. `connection` is what the cloud filled in for a service edge.
 */
export function edgeVariables(edge: Edge, connection?: Connection): Variable[] {
  switch (edge.to) {
    case "workload":
      return [{ name: edge.variable, value: `${edge.scheme ?? "http://"}${edge.host}:${edge.port}` }];
    case "external":
      return [
        { name: `${edge.prefix}HOST`, value: hostOf(edge.external) },
        { name: `${edge.prefix}PORT`, value: String(edge.external.port) },
      ];
    case "service": {
      if (connection === undefined) throw new Error(`no connection for service ${edge.service.name}`);
      return serviceVariables(edge, connection);
    }
  }
}

/** Part that stands for all of a variable. */
const WHOLE = "whole";

const isText = (piece: ResolvedPiece): piece is { readonly text: string } => "text" in piece;

function serviceVariables(edge: ServiceEdge, connection: Connection): Variable[] {
  const { contract } = edge.service.service;
  return Object.entries(contract.variables).flatMap(([bare, spec]): Variable[] => {
    const name = edge.prefix + bare;
    if ("file" in spec) {
      return connection.caBundle === undefined ? [] : [{ name, value: caBundlePath(edge.service.name) }];
    }
    const whole = connection.whole?.[bare];
    const pieces: readonly (ResolvedPiece | "absent")[] =
      whole === undefined
        ? templateOf(spec, connection).map((piece) => resolvePiece(piece, contract, connection, edge.service.name))
        : [{ ...whole, part: WHOLE, raw: true }];
    if (pieces.includes("absent")) return [];
    const resolved = pieces.filter((piece) => piece !== "absent");
    if (resolved.every(isText)) return [{ name, value: resolved.map(({ text }) => text).join("") }];
    const secretKey = edge.secretKeys[bare];
    if (secretKey === undefined)
      throw new Error(`service ${edge.service.name}: no key for the secret variable ${bare}`);
    return [{ name, template: resolved, secretKey }];
  });
}

/** The template of a variable for a connection. */
export function templateOf(
  spec: TextVariable,
  { tls, open = false }: Pick<Connection, "open" | "tls">,
): readonly Piece[] {
  return (tls ? spec.tlsTemplate : open ? spec.openTemplate : undefined) ?? spec.template;
}

function resolvePiece(
  piece: Piece,
  contract: ConnectionContract,
  connection: Connection,
  service: string,
): ResolvedPiece | "absent" {
  if (typeof piece === "string") return { text: piece };
  if ("file" in piece) return { text: connection.caBundle === undefined ? "" : piece.after + caBundlePath(service) };
  const { part, raw = false } = piece;
  const spec = contract.parts[part];
  const source = connection.parts[part];
  const where = `service ${service}: part "${part}"`;
  if (spec === undefined) throw new Error(`${where}: a variable uses it, but the contract does not declare it`);
  if (source === undefined) {
    if (spec.optional === true) return "absent";
    throw new Error(`${where}: left out by the cloud; give it, or declare it optional`);
  }
  if ("secret" in source) return { ...source.secret, part, raw };
  // Without the value: it may be a password, and this is an error that ends in a log.
  if (spec.secret) throw new Error(`${where}: secret, but given as a value; give its place in the secret store`);
  return { text: raw ? source.value : encoded(source, where) };
}

/** Encodes what is literal, and nothing else: a reference has no text yet, and Terraform would put it in as it is. */
function encoded({ value }: Extract<PartSource, { value: string }>, where: string): string {
  if (!value.includes("${")) return encodeURIComponent(value);
  throw new Error(`${where}: percent-encoded in its variable, but given as a reference; give a literal`);
}
