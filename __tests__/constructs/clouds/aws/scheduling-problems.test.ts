import { schedulingProblems } from "../../../../constructs/clouds/aws/scheduling-problems";
import { formatProblem } from "../../../../constructs/model/problem";
import { backend, resolvedApplication } from "../../../support/resolved";

test("Karpenter's labels have other names on the nodes of Auto Mode, in a selector and in a rule", () => {
  const matchExpressions = [{ key: "karpenter.k8s.aws/instance-family", operator: "In", values: ["m7i"] }] as const;
  const nodeAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
  };
  const scheduling = {
    nodeSelector: { "karpenter.k8s.aws/instance-cpu": "4", "karpenter.sh/capacity-type": "spot" },
    affinity: { nodeAffinity },
  };
  const application = resolvedApplication({ workloads: [backend({ scheduling })] });
  expect(schedulingProblems(application, ["here"]).map(formatProblem)).toEqual([
    'here.workloads.backend.scheduling.nodeSelector["karpenter.k8s.aws/instance-cpu"]: got "karpenter.k8s.aws/instance-cpu", ' +
      'nodes of EKS Auto Mode have no such label; use "eks.amazonaws.com/instance-cpu"',
    "here.workloads.backend.scheduling.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]" +
      '.matchExpressions[0].key: got "karpenter.k8s.aws/instance-family", nodes of EKS Auto Mode have no such label; ' +
      'use "eks.amazonaws.com/instance-family"',
  ]);
});
