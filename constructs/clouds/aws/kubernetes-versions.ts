import type { Day, PinnedVersion } from "../../services/pinned-version";
import type { KubernetesVersion } from "./props";

/** Last day of standard support, after which EKS moves the control plane by itself. */
const ENDS: Readonly<Record<KubernetesVersion, Day>> = {
  "1.36": "2027-08-02",
  "1.35": "2027-03-27",
  "1.34": "2026-12-02",
};

export const endOfEks = (version: KubernetesVersion): Day => ENDS[version];

/** @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
export const EKS_VERSIONS: readonly PinnedVersion[] = Object.entries(ENDS).map(([version, endOfSupport]) => ({
  product: "Amazon EKS",
  version,
  endOfSupport,
  source: "https://endoflife.date/amazon-eks",
  read: "2026-08-22",
  arguments: ["aws_eks_cluster.version", "aws_eks_node_group.version"],
}));
