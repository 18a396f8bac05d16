import type { ProvidedApplication } from "../../kubernetes/provided";
import type { ResolvedPiece } from "../../model/variables";
import type { NamedServer } from "./servers/provisioners";

/** Connections to the containers of an application's data services. There is no cloud to be somebody in. */
export const localConnections = (servers: readonly NamedServer[]): ProvidedApplication => ({
  connection: (workload, service) => {
    const server = servers.find(({ name }) => name === service);
    if (server === undefined) throw new Error(`workload ${workload}: no container for service ${service}`);
    return server.connection;
  },
  users: () => undefined,
  objects: () => [],
  identity: () => undefined,
});

/** The text of a secret variable, put together as External Secrets does it in a cluster. */
export const assembledText = (pieces: readonly ResolvedPiece[], servers: readonly NamedServer[]): string =>
  pieces
    .map((piece) => {
      if ("text" in piece) return piece.text;
      const text = servers.find(({ host }) => host === piece.key)?.secrets[piece.part];
      if (text === undefined) throw new Error(`container ${piece.key}: no ${piece.part}`);
      return piece.raw ? text : encodeURIComponent(text);
    })
    .join("");
