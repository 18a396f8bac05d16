import type { Piece } from "../model/connection";

/** `username:password@host:port`, as the URL of a service has it after its scheme. */
export const LOGIN_ADDRESS: readonly Piece[] = [
  { part: "username" },
  ":",
  { part: "password" },
  "@",
  { part: "host", raw: true },
  ":",
  { part: "port", raw: true },
];
