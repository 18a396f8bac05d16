import { curlForwarded, kubectlIn, kubectlOfAll } from "../runbooks/commands";
import { code } from "../runbooks/in-words";
import type { Playbook, Step } from "../runbooks/page";
import { ALLOY, ALLOY_NAMESPACE, LOKI, LOKI_NAMESPACE, LOKI_PORT } from "./names";

/* What people do about logs that do not arrive. Objects are named as the charts name them. */

const servers: Step = {
  say: "Which of Loki's servers run, and what they say.",
  run: [
    kubectlIn(LOKI_NAMESPACE, "get", `statefulset/${LOKI}`),
    kubectlIn(LOKI_NAMESPACE, "get", "pods", "-l", `app.kubernetes.io/name=${LOKI}`, "-o", "wide"),
    kubectlIn(LOKI_NAMESPACE, "logs", `statefulset/${LOKI}`, "--tail=100"),
  ],
};

const events: Step = {
  say: "What hinders a pod that is not there: no node, no volume in its zone, no image.",
  run: [`${kubectlIn(LOKI_NAMESPACE, "get", "events", "--sort-by=.lastTimestamp")} | tail -n 30`],
};

const collectors: Step = {
  say: `What reads the nodes, and what it says. ${code("429")} is Loki's limit, ${code("connection refused")} is Loki.`,
  run: [
    kubectlIn(ALLOY_NAMESPACE, "get", `daemonset/${ALLOY}`),
    kubectlIn(ALLOY_NAMESPACE, "logs", `daemonset/${ALLOY}`, "--tail=100"),
  ],
};

const store: Step = {
  say: `Whether the store answers: Loki's log names the bucket and what it was told, ${code("AccessDenied")} or ${code("403")} where its identity is not let in any more.`,
  run: [
    `${kubectlIn(LOKI_NAMESPACE, "logs", `statefulset/${LOKI}`, "--tail=1000")} | grep -iE 'denied|403|bucket' | tail -n 20`,
  ],
};

const deploy = (environment: string): Step => ({
  say: "What is not as it was rendered, identity and bucket among it, the platform's stack makes anew.",
  run: [`npx cdktf deploy ${environment}-platform`],
});

const restart: Step = {
  say: "Replace the servers, one after the other: what they have not stored yet is on their volumes.",
  run: [
    kubectlIn(LOKI_NAMESPACE, "rollout", "restart", `statefulset/${LOKI}`),
    kubectlIn(LOKI_NAMESPACE, "rollout", "status", `statefulset/${LOKI}`, "--timeout=15m"),
  ],
};

const WAITING =
  "Nobody but who reads logs. Lines wait in the files of their nodes: what is rotated away before Loki is back is lost, first of the pods that write most.";

const meanwhile: Step = {
  say: "Until then the last lines of a pod are where they always are.",
  run: [kubectlOfAll("get", "pods", "-A", "--field-selector=status.phase!=Running"), kubectlOfAll("get", "nodes")],
};

/** Playbooks by the names of alerts. */
export const logPlaybooks = (environment: string): Readonly<Record<string, Playbook>> => ({
  LokiDown: {
    called: "Logs are not kept",
    impact: [WAITING, "Panels and links to logs show nothing."],
    diagnosis: [{ steps: [servers, events, store, meanwhile] }],
    mitigation: [{ steps: [restart, deploy(environment)] }],
  },
  LogsNotArriving: {
    called: "No logs arrive",
    impact: [WAITING],
    diagnosis: [{ steps: [collectors, servers, store] }],
    mitigation: [
      {
        steps: [
          {
            say: "If Loki runs and nobody reaches it, look at the policies of its namespace: they name Alloy, Grafana and Prometheus.",
            run: [kubectlIn(LOKI_NAMESPACE, "get", "networkpolicies", "-o", "yaml")],
          },
          {
            say: "Replace what reads the nodes: it goes on where it stopped.",
            run: [kubectlIn(ALLOY_NAMESPACE, "rollout", "restart", `daemonset/${ALLOY}`)],
          },
          deploy(environment),
        ],
      },
    ],
  },
  LogsRefused: {
    called: "Loki refuses lines",
    impact: [
      `Lines of the reasons ${code("rate_limited")} and ${code("per_stream_rate_limit")} are sent again until there is room, and those behind them wait in their files. Count on it that lines of every other reason are lost.`,
    ],
    diagnosis: [
      {
        steps: [
          {
            say: `Who writes that much: Loki's own limits and streams, from this machine. The tenant is the environment.`,
            run: [
              `${kubectlIn(LOKI_NAMESPACE, "port-forward", `service/${LOKI}`, `${LOKI_PORT}:${LOKI_PORT}`)} & forward=$!`,
              `${curlForwarded()} --get -H 'X-Scope-OrgID: ${environment}' --data-urlencode 'query={namespace=~".+"}' --data-urlencode 'targetLabels=namespace,app' "http://127.0.0.1:${LOKI_PORT}/loki/api/v1/index/volume"`,
              'kill "$forward"',
            ],
          },
          servers,
        ],
      },
    ],
    mitigation: [
      {
        steps: [
          {
            say: `A workload that writes too much is made to write less: its level, or what it logs in a loop. ${code("per_stream_rate_limit")} and ${code("stream_limit")} name a single workload, ${code("rate_limited")} all of them together.`,
          },
        ],
      },
    ],
  },
  LogsLost: {
    called: "Logs are lost",
    impact: ["Nobody but who will look for these lines: they are gone."],
    diagnosis: [{ steps: [collectors, servers, store] }],
    mitigation: [{ steps: [restart, deploy(environment)] }],
  },
});
