import { fitName, MAX_LABEL } from "../model/names";
import type { ResolvedApplication } from "../model/resolved";
import { APPLICATION_NAMESPACE_LABEL, type CloudFacts } from "./facts";
import { applicationLabels } from "./labels";
import type { Namespace } from "./objects";

/**
 * The namespace enforces the weakest Pod Security profile a workload asked for, and says why each of them asked. That of a preview
 * lacks the label by which the cloud's secret store serves namespaces.
 */
export function namespace(application: ResolvedApplication, { preview }: Pick<CloudFacts, "preview"> = {}): Namespace {
  const level = application.podSecurity;
  const reasons = application.workloads.flatMap(({ name, security }) =>
    security.profile === "restricted"
      ? []
      : [[`goldenpath/${fitName(["pod-security", name], { max: MAX_LABEL })}`, security.reason ?? ""] as const],
  );
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: application.namespace,
      labels: {
        ...applicationLabels(application),
        ...(preview?.labels(application.name) ?? { [APPLICATION_NAMESPACE_LABEL]: application.name }),
        "pod-security.kubernetes.io/enforce": level,
        "pod-security.kubernetes.io/audit": level,
        "pod-security.kubernetes.io/warn": level,
      },
      ...((reasons.length > 0 || preview !== undefined) && {
        annotations: { ...Object.fromEntries(reasons), ...preview?.annotations },
      }),
    },
  };
}
