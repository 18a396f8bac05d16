import { KEDA } from "../../../constructs/kubernetes/queue-scaling";
import { apply, must } from "./cluster";

/** Operators of the platform that a plan of an application asks for, whose kinds this control plane has without them. */
const OPERATORS = [
  { namespace: "observability", name: "kube-prometheus-stack-operator" },
  { namespace: KEDA.namespace, name: KEDA.operator },
];

/** Deployments of their names, with no pod: what a plan looks for is that they are there. */
export async function installOperators(): Promise<void> {
  const labels = (name: string) => ({ app: name });
  must(
    await apply(
      OPERATORS.flatMap(({ namespace, name }) => [
        { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
        {
          apiVersion: "apps/v1",
          kind: "Deployment",
          metadata: { namespace, name },
          spec: {
            replicas: 0,
            selector: { matchLabels: labels(name) },
            template: {
              metadata: { labels: labels(name) },
              spec: { containers: [{ name: "operator", image: "registry.example.com/operator:1" }] },
            },
          },
        },
      ]),
    ),
  );
}
