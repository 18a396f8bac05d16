import { type ExternalEdge, speaksGrpc } from "./resolved";
import type { Need } from "./workload";

/*
 * Names of the variables that an edge injects, before the services' own: the checks claim the same names that the
 * resolver gives.
 */

/** `stripe` → `STRIPE_`; every mail relay is `SMTP_`, the name programs expect. */
export function externalPrefix(need: Need, kind: ExternalEdge["external"]["kind"]): string {
  return `${need.prefix ?? ""}${kind === "smtp" ? "SMTP" : screaming(need.to)}_`;
}

/** `backend` → `BACKEND_URL`, `rpc` → `RPC_ADDRESS` where it speaks gRPC: clients of that know no URLs. */
export function workloadVariable(need: Need, target: Parameters<typeof speaksGrpc>[0]): string {
  return `${need.prefix ?? ""}${screaming(need.to)}_${speaksGrpc(target) ? "ADDRESS" : "URL"}`;
}

function screaming(name: string): string {
  return name.toUpperCase().replaceAll("-", "_");
}
