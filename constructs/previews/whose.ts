import { DataKubernetesResources } from "@cdktf/provider-kubernetes/lib/data-kubernetes-resources";
import type { Construct } from "constructs";
import { code, expression } from "../terraform/expression";
import { literalExpression } from "../terraform/literal";
import { REPOSITORY_ANNOTATION } from "./names";
import type { PreviewRequest } from "./request";

/**
 * Stops a plan over a living preview of another repository: the name of a preview has a number and no repository, and its state is the
 * same one. One that does not say whose it is, as before there was the annotation, is taken over.
 */
export function refuseOthers(
  scope: Construct,
  namespace: string,
  { repository, pullRequest }: Pick<PreviewRequest, "pullRequest" | "repository">,
): void {
  const own = literalExpression((repository ?? "").toLowerCase());
  const said = `lower(try(one.metadata.annotations[${literalExpression(REPOSITORY_ANNOTATION)}], ${own}))`;
  const otherwise =
    repository === undefined
      ? "Give --repository if it is that one's"
      : "Two repositories preview one application in one environment: have that preview swept, or let another environment take these";
  new DataKubernetesResources(scope, "namespace-that-is-there", {
    ...{ apiVersion: "v1", kind: "Namespace" },
    fieldSelector: `metadata.name=${namespace}`,
    lifecycle: {
      postcondition: [
        {
          condition: expression`alltrue([for one in self.objects : ${code(said)} == ${code(own)}])`,
          errorMessage:
            `Namespace ${namespace} is the preview of pull request ${pullRequest} of ` +
            expression`join(", ", [for one in self.objects : ${code(said)}])` +
            `. ${otherwise}.`,
        },
      ],
    },
  });
}
