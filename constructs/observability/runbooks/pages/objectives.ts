import type { Alert } from "../../alerts/alert";
import { objectivesOf } from "../../objectives";
import { top } from "../commands";
import { code } from "../in-words";
import { type Operated, type Running, runningOf } from "../operated";
import type { Playbook, Step } from "../page";
import { history, rollBack } from "../releases";
import { scale } from "../scaling";
import { dashboards, logsOf, needs, restart, status } from "../steps";
import { ask, monitor } from "./absence";
import { each, impactOf } from "./workloads";

/* What workloads promise to those who send them requests. */

const promises = (operated: Operated, { workload }: Running): string[] =>
  objectivesOf(operated)
    .filter((one) => one.workload === workload.name)
    .map(({ promise }) => promise);

const slow = (operated: Operated, { workload, deployment }: Running): Step[] =>
  "objectives" in workload && workload.objectives?.latency !== undefined
    ? [
        {
          say: "Whether CPU or memory is short, where requests take too long.",
          run: [top(operated, deployment.metadata.name)],
        },
      ]
    : [];

function burning(operated: Operated, alerts: readonly Alert[], urgency: string): Playbook {
  const all = runningOf(operated, alerts);
  return {
    impact: [
      urgency,
      ...all.map(
        (one) => `${code(one.workload.name)} promises over thirty days: ${promises(operated, one).join("; ")}.`,
      ),
      ...impactOf(operated, alerts),
    ],
    diagnosis: each(all, (one) => [
      ...dashboards(
        operated,
        "which objective, how fast and since when: a pace of 1 spends in thirty days what is allowed",
      ),
      status(operated, one),
      logsOf(operated, one),
      ...slow(operated, one),
      ...needs(operated, one),
      history(operated, one),
    ]),
    mitigation: each(all, (one) => [
      ...rollBack(operated, one),
      ...scale(operated, one),
      restart(operated, one),
      {
        say: "It ends by itself once the share of its short time is below the limit; what is spent stays spent until thirty days have passed. Where little is left, releases that can wait do.",
      },
    ]),
  };
}

export const errorBudgetBurningFast = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  burning(operated, alerts, "People feel it now: what may go wrong in thirty days is gone within days.");

export const errorBudgetBurning = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  burning(
    operated,
    alerts,
    "Few people feel it, and for long: at this pace the objective is missed. It is work for this week, and nobody is woken.",
  );

export function objectiveUnmeasured(operated: Operated, alerts: readonly Alert[]): Playbook {
  const all = runningOf(operated, alerts);
  return {
    impact: ["Nobody feels it, and nobody would be called: the alerts of this objective cannot fire."],
    diagnosis: each(all, (one) => [
      {
        say: `Whether the program counts by the names that client libraries document (${code("http_requests_total")} with the label ${code("status")}, ${code("http_request_duration_seconds")} with a bucket at the time of the objective), and whether anybody has asked it since its start.`,
      },
      ...ask(operated, one),
      ...monitor(operated, one),
    ]),
    mitigation: each(all, (one) => [
      {
        say: `Mend the program, or say ${code("metrics.buckets")} and a time that it counts at, or take the objective back in the environment's file.`,
        write: `workloads: { ${one.workload.name}: { objectives: false } },`,
      },
    ]),
  };
}
