import type { PodAdmission } from "../../kubernetes/admission";

/**
 * What Autopilot makes of general-purpose pods. Limits may be higher than requests in clusters made by GKE 1.26 and later
 * which run 1.30 or later, so in every one made here; but for the disk, of which the limit becomes the request. Pods that
 * are not to be evicted are counted as those that have nodes to themselves, the larger minimum of the two that Google names.
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-resource-requests
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/pod-bursting-gke#availability-in-gke
 */
export const AUTOPILOT_ADMISSION: PodAdmission = {
  minimum: { cpu: "50m", memory: "52Mi" },
  undisturbedMinimum: { cpu: "500m", memory: "512Mi" },
  // 1 to 6.5 GiB.
  memoryPerCpu: { min: "1Gi", max: "6656Mi" },
  // Written into every template that has none for an architecture; the provider would take it out again.
  // https://cloud.google.com/kubernetes-engine/docs/quickstarts/create-cluster-using-terraform
  tolerations: [{ key: "kubernetes.io/arch", operator: "Equal", value: "amd64", effect: "NoSchedule" }],
};
