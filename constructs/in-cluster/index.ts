/*
 * What other programs import from "goldenpath/in-cluster" to run a kind of service of their own in the cluster: the parts that
 * the servers of this program are made of.
 */
export { backupObjects, backupPeers, type BackupProgram } from "./backups";
export { authorityBundle } from "./certificates";
export type { InClusterForm, InClusterFormWithUsers, InClusterRequest } from "./form";
export { clientPeers, serverHost, serverMetadata, serverName, serverNames, serverPods, usersPeer } from "./names";
export { type InClusterPlace, inClusterRequest, type ServerKind, serverProvisioner } from "./provisioner";
export * from "./server";
export { type ServerObjects, serverObjects } from "./server-objects";
export { type ConnectionLimits, connectionProblems } from "../kubernetes/connection-problems";
export type { CloudFacts } from "../kubernetes/facts";
export type { KubernetesObject } from "../kubernetes/objects";
export { piece } from "../kubernetes/secret";
