import { applicationLabels, SERVER_COMPONENT } from "../kubernetes/labels";
import type { Labels, Metadata, PolicyPeer } from "../kubernetes/objects";
import { protectedLabels } from "../kubernetes/protection";
import type { PodPeer } from "../model/connection";
import { isKept } from "../model/holdings";
import { CLAIM_SUFFIXES, workloadName } from "../model/names";
import type { ResolvedApplication } from "../model/resolved";
import { USERS_JOBS } from "../model/service-users";
import type { InClusterRequest } from "./form";

type Owner = Pick<InClusterRequest, "application" | "service">;

/** `my-app-orders-db`: name of its Service and StatefulSet, and its label `app`. */
export const serverName = ({ application, service }: Owner): string => workloadName(application.name, service);

/** No workload has a dot in its name, so these are never another one's. */
export const serverNames = (owner: Owner) => {
  const name = serverName(owner);
  return { claim: `${name}${CLAIM_SUFFIXES.data}`, certificate: `${name}.tls`, login: `${name}.login` } as const;
};

/** Where clients find it, from every namespace. */
export const serverHost = (owner: Owner): string => `${serverName(owner)}.${owner.application.namespace}.svc`;

export function serverMetadata(owner: Owner, name: string = serverName(owner)): Metadata {
  const { application, service } = owner;
  const labels: Labels = {
    app: serverName(owner),
    "app.kubernetes.io/name": service,
    "app.kubernetes.io/instance": serverName(owner),
    "app.kubernetes.io/component": SERVER_COMPONENT,
    ...applicationLabels(application),
  };
  return { name, namespace: application.namespace, labels };
}

/** Metadata of what holds the data itself. `holding`: what `drops` calls it, the service unless it is said. */
export function dataMetadata(owner: Owner, name?: string, holding: string = owner.service): Metadata {
  const metadata = serverMetadata(owner, name);
  return { ...metadata, labels: { ...metadata.labels, ...protectedLabels(isKept(owner.application, holding)) } };
}

/** The server's pods, as network policies of its clients name them. */
export const serverPods = (owner: Owner): PodPeer => ({
  namespace: owner.application.namespace,
  labels: { app: serverName(owner) },
});

const podsOf = (application: ResolvedApplication, workload: string): PolicyPeer => ({
  podSelector: { matchLabels: { app: workloadName(application.name, workload) } },
});

/** Pods of the workloads with an edge. */
export const clientPeers = ({ application, workloads }: InClusterRequest): PolicyPeer[] =>
  workloads.map((workload) => podsOf(application, workload));

/** Pods of the Jobs that make and retire its users. */
export const usersPeer = ({ application, service }: InClusterRequest): PolicyPeer =>
  podsOf(application, USERS_JOBS.make(service));
