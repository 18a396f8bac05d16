import type { ExporterPiece } from "../model/exporter";

/** `host:port` */
export const ADDRESS: readonly ExporterPiece[] = [{ part: "host", raw: true }, ":", { part: "port", raw: true }];

/** `username:password@host:port`, as the URL of a service has it after its scheme. */
export const LOGIN_ADDRESS: readonly ExporterPiece[] = [
  { part: "username" },
  ":",
  { part: "password" },
  "@",
  ...ADDRESS,
];
