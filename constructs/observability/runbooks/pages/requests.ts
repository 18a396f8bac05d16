import type { Alert } from "../../alerts/alert";
import { kubectl, top } from "../commands";
import { affectedByWorkloads } from "../impact";
import { code } from "../in-words";
import { type Operated, type Running, running } from "../operated";
import type { Playbook, Step } from "../page";
import { history, rollBack } from "../releases";
import { scale } from "../scaling";
import { dashboards, logsOf, needs, restart, status } from "../steps";
import { each, impactOf } from "./workloads";

/* What people who use the application feel. */

/** Those workloads that answer requests and tell of them. */
const answering = (operated: Operated): Running[] =>
  running(operated).filter(({ workload }) => workload.kind !== "worker" && workload.metrics !== undefined);

const impact = (operated: Operated): string[] =>
  affectedByWorkloads(
    operated,
    answering(operated).map(({ workload }) => workload.name),
  );

export const highErrorRate = (operated: Operated): Playbook => ({
  impact: ["People get errors of the workload that the alert names.", ...impact(operated)],
  diagnosis: each(answering(operated), (one) => [
    status(operated, one),
    logsOf(operated, one),
    ...dashboards(operated, "which status, since when, and what else has changed then"),
    ...needs(operated, one),
    history(operated, one),
  ]),
  mitigation: each(answering(operated), (one) => [...rollBack(operated, one), restart(operated, one)]),
});

export const highResponseTime = (operated: Operated): Playbook => ({
  impact: ["People wait for the workload that the alert names.", ...impact(operated)],
  diagnosis: each(answering(operated), (one) => [
    status(operated, one),
    { say: "Whether CPU or memory is short.", run: [top(operated, one.deployment.metadata.name)] },
    ...dashboards(operated, "since when, with more load or without"),
    ...needs(operated, one),
    history(operated, one),
  ]),
  mitigation: each(answering(operated), (one) => [...scale(operated, one), ...rollBack(operated, one)]),
});

/** nginx beside PHP-FPM, which says how long each request took. */
const front = (operated: Operated, { deployment: { metadata, spec } }: Running): Step[] =>
  spec.template.spec.containers
    .filter(({ name }) => name.endsWith("-nginx"))
    .map(({ name }) => ({
      say: `Which requests arrive: the log of ${code(name)}.`,
      run: [kubectl(operated, "logs", "-l", `app=${metadata.name}`, "-c", name, "--tail=100", "--prefix")],
    }));

function pool(operated: Operated, alerts: readonly Alert[], impactLine: string): Playbook {
  const all = running(operated).filter(({ workload }) =>
    alerts.some(({ labels }) => labels["workload"] === workload.name),
  );
  return {
    impact: [impactLine, ...impactOf(operated, alerts)],
    diagnosis: each(all, (one) => [
      {
        say: "Whether the processes work or wait: with little CPU in use they wait, mostly for what it needs.",
        run: [top(operated, one.deployment.metadata.name)],
      },
      ...needs(operated, one),
      ...front(operated, one),
      ...dashboards(operated, "whether load has grown, or each request takes longer"),
      history(operated, one),
    ]),
    mitigation: each(all, (one) => [
      {
        say: "More processes come with more pods, or with more memory for each pod: the pool is as large as the memory limit allows. More of them help where they work, and harm where they wait for a database.",
      },
      ...scale(operated, one),
      restart(operated, one),
      ...rollBack(operated, one),
    ]),
  };
}

export const phpFpmPoolExhausted = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  pool(operated, alerts, "Requests wait until a process is free, and take longer.");

export const phpFpmQueueGrowing = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  pool(operated, alerts, "Requests wait for long, and fail where their time-out ends before.");
