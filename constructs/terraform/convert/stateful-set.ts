import type { StatefulSetV1Config } from "@cdktf/provider-kubernetes/lib/stateful-set-v1";
import type { StatefulSet } from "../../kubernetes/objects";
import { convertLabelSelector } from "./label-selector";
import { convertMetadata } from "./metadata";
import { convertPodTemplate } from "./pod";
import { nothingLeft, whereIs } from "./total";

/**
 * A server that is made anew on another node first waits for its disk to come over, and then for what it has not written
 * yet to be made good.
 */
const WAIT = "20m";

/** The apply waits until every pod is of the new revision and ready. */
export function convertStatefulSet(object: StatefulSet): StatefulSetV1Config {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  const { replicas, revisionHistoryLimit, serviceName, updateStrategy, selector, template, ...otherSpec } = spec;
  const { type, ...otherStrategy } = updateStrategy;
  nothingLeft(rest, where);
  nothingLeft(otherSpec, `${where}.spec`);
  nothingLeft(otherStrategy, `${where}.spec.updateStrategy`);
  return {
    metadata: convertMetadata(metadata, where),
    spec: {
      replicas: String(replicas),
      revisionHistoryLimit,
      serviceName,
      updateStrategy: [{ type }],
      selector: convertLabelSelector(selector, `${where}.spec.selector`),
      template: convertPodTemplate(template, `${where}.spec.template`),
    },
    waitForRollout: true,
    timeouts: { create: WAIT, update: WAIT },
  };
}
