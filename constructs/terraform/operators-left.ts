import { DataKubernetesResources } from "@cdktf/provider-kubernetes/lib/data-kubernetes-resources";
import type { Construct } from "constructs";
import type { Operator } from "../addons/operators";
import { code, expression } from "./expression";
import { list } from "./expressions";

/** `ScaledObject my-app-prod/my-app-consumer` */
const NAMED = 'join(" ", [one.kind, join("/", compact([try(one.metadata.namespace, ""), one.metadata.name]))])';

/**
 * Stops a plan that would take an operator away while there are still objects that wait for it. Synthesis knows no cluster,
 * and an application's objects may be another stack's or a chart's, so the cluster is asked: whether this program's release of
 * the operator is there, and only then for the objects, whose kinds another cluster may not have.
 */
export function refuseWhileWaitedFor(scope: Construct, operator: Operator): void {
  const { name, mark, apiVersion, kinds, refusal } = operator;
  const installed = new DataKubernetesResources(scope, `${name}-installed`, {
    ...{ apiVersion: mark.apiVersion, kind: mark.kind, namespace: mark.namespace },
    fieldSelector: `metadata.name=${mark.name}`,
  });
  const ours = `[for one in ${installed.fqn}.objects : one if try(one.metadata.annotations["meta.helm.sh/release-name"], "") == "${mark.release}"]`;
  const waiting = new DataKubernetesResources(scope, `${name}-waited-for`, {
    apiVersion,
    kind: expression`each.key`,
    lifecycle: {
      postcondition: [
        {
          condition: expression`length(self.objects) == 0`,
          errorMessage: refusal[0] + expression`join(", ", [for one in self.objects : ${code(NAMED)}])` + refusal[1],
        },
      ],
    },
  });
  // cdktf takes iterators alone.
  waiting.addOverride(
    "for_each",
    expression`toset([for kind in ${code(list(kinds))} : kind if length(${code(ours)}) > 0])`,
  );
}
