import type { ResolvedPiece } from "../model/variables";

/** The name under which a template finds what was fetched for a piece. */
export type FetchedName = (piece: Extract<ResolvedPiece, { key: string }>) => string;

/** A single brace is an action too if it ends the text and an action follows. */
const literal = (text: string): string => text.replace(/\{\{|\{$/g, '{{ "$&" }}');

/**
 * A secret variable as a Go template for External Secrets' engine v2. Pieces may hold Terraform references, so text is
 * touched only where Go would read it as an action.
 */
export function secretTemplate(pieces: readonly ResolvedPiece[], fetched: FetchedName): string {
  return pieces
    .map((piece) => {
      if ("text" in piece) return literal(piece.text);
      // `index`, because a field after a dot cannot have a hyphen in its name.
      const value = `index . "${fetched(piece)}"`;
      // `urlquery` writes a space as `+`, which only a query string takes back.
      return piece.raw ? `{{ ${value} }}` : `{{ ${value} | urlquery | replace "+" "%20" }}`;
    })
    .join("");
}
