import type { DiskSnapshots } from "../../kubernetes/facts";
import type { JsonObject } from "../../kubernetes/json";
import type { ResolvedClusterBackups } from "../../model/cluster-backups";
import type { Environment, ResolvedApplication } from "../../model/resolved";
import { VOLUME_POLICIES } from "./disks";
import { LOCATION, VELERO } from "./names";

/**
 * What comes by itself, from what is copied, and would be in the way of that: pods of what runs them; Jobs, which would run
 * again, a restore of a database among them; who leads; what follows from Services, policies and certificates; and what
 * happened.
 */
const NOT_COPIED: readonly string[] = [
  "pods",
  "jobs.batch",
  "leases.coordination.k8s.io",
  "endpoints",
  "endpointslices.discovery.k8s.io",
  "ciliumendpoints.cilium.io",
  "policyendpoints.networking.k8s.aws",
  "certificaterequests.cert-manager.io",
  "orders.acme.cert-manager.io",
  "challenges.acme.cert-manager.io",
  "events",
  "events.events.k8s.io",
];

/**
 * Secrets that a controller makes of what is elsewhere: of the cloud's store, and certificates. No copy of them leaves the
 * cluster, and they are made again in place of coming back old.
 * @see https://external-secrets.io/latest/api/spec/
 * @see https://cert-manager.io/docs/release-notes/release-notes-1.12/
 */
const MADE_AGAIN = ["reconcile.external-secrets.io/managed", "controller.cert-manager.io/fao"].map((key) => ({
  key,
  operator: "DoesNotExist",
}));

/** Name of the schedule that copies an application, which its copies begin with. */
export const scheduleName = ({ name }: Pick<ResolvedApplication, "name">): string => name;

/** Hours as Velero writes a time to live. */
export const hours = (days: number): string => `${days * 24}h0m0s`;

/** What Velero copies of each application, and when: its namespace with the objects in it, and its disks. */
export const schedules = (
  { applications }: Pick<Environment, "applications">,
  { schedule, keepDays }: ResolvedClusterBackups,
  diskSnapshots: DiskSnapshots | undefined,
): JsonObject[] =>
  applications.map((application) => ({
    apiVersion: "velero.io/v1",
    kind: "Schedule",
    metadata: { name: scheduleName(application), namespace: VELERO },
    spec: {
      schedule,
      // A server that was away when a copy was due makes it when it is back.
      skipImmediately: false,
      template: {
        includedNamespaces: [application.namespace],
        excludedNamespaceScopedResources: [...NOT_COPIED],
        // Kinds come with the releases of the platform, which would find others in their place.
        excludedClusterScopedResources: ["customresourcedefinitions.apiextensions.k8s.io"],
        labelSelector: { matchExpressions: MADE_AGAIN },
        snapshotVolumes: diskSnapshots !== undefined,
        ...(diskSnapshots !== undefined && { resourcePolicy: { kind: "configmap", name: VOLUME_POLICIES } }),
        // By the drivers' own snapshots, which stay where the disks are.
        snapshotMoveData: false,
        storageLocation: LOCATION,
        ttl: hours(keepDays),
      },
    },
  }));
