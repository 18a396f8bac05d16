import type { Piece } from "../model/connection";

/** `host:port` */
export const ADDRESS: readonly Piece[] = [{ part: "host", raw: true }, ":", { part: "port", raw: true }];

/** `username:password@host:port`, as the URL of a service has it after its scheme. */
export const LOGIN_ADDRESS: readonly Piece[] = [{ part: "username" }, ":", { part: "password" }, "@", ...ADDRESS];
