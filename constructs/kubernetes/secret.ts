import type { PartSource } from "../model/connection";
import type { ResolvedApplication } from "../model/resolved";
import type { ResolvedPiece } from "../model/variables";
import { secretName } from "./env";
import { type CloudFacts, STORE_NAME } from "./facts";
import { applicationMetadata } from "./labels";
import type { ExternalSecret, KubernetesObject, Metadata } from "./objects";
import type { WiredWorkload } from "./provided";
import { samePieces } from "./secret-keys";
import { secretTemplate } from "./secret-template";

/** How long a secret changed in the store may take to reach the cluster. */
const REFRESH = "5m";

type RemoteRef = ExternalSecret["spec"]["data"][number]["remoteRef"];

/** The application's Secret. */
export function externalSecret(
  application: ResolvedApplication,
  workloads: readonly WiredWorkload[],
): ExternalSecret | undefined {
  const entries = [...secretEntries(application, workloads)];
  if (entries.length === 0) return undefined;
  return assembled(
    applicationMetadata(application, secretName(application)),
    entries.map(([key, { pieces }]) => [key, pieces]),
  );
}

/** How an ExternalSecret names a place in the store. */
export const remoteRef = ({ key, property, version }: RemoteRef): RemoteRef => ({
  key,
  ...(property !== undefined && { property }),
  ...(version !== undefined && { version }),
});

/**
 * A Secret of the metadata's name, assembled in the cluster from the cloud's secret store. Its keys are the templates'
 * alone (the merge policy is `Replace` by default): the parts that were fetched are not in it.
 */
export function assembled(
  metadata: Metadata,
  entries: readonly (readonly [key: string, pieces: readonly ResolvedPiece[]])[],
): ExternalSecret {
  const fetched = new Map<string, { readonly secretKey: string; readonly remoteRef: RemoteRef }>();
  const data = entries.map(([key, pieces]) => {
    const name = (piece: Extract<ResolvedPiece, { key: string }>): string => {
      const place = remoteRef(piece);
      const ref = JSON.stringify(place);
      const known = fetched.get(ref) ?? { secretKey: `${key}.${piece.part}`, remoteRef: place };
      fetched.set(ref, known);
      return known.secretKey;
    };
    return [key, secretTemplate(pieces, name)] as const;
  });
  return fromStore(metadata, { type: "Opaque", data: Object.fromEntries(data), fetched: [...fetched.values()] });
}

type Template = ExternalSecret["spec"]["target"]["template"];

/** A Secret of the metadata's name. `data` are templates, which find what was fetched from the store under its `secretKey`. */
export function fromStore(
  metadata: Metadata,
  { type, data, fetched }: Pick<Template, "data" | "type"> & { readonly fetched: ExternalSecret["spec"]["data"] },
): ExternalSecret {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata,
    spec: {
      refreshInterval: REFRESH,
      secretStoreRef: { kind: "ClusterSecretStore", name: STORE_NAME },
      target: {
        name: metadata.name,
        creationPolicy: "Owner",
        deletionPolicy: "Retain",
        template: {
          engineVersion: "v2",
          type,
          metadata: { labels: metadata.labels },
          data,
        },
      },
      data: fetched,
    },
  };
}

/** An ExternalSecret of a preview is read from the preview's own store, and from no other. */
export function fromStoreOf(
  { preview }: Pick<CloudFacts, "preview">,
  { namespace }: Pick<ResolvedApplication, "namespace">,
  object: KubernetesObject,
): KubernetesObject {
  if (preview === undefined || object.kind !== "ExternalSecret") return object;
  const secretStoreRef = { ...object.spec.secretStoreRef, name: preview.secretStore(namespace) };
  return { ...object, spec: { ...object.spec, secretStoreRef } };
}

/** A part of a connection as a piece of a Secret's text. */
export const piece = (part: string, source: PartSource): ResolvedPiece =>
  "value" in source ? { text: source.value } : { ...source.secret, part, raw: true };

interface Entry {
  readonly pieces: readonly ResolvedPiece[];
  /** Whose it is, for the error. */
  readonly from: string;
}

/** What each key of the Secret is made of. Workloads share a key where they share credentials; nothing else may. */
function secretEntries(
  application: ResolvedApplication,
  workloads: readonly WiredWorkload[],
): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const add = (key: string, pieces: readonly ResolvedPiece[], from: string): void => {
    const known = entries.get(key);
    if (known === undefined) entries.set(key, { pieces, from });
    else if (!samePieces(known.pieces, pieces)) {
      const where = `application ${application.name}: Secret ${secretName(application)}: key "${key}"`;
      throw new Error(`${where}: ${known.from} and ${from} both need it; rename one of them`);
    }
  };
  for (const { workload, edges } of workloads) {
    for (const variable of edges.flatMap(({ variables }) => variables)) {
      if (!("template" in variable)) continue;
      add(variable.secretKey, variable.template, `${variable.name} of workload ${workload.name}`);
    }
  }
  for (const { name, remoteKey, remoteProperty: property, sealed } of application.secrets) {
    if (sealed === undefined) add(name, [{ part: "value", key: remoteKey, property, raw: true }], `secret ${name}`);
  }
  return entries;
}
