import type { JsonObject } from "../kubernetes/json";

export const INGRESS_CLASS = "nginx";

/** What both controllers look for in a class. The field is immutable, another reason to have one value for both. */
export const CONTROLLER_CLASS = "k8s.io/ingress-nginx";

/** IngressClass that is not the cluster's default: an Ingress that names no class is served by nobody. */
export const ingressClass: JsonObject = {
  apiVersion: "networking.k8s.io/v1",
  kind: "IngressClass",
  metadata: { name: INGRESS_CLASS },
  spec: { controller: CONTROLLER_CLASS },
};
