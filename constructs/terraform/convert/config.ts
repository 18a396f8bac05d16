import type { ConfigMapV1Config } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import type { PersistentVolumeClaimV1Config } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import type { ServiceAccountV1Config } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import type { ConfigMap, PersistentVolumeClaim, ServiceAccount } from "../../kubernetes/objects";
import { convertMetadata } from "./metadata";
import { nothingLeft, whereIs } from "./total";

/** What pods refer to by name: identity, configuration, storage. */
export function convertServiceAccount(object: ServiceAccount): ServiceAccountV1Config {
  const { apiVersion, kind, metadata, automountServiceAccountToken, imagePullSecrets, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  nothingLeft(rest, where);
  return {
    metadata: convertMetadata(metadata, where),
    automountServiceAccountToken,
    ...(imagePullSecrets !== undefined && { imagePullSecret: imagePullSecrets.map(({ name }) => ({ name })) }),
  };
}

export function convertConfigMap(object: ConfigMap): ConfigMapV1Config {
  const { apiVersion, kind, metadata, data, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  nothingLeft(rest, where);
  return { metadata: convertMetadata(metadata, where), data: data };
}

export function convertPersistentVolumeClaim(object: PersistentVolumeClaim): PersistentVolumeClaimV1Config {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  const { accessModes, storageClassName, resources, ...otherSpec } = spec;
  const { requests, ...otherResources } = resources;
  const { storage, ...otherRequests } = requests;
  nothingLeft(rest, where);
  nothingLeft(otherSpec, `${where}.spec`);
  nothingLeft(otherResources, `${where}.spec.resources`);
  nothingLeft(otherRequests, `${where}.spec.resources.requests`);
  return {
    metadata: convertMetadata(metadata, where),
    spec: { accessModes: [...accessModes], storageClassName, resources: { requests: { storage } } },
    // A class that binds for its first consumer would wait for the pod, and the pod's Deployment waits for this.
    waitUntilBound: false,
  };
}
