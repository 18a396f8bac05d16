import { KubernetesResources } from "../../../constructs/terraform/kubernetes-resources";
import { sampleDeployments } from "../../../scripts/bench/sample";
import { synthesize } from "./synthesize";

/* A rollout that has not ended stops the next plan: the provider takes one that failed for done. */

const [deployment] = sampleDeployments(1);
if (deployment === undefined) throw new Error("no sample");
const { data = {}, resource } = synthesize(
  (stack) => new KubernetesResources(stack, "k", { objects: sampleDeployments(2) }),
);
const read = Object.values(data["kubernetes_resource"] ?? {});

test("each Deployment is looked at once it is as the release wants it", () => {
  const deployments = Object.keys(resource["kubernetes_deployment_v1"] ?? {});
  expect(read.map(({ depends_on: after }) => after as unknown)).toEqual(
    deployments.map((id) => [`kubernetes_deployment_v1.${id}`]),
  );
  expect(read[0]).toMatchObject({
    api_version: "apps/v1",
    kind: "Deployment",
    metadata: { name: deployment.metadata.name, namespace: deployment.metadata.namespace },
  });
});

test("pods of another revision stop the plan, which says what to do", () => {
  expect(read[0]?.lifecycle).toEqual({
    postcondition: [
      {
        condition: "${try(self.object.status.updatedReplicas, null) == try(self.object.status.replicas, null)}",
        error_message: expect.stringMatching(
          /^Deployment workload-0: the last rollout has not ended, .* kubectl rollout status deployment\/workload-0 -n bench/,
        ),
      },
    ],
  });
});
