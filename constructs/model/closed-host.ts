import type { External } from "./application";

/**
 * An external that is closed: no block is open, and its name resolves nowhere, so that a program fails at once and not after its
 * time-out.
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.4
 */
export const closedHost = (name: string, { kind, port }: External): External => ({
  kind: kind === "peer" ? "external" : kind,
  host: `${name}.closed.invalid`,
  port,
  cidrs: [],
});
