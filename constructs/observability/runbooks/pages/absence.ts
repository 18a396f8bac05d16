import { endpointsOf } from "../../../kubernetes/scraped";
import type { Alert } from "../../alerts/alert";
import { ofKind } from "../../alerts/watched";
import { curlForwarded, kubectl, kubectlIn, kubectlOfAll, logs } from "../commands";
import { labelled, objectOf, type Operated, type Running, runningOf } from "../operated";
import type { Playbook, Step } from "../page";
import { dashboards, restart, status } from "../steps";
import { each } from "./workloads";

/* Signals that do not arrive. */

const BLIND = "Nobody feels it, and nobody is called any more: alerts that go by it cannot fire.";

export const monitor = (operated: Operated, { workload }: Running): Step[] => {
  const found = objectOf(operated, "PodMonitor", workload.name);
  return found === undefined
    ? []
    : [
        {
          say: "Whether Prometheus is told of it, and may come: its PodMonitor, and the network policies of the namespace.",
          run: [
            kubectl(operated, "get", `podmonitor/${found.metadata.name}`, "-o", "yaml"),
            kubectl(operated, "get", "networkpolicies"),
          ],
        },
      ];
};

/** Asks a pod as Prometheus does, on each of its ports. */
export function ask(operated: Operated, { workload, deployment }: Running): Step[] {
  const endpoints = endpointsOf(workload);
  return [...new Set(endpoints.map(({ number }) => number))].map((number) => ({
    say: "Ask one of its pods what it measures, from this machine.",
    run: [
      `${kubectl(operated, "port-forward", `deployment/${deployment.metadata.name}`, `${number}:${number}`)} & forward=$!`,
      ...endpoints
        .filter((endpoint) => endpoint.number === number)
        .map(({ path }) => `${curlForwarded()} "http://127.0.0.1:${number}${path}" | head -n 20`),
      'kill "$forward"',
    ],
  }));
}

export function workloadMetricsMissing(operated: Operated, alerts: readonly Alert[]): Playbook {
  const all = runningOf(operated, alerts);
  return {
    impact: [BLIND],
    diagnosis: each(all, (one) => [
      status(operated, one),
      ...ask(operated, one),
      ...monitor(operated, one),
      { say: "What the pods say.", run: [logs(operated, one.deployment.metadata.name)] },
      ...dashboards(operated, "Prometheus' page of targets says what the last attempt met"),
    ]),
    mitigation: each(all, (one) => [
      {
        say: "If the pod does not answer, the program or its configuration has changed: restart it, or roll its release back.",
      },
      restart(operated, one),
    ]),
  };
}

/** Who brings a signal, by its name in alerts. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  "kube-state-metrics": [
    kubectlOfAll("get", "pods", "-A", "-l", "app.kubernetes.io/name=kube-state-metrics", "-o", "wide"),
  ],
  "the kubelets": [kubectlOfAll("get", "nodes", "-o", "wide")],
  "cert-manager": [
    kubectlIn("cert-manager", "get", "deployment/cert-manager"),
    kubectlIn("cert-manager", "logs", "deployment/cert-manager", "--tail=100"),
  ],
  "External Secrets": [
    kubectlIn("external-secrets", "get", "deployment/external-secrets"),
    kubectlIn("external-secrets", "logs", "deployment/external-secrets", "--tail=100"),
  ],
};

export function signalMissing(operated: Operated, alerts: readonly Alert[]): Playbook {
  const sources = labelled(alerts, "source");
  const namespaces = ofKind(operated, "Namespace").map(({ metadata }) => metadata.name);
  return {
    impact: [BLIND],
    diagnosis: [
      {
        steps: [
          {
            say: "Whether the namespace is there, and whether all signals are missing or one: all of them is Prometheus itself.",
            run: [...namespaces.map((name) => kubectlOfAll("get", `namespace/${name}`))],
          },
          ...dashboards(operated, "Prometheus' page of targets says what the last attempt met"),
        ],
      },
      ...sources.map((source) => ({
        about: source,
        steps: [{ say: "Whether what measures runs.", run: SOURCES[source] ?? [] }],
      })),
    ],
    mitigation: [
      {
        steps: [
          {
            say: "What does not run is the platform's: its stack makes it anew.",
            run: [`npx cdktf deploy ${operated.application.environment}-platform`],
          },
        ],
      },
    ],
  };
}
