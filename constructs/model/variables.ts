import type { Connection, Piece } from "./connection";
import type { Edge, ServiceEdge } from "./resolved";

/** One environment variable that an edge injects. */
export type Variable =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly template: readonly ResolvedPiece[]; readonly secretKey: string };

/** A piece of a secret variable: text, or a part to be read from the secret store when it is assembled. */
export type ResolvedPiece =
  | { readonly text: string }
  | { readonly part: string; readonly key: string; readonly property?: string; readonly raw: boolean };

/**
 * The variables of an edge. Those made of plain parts alone come as values; those with a secret part as a template
 * that the cluster (or Compose) assembles. `connection` is what the cloud filled in for a service edge.
 */
export function edgeVariables(edge: Edge, connection?: Connection): Variable[] {
  switch (edge.to) {
    case "workload":
      return [{ name: edge.variable, value: `http://${edge.host}:${edge.port}` }];
    case "external":
      return [
        { name: `${edge.prefix}HOST`, value: edge.external.host },
        { name: `${edge.prefix}PORT`, value: String(edge.external.port) },
      ];
    case "service": {
      if (connection === undefined) throw new Error(`no connection for service ${edge.service.name}`);
      return serviceVariables(edge, connection);
    }
  }
}

function serviceVariables(edge: ServiceEdge, connection: Connection): Variable[] {
  const { contract } = edge.service.service;
  return Object.entries(contract.variables).flatMap(([bare, spec]): Variable[] => {
    const name = edge.prefix + bare;
    const template = (connection.tls ? spec.tlsTemplate : undefined) ?? spec.template;
    const pieces = template.map((piece) => resolvePiece(piece, connection));
    if (pieces.includes("absent")) {
      const missing = template.find((piece) => resolvePiece(piece, connection) === "absent");
      const part = typeof missing === "object" ? missing.part : "";
      if (contract.parts[part]?.optional === true) return [];
      throw new Error(`service ${edge.service.name}: the cloud left out the part "${part}"`);
    }
    const resolved = pieces.filter((piece) => piece !== "absent");
    const secretKey = edge.secretKeys[bare];
    if (resolved.some((piece) => "key" in piece) && secretKey !== undefined) {
      return [{ name, template: resolved, secretKey }];
    }
    return [{ name, value: resolved.map((piece) => ("text" in piece ? piece.text : "")).join("") }];
  });
}

function resolvePiece(piece: Piece, connection: Connection): ResolvedPiece | "absent" {
  if (typeof piece === "string") return { text: piece };
  const source = connection.parts[piece.part];
  if (source === undefined) return "absent";
  if ("value" in source) return { text: source.value };
  return { ...source.secret, part: piece.part, raw: piece.raw ?? false };
}
