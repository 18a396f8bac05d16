import type { Metadata } from "../../kubernetes/objects";
import { nothingLeft } from "./total";

/** What the `metadata` block of every namespaced resource takes. */
export interface TerraformMetadata {
  name: string;
  namespace?: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
}

export function convertMetadata(metadata: Metadata, where: string): TerraformMetadata {
  const { name, namespace, labels, annotations, ...rest } = metadata;
  nothingLeft(rest, `${where}.metadata`);
  return { name, namespace, labels, annotations: annotations };
}
