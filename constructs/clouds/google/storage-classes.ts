/** Names of the storage classes, by what a volume asks for. Beside those that GKE makes and keeps, such as `standard-rwo`. */
export const STORAGE_CLASSES = { ReadWriteMany: "filestore", ReadWriteOnce: "disk" } as const;

/** Driver of disks, which is part of every cluster with the kinds of their snapshots. */
export const DISK_DRIVER = "pd.csi.storage.gke.io";
