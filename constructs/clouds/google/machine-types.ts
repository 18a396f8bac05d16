/** `n2-standard-4`, `e2-medium`, `c4a-highmem-8-lssd`, `n2-custom-4-8192`. */
export const MACHINE_TYPE =
  /^[a-z]\d[a-z]{0,2}-(?:(?:standard|highmem|highcpu|megamem|ultramem|custom(?:-\w+)?)-\d+(?:-[a-z0-9-]+)?|micro|small|medium)$/;

/** Families that take no Persistent Disk. https://cloud.google.com/compute/docs/disks/hyperdisks#machine-type-support */
const HYPERDISK_FAMILIES = ["c4", "c4a", "c4d", "n4", "n4a", "n4d", "m4", "x4", "h4d", "z4d"];

/** Smaller than what GKE's own pods on a node ask for. */
export const SHARED_CORE = /^e2-(?:micro|small)$|^[fg]1-/;

const familyOf = (type: string): string => type.split("-")[0] ?? "";

/** The kind of disk a machine can boot from and attach. One that attaches to a family need not attach to another. */
export type DiskType = "pd-balanced" | "hyperdisk-balanced";

export const diskTypeOf = (type: string): DiskType =>
  HYPERDISK_FAMILIES.includes(familyOf(type)) ? "hyperdisk-balanced" : "pd-balanced";
