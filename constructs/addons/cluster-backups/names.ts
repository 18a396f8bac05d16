import type { PodPeer } from "../../model/connection";

/** Namespace of Velero, its release, its Deployment and the kind of its pods, as the chart names them. */
export const VELERO = "velero";

/** Its service account, as the chart names it. */
export const VELERO_ACCOUNT = "velero-server";

/** Its pods, by the labels that the chart gives them. */
export const VELERO_PODS: PodPeer = {
  namespace: VELERO,
  labels: { "app.kubernetes.io/instance": VELERO, "app.kubernetes.io/name": VELERO },
};

/** Port at which it says what it has done. */
export const VELERO_PORT = 8085;

/** Where copies go, as Velero calls the place. */
export const LOCATION = "default";

/** Marks the one class by which Velero takes snapshots of a driver's disks. */
export const SNAPSHOT_CLASS_LABEL = "velero.io/csi-volumesnapshot-class";
