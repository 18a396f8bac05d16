import type { Labels } from "../../kubernetes/objects";
import type { Environment, ResolvedApplication } from "../../model/resolved";
import { runsToItsEnd } from "../../model/resolved";
import { type Alert, alert, type Series, type Texts } from "../alerts/alert";
import type { AlertGroup } from "../alerts/alerts";
import { growingCount, platformRate } from "../alerts/growing-count";
import { oneOfTexts, select } from "../alerts/promql";
import { growing, steady } from "../alerts/series";
import { COLLECTOR, TEMPO, TEMPO_NAMESPACE } from "./names";

/*
 * Traces that do not arrive, or are not kept. None of it is felt by users: warnings, for the day.
 */

const READY = "kube_statefulset_status_replicas_ready";
const AVAILABLE = "kube_deployment_status_replicas_available";
const REQUESTS = "http_requests_total";
const ACCEPTED = "otelcol_receiver_accepted_spans_total";
const REFUSED = "otelcol_receiver_refused_spans_total";
const GIVEN_UP = "otelcol_exporter_send_failed_spans_total";
const TURNED_AWAY = "otelcol_exporter_enqueue_failed_spans_total";
const DISCARDED = "tempo_discarded_spans_total";
const UNSTORED = "tempo_ingester_failed_flushes_total";

const within = { namespace: TEMPO_NAMESPACE };

type Traced = Pick<Environment, "applications">;

/** The group of all of them. `ratio` is the share of requests that are traced. */
export const traceAlerts = ({ applications }: Traced, ratio: number): AlertGroup => ({
  name: "traces",
  alerts: [
    storeDown(),
    collectorDown(),
    ...notArriving(applications, ratio),
    growingCount({
      within,
      name: "SpansRefused",
      metric: REFUSED,
      says: () => ({
        summary: "Spans are refused where they are taken",
        description:
          "The collector has refused spans for ten minutes, as its memory is full: workloads try again for seconds, and then lose them",
      }),
    }),
    lost(),
    growingCount({
      within,
      name: "SpansDiscarded",
      metric: DISCARDED,
      by: { label: "reason", example: "trace_too_large" },
      says: (reason) => ({
        summary: `Tempo discards spans: ${reason}`,
        description: `Tempo has refused spans for ten minutes, for the reason ${reason}: of a moment's they are sent again, others are lost`,
      }),
    }),
    notStored(),
  ],
});

function storeDown(): Alert {
  return gone({
    name: "TempoDown",
    server: TEMPO,
    metric: READY,
    of: { ...within, statefulset: TEMPO },
    firesAt: 600,
    texts: {
      summary: "Tempo keeps no traces",
      description:
        "Tempo has not been ready for ten minutes, or nothing is told of it: spans wait where they were taken until there is no room, and no trace is found",
    },
  });
}

function collectorDown(): Alert {
  return gone({
    name: "SpanCollectorDown",
    server: COLLECTOR,
    metric: AVAILABLE,
    of: { ...within, deployment: COLLECTOR },
    firesAt: 300,
    texts: {
      summary: "Nobody takes spans",
      description:
        "No pod that takes spans has been available for five minutes, or nothing is told of them: what workloads send is lost within seconds",
    },
  });
}

interface Gone {
  readonly name: string;
  readonly server: string;
  /** Pods that do what they are for. */
  readonly metric: string;
  readonly of: Labels;
  /** Seconds for which there have to be none. */
  readonly firesAt: number;
  readonly texts: Texts;
}

/** No pod does what it is for, or nothing is told of any. */
function gone({ name, server, metric, of, firesAt, texts }: Gone): Alert {
  return alert({
    name,
    value: `sum(${select(metric, of)}) or vector(0)`,
    is: "==",
    threshold: 0,
    forSeconds: firesAt,
    severity: "warning",
    within: of,
    labels: { server },
    says: () => texts,
    proof: {
      firing: [steady(metric, of, 0, firesAt)],
      quiet: [[steady(metric, of, 1, firesAt)]],
      firesAt,
      shows: "0",
      whenGone: "fires",
    },
  });
}

/** Workloads that send spans and count their requests. */
const counting = ({ workloads }: ResolvedApplication): string[] =>
  workloads.flatMap((workload) =>
    workload.tracing === undefined || runsToItsEnd(workload) || workload.metrics === undefined ? [] : [workload.name],
  );

/** Requests a second of which so many are traced that a quarter of an hour without one is no chance. */
const enough = (ratio: number): number => Number((0.05 / ratio).toPrecision(3));

/** Requests are answered, of which some have to be traced, and no span arrives. With nobody who counts them, nobody knows. */
function notArriving(applications: readonly ResolvedApplication[], ratio: number): Alert[] {
  const sending = applications.filter((application) => counting(application).length > 0);
  const [first] = sending;
  if (first === undefined) return [];
  const workloads = [...new Set(sending.flatMap(counting))].sort();
  const requests = {
    namespace: new RegExp(oneOfTexts(sending.map(({ namespace }) => namespace))),
    workload: new RegExp(oneOfTexts(workloads)),
  };
  const some = enough(ratio);
  const firesAt = 900;
  const of = { namespace: first.namespace, workload: workloads[0] ?? "" };
  const asked = (perSecond: number): Series => growing(REQUESTS, { ...of, status: "200" }, perSecond, firesAt + 60);
  const arriving = growing(ACCEPTED, { ...within, receiver: "otlp" }, 1, firesAt + 60);
  return [
    alert({
      name: "TracesNotArriving",
      value: `(sum(${platformRate(ACCEPTED, within)}) or vector(0))\nand on () sum(${platformRate(REQUESTS, requests)}) > ${some}`,
      is: "==",
      threshold: 0,
      forSeconds: firesAt,
      severity: "warning",
      within,
      pins: ["workload"],
      labels: { server: COLLECTOR },
      says: () => ({
        summary: "No traces arrive",
        description:
          "Requests are answered of which some should be traced, and no span of any has arrived for a quarter of an hour",
      }),
      proof: {
        // As many as come to the limit with the second sample, which a rate takes: it is of ten minutes from the first on.
        firing: [asked(some * 40)],
        quiet: [[asked(some * 40), arriving], [asked(some)]],
        firesAt: firesAt + 30,
        shows: "0",
      },
    }),
  ];
}

/** Blocks that Tempo could not bring to its store: they wait on its volume, which they fill. */
function notStored(): Alert {
  return growingCount({
    within,
    name: "TracesNotStored",
    metric: UNSTORED,
    says: () => ({
      summary: "Tempo does not reach its store",
      description:
        "Tempo has failed to write traces to its store for ten minutes: they wait on its volume, and are lost once that is full",
    }),
  });
}

/**
 * Spans that were taken and do not get to Tempo: those that were tried for too long, and those that find no room to wait in. A
 * batch has no sender any more who could be told, so of the latter this count alone knows.
 */
function lost(): Alert {
  const forSeconds = 600;
  // A rate takes two samples.
  const firesAt = forSeconds + 30;
  const counts = [GIVEN_UP, TURNED_AWAY];
  return alert({
    name: "SpansLost",
    // Each may not be there: a count begins with the first span that it counts.
    value: counts.map((metric) => `(sum(${platformRate(metric, within)}) or vector(0))`).join(" + "),
    is: ">",
    threshold: 0,
    forSeconds,
    severity: "warning",
    within,
    labels: {},
    says: () => ({
      summary: "Spans are lost on their way to Tempo",
      description:
        "The collector has given spans up for ten minutes, or had no room for them while they wait for Tempo: their traces have holes, or nobody will find them",
    }),
    proof: {
      firing: counts.map((metric, index) => growing(metric, within, (index + 1) / 4, firesAt)),
      quiet: [counts.map((metric) => steady(metric, within, 7, firesAt))],
      firesAt,
      shows: "0.75",
    },
  });
}
