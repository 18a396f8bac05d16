import type { KubernetesObject, Labels, NetworkPolicy, PolicyByName } from "../kubernetes/objects";
import { inPhase } from "../kubernetes/phases";
import { assembled } from "../kubernetes/secret";
import { serverCertificate } from "./certificates";
import type { InClusterRequest } from "./form";
import { serverMetadata, serverNames } from "./names";
import { serverService } from "./server";

/** What one kind says of the objects of its server, in the order in which they are applied. */
export interface ServerObjects {
  /** Annotations of its service account, which can do nothing in the cluster. @default - none */
  readonly accountAnnotations?: Labels;
  /** Files of its configuration, by name. @default - it has none */
  readonly config?: Labels;
  /** Who reaches it, and whom it reaches. */
  readonly policies: readonly (NetworkPolicy | PolicyByName)[];
  /** What is in the Secret with its passwords, by key. */
  readonly login: Parameters<typeof assembled>[1];
  /** Port of its Service. */
  readonly port: number;
  /** Port of its pods. @default - that of its Service */
  readonly targetPort?: number;
  /** What runs it, with its disk. */
  readonly pods: readonly KubernetesObject[];
}

/** The objects of a server that a StatefulSet or a Deployment runs, with a certificate of the application's authority. */
export function serverObjects(request: InClusterRequest, server: ServerObjects): KubernetesObject[] {
  const { accountAnnotations: annotations, config, port } = server;
  const metadata = serverMetadata(request);
  return [
    {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { ...metadata, ...(annotations !== undefined && { annotations }) },
      automountServiceAccountToken: false,
    },
    ...(config === undefined ? [] : [{ apiVersion: "v1", kind: "ConfigMap", metadata, data: config } as const]),
    ...server.policies,
    serverCertificate(request),
    inPhase("rules", assembled(serverMetadata(request, serverNames(request).login), server.login)),
    serverService(request, port, server.targetPort),
    ...server.pods,
  ];
}
