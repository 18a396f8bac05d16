import { applicationMetadata } from "../kubernetes/labels";
import type { Certificate, KubernetesObject, Labels } from "../kubernetes/objects";
import { inPhase } from "../kubernetes/phases";
import type { CaBundle } from "../model/connection";
import type { ResolvedApplication } from "../model/resolved";
import { type InClusterRequest } from "./form";
import { serverHost, serverMetadata, serverName, serverNames } from "./names";

const ISSUERS = { group: "cert-manager.io", kind: "Issuer" } as const;

/** No workload has a dot in its name. */
const names = ({ name }: Pick<ResolvedApplication, "name">) =>
  ({ root: `${name}.self-signed`, authority: `${name}.authority` }) as const;

/** What clients of a server in the cluster trust. The Secret has the authority's key too: mount this one key alone. */
export const authorityBundle = (application: ResolvedApplication): Exclude<CaBundle, string> => ({
  secret: names(application).authority,
  key: "ca.crt",
});

const MAX_COMMON_NAME = 64;

const KEY = { algorithm: "ECDSA", size: 256 } as const;

const TEN_YEARS = { duration: "87600h0m0s", renewBefore: "17520h0m0s" } as const;

/**
 * The application's own authority, for the certificates of its servers. It keeps its key when it is renewed: what it signed
 * before and what it signs after chain to either certificate, so that nobody has to change over at one time.
 */
export function authority(application: ResolvedApplication): KubernetesObject[] {
  const { root, authority: name } = names(application);
  const metadata = applicationMetadata(application, name);
  return [
    inPhase("root", {
      apiVersion: "cert-manager.io/v1",
      kind: "Issuer",
      metadata: applicationMetadata(application, root),
      spec: { selfSigned: {} },
    }),
    inPhase("authority", {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata,
      spec: {
        secretName: name,
        secretTemplate: { labels: metadata.labels },
        issuerRef: { ...ISSUERS, name: root },
        commonName: `${application.namespace} data services`.slice(0, MAX_COMMON_NAME),
        isCA: true,
        ...TEN_YEARS,
        privateKey: { ...KEY, rotationPolicy: "Never" },
        usages: ["cert sign", "crl sign", "digital signature"],
      },
    }),
    { apiVersion: "cert-manager.io/v1", kind: "Issuer", metadata, spec: { ca: { secretName: name } } },
  ];
}

/** A server reads it when it starts, and is replaced to read the next: once in nine months is often enough for that. */
const A_YEAR = { duration: "8760h0m0s", renewBefore: "2160h0m0s" } as const;

/** The server's certificate, for its Service and for what asks it within its own pod. */
export function serverCertificate(request: InClusterRequest, more: readonly string[] = []): Certificate {
  const { application } = request;
  const { certificate } = serverNames(request);
  const metadata = serverMetadata(request, certificate);
  const host = serverHost(request);
  const labels: Labels = metadata.labels;
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata,
    spec: {
      secretName: certificate,
      secretTemplate: { labels },
      issuerRef: { ...ISSUERS, name: names(application).authority },
      dnsNames: [
        serverName(request),
        `${serverName(request)}.${application.namespace}`,
        host,
        `${host}.cluster.local`,
        "localhost",
        ...more,
      ],
      ...A_YEAR,
      privateKey: { ...KEY, rotationPolicy: "Always" },
      usages: ["digital signature", "server auth"],
    },
  };
}
