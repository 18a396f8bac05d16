import { externalConnection } from "../../model/external-connection";
import type { ResolvedService } from "../../model/resolved";
import type { Service } from "../../model/service";
import type { ServiceTraits } from "../../services/traits";
import type { CloudRequest, ProvidedService } from "./provisioner";

/*
 * A service that somebody else runs, the same on every cloud: its connection is what the environment says, and nothing is
 * created, changed or deleted for it.
 */

export function provideExternal({ name, service, sizing }: CloudRequest<Service>): ProvidedService<never> {
  // One object: workloads that sign in alike share a key of the application's Secret.
  const connection = externalConnection({ name, service, sizing });
  return { connection: () => connection, grants: [] };
}

export function describeExternal(given: ResolvedService): ServiceTraits {
  const { external } = given.sizing;
  const { parts, tls, open = false, caBundle } = externalConnection(given);
  const { contract, kind } = given.service;
  const [secret] = Object.values(external?.secrets ?? {});
  const keys = parts.accessKeyId !== undefined;
  return {
    placement: "external",
    product: `a ${kind} of somebody else`,
    version: undefined,
    port: external?.port ?? contract.defaultPort,
    tls: tls ? (caBundle === undefined ? "system" : "bundle") : "none",
    signIn: open ? "none" : keys ? "shared-key" : "shared",
    optionalParts: Object.keys(parts).filter((part) => contract.parts[part]?.optional === true),
    compute: undefined,
    disk: undefined,
    backups: undefined,
    passwords: secret === undefined ? undefined : { place: secret.key, old: "fixed" },
    inState: [],
    name: external?.host ?? "",
    notes: ["whoever runs it makes its users and its backups, and lets this environment's addresses in"],
  };
}
