import { PROTECTED_LABEL } from "../../kubernetes/protection";
import { at, type Resource } from "../stack";
import type { Facts } from "./fact";

const isProtected = (labels: unknown): boolean => at(labels, PROTECTED_LABEL) === "true";

const policyRefuses = ({ block }: Resource): string | undefined =>
  isProtected(at(block, "metadata", "labels") ?? at(block, "manifest", "metadata", "labels"))
    ? "the API server refuses it (policy goldenpath-deletion-protection)"
    : undefined;

export const KUBERNETES: Facts = {
  kubernetes_persistent_volume_claim_v1: { refuses: policyRefuses },
  "manifest RabbitmqCluster": { refuses: policyRefuses },
};
