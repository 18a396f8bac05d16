import type { LimitRangeV1Config } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import type { NamespaceV1Config } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import type { ResourceQuotaV1Config } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import type { LimitRange, Namespace, ResourceQuota } from "../../kubernetes/objects";
import { convertMetadata } from "./metadata";
import { nothingLeft, whereIs } from "./total";

/** A namespace and the limits on what may be in it. */
export function convertNamespace(object: Namespace): NamespaceV1Config {
  const { apiVersion, kind, metadata, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  nothingLeft(rest, where);
  const { namespace, ...block } = convertMetadata(metadata, where);
  if (namespace !== undefined) {
    throw new Error(`${where}.metadata.namespace: got "${namespace}"; leave it out, a namespace is in no other`);
  }
  return { metadata: block };
}

export function convertResourceQuota(object: ResourceQuota): ResourceQuotaV1Config {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  const { hard, ...otherSpec } = spec;
  nothingLeft(rest, where);
  nothingLeft(otherSpec, `${where}.spec`);
  return { metadata: convertMetadata(metadata, where), spec: { hard } };
}

export function convertLimitRange(object: LimitRange): LimitRangeV1Config {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  const { limits, ...otherSpec } = spec;
  nothingLeft(rest, where);
  nothingLeft(otherSpec, `${where}.spec`);
  return {
    metadata: convertMetadata(metadata, where),
    spec: {
      limit: limits.map((limit, index) => {
        const { type, default: defaultLimit, defaultRequest, ...left } = limit;
        nothingLeft(left, `${where}.spec.limits[${index}]`);
        return { type, default: defaultLimit, defaultRequest };
      }),
    },
  };
}
