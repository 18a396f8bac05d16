import type { Metadata } from "./objects";

/** Annotation by which cert-manager orders a certificate for each host of an Ingress or a Gateway. */
export const CLUSTER_ISSUER_ANNOTATION = "cert-manager.io/cluster-issuer";

/** Whether certificates are ordered for it. Of the Ingresses of an application one is, and for the hosts of all. */
export const ordersCertificates = ({ annotations = {} }: Metadata): boolean => CLUSTER_ISSUER_ANNOTATION in annotations;
