import { resolvePort, schemeOf, type WorkloadPort } from "./ports";
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

type Target = Parameters<typeof speaksGrpc>[0] & { readonly ports?: Readonly<Record<string, WorkloadPort>> };

/**
 * `backend` → `BACKEND_URL`, `rpc` → `RPC_ADDRESS` where it speaks gRPC: clients of that know no URLs. Of its port
 * `metrics` `BACKEND_METRICS_URL` where HTTP is spoken there, and `BACKEND_METRICS_ADDRESS` otherwise.
 */
export function workloadVariable(need: Need, target: Target): string {
  const begin = `${need.prefix ?? ""}${screaming(need.to)}_`;
  if (need.port === undefined) return `${begin}${speaksGrpc(target) ? "ADDRESS" : "URL"}`;
  const given = target.ports?.[need.port];
  const scheme = given === undefined ? "" : schemeOf(resolvePort(need.port, given).appProtocol);
  return `${begin}${screaming(need.port)}_${scheme === "" ? "ADDRESS" : "URL"}`;
}

function screaming(name: string): string {
  return name.toUpperCase().replaceAll("-", "_");
}
