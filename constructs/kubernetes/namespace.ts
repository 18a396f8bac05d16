import { fitName, MAX_LABEL } from "../model/names";
import type { ResolvedApplication } from "../model/resolved";
import { APPLICATION_NAMESPACE_LABEL } from "./facts";
import { applicationLabels } from "./labels";
import type { Namespace } from "./objects";

/** The namespace enforces the weakest Pod Security profile a workload asked for, and says why each of them asked. */
export function namespace(application: ResolvedApplication): Namespace {
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
        [APPLICATION_NAMESPACE_LABEL]: application.name,
        "pod-security.kubernetes.io/enforce": level,
        "pod-security.kubernetes.io/audit": level,
        "pod-security.kubernetes.io/warn": level,
      },
      ...(reasons.length > 0 && { annotations: Object.fromEntries(reasons) }),
    },
  };
}
