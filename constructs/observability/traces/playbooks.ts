import { kubectlIn } from "../runbooks/commands";
import { code } from "../runbooks/in-words";
import type { Playbook, Step } from "../runbooks/page";
import { COLLECTOR, TEMPO, TEMPO_NAMESPACE } from "./names";

/* What people do about traces that do not arrive. Objects are named as the charts name them. */

const server: Step = {
  say: "Whether Tempo runs, and what it says.",
  run: [
    kubectlIn(TEMPO_NAMESPACE, "get", `statefulset/${TEMPO}`),
    kubectlIn(TEMPO_NAMESPACE, "get", "pods", "-l", `app.kubernetes.io/name=${TEMPO}`, "-o", "wide"),
    kubectlIn(TEMPO_NAMESPACE, "logs", `statefulset/${TEMPO}`, "--tail=100"),
  ],
};

const collectors: Step = {
  say: `What takes spans, and what it says. ${code("ResourceExhausted")} is a limit of Tempo's, ${code("connection refused")} is Tempo.`,
  run: [
    kubectlIn(TEMPO_NAMESPACE, "get", `deployment/${COLLECTOR}`),
    kubectlIn(TEMPO_NAMESPACE, "logs", `deployment/${COLLECTOR}`, "--tail=100"),
  ],
};

const events: Step = {
  say: "What hinders a pod that is not there: no node, no volume in its zone, no image.",
  run: [`${kubectlIn(TEMPO_NAMESPACE, "get", "events", "--sort-by=.lastTimestamp")} | tail -n 30`],
};

const store: Step = {
  say: `Whether the store answers: Tempo's log says ${code("AccessDenied")} or ${code("403")} where its identity is not let in any more.`,
  run: [
    `${kubectlIn(TEMPO_NAMESPACE, "logs", `statefulset/${TEMPO}`, "--tail=1000")} | grep -iE 'denied|403|flush|no space' | tail -n 20`,
  ],
};

const policies: Step = {
  say: `If it runs and nobody reaches it, look at the policies of its namespace: the pods of ${code(COLLECTOR)} take spans from namespaces of applications, and send to Tempo.`,
  run: [kubectlIn(TEMPO_NAMESPACE, "get", "networkpolicies", "-o", "yaml")],
};

const senders: Step = {
  say: `Whether somebody answers where workloads send. They are told by ${code("OTEL_EXPORTER_OTLP_ENDPOINT")} in the ConfigMap of each that says ${code("tracing")}; images that have nothing of OpenTelemetry in them send nothing.`,
  run: [kubectlIn(TEMPO_NAMESPACE, "get", `service/${COLLECTOR}`), kubectlIn(TEMPO_NAMESPACE, "get", "endpointslices")],
};

const deploy = (environment: string): Step => ({
  say: "What is not as it was rendered, identity and store among it, the platform's stack makes anew.",
  run: [`npx cdktf deploy ${environment}-platform`],
});

const restartTempo: Step = {
  say: "Replace Tempo: what it has not stored yet is on its volume, and it reads that first.",
  run: [
    kubectlIn(TEMPO_NAMESPACE, "rollout", "restart", `statefulset/${TEMPO}`),
    kubectlIn(TEMPO_NAMESPACE, "rollout", "status", `statefulset/${TEMPO}`, "--timeout=15m"),
  ],
};

const restartCollector: Step = {
  say: "Replace what takes spans, a new one before each that goes.",
  run: [
    kubectlIn(TEMPO_NAMESPACE, "rollout", "restart", `deployment/${COLLECTOR}`),
    kubectlIn(TEMPO_NAMESPACE, "rollout", "status", `deployment/${COLLECTOR}`, "--timeout=10m"),
  ],
};

const NOBODY =
  "Nobody but who looks for a trace. Workloads do not wait for it: what they cannot send they drop, and their requests go on.";

/** Playbooks by the names of alerts. */
export const tracePlaybooks = (environment: string): Readonly<Record<string, Playbook>> => ({
  TempoDown: {
    called: "Traces are not kept",
    impact: [
      NOBODY,
      "Spans wait in the collector while there is room, for a quarter of an hour or so: those that were tried for ten minutes are given up, and those that find no room are dropped. Links from lines to traces show nothing.",
    ],
    diagnosis: [{ steps: [server, events, store] }],
    mitigation: [{ steps: [restartTempo, deploy(environment)] }],
  },
  SpanCollectorDown: {
    called: "Nobody takes spans",
    impact: [NOBODY],
    diagnosis: [{ steps: [collectors, events] }],
    mitigation: [{ steps: [restartCollector, deploy(environment)] }],
  },
  TracesNotArriving: {
    called: "No traces arrive",
    impact: [NOBODY],
    diagnosis: [{ steps: [collectors, senders, policies] }],
    mitigation: [{ steps: [restartCollector, deploy(environment)] }],
  },
  SpansRefused: {
    called: "Spans are refused",
    impact: [NOBODY, "Traces have holes, of those first that have most spans: the memory of what takes them is full."],
    diagnosis: [{ steps: [collectors, server] }],
    mitigation: [
      {
        steps: [
          {
            say: `If Tempo runs and keeps up, more arrives than was meant: say a smaller ${code("ratio")} in ${code("traces")} of the environment, and deploy it and its applications.`,
          },
          restartTempo,
        ],
      },
    ],
  },
  SpansLost: {
    called: "Spans are lost",
    impact: [
      NOBODY,
      `Traces of this time have holes. Spans were tried for ten minutes and given up, or found no room: ${code("sending queue is full")} in the log of what takes them.`,
    ],
    diagnosis: [{ steps: [collectors, server, policies] }],
    mitigation: [{ steps: [restartTempo, deploy(environment)] }],
  },
  SpansDiscarded: {
    called: "Tempo discards spans",
    impact: [
      `Nobody but who looks for a trace. ${code("rate_limited")} and ${code("live_traces_exceeded")} are limits of all traces together, and what they refuse is sent again while the collector has room; ${code("trace_too_large")} is a single trace of more than 5 MB, whose rest is lost.`,
    ],
    diagnosis: [{ steps: [server, collectors] }],
    mitigation: [
      {
        steps: [
          {
            say: `Of a limit of all: a smaller ${code("ratio")} in ${code("traces")} of the environment. Of a trace that is too large: it is a loop, or a worker that never ends its trace; Tempo's log has its id.`,
          },
        ],
      },
    ],
  },
  TracesNotStored: {
    called: "Tempo does not reach its store",
    impact: [
      "Nobody yet: traces wait on Tempo's volume and are found there. Once that is full nothing is kept any more.",
    ],
    diagnosis: [{ steps: [store, server] }],
    mitigation: [{ steps: [deploy(environment), restartTempo] }],
  },
});
