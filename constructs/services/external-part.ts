import type { ExternalPart } from "../model/external-server";

/** A part of a server that somebody else runs, by its pattern; `rule` says it to people. */
export const externalPart = (pattern: RegExp, rule: string): ExternalPart => ({
  problems: (got, path) => (pattern.test(got) ? [] : [{ path, got, fix: rule }]),
});

/** Name of a user whom somebody else made. In a URL it is percent-encoded. */
export const USERNAME = externalPart(
  /^[\x21-\x7e]{1,128}$/,
  "use up to 128 printable characters of ASCII, without spaces",
);
